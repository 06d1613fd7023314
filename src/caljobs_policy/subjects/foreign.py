# SPDX-License-Identifier: MIT
"""Turns values of libraries such as pandas and NumPy into plain Python, importing none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from datetime import date, datetime, time
from typing import Any, Final

from attrs import frozen

from caljobs_policy.subjects.fields import MOST_ITEMS

_DEEPEST: Final = 8
"""No fact lies as deep; anything deeper is refused when it is read."""


@frozen
class Stamp:
    """A time from a table, in which days are midnights."""

    at: datetime

    @property
    def has_time(self) -> bool:
        """Whether it is more than a day, which is a midnight without an offset."""
        return self.at.time() != time.min or self.at.tzinfo is not None


def plain(value: Any) -> Any:
    """Return a value of another library as plain Python if it stands for a plain value."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, list | tuple | set | frozenset):
        return _listed(value)
    return value if is_blank(value) else _of_library(value)


def _of_library(value: Any) -> Any:
    try:
        if hasattr(value, "to_pydatetime"):
            return Stamp(value.to_pydatetime(warn=False))
        if hasattr(value, "dtype"):
            return _of_array(value)
    except (TypeError, ValueError, OverflowError):
        return value  # many times at once, or one that no calendar here has
    return _of_date(value) if isinstance(value, date) else value


def _of_date(value: date) -> date:
    """Return a date or time of a subclass as one of Python's own."""
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.timetz())
    return date(value.year, value.month, value.day)


def _listed(items: Any) -> list[Any]:
    """Return items as a list; a set of texts is sorted."""
    are_texts = all(isinstance(one, str) for one in items)
    return sorted(items) if are_texts and isinstance(items, set | frozenset) else list(items)


def _of_array(value: Any) -> Any:
    """Return a scalar or a column as plain values."""
    if getattr(value.dtype, "kind", "") != "M" or getattr(value, "ndim", 0):
        listed = getattr(value, "tolist", None) or getattr(value, "to_list", None)
        return value if listed is None else listed()
    # Its text has the time in every unit; the plain value of nanoseconds is a number.
    text = str(value)
    is_day = len(text) == len("2025-06-02")
    return date.fromisoformat(text) if is_day else Stamp(datetime.fromisoformat(text[:26]))


def is_blank(value: Any) -> bool:
    """Return whether a value marks an empty cell of a table: NaN, NaT or NA."""
    if type(value).__name__ in {"NaTType", "NAType"}:
        return True
    try:
        return bool(value != value)  # noqa: PLR0124  # NaN alone is not itself
    except Exception:  # a comparison of another library may raise anything
        return False


def without_blanks(value: Any, *, none: bool = False, deep: int = _DEEPEST) -> Any:
    """Return a row of a table without its blank cells and perhaps those with None.

    What is too large for any subject is left as it is, as the reader will refuse it at once.
    """
    if not deep or (isinstance(value, Sized) and len(value) > MOST_ITEMS):
        return value
    if isinstance(value, Mapping):
        kept = {key: one for key, one in value.items() if not _is_left_out(one, none)}
        return {key: without_blanks(one, none=none, deep=deep - 1) for key, one in kept.items()}
    if isinstance(value, list | tuple):
        items = (one for one in value if not _is_left_out(one, none))
        return [without_blanks(one, none=none, deep=deep - 1) for one in items]
    return value


def _is_left_out(value: Any, none: bool) -> bool:
    return is_blank(value) or (none and value is None)
