# SPDX-License-Identifier: MIT
"""Witnesses as worked cases: what they state, and what is expected of their decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from caljobs_policy.cases.whole import whole_expectation
from caljobs_policy.dates.durations import noon
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import kind_of_key, subject_class, subject_key
from caljobs_policy.subjects.fields import fields_of

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.witnesses import Witness


def worked_case(
    witness: Witness, title: str, profile: str, expect: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the case of a witness, in the words of the first policy, as an analyst writes it."""
    decision = witness.decisions[0]
    key = subject_key(decision.subject)
    case: dict[str, Any] = {"case": title, "profile": profile}
    if witness.case.at is not None:
        case["at"] = _moment(witness.case.at, decision.policy)
    case[kind_of_key(key)] = in_order(witness.case.stated[0], subject_class(key))
    return {**case, "expect": dict(expect)}


def _moment(at: datetime, policy: Policy) -> Any:
    """Return a moment, or the day alone if it is noon."""
    day = at.date()
    return day if at == noon(day, policy.zone) else at


def in_order(stated: Any, cls: type | None) -> Any:
    """Return what is stated of a part of a subject, in the order in which its fields are listed."""
    if isinstance(stated, list):
        items = [in_order(one, cls) for one in stated]
        return items[0] if len(items) == 1 and isinstance(items[0], dict) else items
    if not isinstance(stated, Mapping):
        return stated
    listed = fields_of(cls) if cls is not None else {}
    parts = {name: holds.part for name, holds in listed.items()}
    keys = [*(name for name in ("type", *parts) if name in stated), *stated]
    return {key: in_order(stated[key], parts.get(key)) for key in dict.fromkeys(keys)}


def expected(
    decision: Decision, met: Iterable[str] = (), beside: Decision | None = None
) -> dict[str, Any]:
    """Return what a case may expect: the outcome, what is broken, pending, needed, and follows.

    `met` are clauses that it must not break. What follows from another decision, too, is left out.
    """
    whole = whole_expectation(decision)
    lists = {
        "clauses": whole["clauses"],
        "not_clauses": [clause for clause in met if clause not in whole["clauses"]],
        "pending": whole["pending"],
    }
    found = {"outcome": whole["outcome"], **{key: one for key, one in lists.items() if one}}
    found["needs"] = whole["needs"]
    before = {} if beside is None else _follow_up(beside)
    follows = {key: _besides(one, before.get(key)) for key, one in _follow_up(decision).items()}
    if follows["route"]:
        # It is told whole, as parts of it are those of other routes, too.
        follows["route"] = _given(whole["route"])
    return found | {key: one for key, one in follows.items() if one}


def _follow_up(decision: Decision) -> Mapping[str, Any]:
    """Return what follows."""
    whole = whole_expectation(decision)
    return {
        "approvals": whole["approvals"],
        "route": _given(whole["route"]),
        "duties": list(map(_given, whole["duties"])),
        "deadlines": {name: _given(one) for name, one in whole["deadlines"].items()},
    }


def _given(part: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value not in (None, [], ())}


def _besides(here: Any, there: Any) -> Any:
    """Return what is said here and not there."""
    if there is None:
        return here
    if isinstance(here, list):
        return [one for one in here if one not in there]
    return {key: one for key, one in here.items() if one != there.get(key)}
