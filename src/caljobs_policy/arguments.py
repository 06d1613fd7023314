# SPDX-License-Identifier: MIT
"""What the functions of the library take, told where a program hands them something else."""

from __future__ import annotations

from datetime import date, datetime


def wrong(argument: str, taken: str, given: object, remedy: str | None = None) -> TypeError:
    """Return the error that tells what an argument takes, and of what type it is.

    Its value is not repeated, as it may be personal data.
    """
    found = "None" if given is None else type(given).__name__
    text = f"`{argument}` takes {taken}, not {found}"
    return TypeError(f"{text}; {remedy}" if remedy else text)


def require_day(argument: str, given: object) -> None:
    """Raise a `TypeError` unless an argument is a day; for Python, a time is a date too."""
    if isinstance(given, datetime):
        remedy = "hand its day in the zone of the jurisdiction, as in `moment.date()`"
        raise wrong(argument, "a date", given, remedy)
    if not isinstance(given, date):
        raise wrong(argument, "a date", given)


def require_moment(argument: str, given: object) -> None:
    """Raise a `TypeError` unless an argument is a moment, or None."""
    if given is None or isinstance(given, datetime):
        return
    is_day = isinstance(given, date)
    remedy = "say at what time of the day, as in `datetime(2025, 6, 2, 12)`" if is_day else None
    raise wrong(argument, "a datetime, or None for the usual moment", given, remedy)
