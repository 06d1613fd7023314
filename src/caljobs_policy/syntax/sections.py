# SPDX-License-Identifier: MIT
"""The tables of a profile: which entries they hold, and how their keys are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from caljobs_policy.syntax import entries, timed_entries


@frozen
class Section:
    """A table of a profile: what its entries are, and how their keys are written."""

    entry: type[entries.Entry]
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
    "request_types",
    "record_types",
    "record_items",
    "contacts",
    "note_kinds",
    "follow_up_kinds",
    "account_statuses",
)
SECTIONS: Final[Mapping[str, Section]] = {
    **dict.fromkeys(VOCABULARIES, Section(entries.WordEntry)),
    "uses": Section(entries.WordList),
    "overrides": Section(entries.Override, listed_by="what", repeats=True),
    "restates": Section(entries.Restatement, listed_by="what", repeats=True),
    "documents": Section(entries.DocumentEntry),
    "clauses": Section(entries.ClauseEntry),
    "readings": Section(entries.ReadingEntry),
    "facts": Section(entries.OwnFact),
    "lists": Section(entries.WordList),
    "calendar": Section(timed_entries.ClosedDayEntry),
    "parameters": Section(entries.ParameterEntry),
    "terms": Section(entries.Term),
    "scope": Section(entries.ScopeRow),
    "exempt": Section(entries.Exemption),
    "routing": Section(entries.RouteRow),
    "submission": Section(entries.Submission),
    "papers": Section(entries.Paper, nested=True),
    "tables": Section(entries.Table),
    "rules": Section(entries.Rule),
    "approvals": Section(entries.Approval),
    "duties": Section(timed_entries.Duty),
    "deadlines": Section(timed_entries.Deadline),
    "guides": Section(entries.GuideEntry),
    "out_of_scope": Section(entries.Excuse),
}
