# SPDX-License-Identifier: MIT
"""What cases state, leaf by leaf: how far two are apart, and the same with one thing changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The keys, and the numbers of list items, that lead to a value."""
NOTHING: Final = object()
"""Stands where a statement says nothing."""
_MINUTE: Final = timedelta(minutes=1)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the values that are no mappings, and those of lists one by one."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path, value


def wholes(value: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    """Yield the places of the values that are no mappings; a list is one value."""
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield from wholes(inner, (*path, key))
        else:
            yield (*path, key)


def apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Path]:
    """Return where two statements differ; a list differs as a whole."""
    found: list[Path] = []
    for key in dict.fromkeys([*one, *other]):
        first, second = one.get(key, NOTHING), other.get(key, NOTHING)
        if isinstance(first, Mapping) and isinstance(second, Mapping):
            found += [(key, *path) for path in apart(first, second)]
        elif first != second:
            found.append((key,))
    return found


def alike(one: Mapping[str, Any], other: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the first statement with what the second says at one place, or does not say."""
    value = value_at(other, path)
    return without(one, path) if value is NOTHING else stating(one, path, value)


def value_at(stated: Mapping[str, Any], path: Path) -> Any:
    """Return what a statement says at one place."""
    value: Any = stated
    for step in path:
        value = value.get(step, NOTHING) if isinstance(value, Mapping) else NOTHING
    return value


def stating(stated: Mapping[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return a statement with another value at one place."""
    found = deepcopy(dict(stated))
    holder: Any = found
    for step in path[:-1]:
        if isinstance(holder, dict) and not isinstance(holder.get(step), dict | list):
            holder[step] = {}
        holder = holder[step]
    holder[path[-1]] = deepcopy(value)
    return found


def without(stated: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return a statement without what stands at one place, if anything does."""
    found = deepcopy(dict(stated))
    holder: Any = found
    for step in path[:-1]:
        holder = holder.get(step) if isinstance(holder, dict) else holder[step]
    if isinstance(holder, list):
        del holder[int(path[-1])]
    elif isinstance(holder, dict):
        holder.pop(path[-1], None)
    return found


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield every place below a value, whole parts before what is in them."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, one in inner:
        yield (*path, key)
        if isinstance(one, Mapping | list):
            yield from places(one, (*path, key))


def nearer(value: Any, to: datetime) -> Iterator[Any]:
    """Yield values between a date, a time or a number and a moment or zero, the nearest first."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield from (value - step for step in _halves(value))
    elif isinstance(value, str) and (found := read_when(value)) is not None:
        if isinstance(found, datetime):
            goal = to if found.tzinfo else to.replace(tzinfo=None)
            minutes = round((found - goal) / _MINUTE)
            yield from ((found - _MINUTE * step).isoformat() for step in _halves(minutes))
        else:
            days = (found - to.date()).days
            yield from ((found - timedelta(step)).isoformat() for step in _halves(days))


def _halves(number: int) -> Iterator[int]:
    """Yield a number, its half and so on down to one."""
    while number:
        yield number
        number = int(number / 2)


def read_when(text: str) -> date | None:
    """Return the date or time that a text is, if it is one as JSON has it."""
    for cls in (date, datetime):
        try:
            return cls.fromisoformat(text)
        except ValueError:
            continue
    return None


def distance(stated: Mapping[str, Any], at: datetime) -> float:
    """Return how far the dates, times and numbers of a statement lie from a moment and zero."""
    total = 0.0
    for _, value in leaves(stated):
        if isinstance(value, int):
            total += abs(value)
        elif isinstance(value, str) and (found := read_when(value)) is not None:
            if isinstance(found, datetime):
                goal = at if found.tzinfo else at.replace(tzinfo=None)
                total += abs((found - goal) / timedelta(1))
            else:
                total += abs((found - at.date()).days)
    return total
