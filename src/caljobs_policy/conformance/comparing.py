# SPDX-License-Identifier: MIT
"""In what a system's answer differs from a decision, aspect by aspect, with the clauses behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from caljobs_policy.cases.differences import agrees, fits
from caljobs_policy.cases.expectation import ExpectedDuty
from caljobs_policy.conformance.answers import Aspect, Claims
from caljobs_policy.conformance.deciding import broken, explaining
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.plain.written import written
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import subject_key


@frozen(eq=False)
class Difference:
    """An aspect of which a system says something else."""

    aspect: Aspect
    ours: Any
    theirs: Any
    clauses: frozenset[str] = frozenset()
    """The clauses that the system gets wrong, each by itself."""
    candidates: frozenset[str] = frozenset()
    """Where it is not known which: clauses of which it gets one wrong at least."""
    follows: bool = False
    """Whether it only follows from another outcome, and is about no clause of its own."""


def compared(claims: Claims, decision: Decision) -> tuple[Difference, ...]:
    """Return in what an answer differs, of what it claims."""
    found = [
        one
        for aspect in Aspect
        if aspect in claims.aspects
        for one in _COMPARED[aspect](claims, decision)
    ]
    if not any(one.aspect is Aspect.OUTCOME for one in found):
        return tuple(found)
    scope = Outcome.OUT_OF_SCOPE
    is_about_scope = scope in {claims.said.outcome, decision.outcome}
    own = {Aspect.OUTCOME} if is_about_scope else frozenset(Aspect) - _FOLLOWING
    return tuple(one if one.aspect in own else _following(one) for one in found)


_FOLLOWING: Final = frozenset({Aspect.DUTIES, Aspect.NEEDS})
"""What there is of these depends on the outcome; out of scope, there is nothing of anything."""


def _following(one: Difference) -> Difference:
    return Difference(one.aspect, one.ours, one.theirs, follows=True)


def _outcome(claims: Claims, decision: Decision) -> Iterator[Difference]:
    theirs = claims.said.outcome
    if theirs == decision.outcome.value:
        return
    clauses, candidates = explaining(decision, str(theirs))
    if Aspect.CLAUSES in claims.aspects and decision.outcome is not Outcome.OUT_OF_SCOPE:
        # The clauses that differ say why the outcome does; out of scope, those that exempt.
        is_out = theirs == Outcome.OUT_OF_SCOPE
        named = frozenset(claims.said.clauses) ^ (frozenset() if is_out else broken(decision))
        clauses, candidates = (named, frozenset()) if named else (clauses, candidates)
    yield Difference(Aspect.OUTCOME, decision.outcome.value, theirs, clauses, candidates)


def _clauses(claims: Claims, decision: Decision) -> Iterator[Difference]:
    ours, theirs = broken(decision), frozenset(claims.said.clauses)
    if ours != theirs:
        yield Difference(Aspect.CLAUSES, sorted(ours), sorted(theirs), ours ^ theirs)


def _needs(claims: Claims, decision: Decision) -> Iterator[Difference]:
    ours, theirs = frozenset(decision.needs), frozenset(claims.said.needs or ())
    if ours != theirs:
        asked = ours ^ theirs
        behind = [frozenset(f.clauses) for f in decision.findings if asked.intersection(f.needs)]
        yield Difference(Aspect.NEEDS, sorted(ours), sorted(theirs), *_one_of(behind))


def _route(claims: Claims, decision: Decision) -> Iterator[Difference]:
    ours = decision.route.to_dict() if decision.route is not None else {}
    named = claims.said.route.named if claims.has_route else {}
    if claims.has_route == bool(ours):
        keys = [k for k, value in named.items() if not agrees(ours.get(k), value, decision.policy)]
    else:
        keys = [*(named or ours)]
    if keys:
        shown = {key: ours[key] for key in keys if key in ours}
        theirs = {key: written(named[key]) for key in keys if key in named}
        clauses = frozenset(ours.get("clauses", ()))
        yield Difference(Aspect.ROUTE, shown or None, theirs or None, clauses)


def _duties(claims: Claims, decision: Decision) -> Iterator[Difference]:
    left = list(decision.duties)
    extra: list[ExpectedDuty] = []
    for duty in claims.said.duties:
        match = next((one for one in left if fits(duty, one, decision.policy)), None)
        if match is None:
            extra.append(duty)
        else:
            left.remove(match)
    if left or extra:
        clauses = {clause for one in left for clause in one.clauses}
        clauses |= {clause for one in extra for clause in one.clauses}
        ours = [_brief(written(one)) for one in left]
        theirs = [_brief(written(dict(one.named))) for one in extra]
        yield Difference(Aspect.DUTIES, ours, theirs, frozenset(clauses))


def _brief(duty: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in duty.items() if value not in (None, [], "")}


def _deadlines(claims: Claims, decision: Decision) -> Iterator[Difference]:
    listed = {one.name: one for one in decision.deadlines}
    said = {name: one for name, one in claims.said.deadlines.items() if one is not None}
    ours, theirs, clauses = {}, {}, set[str]()
    for name in [*listed, *(name for name in said if name not in listed)]:
        found, told = listed.get(name), said.get(name)
        due = told.due if told else None
        is_due = due is None or agrees(found and found.due, due, decision.policy)
        if found and told and is_due and {*told.clauses} <= {*found.clauses}:
            continue
        ours[name] = written(found.due) if found else None
        theirs[name] = (written(due) if due else "listed") if told else None
        clauses |= set(found.clauses) if found else _clauses_of_deadline(decision, name)
    if ours:
        yield Difference(Aspect.DEADLINES, ours, theirs, frozenset(clauses))


def _clauses_of_deadline(decision: Decision, name: str) -> set[str]:
    plan = _plan(decision)
    rules = plan.deadlines if plan is not None else ()
    return {clause for rule in rules if rule.name == name for clause in rule.clauses}


def _approvals(claims: Claims, decision: Decision) -> Iterator[Difference]:
    ours = {one.role: one.given for one in decision.approvals}
    theirs = dict(claims.said.approvals)
    roles = [role for role in {**ours, **theirs} if ours.get(role) is not theirs.get(role)]
    if roles:
        plan = _plan(decision)
        checks = [one for one in (plan.checks if plan else ()) if one.approval in roles]
        clauses = frozenset(clause for check in checks for clause in check.clauses)
        given, said = ({role: one.get(role) for role in roles} for one in (ours, theirs))
        yield Difference(Aspect.APPROVALS, given, said, clauses)


def _plan(decision: Decision) -> Plan | None:
    return decision.policy.plans.get(subject_key(decision.subject))


def _one_of(behind: list[frozenset[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return clauses as those that explain something if they stand together, or as candidates."""
    every = frozenset[str]().union(*behind)
    return (every, frozenset()) if len({*behind}) == 1 else (frozenset(), every)


_COMPARED: Final[Mapping[Aspect, Callable[[Claims, Decision], Iterator[Difference]]]] = {
    Aspect.OUTCOME: _outcome,
    Aspect.CLAUSES: _clauses,
    Aspect.NEEDS: _needs,
    Aspect.ROUTE: _route,
    Aspect.DUTIES: _duties,
    Aspect.DEADLINES: _deadlines,
    Aspect.APPROVALS: _approvals,
}
