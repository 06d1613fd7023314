# SPDX-License-Identifier: MIT
"""Operators over the order of two dates: `before`, `after`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, ClassVar, Final, Self

from attrs import evolve, frozen

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Moment,
    compare,
    day_of,
)
from caljobs_policy.dates.seconds import (
    FIRST_SECOND,
    LAST_SECOND,
)
from caljobs_policy.policy.operators.operator import Argument, Operator, Window
from caljobs_policy.policy.operators.times import around
from caljobs_policy.policy.speech import PLAIN, Speech
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.unknown import UNKNOWN

_AHEAD: Final = ("lies ahead", "does not lie ahead")
_PAST: Final = ("has passed", "has not passed")


@frozen
class _Order(Operator):
    """Base of the operators over the order of two dates; not an operator itself."""

    argument: ClassVar = Argument.FACT
    kinds: ClassVar = DATED
    other: Fact

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact that it is compared with."""
        return (self.other,)

    def comparing(self, other: Fact) -> Self:
        """Return the same test with another fact."""
        return evolve(self, other=other)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return the other's date and its neighbours."""
        known = values[1 - position]
        return () if known is None or known is UNKNOWN else around(kind, [known], zone)

    def window(self, position: int, known: Moment, zone: tzinfo) -> Window:
        """Return all days on one side of the other's."""
        day = day_of(known, zone).toordinal()
        return (FIRST_DAY, day - 1) if self._is_earlier(position) else (day + 1, LAST_DAY)

    def window_of_times(
        self, position: int, known: Moment, seconds: Window, zone: tzinfo
    ) -> Window:
        """Return all times on one side of the other date."""
        first, last = seconds
        is_earlier = self._is_earlier(position)
        return (FIRST_SECOND, first - 1) if is_earlier else (last + 1, LAST_SECOND)

    def _is_earlier(self, position: int) -> bool:
        """Return whether the fact at a position has to be the earlier of the two."""
        return (self.order < 0) is (position == 0)

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say of a date and the present moment that it has passed, or lies ahead."""
        if AT not in (fact, self.other):
            return super().sentence(fact, speech, negated=negated)
        dated = self.other if fact == AT else fact
        verbs = _AHEAD if (self.order < 0) is (fact == AT) else _PAST
        return f"the {speech.fact(dated)} {verbs[negated]}"


@frozen
class Before(_Order):
    """The fact lies before another; the same day is not before, two times are told by second."""

    name: ClassVar = "before"

    @property
    def order(self) -> int:
        """-1, as it asks for what lies before."""
        return -1

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the two."""
        return compare(value, others[0], zone) < 0

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the other fact."""
        return f"is before the {speech.fact(self.other)}"


@frozen
class After(_Order):
    """The fact lies after another; the same day is not after, two times are told by second."""

    name: ClassVar = "after"

    @property
    def order(self) -> int:
        """1, as it asks for what lies after."""
        return 1

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the two."""
        return compare(value, others[0], zone) > 0

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the other fact."""
        return f"is after the {speech.fact(self.other)}"
