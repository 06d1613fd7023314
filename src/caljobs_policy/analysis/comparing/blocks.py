# SPDX-License-Identifier: MIT
"""The parts that pages are made of, written plainly or in Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

Block: TypeAlias = tuple[str, str]
"""A heading of level `1` or `2`, a paragraph (`p`), an item of a list (`-`), or `code`."""
_WIDTH: Final = 100
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def text_of(blocks: Iterable[Block], *, markdown: bool) -> str:
    """Return the text of a page."""
    write = _markdown if markdown else _plainly
    lines = "\n".join(line for block in blocks for line in write(*block))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")


def _markdown(kind: str, text: str) -> Iterator[str]:
    if kind.isdigit():
        yield f"\n{'#' * int(kind)} {text}\n"
    elif kind == "code":
        yield f"\n```yaml\n{text}```"
    else:
        yield f"- {text}" if kind == "-" else f"\n{text}\n"


def _plainly(kind: str, text: str) -> Iterator[str]:
    if kind.isdigit():
        line = {"1": "=", "2": "-"}[kind]
        yield f"\n{text}\n{line * len(text)}\n"
    elif kind == "code":
        yield f"\n{textwrap.indent(text, '    ')}"
    else:
        start = "  - " if kind == "-" else ""
        if kind == "p":
            yield ""
        yield textwrap.fill(
            text,
            _WIDTH,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        )
