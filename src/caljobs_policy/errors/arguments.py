# SPDX-License-Identifier: MIT
"""Errors for arguments of the wrong type."""

from __future__ import annotations

from datetime import date, datetime


def wrong(argument: str, taken: str, given: object, remedy: str | None = None) -> TypeError:
    """Return the error that says what an argument takes, and what type was passed instead.

    The value is not repeated, as it may be personal data.
    """
    found = "None" if given is None else type(given).__name__
    text = f"`{argument}` takes {taken}, not {found}"
    return TypeError(f"{text}; {remedy}" if remedy else text)


def require_day(argument: str, given: object) -> None:
    """Raise a `TypeError` unless an argument is a date; a datetime, a `date` in Python, is not."""
    if isinstance(given, datetime):
        remedy = "pass its day in the jurisdiction's time zone, as in `moment.date()`"
        raise wrong(argument, "a date", given, remedy)
    if not isinstance(given, date):
        raise wrong(argument, "a date", given)


def require_flag(argument: str, given: object) -> None:
    """Raise a `TypeError` unless an argument is True or False; the text "false" would be true."""
    if not isinstance(given, bool):
        raise wrong(argument, "True or False", given)


def require_moment(argument: str, given: object) -> None:
    """Raise a `TypeError` unless an argument is a datetime or None."""
    if given is None or isinstance(given, datetime):
        return
    is_day = isinstance(given, date)
    remedy = "add the time of day, as in `datetime(2025, 6, 2, 12)`" if is_day else None
    raise wrong(argument, "a datetime, or None for the usual moment", given, remedy)
