# SPDX-License-Identifier: MIT
"""A roster of accounts as submitted: its rows, and the options for reading it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.syntax.nodes import Mapping as MappingNode


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


@frozen
class RosterRow:
    """One row: the facts it states, or why it cannot be read."""

    number: int
    """Counted from 1, without the header and blank lines."""
    place: Place
    node: MappingNode | None
    """The facts as written, as a case would have them below `account`."""
    username: str | None = None
    problems: tuple[Problem, ...] = ()
