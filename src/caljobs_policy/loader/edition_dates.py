# SPDX-License-Identifier: MIT
"""Checks of the days on which the editions of a profile begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from caljobs_policy.dates.reading import day_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.syntax.profile import Edition


def folder_problems(folder: str, start: date, place: Place) -> Iterator[Problem]:
    """Report a folder that is named after a different day than its edition begins on."""
    named, _ = day_from(folder)
    if named is not None and named != start:
        message = f"the edition begins on {start}, but its folder is called `{folder}`"
        yield Problem(message, place, "make both name the same day", code=Code.CONFLICT)


def date_problems(editions: Iterable[Edition | None]) -> Iterator[Problem]:
    """Report two editions of one date, and editions that overlap or leave a gap."""
    known = sorted((e for e in editions if e is not None), key=lambda e: e.start)
    for one, other in pairwise(known):
        if one.start == other.start:
            yield Problem(
                f"two editions begin on {one.start}",
                other.place,
                f"the other one is {one.place.file}",
                code=Code.DUPLICATE,
            )
        elif one.end is not None and one.end.toordinal() + 1 != other.start.toordinal():
            fault = "overlap" if one.end >= other.start else "leave a gap"
            yield Problem(
                f"the editions of {one.start} and {other.start} {fault}",
                other.place,
                "leave `until` out: an edition holds until the next one begins",
                code=Code.CONFLICT,
            )
