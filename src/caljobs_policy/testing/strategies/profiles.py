# SPDX-License-Identifier: MIT
"""Hypothesis strategies for small profiles, as somebody would write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from caljobs_policy.analysis.samples import in_yaml
from caljobs_policy.loader.contents import EDITION_FILE, PROFILE_FILE

Files: TypeAlias = Mapping[str, str]
"""The texts of files, by their paths below the folder of a profile."""
_CITED: Final = {"clauses": ["SAMPLE-1/a"]}
_ROLES: Final = ("asker", "helper", "checker")
_FORMS: Final = ("blue", "green", "pink")
_OUTCOMES: Final = ("return", "deny", "note")
_TRAINED: Final = "request.staff.training_completed_on"
_REQUIRED: Final[Mapping[str, Mapping[str, Any]]] = {
    "trained": {_TRAINED: {"within": "window", "before": "request.submitted_on"}},
    "signed": {"request.signed_by_requestor": True},
    "needed": {"request.staff.business_need": True},
    "office-named": {"request.office": {"given": True}},
    "another-person": {"not": {"request.requestor.name": {"same_as": "request.staff.name"}}},
}
"""What rules require, by their names."""


def profiles() -> st.SearchStrategy[Files]:
    """Return the files of small profiles about requests for an account, each of which is sound.

    A profile has one edition, and differs in who asks, which forms go along, and which rules hold.
    """
    return st.builds(
        _files,
        start=st.sampled_from((date(2025, 1, 1), date(2024, 2, 29))),
        window=st.integers(0, 400),
        requestors=st.lists(st.sampled_from(_ROLES), min_size=1, unique=True),
        papers=st.lists(st.sampled_from(_FORMS), unique=True),
        rules=st.dictionaries(st.sampled_from([*_REQUIRED]), st.sampled_from(_OUTCOMES)),
        approval=st.none() | st.sampled_from(_ROLES),
    )


def _files(*, start: date, **drawn: Any) -> Files:
    head = {"jurisdiction": "sample", "title": "Sample", "time_zone": "America/Los_Angeles"}
    edition = {"edition": {"from": start, "title": "First edition"}, **_tables(**drawn)}
    return {
        PROFILE_FILE: in_yaml({"profile": head}),
        f"{start}/{EDITION_FILE}": in_yaml(edition),
    }


def _tables(
    *,
    window: int,
    requestors: list[str],
    papers: list[str],
    rules: Mapping[str, str],
    approval: str | None,
) -> dict[str, Any]:
    """Return the tables of the edition; one that would be empty is left out."""
    about = {"about": "request/create", **_CITED}
    tables: dict[str, Any] = {
        "documents": {"SAMPLE-1": {"title": "Sample Directive", "issuer": "Sample Board"}},
        "clauses": {"SAMPLE-1/a": {"at": "Section A", "kind": "check", "says": "Some text."}},
        "scope": {"request/create": _CITED},
        "roles": {role: {"title": role.capitalize()} for role in _ROLES},
        "organizations": {"branch": {"title": "a branch"}},
        "forms": {form: {"title": f"{form.capitalize()} Form"} for form in _FORMS},
        "parameters": {"window": {"title": "window", "value": f"{window} days", **_CITED}},
        "routing": {"branch": {"requestors": requestors, "coordinator": "helper", **_CITED}},
        "submission": {"create": _CITED},
        "papers": {"create": dict.fromkeys(papers, _CITED)} if papers else {},
        "rules": {
            name: {**about, "require": _REQUIRED[name], "otherwise": outcome}
            for name, outcome in rules.items()
        },
        "approvals": {"agreed": {**about, "role": approval}} if approval else {},
    }
    return {name: table for name, table in tables.items() if table}
