# SPDX-License-Identifier: MIT
"""What a case states, place by place, and the same case with other values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeAlias

from attrs import evolve

from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.witnesses import Case

Keys: TypeAlias = tuple[str | int, ...]
LEFT_OUT: Final = object()
OWN_DAY: Final = ("submitted_on",)
"""The day on which a request is judged."""


def places_in(stated: Any, above: Keys = ()) -> Iterator[Keys]:
    """Yield the keys of all that is stated, parts before what they hold."""
    items: Any = enumerate(stated) if isinstance(stated, list) else stated.items()
    for key, value in items:
        keys = (*above, key)
        if keys == ("type",):
            continue
        yield keys
        if isinstance(value, dict | list):
            yield from places_in(value, keys)


def value_at(stated: Any, keys: Keys) -> Any:
    """Return what is stated at some keys, or that it is left out."""
    for key in keys:
        try:
            stated = stated[key]
        except (KeyError, IndexError, TypeError):
            return LEFT_OUT
    return stated


def with_value(stated: Any, keys: Keys, value: Any) -> Any:
    """Return what is stated with another value at some keys."""
    key, *rest = keys
    if rest:
        value = with_value(stated[key], tuple(rest), value)
    if isinstance(stated, list):
        return [
            one for n, one in enumerate(_put(stated, key, value)) if one is not LEFT_OUT or n != key
        ]
    return {k: v for k, v in {**stated, key: value}.items() if v is not LEFT_OUT}


def _put(listed: list[Any], number: Any, value: Any) -> list[Any]:
    return [value if n == number else one for n, one in enumerate(listed)]


def changed(case: Case, keys: Keys, value: Any) -> Case:
    """Return a case with a value changed in the words of every policy that state one."""
    stated = tuple(
        with_value(one, keys, value) if value_at(one, keys) is not LEFT_OUT else one
        for one in case.stated
    )
    return evolve(case, stated=stated)


def moment_of(space: Space, case: Case) -> date:
    """Return the day at which a case is judged."""
    if case.at is not None:
        return case.at.date()
    submitted = value_at(case.stated[0], OWN_DAY)
    return submitted if isinstance(submitted, date) else space.judged[0]


def moved(case: Case, days: int) -> Case:
    """Return a case with all its dates some days later, at the same times of the day."""
    return _all_later(case, timedelta(days), _by_clocks)


def moved_ways(case: Case, days: int) -> Iterator[Case]:
    """Yield a case some days later: at the same times of the day, and as many hours apart."""
    yield moved(case, days)
    times = [case.at, *times_in(case.stated)]
    begin = next((time for time in times if time is not None), None)
    if begin is not None:
        yield shifted(case, elapsed(begin, begin + timedelta(days)))


def times_in(value: Any) -> Iterator[datetime]:
    """Yield the times that are stated, which are those of dates that are no whole days."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, dict | list | tuple):
        inner = value.values() if isinstance(value, dict) else value
        yield from (time for one in inner for time in times_in(one))


def shifted(case: Case, span: timedelta) -> Case:
    """Return a case with all its times later by an elapsed time, and its days by as many days."""
    return _all_later(case, span, later)


def later(value: date, span: timedelta) -> date:
    """Return a time later by an elapsed time, or a day later by as many days as come nearest."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) + span).astimezone(value.tzinfo)
    return value + timedelta(round(span / timedelta(1)))


def elapsed(one: datetime, other: datetime) -> timedelta:
    """Return how much time lies between two times."""
    return other.astimezone(UTC) - one.astimezone(UTC)


def _by_clocks(value: date, span: timedelta) -> date:
    return value + span


def _all_later(case: Case, span: timedelta, add: Callable[[date, timedelta], date]) -> Case:
    at = None if case.at is None else add(case.at, span)
    stated = tuple(_value_later(one, span, add) for one in case.stated)
    return Case(stated, at if isinstance(at, datetime) else None)


def _value_later(value: Any, span: timedelta, add: Callable[[date, timedelta], date]) -> Any:
    if isinstance(value, dict):
        return {key: _value_later(one, span, add) for key, one in value.items()}
    if isinstance(value, list):
        return [_value_later(one, span, add) for one in value]
    return add(value, span) if isinstance(value, date) else value
