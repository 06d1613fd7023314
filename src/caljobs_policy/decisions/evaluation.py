# SPDX-License-Identifier: MIT
"""The evaluation of a policy, a subject and a moment into a decision."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from functools import cache
from typing import Final

from caljobs_policy.dates.durations import in_zone
from caljobs_policy.decisions.decision import Decision, usual_moment
from caljobs_policy.decisions.reasons import Reasons
from caljobs_policy.engines import durable, naive, native
from caljobs_policy.engines.verdict import Engine
from caljobs_policy.errors.arguments import require_moment, wrong
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import shown
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.strangers import refuse_strangers
from caljobs_policy.subjects.facts import Subject, subject_key
from caljobs_policy.subjects.reader import FactReader

ENGINES: Final[Mapping[str, Engine]] = {
    "native": native.verdict,
    "naive": naive.verdict,
    "durable": durable.verdict,
}


def evaluate(
    policy: Policy, subject: Subject, at: datetime | None = None, *, engine: str = "native"
) -> Decision:
    """Answer whether a subject meets a policy, with the reasons.

    `at` is the moment of evaluation; a time without an offset is local to the policy. The default
    is noon of a request's `submitted_on`, or else of the policy's day.

    Raises a `SubjectError` with everything in the subject that the policy doesn't know (see
    `check_subject`), a `TypeError` if an argument has the wrong type, a `ValueError` if there is
    no such engine, and an `EngineError` if the engine can't be used here (only the optional
    `durable`).
    """
    run = ENGINES.get(engine) if engine.__class__ is str else None
    if run is None or not isinstance(policy, Policy):
        raise _refused(policy, engine)
    key = subject_key(subject)
    if subject.own or not subject.words_used <= policy.words_known:
        refuse_strangers(policy, subject)
    plan = policy.plans.get(key)
    if at is not None:
        require_moment("at", at)
        at = in_zone(at, policy.zone)
    if plan is None:
        return Decision(policy, subject, at, Outcome.OUT_OF_SCOPE, (), (), (), _explained)
    if at is None and plan.reads_moment:
        at = usual_moment(policy, subject)
    hits, unsure = run(policy, plan, subject, at)
    if not hits and not unsure:
        return Decision(policy, subject, at, plan.good, (), hits, unsure, _explained)
    if hits and hits[0] < plan.exemptions:
        return Decision(policy, subject, at, Outcome.OUT_OF_SCOPE, (), hits, unsure, _explained)
    if not unsure:
        outcome = plan.outcomes[max([plan.weights[n] for n in hits])]
        return Decision(policy, subject, at, outcome, (), hits, unsure, _explained)
    from caljobs_policy.decisions.search import settle
    from caljobs_policy.decisions.variables import asked_for

    read = FactReader(subject, at, policy.zone)
    settled = settle(policy, plan, read, (hits, unsure))
    needs = asked_for(settled.needs, read)
    return Decision(policy, subject, at, settled.outcome, needs, hits, unsure, _explained)


def _explained(decision: Decision) -> Reasons:
    """Return the reasons of a decision."""
    return _explaining()(decision)


@cache
def _explaining() -> Callable[[Decision], Reasons]:
    """Load what reasons are worked out with, which takes longer than a decision."""
    from caljobs_policy.decisions.explain import Explanation

    return Explanation


def outcome_without(decision: Decision, left_out: Container[int]) -> Outcome:
    """Return what a decision's outcome would be without some checks of its plan."""
    policy, subject = decision.policy, decision.subject
    plan = policy.plans.get(subject_key(subject))
    if plan is None:
        return Outcome.OUT_OF_SCOPE
    hits = tuple(number for number in decision.hits if number not in left_out)
    unsure = tuple(number for number in decision.unsure if number not in left_out)
    if hits and hits[0] < plan.exemptions:
        return Outcome.OUT_OF_SCOPE
    if unsure:
        from caljobs_policy.decisions.search import settle

        read = FactReader(subject, decision.at, policy.zone)
        return settle(policy, plan, read, (hits, unsure)).outcome
    return plan.outcomes[max([plan.weights[n] for n in hits])] if hits else plan.good


def check_asked(policy: object, engine: object) -> None:
    """Raise an error unless given a policy and the name of an engine."""
    if not (isinstance(policy, Policy) and isinstance(engine, str) and engine in ENGINES):
        raise _refused(policy, engine)


def _refused(policy: object, engine: object) -> Exception:
    if not isinstance(policy, Policy):
        return wrong("policy", "a Policy, as `load_policy` returns one", policy)
    if not isinstance(engine, str):
        return wrong("engine", f"the name of an engine ({', '.join(ENGINES)})", engine)
    return ValueError(f"there is no engine {shown(engine)}; {remedy_for(engine, ENGINES)}")
