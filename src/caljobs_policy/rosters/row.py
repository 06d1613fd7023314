# SPDX-License-Identifier: MIT
"""A roster of accounts as it was handed in: its rows, and how its columns are read."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from caljobs_policy.errors import Place, Problem
from caljobs_policy.syntax.nodes import Mapping as MappingNode


@frozen
class RosterOptions:
    """How a roster is read; headings, dates and delimiters are those of tables alone."""

    headings: Mapping[str, str] = field(factory=dict)
    """What a heading stands for: the key of a fact, such as `staff.training_completed_on`."""
    date_format: str | None = None
    """How dates are written that are not in the ISO form, such as `%m/%d/%Y`."""
    encoding: str = "utf-8"
    delimiter: str | None = None
    """What stands between cells; without it, it is told by the header."""


@frozen
class RosterRow:
    """One row: the facts that it states, or why it cannot be read."""

    number: int
    """From 1, the header and blank lines not counted."""
    place: Place
    node: MappingNode | None
    """The facts as written, as a case would have them below `account`."""
    username: str | None = None
    problems: tuple[Problem, ...] = ()
