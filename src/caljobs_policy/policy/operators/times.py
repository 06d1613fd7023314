# SPDX-License-Identifier: MIT
"""Operators over the time between two dates: `within`, `more_than`, `at_least`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any, ClassVar, Self, TypeVar

from attrs import evolve, frozen

from caljobs_policy.dates.durations import (
    FIRST_DAY,
    LAST_DAY,
    Duration,
    Moment,
    Unit,
    compare,
    compare_with_end,
    day_of,
    days_from,
    end_ordinal,
    in_zone,
    noon,
    plus,
    seconds_from,
)
from caljobs_policy.dates.reaching import earliest_reaching, first_reaching
from caljobs_policy.dates.seconds import (
    FIRST_SECOND,
    LAST_SECOND,
    second_of_day,
    seconds_of_end,
)
from caljobs_policy.policy.operators.operator import Argument, Operator, Window
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.unknown import UNKNOWN

T = TypeVar("T")


def around(kind: Kind, boundaries: Sequence[Moment], zone: tzinfo) -> tuple[Any, ...]:
    """Return each boundary with the values on its sides, as a fact of a kind holds them."""
    found: list[Any] = []
    for boundary in boundaries:
        if kind is not Kind.DAY and isinstance(boundary, datetime):
            found += [seconds_from(in_zone(boundary, zone), step) for step in (-1, 0, 1)]
            if kind is Kind.DAY_OR_TIME:
                # A day is compared by day, so it can lie neither before nor after a time on it.
                found.append(day_of(boundary, zone))
        else:
            day = day_of(boundary, zone)
            days = [days_from(day, step) for step in (-1, 0, 1)]
            found += [noon(day, zone) for day in days] if kind is Kind.TIME else days
    return tuple(found)


@frozen
class _Span(Operator):
    """Base of the operators over the time between two dates; not an operator itself."""

    argument: ClassVar = Argument.DURATION
    kinds: ClassVar = DATED
    sides: ClassVar = ("before", "after")
    _next: ClassVar = 0
    """How many days after the later fact the first end lies that tells otherwise."""
    duration: Duration
    side: str
    other: Fact

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact that the duration is counted from."""
        return (self.other,)

    def comparing(self, other: Fact) -> Self:
        """Return the same test with another fact."""
        return evolve(self, other=other)

    @property
    def order(self) -> int:
        """The side on which it asks for the fact."""
        return -1 if self.side == "before" else 1

    @property
    def is_even(self) -> bool:
        """Whether it is counted in units that are always as long."""
        unit = self.duration.unit
        return unit is Unit.DAYS or unit is Unit.HOURS

    @property
    def counted(self) -> Duration:
        """The length of time that it counts with."""
        return self.duration

    @property
    def by_hour(self) -> bool:
        """Whether it is counted in hours."""
        return self.duration.unit is Unit.HOURS

    @property
    def whole_days(self) -> int:
        """How many days it is, less those that it is over early."""
        return self.duration.amount - (self.duration.early or 0)

    def ordered(self, value: T, other: T) -> tuple[T, T]:
        """Return the fact and the other one, the earlier of the two first as it should be."""
        return (value, other) if self.side == "before" else (other, value)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return the dates at both ends of the window, and their neighbours."""
        known = values[1 - position]
        if known is None or known is UNKNOWN:
            return ()
        ends = self._far_ends(known, self.is_first(position), zone)
        return around(kind, [known, *ends], zone)

    def is_first(self, position: int) -> bool:
        """Return whether the fact at a position is the earlier of the two as it should be."""
        return (position == 0) is (self.side == "before")

    def reaching(self, known: date, zone: tzinfo, after: int = 0) -> int:
        """Return the first day from which the duration reaches a day, or so many days past it."""
        if self.duration.unit is Unit.DAYS:
            return known.toordinal() + after - self.whole_days
        return first_reaching(known, self.duration, zone, after)

    def reaching_times(self, known: Moment, seconds: Window, zone: tzinfo, after: int = 0) -> int:
        """Return the second from which on the duration reaches another date, or goes past it."""
        duration = self.duration
        if duration.unit is not Unit.HOURS and not duration.is_instant:
            return second_of_day(self.reaching(day_of(known, zone), zone, after), zone)
        if duration.early is None:
            first, last = seconds
            return (last + 1 if after else first) - 3600 * duration.amount
        day = day_of(known, zone).toordinal() + duration.early + after
        return second_of_day(day, zone) - 3600 * duration.amount

    def _far_ends(self, known: Any, is_first: bool, zone: tzinfo) -> list[Moment]:
        if not is_first:
            return [self._end(known, zone)]
        day = day_of(known, zone)
        if self.duration.unit is Unit.DAYS:
            return [days_from(day, -self.whole_days)]
        if self.duration.unit is not Unit.HOURS:
            return [earliest_reaching(day, self.duration, zone, self._next)]
        ahead = self._next + (self.duration.early or 0)
        end = days_from(day, ahead)
        beyond = ahead - (end - day).days
        midnight = datetime.combine(end, time(), zone)
        # Whether the two are compared by day or by second depends on what the other will be.
        starts = [seconds_from(midnight, 3600 * (24 * beyond - self.duration.amount))]
        if isinstance(known, datetime):
            starts.append(seconds_from(in_zone(known, zone), -3600 * self.duration.amount))
        return list(starts)

    def _end(self, first: Moment, zone: tzinfo) -> Moment:
        """Return the last moment of the duration; one that begins with a day ends with a day."""
        end = plus(first, self.duration, zone)
        return end if isinstance(first, datetime) else day_of(end, zone)

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Distinguish what is missing from what lies too near or too far."""
        return "missing" if value is None or others[0] is None else "else"

    def _in_words(self, how_far: str, at_once: str, speech: Speech) -> str:
        """Name the duration, or only the order where it is none at all."""
        other = f"the {speech.fact(self.other)}"
        if self.duration.is_none:
            return f"is {at_once} {other}"
        return f"is {how_far} {self.duration} {self.side} {other}"


