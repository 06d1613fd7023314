# SPDX-License-Identifier: MIT
"""Dates as rosters write them: in ISO form, or in a form named by the user."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from attrs import field, frozen

from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.errors.privacy import public_day, public_word
from caljobs_policy.rosters.reading.options import bad_date_form
from caljobs_policy.subjects.fields import Kind

_SOME_DAY, _LATER = datetime(2001, 2, 13), datetime(2007, 2, 13)
"""A Tuesday of two years that alike begin on a Monday: these differ in nothing but the year."""
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_MIDNIGHT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(:00(\.0+)?)?")


@frozen
class DateForm:
    """The format of dates that are not in ISO form, such as `%m/%d/%Y`.

    Raises a `RosterError` if it lacks the day, the month or the year.
    """

    form: str
    _takes_iso: bool = field(init=False)
    """Whether an ISO date cannot be mistaken for one in this form."""

    def __attrs_post_init__(self) -> None:
        if not self._is_whole():
            raise RosterError([bad_date_form(self.form)])
        object.__setattr__(self, "_takes_iso", self._read("2001-02-03") is None)

    def _is_whole(self) -> bool:
        try:
            text, later = (day.strftime(self.form) for day in (_SOME_DAY, _LATER))
            # Python warns about reading a form without a year; filters of warnings are no one
            # thread's own.
            return text != later and self._read(text) == _SOME_DAY
        except (ValueError, re.error):
            return False

    def _read(self, text: str) -> datetime | None:
        try:
            return datetime.strptime(text, self.form)
        except ValueError:
            return None

    def iso(self, text: str, kind: Kind) -> str | None:
        """Return a date in ISO form, or None if the text is in neither form."""
        read = self._read(text)
        if read is None:
            return text if self._takes_iso and _ISO.match(text) else None
        is_day = kind is not Kind.TIME and read.time() == time()
        return f"{read.date()}" if is_day else read.isoformat()


_DAY_NUMBER: Final = re.compile(r"[1-9][0-9]{4}(\.0+)?")
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of spreadsheets, counted back from the days they show correctly."""
_NOTHING: Final = frozenset({"n/a", "#n/a", "na", "n.a.", "-", "--", "–", "—"})  # noqa: RUF001  # dashes


NAME_THE_FORM: Final = "name the form of the dates, as in --date-format %m/%d/%Y"
_SLASHED: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/([0-9]{2}|[0-9]{4})(\s.*)?")


def is_slashed(text: str) -> bool:
    """Return whether a date is written with slashes, as American and European spreadsheets do."""
    return _SLASHED.fullmatch(text) is not None


def oddity(text: str, *, private: bool) -> tuple[str, str] | None:
    """Return the fault and the remedy of what spreadsheets put in place of a date."""
    if text.casefold() in _NOTHING:
        remedy = "leave the cell blank if the date is not known; write null if there is none"
        return f"holds {public_word(text, _NOTHING)} in place of a date", remedy
    if _DAY_NUMBER.fullmatch(text):
        day = _FIRST_DAY + timedelta(int(text.partition(".")[0]))
        remedy = f"format the column as a date: this is {public_day(day, private=private)}"
        return "is a spreadsheet's day number, not a date", remedy
    return None


def without_midnight(text: str, kind: Kind) -> str:
    """Return a date without the midnight that spreadsheets add, unless a time is wanted."""
    midnight = _MIDNIGHT.fullmatch(text) if kind is not Kind.TIME else None
    return midnight[1] if midnight else text
