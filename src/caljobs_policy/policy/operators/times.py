# SPDX-License-Identifier: MIT
"""Operators over the time between two dates: `within`, `more_than`, `at_least`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, tzinfo
from typing import Any, ClassVar, Self

from attrs import frozen

from caljobs_policy.dates.durations import (
    Duration,
    Moment,
    Unit,
    compare,
    compare_with_end,
    day_of,
    days_from,
    earliest_reaching,
    in_zone,
    noon,
    plus,
    seconds_from,
)
from caljobs_policy.policy.operators.operator import Argument, Binder, Names, Operator
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.syntax.nodes import AnyNode


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
            days = [days_from(day_of(boundary, zone), step) for step in (-1, 0, 1)]
            found += [noon(day, zone) for day in days] if kind is Kind.TIME else days
    return tuple(found)


def as_days(
    facts: tuple[Fact, Fact], named: tuple[str, str], names: Names
) -> tuple[str, str] | None:
    """Return names for the days of two facts, where one is a date and the other's day is known."""
    first, second = (
        name if fact.kind is Kind.DAY else names.local_day(name)
        for fact, name in zip(facts, named, strict=True)
    )
    if first is None or second is None or Kind.DAY not in {fact.kind for fact in facts}:
        return None
    return first, second


@frozen
class Within(Operator):
    """The fact lies at most a duration before (or after) another, and not on its other side."""

    name: ClassVar = "within"
    argument: ClassVar = Argument.DURATION
    kinds: ClassVar = DATED
    sides: ClassVar = ("before", "after")
    stricter: ClassVar = "lower"
    _next: ClassVar = 0
    """How many days after the later fact the first end lies that tells otherwise."""
    fact: Fact
    duration: Duration
    side: str
    other: Fact

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Self | None:
        """Make the operator from a duration and the fact that it is counted from."""
        duration = binder.duration(node)
        other = binder.fact(anchor[1]) if anchor else None
        if duration is None or other is None or anchor is None:
            return None
        return cls(fact, duration, anchor[0], other)

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact that the duration is counted from."""
        return (self.other,)

    @property
    def order(self) -> int:
        """The side on which it asks for the fact."""
        return -1 if self.side == "before" else 1

    @property
    def is_even(self) -> bool:
        """Whether it is counted in units that are always as long."""
        return self.duration.unit in {Unit.DAYS, Unit.HOURS}

    def _days(self, value: str, other: str, names: Names) -> tuple[str, str] | None:
        """Return names for the first day and the last, where whole days alone are compared."""
        if self.duration.unit is not Unit.DAYS:
            return None
        days = as_days((self.fact, self.other), (value, other), names)
        return None if days is None else self._ordered(*days)

    @property
    def _whole(self) -> int:
        return self.duration.amount - (self.duration.early or 0)

    def _ordered(self, value: Any, other: Any) -> tuple[Any, Any]:
        return (value, other) if self.side == "before" else (other, value)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the later one lies from the earlier one to the duration's end."""
        first, last = self._ordered(value, others[0])
        if compare(first, last, zone) > 0:
            return False
        return compare_with_end(last, first, self.duration, zone) <= 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Subtract whole days where both are dates."""
        if days := self._days(value, others[0], names):
            return f"0 <= ({days[1]} - {days[0]}).days <= {names.constant(self._whole)}"
        return f"{names.constant(self.holds)}({value}, ({others[0]},), ZONE)"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Return the dates at both ends of the window, and their neighbours."""
        known = values[1 - position]
        if known is None or known is UNKNOWN:
            return ()
        kind = (self.fact, self.other)[position].kind
        is_first = (position == 0) is (self.side == "before")
        return around(kind, [known, *self._far_ends(known, is_first, zone)], zone)

    def _far_ends(self, known: Any, is_first: bool, zone: tzinfo) -> list[Moment]:
        if not is_first:
            return [self._end(known, zone)]
        day = day_of(known, zone)
        if self.duration.unit is Unit.DAYS:
            return [days_from(day, -self._whole)]
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
        """Tell what is missing from what lies on the wrong side or too far away."""
        if value is None or others[0] is None:
            return "missing"
        order = compare(value, others[0], zone)
        if self.side == "before":
            return "later" if order > 0 else "too_old"
        return "earlier" if order < 0 else "too_late"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the duration and the other fact."""
        return self._in_words("at most", "the same as", speech)

    def _in_words(self, how_far: str, at_once: str, speech: Speech) -> str:
        """Name the duration, or only the order where it is none at all."""
        other = f"the {speech.fact(self.other)}"
        if self.duration.is_none:
            return f"is {at_once} {other}"
        return f"is {how_far} {self.duration} {self.side} {other}"


@frozen
class MoreThan(Within):
    """The fact lies farther than a duration before (or after) another."""

    name: ClassVar = "more_than"
    stricter: ClassVar = "higher"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the later one lies beyond the duration's end."""
        first, last = self._ordered(value, others[0])
        return compare_with_end(last, first, self.duration, zone) > 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Subtract whole days where both are dates."""
        if days := self._days(value, others[0], names):
            return f"({days[1]} - {days[0]}).days > {names.constant(self._whole)}"
        return f"{names.constant(self.holds)}({value}, ({others[0]},), ZONE)"

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Tell what is missing from what is too near."""
        return "missing" if value is None or others[0] is None else "else"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the duration and the other fact."""
        return self._in_words("more than", self.side, speech)


@frozen
class AtLeast(MoreThan):
    """The fact lies as far as a duration before (or after) another, or farther."""

    name: ClassVar = "at_least"
    _next: ClassVar = 1

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether the later one lies at the duration's end or beyond."""
        first, last = self._ordered(value, others[0])
        return compare_with_end(last, first, self.duration, zone) >= 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Subtract whole days where both are dates."""
        if days := self._days(value, others[0], names):
            return f"({days[1]} - {days[0]}).days >= {names.constant(self._whole)}"
        return f"{names.constant(self.holds)}({value}, ({others[0]},), ZONE)"

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
