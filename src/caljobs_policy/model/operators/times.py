# SPDX-License-Identifier: MIT
"""Operators over dates and times: `before`, `after`, `within`, `more_than`, `at_least`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, tzinfo
from typing import Any, ClassVar, Self

from attrs import frozen

from caljobs_policy.model.durations import (
    Duration,
    Moment,
    Unit,
    compare,
    day_of,
    days_from,
    earliest_reaching,
    in_zone,
    noon,
    plus,
    seconds_from,
)
from caljobs_policy.model.facts import Fact
from caljobs_policy.model.fields import Kind
from caljobs_policy.model.operators.operator import Argument, Binder, Names, Operator
from caljobs_policy.model.unknown import UNKNOWN
from caljobs_policy.model.written.nodes import AnyNode

_DATED = frozenset({Kind.DAY, Kind.TIME, Kind.DAY_OR_TIME})


def _around(kind: Kind, boundaries: Sequence[Moment], zone: tzinfo) -> tuple[Any, ...]:
    """Give each boundary with the values on its sides, as a fact of a kind holds them."""
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


def _as_days(
    facts: tuple[Fact, Fact], named: tuple[str, str], names: Names
) -> tuple[str, str] | None:
    """Give names for the days of two facts, where one holds a date and the other's day is known."""
    first, second = (
        name if fact.kind is Kind.DAY else names.local_day(name)
        for fact, name in zip(facts, named, strict=True)
    )
    if first is None or second is None or Kind.DAY not in {fact.kind for fact in facts}:
        return None
    return first, second


@frozen
class Before(Operator):
    """The fact lies before another; the same day is not before, two times are told by second."""

    name: ClassVar = "before"
    argument: ClassVar = Argument.FACT
    kinds: ClassVar = _DATED
    fact: Fact
    other: Fact

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Self | None:
        """Make the operator from the name of another dated fact."""
        other = binder.fact(node)
        return None if other is None else cls(fact, other)

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact that it is compared with."""
        return (self.other,)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the two."""
        return compare(value, others[0], zone) < 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare dates as they are, and times with respect to their offsets."""
        if days := _as_days((self.fact, self.other), (value, others[0]), names):
            return f"{days[0]} < {days[1]}"
        return f"{names.constant(compare)}({value}, {others[0]}, ZONE) < 0"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Give the other's date and its neighbours."""
        known = values[1 - position]
        kind = (self.fact, self.other)[position].kind
        return () if known is None or known is UNKNOWN else _around(kind, [known], zone)

    def words(self) -> str:
        """Name the other fact."""
        return f"is before the {self.other.title}"


@frozen
class After(Before):
    """The fact lies after another; the same day is not after, two times are told by second."""

    name: ClassVar = "after"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the two."""
        return compare(value, others[0], zone) > 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare dates as they are, and times with respect to their offsets."""
        if days := _as_days((self.fact, self.other), (value, others[0]), names):
            return f"{days[0]} > {days[1]}"
        return f"{names.constant(compare)}({value}, {others[0]}, ZONE) > 0"

    def words(self) -> str:
        """Name the other fact."""
        return f"is after the {self.other.title}"


@frozen
class Within(Operator):
    """The fact lies at most a duration before (or after) another, and not on its other side."""

    name: ClassVar = "within"
    argument: ClassVar = Argument.DURATION
    kinds: ClassVar = _DATED
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
    def is_even(self) -> bool:
        """Whether it is counted in units that are always as long."""
        return self.duration.unit in {Unit.DAYS, Unit.HOURS}

    def _days(self, value: str, other: str, names: Names) -> tuple[str, str] | None:
        """Give names for the first day and the last, where whole days alone are compared."""
        if self.duration.unit is not Unit.DAYS:
            return None
        days = _as_days((self.fact, self.other), (value, other), names)
        return None if days is None else self._ordered(*days)

    @property
    def _whole(self) -> int:
        return self.duration.amount - self.duration.early

    def _ordered(self, value: Any, other: Any) -> tuple[Any, Any]:
        return (value, other) if self.side == "before" else (other, value)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Tell whether the later one lies from the earlier one to the duration's end."""
        first, last = self._ordered(value, others[0])
        if compare(first, last, zone) > 0:
            return False
        return compare(last, self._end(first, zone), zone) <= 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Subtract whole days where both are dates."""
        if days := self._days(value, others[0], names):
            return f"0 <= ({days[1]} - {days[0]}).days <= {names.constant(self._whole)}"
        return f"{names.constant(self.holds)}({value}, ({others[0]},), ZONE)"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Give the dates at both ends of the window, and their neighbours."""
        known = values[1 - position]
        if known is None or known is UNKNOWN:
            return ()
        kind = (self.fact, self.other)[position].kind
        is_first = (position == 0) is (self.side == "before")
        return _around(kind, [known, *self._far_ends(known, is_first, zone)], zone)

    def _far_ends(self, known: Any, is_first: bool, zone: tzinfo) -> list[Moment]:
        if not is_first:
            return [self._end(known, zone)]
        day = day_of(known, zone)
        if self.duration.unit is Unit.DAYS:
            return [days_from(day, -self._whole)]
        day = days_from(day, self._next)
        if self.duration.unit is not Unit.HOURS:
            return [earliest_reaching(day, self.duration, zone)]
        # Whether the two are compared by day or by second depends on what the other will be.
        starts = [datetime.combine(days_from(day, self.duration.early), time(), zone)]
        starts += [in_zone(known, zone)] if isinstance(known, datetime) else []
        return [seconds_from(start, -3600 * self.duration.amount) for start in starts]

    def _end(self, first: Moment, zone: tzinfo) -> Moment:
        """Give the last moment of the duration; one that begins with a day ends with a day."""
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

    def words(self) -> str:
        """Name the duration and the other fact."""
        return f"is at most {self.duration} {self.side} the {self.other.title}"


@frozen
class MoreThan(Within):
    """The fact lies farther than a duration before (or after) another."""

    name: ClassVar = "more_than"
    stricter: ClassVar = "higher"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Tell whether the later one lies beyond the duration's end."""
        first, last = self._ordered(value, others[0])
        return compare(last, self._end(first, zone), zone) > 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Subtract whole days where both are dates."""
        if days := self._days(value, others[0], names):
            return f"({days[1]} - {days[0]}).days > {names.constant(self._whole)}"
        return f"{names.constant(self.holds)}({value}, ({others[0]},), ZONE)"

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Tell what is missing from what is too near."""
        return "missing" if value is None or others[0] is None else "else"

    def words(self) -> str:
        """Name the duration and the other fact."""
        return f"is more than {self.duration} {self.side} the {self.other.title}"


@frozen
class AtLeast(MoreThan):
    """The fact lies as far as a duration before (or after) another, or farther."""

    name: ClassVar = "at_least"
    _next: ClassVar = 1

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Tell whether the later one lies at the duration's end or beyond."""
        first, last = self._ordered(value, others[0])
        if self.duration.unit is Unit.DAYS and (self.duration.amount or self.duration.early):
            # An end beyond the calendar is not reached, though it stops at the calendar's end.
            return (day_of(last, zone) - day_of(first, zone)).days >= self._whole
        return compare(last, self._end(first, zone), zone) >= 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Subtract whole days where both are dates."""
        if days := self._days(value, others[0], names):
            return f"({days[1]} - {days[0]}).days >= {names.constant(self._whole)}"
        return f"{names.constant(self.holds)}({value}, ({others[0]},), ZONE)"

    def words(self) -> str:
        """Name the duration and the other fact."""
        return f"is at least {self.duration} {self.side} the {self.other.title}"
