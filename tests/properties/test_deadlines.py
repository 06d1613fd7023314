# SPDX-License-Identifier: MIT
"""Properties of deadlines that can be missed or near, and of open duties."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Account,
    DeadlineSet,
    Decision,
    Outcome,
    Policy,
    Result,
    evaluate,
)
from caljobs_policy.dates.durations import Moment, compare, day_of
from caljobs_policy.decisions.messages import in_text
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import sample_policy

ZONE: Final = ZoneInfo("America/Los_Angeles")
DAY: Final = date(2025, 6, 2)
CITED: Final = {"clauses": ["SAMPLE-1/c"]}
TRIGGERS: Final = ("began", "began_again", "ended")
MEETING: Final = ("met", "met_too")
WHOLE_DAYS: Final = ("days", "business days", "months", "quarters")
FACTS: Final = {
    **dict.fromkeys((*TRIGGERS, *MEETING), "date_or_time"),
    "applies": "flag",
    "leg_applies": "flag",
}
CALENDAR: Final = {
    "saturdays": {"title": "Saturday", "on": "every Saturday"},
    "sundays": {"title": "Sunday", "on": "every Sunday"},
    "holiday": {"title": "Holiday", "on": "July 4", "moves": {"sunday": "monday"}},
}
DAYS = st.dates(DAY - timedelta(60), DAY + timedelta(60))
TIMES = st.builds(
    datetime.combine,
    DAYS,
    st.times() | st.just(time()),
    st.sampled_from([None, ZONE, UTC]),
)
MOMENTS = st.builds(lambda day, clock: datetime.combine(day, clock, ZONE), DAYS, st.times())


@frozen
class Leg:
    """One of the dates of which the earliest is the deadline."""

    triggers: tuple[str, ...]
    amount: int
    unit: str
    conditional: bool

    def written(self) -> dict[str, Any]:
        """Return the leg as a profile has it."""
        when = {"when": {"account.leg_applies": True}} if self.conditional else {}
        sources = [f"account.{name}" for name in self.triggers]
        return {"from": sources, "count": f"{self.amount} {self.unit}", **when}


@frozen
class Limit:
    """A deadline as a profile may write it."""

    legs: tuple[Leg, ...]
    met_by: tuple[str, ...]
    reached_is_missed: bool
    warning: int | None
    conditional: bool

    def tables(self) -> dict[str, Any]:
        """Return the tables of a profile with the deadline, and rules that refer to it."""
        limit: dict[str, Any] = {
            "about": "account",
            "title": "Limit",
            "earliest": {f"leg-{n}": leg.written() for n, leg in enumerate(self.legs)},
            "reached_is_missed": self.reached_is_missed,
            "say": {"missed": "It was due <due>.", "near": "It is due <due>."},
            **CITED,
        }
        if self.met_by:
            limit["met_by"] = [f"account.{name}" for name in self.met_by]
        if self.warning is not None:
            limit["warning"] = f"{self.warning} days"
        if self.conditional:
            limit["when"] = {"account.applies": True}
        asked = ["missed"] if self.warning is None else ["missed", "near"]
        return {
            "facts": {
                f"account.{name}": {"title": name, "type": kind} for name, kind in FACTS.items()
            },
            "calendar": CALENDAR,
            "deadlines": {"limit": limit},
            "rules": {
                name: {"about": "account", "forbid": {name: "limit"}, "otherwise": "note", **CITED}
                for name in asked
            },
        }


@cache
def policy_of(limit: Limit) -> Policy:
    """Load the policy of a sound profile with the deadline."""
    with tempfile.TemporaryDirectory() as folder:
        return sample_policy(Path(folder), json.dumps(limit.tables()))


def some_of(names: tuple[str, ...], least: int) -> st.SearchStrategy[tuple[str, ...]]:
    names_in_order = st.lists(st.sampled_from(names), min_size=least, max_size=2, unique=True)
    return names_in_order.map(tuple)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    """Draws deadlines of every form.

    Several legs of one that is missed once it is reached are in whole days alone: a day is reached
    before every time on it.
    """
    reached_is_missed = draw(st.booleans())
    most = draw(st.sampled_from([1, 3]))
    in_days = reached_is_missed and most > 1
    units = st.sampled_from(WHOLE_DAYS if in_days else (*WHOLE_DAYS, "hours"))
    legs = st.builds(Leg, some_of(TRIGGERS, 1), st.integers(0, 60), units, st.booleans())
    return Limit(
        legs=tuple(draw(st.lists(legs, min_size=1, max_size=most))),
        met_by=draw(some_of(MEETING, 0)),
        reached_is_missed=reached_is_missed,
        warning=draw(st.none() | st.integers(0, 30)),
        conditional=draw(st.booleans()),
    )


@st.composite
def stated(draw: st.DrawFn, *, unknown: bool = False) -> dict[str, Any]:
    """Draws a value for each fact, or null; perhaps some are not known."""
    values = {"date_or_time": DAYS | TIMES, "flag": st.booleans()}
    left_out = st.just(UNKNOWN) if unknown else st.nothing()
    return {name: draw(values[kind] | st.none() | left_out) for name, kind in FACTS.items()}


@frozen
class Told:
    """What every engine says about one account."""

    decision: Decision
    results: dict[str, Result] = field(init=False)

    def __attrs_post_init__(self) -> None:
        results = {finding.rule: finding.result for finding in self.decision.all_findings}
        object.__setattr__(self, "results", results)

    @property
    def deadline(self) -> DeadlineSet | None:
        """The deadline, where it is listed."""
        return next(iter(self.decision.deadlines), None)

    def is_broken(self, rule: str) -> bool:
        """Return whether a rule is not met or pending; one that is not there never is."""
        return self.results.get(rule) in {Result.NOT_MET, Result.PENDING}


def told_of(policy: Policy, values: dict[str, Any], at: datetime) -> Told:
    """Decide by every engine, all of which have to agree."""
    account = Account(own={name: v for name, v in values.items() if v is not UNKNOWN})
    one, *others = (evaluate(policy, account, at, engine=engine) for engine in ENGINES_HERE)
    for other in others:
        assert one.to_dict(everything=True) == other.to_dict(everything=True)
    return Told(one)


def lies_beyond(limit: Limit, value: Moment, due: Moment) -> bool:
    """Return whether a moment is too late for a due date."""
    order = compare(value, due, ZONE)
    return order > 0 or (limit.reached_is_missed and order == 0)


class TestMissed:
    """Missed: what meets it, or else the moment, lies after the due date that is listed."""

    @given(limits(), stated(), MOMENTS)
    def test_a_deadline_is_missed_exactly_when_that_lies_after_the_due_date(
        self, limit: Limit, values: dict[str, Any], at: datetime
    ) -> None:
        told = told_of(policy_of(limit), values, at)
        meeting = [values[name] for name in limit.met_by if values[name] is not None]
        counts = meeting[0] if meeting else at
        due = told.deadline.due if told.deadline else None
        missed = due is not None and lies_beyond(limit, counts, due)
        assert told.is_broken("deadlines/limit") is missed
        assert told.is_broken("missed") is missed
        assert told.decision.outcome is (Outcome.VIOLATION if missed else near_or_good(told))

    @given(limits(), stated(), MOMENTS)
    def test_the_due_date_is_that_of_the_earliest_leg_that_applies(
        self, limit: Limit, values: dict[str, Any], at: datetime
    ) -> None:
        listed = told_of(policy_of(limit), values, at).deadline
        alone = []
        for leg in limit.legs:
            by_itself = Limit((leg,), limit.met_by, False, None, limit.conditional)
            found = told_of(policy_of(by_itself), values, at).deadline
            alone += [found] if found else []
        if listed is None:
            assert not alone
        else:
            assert all(compare(listed.due, found.due, ZONE) <= 0 for found in alone)
            assert listed.due in [found.due for found in alone]
            steps = [step for found in alone for step in found.derivation]
            assert list(listed.derivation[: len(steps)]) == steps
            assert len(listed.derivation) == len(steps) + (len(alone) > 1)

    @given(limits(), stated(), MOMENTS)
    def test_a_leg_counts_from_its_first_trigger_that_exists(
        self, limit: Limit, values: dict[str, Any], at: datetime
    ) -> None:
        leg = limit.legs[0]
        there = [name for name in leg.triggers if values[name] is not None]
        alone = Limit((leg,), (), False, None, conditional=False)
        found = told_of(policy_of(alone), values, at).deadline
        if not there or (leg.conditional and values["leg_applies"] is not True):
            assert found is None
        else:
            only = Leg((there[0],), leg.amount, leg.unit, leg.conditional)
            expected = told_of(policy_of(Limit((only,), (), False, None, False)), values, at)
            assert found == expected.deadline

    @given(limits(), stated(), MOMENTS)
    def test_what_meets_it_is_named(
        self, limit: Limit, values: dict[str, Any], at: datetime
    ) -> None:
        listed = told_of(policy_of(limit), values, at).deadline
        meeting = [values[name] for name in limit.met_by if values[name] is not None]
        if listed is not None:
            assert listed.met_on == (meeting[0] if meeting else None)


def near_or_good(told: Told) -> Outcome:
    """Return the outcome of an account whose deadline is not missed."""
    near = told.is_broken("deadlines/limit/near")
    return Outcome.ATTENTION if near else Outcome.COMPLIANT


class TestNear:
    """Near: the moment lies within the warning days before, and it is not met nor missed."""

    @given(limits(), stated(), MOMENTS)
    def test_a_deadline_is_near_exactly_then(
        self, limit: Limit, values: dict[str, Any], at: datetime
    ) -> None:
        told = told_of(policy_of(limit), values, at)
        met = any(values[name] is not None for name in limit.met_by)
        near = False
        if told.deadline is not None and limit.warning is not None and not met:
            left = (day_of(told.deadline.due, ZONE) - day_of(at, ZONE)).days
            near = left <= limit.warning and not told.is_broken("deadlines/limit")
        assert told.is_broken("deadlines/limit/near") is near
        assert told.is_broken("near") is near
        assert Result.NOT_MET not in {
            told.results.get("deadlines/limit/near"),
            told.results.get("near"),
        }

    @given(limits(), stated(), MOMENTS)
    def test_the_message_names_the_due_date(
        self, limit: Limit, values: dict[str, Any], at: datetime
    ) -> None:
        told = told_of(policy_of(limit), values, at)
        messages = {f.rule: f.message for f in told.decision.findings}
        for rule, text in (("", "It was due {}."), ("/near", "It is due {}.")):
            if told.is_broken(f"deadlines/limit{rule}"):
                assert told.deadline is not None
                expected = text.format(in_text(told.deadline.due))
                assert messages[f"deadlines/limit{rule}"] == expected


class TestNotKnown:
    """What is said about unknown facts holds whatever they are."""

    @given(limits(), stated(unknown=True), stated(), MOMENTS)
    def test_what_is_told_stays_when_facts_become_known(
        self, limit: Limit, values: dict[str, Any], others: dict[str, Any], at: datetime
    ) -> None:
        policy = policy_of(limit)
        told = told_of(policy, values, at)
        whole = {name: others[name] if v is UNKNOWN else v for name, v in values.items()}
        known = told_of(policy, whole, at)
        if told.decision.outcome is not Outcome.CANNOT_TELL:
            assert told.decision.outcome is known.decision.outcome
        for rule, result in told.results.items():
            if result is not Result.CANNOT_TELL:
                assert told.is_broken(rule) is known.is_broken(rule), rule
        if told.deadline is not None:
            assert known.deadline is not None
            assert told.deadline.due == known.deadline.due


DONE: Final = {"flag": "flag", "day": "date", "note": "text", "list": "words", "number": "count"}
SHOWN: Final[dict[str, st.SearchStrategy[Any]]] = {
    "flag": st.booleans(),
    "day": DAYS,
    "note": st.sampled_from(["done", " ", ""]),
    "list": st.sampled_from([(), ("done",)]),
    "number": st.integers(0, 2),
}


def shows(name: str, value: Any) -> bool:
    """Return whether a fact shows that something is done: a flag only when it is true."""
    if name == "flag":
        return value is True
    if name == "note":
        return value is not None and value.strip() != ""
    return value is not None and value != ()


@cache
def policy_with_duty(done_by: tuple[str, ...], outcome: str) -> Policy:
    duty = {
        "about": "account",
        "who": "desk",
        "what": "Do it.",
        "done_by": [f"account.{name}" for name in done_by],
        "while_open": outcome,
        "clauses": ["SAMPLE-1/b"],
    }
    facts = {f"account.{name}": {"title": name, "type": kind} for name, kind in DONE.items()}
    with tempfile.TemporaryDirectory() as folder:
        tables = {"facts": facts, "duties": {"do": duty}}
        return sample_policy(Path(folder), json.dumps(tables))


class TestOpenDuties:
    """A duty counts, and is listed, as long as no fact shows that it is done."""

    @given(
        st.lists(st.sampled_from(sorted(DONE)), min_size=1, max_size=3, unique=True).map(tuple),
        st.sampled_from(["violation", "attention"]),
        st.fixed_dictionaries({name: value | st.none() for name, value in SHOWN.items()}),
    )
    def test_a_duty_is_open_exactly_as_long_as_nothing_shows_it_done(
        self, done_by: tuple[str, ...], outcome: str, values: dict[str, Any]
    ) -> None:
        policy = policy_with_duty(done_by, outcome)
        told = told_of(policy, values, datetime.combine(DAY, time(12), ZONE))
        is_open = not any(shows(name, values[name]) for name in done_by)
        assert told.is_broken("duties/do") is is_open
        assert (told.results["duties/do"] is Result.NOT_MET) is (is_open and outcome == "violation")
        assert [duty.what for duty in told.decision.duties] == (["Do it."] if is_open else [])
        assert told.decision.outcome.value == (outcome if is_open else "compliant")
