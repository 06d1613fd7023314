# SPDX-License-Identifier: MIT
"""What a case expects that passes under a profile and fails under a mutant of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from caljobs_policy.cases.expectation import rules_of
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import DeadlineSet, Finding, RouteTaken
from caljobs_policy.policy.outcome import FOUND_RESULTS

_DUTY: Final = ("who", "to", "cc", "due", "promptness", "what")
_FINDING: Final = ("outcome", "result")


def telling(decision: Decision, mutant: Decision) -> Mapping[str, Any]:
    """Return what a case expects that tells a decision from that of a mutant.

    What follows from a decision is named only where its outcome and findings are the same.
    """
    here, _ = _findings(decision, decision)
    there, strange = _findings(mutant, decision)
    found: dict[str, Any] = {"findings": [*_alone(here, there, _FINDING, "rule")]}
    if not found["findings"]:
        by_clause = _alone(strange, here, _FINDING)
        found["not_findings"] = [*_alone(there, here, _FINDING, "rule"), *by_clause]
    if decision.outcome is mutant.outcome and not any(found.values()):
        found = {
            "route": _route(decision.route, mutant.route),
            "approvals": _approvals(decision, mutant),
            "deadlines": _deadlines(decision.deadlines, mutant.deadlines),
            "duties": [*_alone(decision.duties, mutant.duties, _DUTY)],
        }
        if not any(found.values()):
            found["not_duties"] = [*_alone(mutant.duties, decision.duties, _DUTY)]
    named = {key: value for key, value in found.items() if value}
    return {"outcome": decision.outcome.value, **named}


def _findings(decision: Decision, asked: Decision) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """Return what is found by rules that a case can name, and what else is found by a clause.

    A case names rules of the policy whose decision is asked for.
    """
    known = rules_of(asked.policy)
    found = [one for one in decision.findings if one.result in FOUND_RESULTS]
    strange = [one for one in found if one.rule not in known and one.clauses]
    return [one for one in found if one.rule in known], strange


def _alone(
    here: Iterable[Any], there: Sequence[Any], keys: Sequence[str], *named: str
) -> Iterator[Mapping[str, Any] | str]:
    """Yield what is here alone, with as few values as tell it from all that is there."""
    for one in here:
        told: dict[str, Any] = {key: getattr(one, key) for key in named}
        left = [other for other in there if _fits(told, other)]
        clauses = [c for c in one.clauses if not any(c in other.clauses for other in left)]
        if not named or (left and clauses):
            told["clauses"] = clauses or one.clauses
        left = [other for other in left if {*told.get("clauses", ())} <= {*other.clauses}]
        for key in keys:
            if any(getattr(other, key) != getattr(one, key) for other in left):
                told[key] = getattr(one, key)
                left = [other for other in left if _fits({key: told[key]}, other)]
        if not left:
            yield told if {*told} != {"rule"} else told["rule"]


def _fits(told: Mapping[str, Any], other: Any) -> bool:
    return all(getattr(other, key) == value for key, value in told.items())


def _route(here: RouteTaken | None, there: RouteTaken | None) -> Mapping[str, Any]:
    keys = [field.name for field in attrs.fields(RouteTaken)]
    values = ([getattr(one, key, None) for key in keys] for one in (here, there))
    return {key: mine for key, mine, other in zip(keys, *values, strict=True) if mine != other}


def _deadlines(here: Sequence[DeadlineSet], there: Sequence[DeadlineSet]) -> Mapping[str, Any]:
    others = {one.name: one for one in there}
    found: dict[str, Any] = {one.name: None for one in there}
    for one in here:
        other = others.get(one.name)
        missing = [c for c in one.clauses if other is not None and c not in other.clauses]
        if missing:
            found[one.name] = {"due": one.due, "clauses": missing}
        elif other is None or (type(one.due), one.due) != (type(other.due), other.due):
            found[one.name] = one.due
        else:
            found.pop(one.name)
    return found


def _approvals(here: Decision, there: Decision) -> Mapping[str, bool]:
    others = {one.role: one.given for one in there.approvals}
    return {o.role: o.given for o in here.approvals if others.get(o.role) is not o.given}
