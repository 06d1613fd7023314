# SPDX-License-Identifier: MIT
"""Texts that give wanted truths to some tests, made from the boundaries of their operators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import count, permutations
from typing import Any, Final, TypeAlias

from attrs import frozen

from caljobs_policy.policy.conditions import Test
from caljobs_policy.subjects.fields import Kind

Place: TypeAlias = str
"""The path of a text, or the name of anything else that a test reads beside one."""
_MOST_PIECES: Final = 12
"""Of more pieces, not every two are put together."""
_MOST: Final = 4000
"""How many candidates there are for one text."""
_MOST_TRIES: Final = 20_000
"""How many candidates are tried for texts that are compared, in one order of them."""


@frozen
class TextTest:
    """A test of texts: what it reads, place by place, and what it came to or should come to."""

    test: Test
    places: tuple[Place, ...]

    def holds(self, values: Mapping[Place, Any], zone: tzinfo) -> bool:
        """Return whether existing values pass the test."""
        value, *others = (values[place] for place in self.places)
        return self.test.operator.holds(value, others, zone)


Wanted: TypeAlias = Mapping[TextTest, bool]
"""The truths that some tests are to have."""


def texts_for(
    wanted: Wanted, texts: Sequence[Place], known: Mapping[Place, Any], zone: tzinfo
) -> dict[Place, str] | None:
    """Return texts that give each test its wanted truth beside known values, if some are found."""
    for order in permutations(texts) if len(texts) <= 3 else [tuple(texts)]:
        found = _extended(wanted, order, dict(known), zone, count(1))
        if found is not None:
            return {place: found[place] for place in texts}
    return None


def _extended(
    wanted: Wanted,
    texts: Sequence[Place],
    values: dict[Place, Any],
    zone: tzinfo,
    tries: Iterator[int],
) -> dict[Place, Any] | None:
    """Choose the first text so that its tests come out as wanted, then the others."""
    if not texts:
        return values
    text, *others = texts
    told = [one for one in wanted if text in one.places and not set(others) & set(one.places)]
    for candidate in candidates(wanted, text, values, zone):
        if next(tries) > _MOST_TRIES:
            return None
        tried = {**values, text: candidate}
        if all(one.holds(tried, zone) is wanted[one] for one in told):
            found = _extended(wanted, others, tried, zone, tries)
            if found is not None:
                return found
    return None


def candidates(
    tests: Iterable[TextTest], text: Place, values: Mapping[Place, Any], zone: tzinfo
) -> Iterator[str]:
    """Yield texts on each side of the boundaries of tests, the plainest first.

    Where no operator looks inside a text, these are all that can be told apart.
    """
    about = [one for one in tests if text in one.places]
    pieces = list(dict.fromkeys(("?", "", *_cells(about, text, values, zone), "a", "A", "1")))
    mentioned = {word for one in about for word in one.test.operator.mentions()}
    blank = next(" " * n for n in range(1, len(mentioned) + 2) if " " * n not in mentioned)
    other = "?" * (max(map(len, mentioned), default=0) + 1)
    plain = list(dict.fromkeys((*pieces, other, blank)))
    seen = set(plain)
    yield from plain
    if not any(one.test.operator.looks_inside for one in about):
        return
    for made in _made(pieces, sorted({len(piece) for piece in pieces})):
        if made not in seen and len(seen) < _MOST:
            seen.add(made)
            yield made


def _cells(
    tests: Iterable[TextTest], text: Place, values: Mapping[Place, Any], zone: tzinfo
) -> Iterator[str]:
    for one in tests:
        for position, place in enumerate(one.places):
            if place == text:
                beside = [values.get(other) for other in one.places]
                for cell in one.test.operator.cells(Kind.TEXT, position, beside, zone):
                    yield str(cell)


def _made(pieces: Sequence[str], lengths: Sequence[int]) -> Iterator[str]:
    """Yield pieces put together, filled up to each length or cut off at it."""
    few = pieces[:_MOST_PIECES]
    joined = [
        *pieces,
        *(one.swapcase() for one in pieces),
        *(one + blank + two for one in few for two in few for blank in ("", " ")),
        *("".join(dict.fromkeys("".join(pieces))),),
    ]
    for one in joined:
        for length in lengths:
            yield one[:length]
            if one:
                yield one.ljust(length, one[-1])
                yield one.ljust(length, one[0])
                yield one.ljust(length)
    yield from joined
    for one in few:
        for two in few:
            yield from (one + two + three for three in few)
