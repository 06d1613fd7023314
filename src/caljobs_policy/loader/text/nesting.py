# SPDX-License-Identifier: MIT
"""How deep brackets stand in a line, counted before a parser is asked.

A parser may read a whole line before it hands over the first bracket of it, and has its own idea
of how deep is too deep.
"""

from __future__ import annotations

import re
from itertools import accumulate

from caljobs_policy.errors import Place
from caljobs_policy.loader.text.documents import Source
from caljobs_policy.loader.text.spots import BRACKET

BLOCK_ABOVE = re.compile(r"[|>][-+1-9]*[ \t]*(?:#.*)?$")


def too_deep(source: Source, depth: int) -> Place | None:
    """Find the first bracket that stands deeper than allowed within its own line."""
    if source.text.count("[") + source.text.count("{") <= depth:
        return None
    for number, line in enumerate(source.lines):
        column = _column_below(line, depth)
        if column is not None and not _is_text(source, number):
            return source.place(number, column)
    return None


def _column_below(line: str, depth: int) -> int | None:
    """Return where a line first opens more brackets than allowed, without closing them."""
    if line.count("[") + line.count("{") <= depth:
        return None
    signs = [(found["sign"], found.start()) for found in BRACKET.finditer(line) if found["sign"]]
    levels = accumulate(1 if sign in "[{" else -1 for sign, _ in signs)
    columns = (column for (_, column), level in zip(signs, levels, strict=True) if level > depth)
    return next(columns, None)


def _is_text(source: Source, number: int) -> bool:
    """Return whether a line belongs to a block of text, which a line further left has begun."""
    line = source.lines[number]
    indentation = len(line) - len(line.lstrip(" "))
    for above in reversed(source.lines[:number]):
        if above.strip() and len(above) - len(above.lstrip(" ")) < indentation:
            return BLOCK_ABOVE.search(above) is not None
    return False
