# SPDX-License-Identifier: MIT
"""The tables of a profile: which entries they hold, and how their keys are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from caljobs_policy.syntax.entries import (
    Approval,
    Clause,
    Document,
    Entry,
    Excuse,
    Exemption,
    Guide,
    ListedWord,
    Override,
    OwnFact,
    Paper,
    Parameter,
    Reading,
    Restatement,
    RouteRow,
    Rule,
    ScopeRow,
    Submission,
    Table,
    Term,
    WordList,
)
from caljobs_policy.syntax.timed_entries import ClosedDay, Deadline, Duty


@frozen
class Section:
    """A table of a profile: what its entries are, and how their keys are written."""

    entry: type[Entry]
    nested: bool = False
    """They stand one level deeper."""
    listed_by: str = "id"
    """The key under which an entry of a list has its key."""
    repeats: bool = False
    """One key may have several entries."""


QUALIFIED: Final = ("organizations", "roles")
"""The tables of words that each jurisdiction has for itself."""
VOCABULARIES: Final = (
    "organizations",
    "roles",
    "forms",
    "statements",
    "employers",
    "work_duties",
    "employment_statuses",
    "privilege_groups",
    "privileges",
    "designations",
)
SECTIONS: Final[Mapping[str, Section]] = {
    **dict.fromkeys(VOCABULARIES, Section(ListedWord)),
    "uses": Section(WordList),
    "overrides": Section(Override, listed_by="what", repeats=True),
    "restates": Section(Restatement, listed_by="what", repeats=True),
    "documents": Section(Document),
    "clauses": Section(Clause),
    "readings": Section(Reading),
    "facts": Section(OwnFact),
    "lists": Section(WordList),
    "calendar": Section(ClosedDay),
    "parameters": Section(Parameter),
    "terms": Section(Term),
    "scope": Section(ScopeRow),
    "exempt": Section(Exemption),
    "routing": Section(RouteRow),
    "submission": Section(Submission),
    "papers": Section(Paper, nested=True),
    "tables": Section(Table),
    "rules": Section(Rule),
    "approvals": Section(Approval),
    "duties": Section(Duty),
    "deadlines": Section(Deadline),
    "guides": Section(Guide),
    "out_of_scope": Section(Excuse),
}
