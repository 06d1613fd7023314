# SPDX-License-Identifier: MIT
"""How many cases reach each clause, check and boundary, and what none of them shows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import define, field

from caljobs_policy.analysis.covering.boundaries import Boundary, Side
from caljobs_policy.analysis.covering.reached import CheckReached, Crossing
from caljobs_policy.analysis.covering.targets import declared_kinds, kind_counted
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.outcome import FOUND_RESULTS, Result
from caljobs_policy.policy.rules import Check


@define(eq=False)
class ClauseCovered:
    """How many cases meet a clause, break it, follow from it and name it."""

    name: str
    place: Place
    is_tested: bool
    """Whether a check can break it; otherwise something only follows from it."""
    met: int = 0
    broken: int = 0
    followed: int = 0
    expected: int = 0

    def gaps(self) -> Iterator[str]:
        """Yield what no case shows of it."""
        if not self.is_tested:
            if not self.followed:
                yield f"nothing follows from the clause `{self.name}` in any case"
            return
        if not self.broken:
            yield f"no case breaks the clause `{self.name}`"
        if not self.met:
            yield f"no case meets the clause `{self.name}`"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "place": str(self.place),
            "met": self.met,
            "broken": self.broken,
            "followed": self.followed,
            "expected": self.expected,
            "covered": not any(self.gaps()),
        }


@define(eq=False)
class CheckCovered:
    """How many cases meet a check, and fail it in which way."""

    check: Check
    results: Counter[Result] = field(factory=Counter)
    kinds: Counter[str] = field(factory=Counter)
    """The ways in which cases fail it, if it tells several apart."""

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.check.origin.place

    @property
    def declared(self) -> Sequence[str]:
        """The kinds of failure that it tells apart."""
        return declared_kinds(self.check)

    def add(self, reached: CheckReached) -> None:
        """Count a case."""
        self.results[reached.result] += 1
        if reached.kind is not None and self.declared:
            self.kinds[kind_counted(self.check, reached.kind)] += 1

    @property
    def is_failed(self) -> bool:
        """Whether a case fails it."""
        return any(self.results[one] for one in FOUND_RESULTS)

    def gaps(self) -> Iterator[str]:
        """Yield what no case shows of it, but for kinds of failure."""
        if not self.is_failed:
            how = "falls under" if self.check.exempts else "fails"
            yield f"no case {how} `{self.check.id}`"
        if not self.results[Result.MET] and not self.check.exempts:
            yield f"no case meets `{self.check.id}`"

    def kinds_missing(self) -> Iterator[str]:
        """Yield the kinds of failure that no case shows."""
        return (kind for kind in self.declared if not self.kinds[kind])

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "place": str(self.place),
            **{result.value: self.results[result] for result in Result},
            "kinds": {kind: self.kinds[kind] for kind in (*self.declared, *self.kinds)},
            "covered": not any((*self.gaps(), *self.kinds_missing())),
        }


@define(eq=False)
class BoundaryCovered:
    """How many cases lie on which side of a boundary."""

    check: Check
    boundary: Boundary
    words: str
    """The test in words."""
    sides: Counter[Side] = field(factory=Counter)
    higher: int = 0
    """How many cases would notice that a number is one higher."""
    lower: int = 0

    @property
    def place(self) -> Place:
        """Where its check is written."""
        return self.check.origin.place

    def add(self, crossing: Crossing) -> None:
        """Count a case."""
        self.sides[crossing.side] += 1
        self.higher += crossing.higher
        self.lower += crossing.lower

    def gaps(self) -> Iterator[str]:
        """Yield what no case shows of it."""
        boundary = self.boundary
        begin = f"`{self.check.id}`: no case has `{boundary.test.fact.path}`"
        words = zip(Side, boundary.words, strict=True)
        missing = [text for side, text in words if not self.sides[side]]
        if missing:
            yield f"{begin} {', or '.join(missing)}"
            return
        changed = (boundary.higher, self.higher, "higher"), (boundary.lower, self.lower, "lower")
        for operator, number, way in changed:
            if operator is not None and not number:
                yield f"{begin} where {boundary.limit} would be noticed to be one {way}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        boundary = self.boundary
        return {
            "check": self.check.id,
            "edition": self.check.origin.edition,
            "place": str(self.place),
            "fact": boundary.test.fact.path,
            "limit": boundary.limit,
            "test": self.words,
            **{side.value: self.sides[side] for side in Side},
            "higher": None if boundary.higher is None else self.higher,
            "lower": None if boundary.lower is None else self.lower,
            "covered": not any(self.gaps()),
        }
