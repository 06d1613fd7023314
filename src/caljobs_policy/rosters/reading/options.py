# SPDX-License-Identifier: MIT
"""The options for reading a roster, and their problems; unlike cells, options may be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.privacy import is_misspelt
from caljobs_policy.errors.problems import Place, Problem, shown


@frozen
class RosterOptions:
    """How to read a roster; headings, date format and delimiter apply to tables only."""

    headings: Mapping[str, str] = field(factory=dict)
    """The key of the fact under each heading, such as `staff.training_completed_on`."""
    date_format: str | None = None
    """The format of dates that are not in ISO form, such as `%m/%d/%Y`."""
    encoding: str = "utf-8"
    delimiter: str | None = None
    """What separates cells; by default, the header decides."""


def bad_encoding(encoding: str) -> Problem:
    """Return the problem of an encoding that is unknown or hides where lines end."""
    message = f"lines cannot be read in the encoding {shown(encoding)}"
    remedy = "name one such as utf-8 or cp1252, or save the roster as CSV UTF-8"
    return Problem(message, Place(), remedy, code=Code.UNKNOWN_WORD)


def bad_delimiter(delimiter: str) -> Problem:
    """Return the problem of a delimiter that is no single sign, or that cells contain."""
    message = f"{shown(delimiter)} cannot separate cells"
    return Problem(message, Place(), "name one sign, such as `;`", code=Code.WRONG_KIND)


def bad_date_form(form: str) -> Problem:
    """Return the problem of a date form without a day, a month or a year."""
    message = f"{shown(form)} is not the form of a whole date"
    return Problem(
        message, Place(), "write it with %d, %m and %Y, as in %m/%d/%Y", code=Code.WRONG_KIND
    )


def unknown_key(key: str, heading: str, place: Place, remedy: str) -> Problem:
    """Return the problem of a heading that is mapped to a key no account has."""
    message = f"there is no key {shown(key)} for the heading {shown(heading)}"
    return Problem(message, place, remedy, code=Code.UNKNOWN_KEY)


def no_heading(heading: str, headings: Iterable[str], place: Place) -> Problem:
    """Return the problem of a mapped heading that the roster lacks, with the likely one.

    No other heading is quoted, since a heading may hold anything.
    """
    near = next((one for one in headings if is_misspelt(one, heading)), None)
    remedy = "look at the roster's first line" if near is None else f"did you mean {shown(near)}?"
    return Problem(f"no column is headed {shown(heading)}", place, remedy, code=Code.MISSING)
