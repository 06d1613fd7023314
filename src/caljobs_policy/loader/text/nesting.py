# SPDX-License-Identifier: MIT
"""How deeply brackets are nested in a line, counted before a parser runs.

A parser may read a whole line before it reports the first bracket in it, and has its own limit on
nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from caljobs_policy.errors.problems import Place
from caljobs_policy.loader.text.documents import Source
from caljobs_policy.loader.text.spots import BRACKET

BLOCK = re.compile(r"^(?P<indentation> *(?:[-?] +)*).*[|>][-+1-9]*[ \t]*(?:[ \t]#.*)?$")


def too_deep(source: Source, depth: int) -> Place | None:
    """Find the first bracket that is nested deeper than allowed within its own line."""
    if source.text.count("[") + source.text.count("{") <= depth:
        return None
    for number, line in _outside_blocks(source):
        column = _column_below(line, depth)
        if column is not None:
            return source.place(number, column)
    return None


def _outside_blocks(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines outside blocks of text."""
    block: int | None = None
    for number, line in enumerate(source.lines):
        if block is not None and (line[:block].isspace() or not line.strip()):
            continue
        starts = BLOCK.match(line)
        block = starts.end("indentation") + 1 if starts else None
        yield number, line


def _column_below(line: str, depth: int) -> int | None:
    """Return where a line first has more open brackets than allowed."""
    if line.count("[") + line.count("{") <= depth:
        return None
    signs = [(found["sign"], found.start()) for found in BRACKET.finditer(line) if found["sign"]]
    levels = accumulate(1 if sign in "[{" else -1 for sign, _ in signs)
    columns = (column for (_, column), level in zip(signs, levels, strict=True) if level > depth)
    return next(columns, None)
