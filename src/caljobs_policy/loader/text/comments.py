# SPDX-License-Identifier: MIT
"""The comments of a YAML text, told from a `#` within what is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import yaml
from attrs import frozen

from caljobs_policy.loader.text.yaml_text import LOADER

_SIGN: Final = re.compile(r"(?:^|(?<=\s))#")
_BLOCKS: Final = {"|", ">"}
_Spot: TypeAlias = tuple[int, int]
"""A line and a column, counted from 0."""


@frozen
class Comment:
    """A comment from its `#` to the end of its line; line and column are counted from 1."""

    line: int
    column: int
    text: str


def comments_in(text: str) -> Iterator[Comment]:
    """Yield the comments of a YAML text; none of one that breaks the syntax."""
    try:
        starts, ends = zip(*[((-1, 0), (-1, 0)), *_scalars(text)], strict=True)
    except yaml.YAMLError:
        return
    for number, line in enumerate(text.splitlines()):
        for sign in _SIGN.finditer(line):
            spot = (number, sign.start())
            if spot >= ends[bisect_right(starts, spot) - 1]:
                yield Comment(number + 1, sign.start() + 1, line[sign.start() :])
                break


def _scalars(text: str) -> Iterator[tuple[_Spot, _Spot]]:
    """Yield where each scalar with a value begins and ends, in order."""
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            begin, end = map(_spot, (event.start_mark, event.end_mark))
            # What follows the sign of a block on its line is a comment.
            yield ((begin[0] + 1, 0) if event.style in _BLOCKS else begin), end


def _spot(mark: Any) -> _Spot:
    """Return a place of the parser, which has one for all that it read."""
    return mark.line, mark.column
