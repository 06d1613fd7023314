# SPDX-License-Identifier: MIT
"""Deadlines as time passes, and as the dates move that they are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caljobs_policy import (
    DeadlineSet,
    Decision,
    Policy,
    Result,
    evaluate,
    load_policy,
    read_subject,
    subject_to_dict,
)
from caljobs_policy.dates.durations import Duration, Moment, compare, in_zone, noon
from caljobs_policy.subjects.facts import STANDING, Fact, Subject, subject_key
from tests.properties.test_deadlines import (
    DAY,
    MOMENTS,
    TRIGGERS,
    ZONE,
    Limit,
    limits,
    policy_of,
    stated,
    told_of,
)
from tests.properties.test_moment import POLICIES, as_happened
from tests.samples.known_subjects import drawn

WITH_DEADLINES: Final = [
    (policy, key)
    for policy in POLICIES
    for key, plan in sorted(policy.plans.items())
    if plan.deadlines
]
LASTING: Final = [(policy, key) for policy, key in WITH_DEADLINES if key in STANDING]
LATER: Final = st.timedeltas(timedelta(), timedelta(800))
DAYS_LATER: Final = st.integers(0, 400)


SEEDS: Final = st.integers(0, 10**9)
EXIT: Final = date(2024, 6, 1)
EACH: Final = 3
"""How many subjects are drawn for each seed."""


def named(one: Policy | str) -> str:
    return one if isinstance(one, str) else one.editions[0]


def missed(decision: Decision) -> set[str]:
    """Return the deadlines that are missed, by their rules."""
    unmet = (one.rule for one in decision.all_findings if one.result is Result.NOT_MET)
    return {rule for rule in unmet if rule.startswith("deadlines/")}


class TestLater:
    """Evaluating later never removes a missed deadline, if nothing has happened in between."""

    @given(limits(), stated(), MOMENTS, LATER)
    def test_of_any_form(
        self, limit: Limit, values: dict[str, Any], at: datetime, later: timedelta
    ) -> None:
        policy = policy_of(limit)
        told, after = (told_of(policy, values, one) for one in (at, at + later))
        assert missed(told.decision) <= missed(after.decision)

    @pytest.mark.parametrize(("policy", "key"), LASTING, ids=named)
    @given(seed=SEEDS, later=LATER)
    def test_of_shipped_policies(
        self, policy: Policy, key: str, seed: int, later: timedelta
    ) -> None:
        for whole, at in known(policy, key, seed):
            subject = as_happened(whole, at, policy)
            told, after = (evaluate(policy, subject, one) for one in (at, at + later))
            assert missed(told) <= missed(after)


BY_PERIOD: Final = "SLO34-19/followup-2"
"""This clause asks for a follow-up in each period after the exit. A later exit can move the last
one to an earlier period, or before the exit, and then the period that is due is an earlier one."""


class TestTriggers:
    """Deadlines move monotonically with their triggers: a later one never makes them earlier.

    By SLO34-19/followup-2 this holds only as long as the same period is due.
    """

    @given(limits(), stated(), MOMENTS, st.sampled_from(TRIGGERS), DAYS_LATER)
    def test_of_any_form(
        self, limit: Limit, values: dict[str, Any], at: datetime, trigger: str, days: int
    ) -> None:
        before = values[trigger]
        assume(before is not None)
        policy = policy_of(limit)
        moved = {**values, trigger: before + timedelta(days)}
        told, after = (told_of(policy, one, at).deadline for one in (values, moved))
        assert (told is None) is (after is None)
        if told is not None and after is not None:
            assert compare(told.due, after.due, ZONE) <= 0

    @pytest.mark.parametrize(("policy", "key"), WITH_DEADLINES, ids=named)
    @given(seed=SEEDS, days=DAYS_LATER)
    def test_of_shipped_policies(self, policy: Policy, key: str, seed: int, days: int) -> None:
        for subject, at in known(policy, key, seed):
            before = listed(evaluate(policy, subject, at))
            for moved in with_later(policy, subject, days, at):
                after = listed(evaluate(policy, moved, at))
                for name in before.keys() & after.keys():
                    one, other = before[name], after[name]
                    if BY_PERIOD not in one.clauses or counts(one) == counts(other):
                        assert compare(one.due, other.due, policy.zone) <= 0, name

    def test_the_period_that_is_due_can_be_an_earlier_one(self) -> None:
        policy = load_policy("slo_county", DAY)
        dues = []
        for exit_day in (EXIT, EXIT + timedelta(1)):
            stated = {"type": "participant", "exited_on": exit_day, "last_follow_up_on": EXIT}
            told = listed(evaluate(policy, read_subject(policy, "record", stated)))
            assert BY_PERIOD in told["deadlines/follow-up"].clauses
            dues.append(told["deadlines/follow-up"].due)
        assert dues == [date(2024, 12, 1), date(2024, 9, 2)]


def known(policy: Policy, key: str, seed: int) -> Iterator[tuple[Subject, datetime]]:
    """Yield subjects of which every fact is known, each with a moment."""
    random = Random(seed)  # noqa: S311
    for _ in range(EACH):
        subject, at = drawn(random, policy, key)
        yield subject, in_zone(at or noon(policy.day, policy.zone), policy.zone)


def triggers(policy: Policy, key: str) -> list[Fact]:
    """Return the facts that deadlines about some subjects are counted from."""
    rules = policy.plans[key].deadlines
    every = (fact for rule in rules for leg in rule.legs for fact in leg.triggers)
    return [fact for fact in every if fact.steps]


def listed(decision: Decision) -> dict[str, DeadlineSet]:
    return {one.rule: one for one in decision.deadlines}


def counts(deadline: DeadlineSet) -> list[Duration]:
    """Return the durations that a deadline was counted by."""
    return [one.count for one in deadline.counted]


def with_later(policy: Policy, subject: Subject, days: int, at: datetime) -> Iterator[Subject]:
    """Yield a subject with each date moved that a deadline is counted from, if it has happened."""
    key = subject_key(subject)
    for fact in triggers(policy, key):
        whole = subject_to_dict(subject, private=True)
        moved = [*_moved(whole, fact, days)]
        is_to_come = any(compare(one, at, policy.zone) > 0 for one in moved)
        if moved and not (fact.happens and is_to_come):
            yield read_subject(policy, key.partition("/")[0], whole)


def _moved(whole: dict[str, Any], fact: Fact, days: int) -> Iterator[Moment]:
    """Move a date in what a case states, and yield it: of signatures, all of the form."""
    *above, last = fact.path.split(".")[1 : None if fact.form is None else -1]
    part: Any = whole
    for step in above:
        part = part.get(step) or {}
    signed = part.get(last) or [] if fact.form is not None else []
    name = last if fact.form is None else "signed_on"
    for one in [part] if fact.form is None else signed:
        if one.get("form") == fact.form and one.get(name) is not None:
            later = read_when(one[name]) + timedelta(days)
            one[name] = later.isoformat()
            yield later


def read_when(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
