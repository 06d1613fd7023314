# SPDX-License-Identifier: MIT
"""The reasons of a decision, worked out when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from caljobs_policy.engine.deadlines import deadlines_set
from caljobs_policy.engine.follow_up import duties_arisen, route_taken
from caljobs_policy.engine.naive import Leaf, leaf_from, truth
from caljobs_policy.engine.search import settle_check
from caljobs_policy.engine.texts import failure_kind, filled, shown_value
from caljobs_policy.engine.variables import asked_for, unknown_facts
from caljobs_policy.model.conditions import Condition, Not, facts_in, in_words
from caljobs_policy.model.decision import Decision
from caljobs_policy.model.facts import Fact, subject_key
from caljobs_policy.model.outcome import Outcome, Result
from caljobs_policy.model.reasons import ApprovalSought, DeadlineSet, Details, Finding
from caljobs_policy.model.rules import ELSE, Check, Plan
from caljobs_policy.model.unknown import UNKNOWN


def deadlines(decision: Decision) -> tuple[DeadlineSet, ...]:
    """Give the deadlines of a decision; whoever is out of scope has none."""
    plan = decision.policy.plans.get(subject_key(decision.subject))
    if plan is None or decision.outcome is Outcome.OUT_OF_SCOPE:
        return ()
    return deadlines_set(decision, plan)[0]


def details(decision: Decision) -> Details:
    """Work out all reasons of a decision."""
    plan = decision.policy.plans.get(subject_key(decision.subject))
    if plan is None:
        return Details((_without_rules(decision),), None, (), (), (), ())
    if decision.outcome is Outcome.OUT_OF_SCOPE:
        findings = tuple(_exempting(decision, plan))
        readings = tuple(sorted({r for finding in findings for r in finding.readings}))
        return Details(findings, None, (), (), (), readings)
    return _in_scope(decision, plan)


def _exempting(decision: Decision, plan: Plan) -> Iterator[Finding]:
    """Give the exemptions that hold; where only together they must, those that may."""
    known = [n for n in decision.hits if n < plan.exemptions]
    if known:
        yield _finding(decision, plan.checks[known[0]], Result.NOT_MET)
        return
    for check, (result, needs) in _results(decision, plan):
        if check.exempts and result is not Result.NOT_APPLICABLE:
            yield _finding(decision, check, result, needs)


def _in_scope(decision: Decision, plan: Plan) -> Details:
    results = dict(_results(decision, plan))
    findings = tuple(
        _finding(decision, check, result, needs) for check, (result, needs) in results.items()
    )
    route, rows = route_taken(decision, plan)
    due, counted = deadlines_set(decision, plan)
    duties, arisen = duties_arisen(decision, plan, route, due)
    applied = [f for f in findings if f.result is not Result.NOT_APPLICABLE]
    readings = {r for used in (applied, rows, counted, arisen) for u in used for r in u.readings}
    return Details(
        findings,
        route,
        tuple(_approvals({check: result for check, (result, _) in results.items()})),
        duties,
        due,
        tuple(sorted(readings)),
    )


def _results(
    decision: Decision, plan: Plan
) -> Iterator[tuple[Check, tuple[Result, frozenset[Fact]]]]:
    """Give the result of every check, with the facts that a result still needs."""
    leaf = _leaf(decision)
    for number, check in enumerate(plan.checks):
        violated: bool | None = number in decision.hits
        needs: frozenset[Fact] = frozenset()
        if number in decision.unsure:
            unknown = unknown_facts([check], decision.subject, decision.at)
            violated, needs = settle_check(decision.policy, check, _reader(decision), unknown)
        if violated is None:
            yield check, (Result.CANNOT_TELL, needs)
        elif violated:
            yield check, (Result.NOT_MET, needs)
        elif check.exempts or truth(check.when, leaf) is False:
            yield check, (Result.NOT_APPLICABLE, needs)
        else:
            yield check, (Result.MET, needs)


def _without_rules(decision: Decision) -> Finding:
    """Give the reason where a policy has no rule about such a subject."""
    return Finding(
        rule="scope",
        result=Result.NOT_MET,
        outcome=Outcome.OUT_OF_SCOPE,
        clauses=(),
        edition=decision.policy.editions[0],
        message=f"No rule of this policy is about {subject_key(decision.subject)}.",
        remedy=None,
        readings=(),
        because={},
    )


def _reader(decision: Decision) -> Any:
    return lambda fact: fact.read(decision.subject, decision.at)


def _leaf(decision: Decision) -> Leaf:
    return leaf_from(_reader(decision), decision.policy.zone)


def _finding(
    decision: Decision, check: Check, result: Result, needs: frozenset[Fact] = frozenset()
) -> Finding:
    message, remedy, clauses = _texts(decision, check, result, needs)
    return Finding(
        rule=check.id,
        result=result,
        outcome=check.outcome,
        clauses=clauses,
        edition=check.origin.edition,
        message=message,
        remedy=remedy,
        readings=check.readings,
        because=_because(decision, check.require, check.when),
        needs=asked_for(needs, decision.subject),
        replaces=check.origin.replaces,
        form=check.form,
        place=check.origin.place,
    )


def _texts(
    decision: Decision, check: Check, result: Result, needs: frozenset[Fact]
) -> tuple[str, str | None, tuple[str, ...]]:
    """Choose message, remedy and clauses by what became of a check."""
    if result is Result.CANNOT_TELL:
        titles = sorted({fact.title for fact in needs})
        asked = asked_for(needs, decision.subject)
        message = f"Not known: {'; '.join(titles)}. Required: {check.required}."
        return message, f"State {', '.join(asked)}.", check.clauses
    if result is not Result.NOT_MET:
        return _as_sentence(check.required), None, check.clauses
    kind = failure_kind(check.require, _reader(decision), decision.policy.zone)
    say = check.say.get(kind) or check.say.get(ELSE)
    remedy = check.remedy.get(kind) or check.remedy.get(ELSE)
    message = filled(say, decision) if say else _as_sentence(in_words(Not(check.require)))
    clauses = dict.fromkeys((*check.clauses, *check.clauses_if.get(kind, ())))
    return message, filled(remedy, decision) if remedy else None, tuple(clauses)


def _as_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _because(decision: Decision, *conditions: Condition) -> Mapping[str, Any]:
    values = {fact.path: shown_value(fact, decision) for fact in facts_in(*conditions)}
    return {path: _as_json(value) for path, value in values.items() if value is not UNKNOWN}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _approvals(results: Mapping[Check, Result]) -> Iterator[ApprovalSought]:
    for check, result in results.items():
        if check.approval is not None and result is not Result.NOT_APPLICABLE:
            yield ApprovalSought(check.approval, result is Result.MET, check.clauses)
