# SPDX-License-Identifier: MIT
"""Dates as terms of the solver: local days of times, and the ends of durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock_time
from typing import Final

from attrs import evolve

from caljobs_policy.analysis.formulas.curves import Curve
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Dated,
    Formula,
    Number,
    all_of,
    between,
    either,
    is_false,
    is_open,
    is_true,
)
from caljobs_policy.dates.durations import Duration, Unit, end_ordinal, second_of

DAY_SECONDS: Final = 86_400
_WIDEST: Final = 15 * 3600
"""No zone is farther from UTC."""
_NOON: Final = clock_time(12)
_NO_TIME: Final = 0


class Clock:
    """What is known of the days and times of one zone."""

    def __init__(self, zone: tzinfo, first: int, last: int, symbols: Symbols) -> None:
        self.zone, self.symbols = zone, symbols
        self.first, self.last = first, last
        """The ordinals of the first and of the last day that a subject may state."""
        self.curves: dict[object, Curve] = {}
        self._days: dict[int, Number] = {}

    def day(self, name: str) -> Dated:
        """Return a new day."""
        day = self.symbols.number(name)
        self.symbols.say(between(self.first, day, self.last))
        return Dated(FALSE, day, _NO_TIME)

    def time(self, name: str, timed: Formula = TRUE) -> Dated:
        """Return a new time, or a new day that may have a time."""
        second, day = self.symbols.number(f"{name} second"), self.symbols.number(f"{name} day")
        self.symbols.say(between(self.first, day, self.last))
        self._link(day, second)
        return Dated(timed, day, second)

    def seen(self, dated: Dated) -> Dated:
        """Return a day or a time of another zone as it is here."""
        if is_false(dated.timed):
            return dated
        return evolve(dated, day=either(dated.timed, self.local_day(dated.second), dated.day))

    def fixed(self, day: date) -> Dated:
        """Return a day that no subject states."""
        return Dated(FALSE, day.toordinal(), _NO_TIME)

    def noon(self, day: Number) -> Dated:
        """Return noon of a day."""
        return Dated(TRUE, day, self._of_zone("noon", _NOON).at_place(day))

    def _of_zone(self, name: str, hour: clock_time) -> _Asked:
        def real(day: int) -> int:
            return second_of(datetime.combine(date.fromordinal(day), hour), self.zone)

        wide = (-_WIDEST + hour.hour * 3600, _WIDEST + hour.hour * 3600)
        return self._curve(name, name, real, DAY_SECONDS, wide)

    def _curve(
        self,
        key: object,
        name: str,
        real: Callable[[int], int],
        slope: int,
        bounds: tuple[int, int],
    ) -> _Asked:
        if key not in self.curves:
            own = f"{name} {len(self.curves)} {self.zone}"
            days = range(self.first, self.last + 1)
            self.curves[key] = Curve(own, real, slope, bounds, days=days, symbols=self.symbols)
        return _Asked(self, self.curves[key])

    def _link(self, day: Number, second: Number) -> None:
        """Say that a second lies on a local day."""
        start = self._of_zone("midnight", clock_time())
        inside = [start.at_place(day) <= second, second < start.at_place(day + 1)]
        self.symbols.say(all_of(inside))

    def local_day(self, second: Number) -> Number:
        """Return the local day of a second."""
        if not is_open(second):
            return self.real_day(second)
        if second.get_id() not in self._days:
            day = self.symbols.new_number("local day")
            self._days[second.get_id()] = day
            self.symbols.derived.append((day, lambda value: self.real_day(value(second))))
            self._link(day, second)
        return self._days[second.get_id()]

    def real_day(self, second: int) -> int:
        """Return the local day of a second."""
        return self.moment(second).date().toordinal()

    def moment(self, second: int) -> datetime:
        """Return the local time of a second, with its offset."""
        days, rest = divmod(second, DAY_SECONDS)
        day = datetime.combine(date.fromordinal(days), clock_time(), UTC)
        return (day + timedelta(seconds=rest)).astimezone(self.zone)

    def end(self, start: Dated, duration: Duration) -> Dated:
        """Return the end of a duration as tests of it compare: with a time's day or its second."""
        end = self._whole_end(start, duration)
        if duration.early is None:
            return end
        return Dated(FALSE, end.day - duration.early if duration.early else end.day, _NO_TIME)

    def _whole_end(self, start: Dated, duration: Duration) -> Dated:
        amount = duration.amount
        if amount == 0 and duration.unit is not Unit.QUARTERS:
            return start
        if duration.unit is Unit.HOURS:
            return self._hours(start, amount * 3600)
        if duration.unit is Unit.DAYS or _is_plain(duration):
            return Dated(FALSE, start.day + amount, _NO_TIME)
        bare = Duration(amount, duration.unit, duration.calendar)

        def real(day: int) -> int:
            return end_ordinal(date.fromordinal(day), bare, self.zone)

        curve = self._curve(bare, str(bare), real, 1, _bounds(bare))
        return Dated(FALSE, curve.at_place(start.day), _NO_TIME)

    def _hours(self, start: Dated, seconds: int) -> Dated:
        """Return the end of elapsed hours; from a day these begin at midnight, and end on a day."""
        after_time = start.second + seconds
        if is_true(start.timed):
            return Dated(TRUE, self.local_day(after_time), after_time)
        from_midnight = self._of_zone("midnight", clock_time()).at_place(start.day) + seconds
        day = self.local_day(from_midnight)
        if is_false(start.timed):
            return Dated(FALSE, day, _NO_TIME)
        day = either(start.timed, self.local_day(after_time), day)
        return Dated(start.timed, day, after_time)

    def corrected(self, model: object) -> int:
        """Learn what a model gets wrong of all functions; return how many pieces that took."""
        learned = sum(curve.corrected(model) for curve in self.curves.values())
        for curve in self.curves.values():
            curve.measure(self.curves.values())
        return learned


class _Asked:
    """A curve whose values are kept among the terms that follow from others."""

    def __init__(self, clock: Clock, curve: Curve) -> None:
        self.clock, self.curve = clock, curve

    def at_place(self, place: Number) -> Number:
        """Return the value of the curve somewhere."""
        known = not is_open(place) or place.get_id() in self.curve.places
        value, real = self.curve.at(place), self.curve.real
        if not known:
            self.clock.symbols.derived.append((value, lambda found: real(found(place))))
        return value


def _is_plain(duration: Duration) -> bool:
    """Return whether business days are days, as nothing says which are closed."""
    return duration.unit is Unit.BUSINESS_DAYS and duration.calendar is None


def _bounds(duration: Duration) -> tuple[int, int]:
    """Return how many days a duration lasts at least and at most."""
    amount = duration.amount
    if duration.unit is Unit.MONTHS:
        return 28 * amount, 31 * amount
    if duration.unit is Unit.QUARTERS:
        return 90 * amount, 92 * (amount + 1)
    # How many days are closed in a row is for the calendar to say.
    return amount, date.max.toordinal()
