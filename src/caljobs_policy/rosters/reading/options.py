# SPDX-License-Identifier: MIT
"""What is wrong with the options for a roster; unlike its cells, they may be quoted."""

from __future__ import annotations

from collections.abc import Iterable

from caljobs_policy.errors import Place, Problem, shown
from caljobs_policy.privacy import is_misspelt


def bad_encoding(encoding: str) -> Problem:
    """Return the problem of an encoding whose lines cannot be told apart."""
    message = f"lines cannot be read in an encoding {shown(encoding)}"
    remedy = "name one such as utf-8 or cp1252, or save the roster as CSV UTF-8"
    return Problem(message, Place(), remedy)


def bad_delimiter(delimiter: str) -> Problem:
    """Return the problem of a delimiter that is not one sign, or could stand in a cell."""
    message = f"{shown(delimiter)} cannot stand between cells"
    return Problem(message, Place(), "name one sign, such as `;`")


def bad_date_form(form: str) -> Problem:
    """Return the problem of a form that does not tell day, month and year."""
    message = f"{shown(form)} is not a form of a whole date"
    return Problem(message, Place(), "write it with %d, %m and %Y, as in %m/%d/%Y")


def unknown_key(key: str, heading: str, place: Place, remedy: str | None) -> Problem:
    """Return the problem of a key that no account has, for which a heading should stand."""
    message = f"there is no key {shown(key)}, for which {shown(heading)} is to stand"
    return Problem(message, place, remedy or "`caljobs-policy docs roster` lists the keys")


def no_heading(heading: str, headings: Iterable[str], place: Place) -> Problem:
    """Return the problem of a heading that the roster does not have, with one that it may mean.

    What the other headings say is not told: a heading may be anything.
    """
    near = next((one for one in headings if is_misspelt(one, heading)), None)
    remedy = "look at the roster's first line" if near is None else f"did you mean {shown(near)}?"
    return Problem(f"no column is headed {shown(heading)}", place, remedy)