@frozen
class Within(_Span):
    """The fact lies at most a duration before (or after) another, and not on its other side."""

    name: ClassVar = "within"
    stricter: ClassVar = "lower"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the later one lies from the earlier one to the duration's end."""
        first, last = self.ordered(value, others[0])
        if compare(first, last, zone) > 0:
            return False
        return compare_with_end(last, first, self.duration, zone) <= 0

    def window(self, position: int, known: Moment, zone: tzinfo) -> Window:
        """Return the days from one end of the duration to the other."""
        day = day_of(known, zone)
        if self.is_first(position):
            return self.reaching(day, zone), day.toordinal()
        return day.toordinal(), end_ordinal(known, self.duration, zone)

    def window_of_times(
        self, position: int, known: Moment, seconds: Window, zone: tzinfo
    ) -> Window:
        """Return the times from one end of the duration to the other."""
        first, last = seconds
        if self.is_first(position):
            return self.reaching_times(known, seconds, zone), last
        return first, seconds_of_end(known, self.duration, zone)[1]

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Distinguish what is missing from what lies on the wrong side or too far away."""
        if value is None or others[0] is None:
            return "missing"
        order = compare(value, others[0], zone)
        if self.side == "before":
            return "later" if order > 0 else "too_old"
        return "earlier" if order < 0 else "too_late"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the duration and the other fact."""
        return self._in_words("at most", "the same as", speech)


@frozen
class MoreThan(_Span):
    """The fact lies farther than a duration before (or after) another."""

    name: ClassVar = "more_than"
    stricter: ClassVar = "higher"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the later one lies beyond the duration's end."""
        first, last = self.ordered(value, others[0])
        return compare_with_end(last, first, self.duration, zone) > 0

    def window(self, position: int, known: Moment, zone: tzinfo) -> Window:
        """Return the days beyond the duration."""
        if self.is_first(position):
            return FIRST_DAY, self.reaching(day_of(known, zone), zone) - 1
        return end_ordinal(known, self.duration, zone) + 1, LAST_DAY

    def window_of_times(
        self, position: int, known: Moment, seconds: Window, zone: tzinfo
    ) -> Window:
        """Return the times beyond the duration."""
        if self.is_first(position):
            return FIRST_SECOND, self.reaching_times(known, seconds, zone) - 1
        return seconds_of_end(known, self.duration, zone)[1] + 1, LAST_SECOND

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the duration and the other fact."""
        return self._in_words("more than", self.side, speech)


@frozen
class AtLeast(_Span):
    """The fact lies as far as a duration before (or after) another, or farther."""

    name: ClassVar = "at_least"
    stricter: ClassVar = "higher"
    _next: ClassVar = 1

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the later one lies at the duration's end or beyond."""
        first, last = self.ordered(value, others[0])
        return compare_with_end(last, first, self.duration, zone) >= 0

    def window(self, position: int, known: Moment, zone: tzinfo) -> Window:
        """Return the days at the end of the duration or beyond."""
        if self.is_first(position):
            return FIRST_DAY, self.reaching(day_of(known, zone), zone, after=1) - 1
        return end_ordinal(known, self.duration, zone), LAST_DAY

    def window_of_times(
        self, position: int, known: Moment, seconds: Window, zone: tzinfo
    ) -> Window:
        """Return the times at the end of the duration or beyond."""
        if self.is_first(position):
            return FIRST_SECOND, self.reaching_times(known, seconds, zone, after=1) - 1
        return seconds_of_end(known, self.duration, zone)[0], LAST_SECOND

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the duration and the other fact."""
        return self._in_words("at least", f"not {self._contrary}", speech)

    @property
    def _contrary(self) -> str:
        return "before" if self.side == "after" else "after"

    def denied(self, fact: Fact, speech: Speech) -> str | None:
        """Name the contrary side where there is no duration."""
        if self.duration.is_none:
            return f"is {self._contrary} the {speech.fact(self.other)}"
        return super().denied(fact, speech)
