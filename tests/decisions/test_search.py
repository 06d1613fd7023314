# SPDX-License-Identifier: MIT
"""Examples of what an outcome depends on where facts are unknown."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from caljobs_policy import UNKNOWN, Account, Decision, Outcome, Request, evaluate
from caljobs_policy.decisions import search
from tests.samples.profiles import DAY, sample_policy

NOON = datetime(2025, 6, 2, 12)
LETTERS = "abcdefghijklmno"


def flag(name: str) -> dict[str, Any]:
    return {f"account.{name}": True}


def every(*names: str) -> dict[str, Any]:
    return {"all": [flag(name) for name in names]}


def decided(folder: Path, *rules: dict[str, Any], **own: Any) -> Decision:
    """Decide on an account with flags that are not known unless they are stated."""
    written = {
        f"rule-{number}": {"about": "account", "clauses": ["SAMPLE-1/a"], **rule}
        for number, rule in enumerate(rules)
    }
    facts = {f"account.{name}": {"title": f"flag {name}", "type": "flag"} for name in LETTERS}
    policy = sample_policy(folder, json.dumps({"facts": facts, "rules": written}))
    return evaluate(policy, Account(own=own), NOON)


def test_checks_hang_together_through_others(tmp_path: Path) -> None:
    decision = decided(
        tmp_path,
        {"forbid": {"any": [flag("c"), every("c", "a")]}},
        {"forbid": every("a", "b"), "otherwise": "attention"},
        {"require": flag("c")},
    )
    assert (decision.outcome, decision.needs) == (Outcome.VIOLATION, ())


@pytest.mark.parametrize("order", ["0123", "2013", "3012", "0132"])
def test_what_cannot_be_lighter_is_not_asked_for(tmp_path: Path, order: str) -> None:
    rules: list[dict[str, Any]] = [
        {"forbid": flag("a"), "otherwise": "attention"},
        {"require": flag("a"), "otherwise": "attention"},
        {"forbid": flag("b"), "otherwise": "attention"},
        {"forbid": flag("c")},
    ]
    decision = decided(tmp_path, *(rules[int(number)] for number in order))
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("account.c",))


def test_a_finding_needs_what_alone_can_change_it(tmp_path: Path) -> None:
    decision = decided(tmp_path, {"forbid": {"any": [every("a", "b"), flag("c")]}}, b=False)
    (finding,) = decision.findings
    assert finding.needs == ("account.c",)


def test_above_the_bound_what_a_rule_reads_is_asked_for(tmp_path: Path) -> None:
    decision = decided(
        tmp_path,
        {"forbid": every(*LETTERS[:13])},
        {"forbid": every("a", "n"), "otherwise": "attention"},
    )
    assert decision.outcome is Outcome.CANNOT_TELL
    assert {f"account.{name}" for name in LETTERS[:13]} <= set(decision.needs)


def test_above_the_bound_a_return_does_not_stand_where_all_may_be_denied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {f"request.{name}": {"title": f"flag {name}", "type": "flag"} for name in "ab"}
    rules: dict[str, dict[str, Any]] = {
        "known": {"require": {"request.a": True}},
        "one": {"require": {"request.b": True}, "otherwise": "deny"},
        "other": {"forbid": {"request.b": True}, "otherwise": "deny"},
    }
    written = {
        name: {"about": "request/create", "clauses": ["SAMPLE-1/a"], **rule}
        for name, rule in rules.items()
    }
    policy = sample_policy(tmp_path, json.dumps({"facts": facts, "rules": written}))
    request = Request(type="create", own={"a": False})
    assert evaluate(policy, request, NOON).outcome is Outcome.DENY
    monkeypatch.setattr(search, "BOUND", 1)
    decision = evaluate(evolve(policy), request, NOON)
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("request.b",))


def of_names(number: int, *rules: dict[str, Any]) -> str:
    """Rules, and as many others each of which forbids a name."""
    named = [{"forbid": {"account.username": f"name-{n}"}} for n in range(number)]
    return json.dumps(
        {
            "rules": {
                f"rule-{n}": {"about": "account", "clauses": ["SAMPLE-1/a"], **rule}
                for n, rule in enumerate([*rules, *named])
            }
        }
    )


@pytest.mark.parametrize("engine", ["native", "naive"])
def test_where_too_much_is_open_all_that_it_reads_is_asked_for(tmp_path: Path, engine: str) -> None:
    """Shared or not, one of two rules is broken; beside very many others, nobody looks."""
    shared = ({"forbid": flag("shared")}, {"require": flag("shared")})
    for number, found in (
        (search.MOST_OPEN - 2, (Outcome.VIOLATION, ())),
        (search.MOST_OPEN, (Outcome.CANNOT_TELL, ("account.shared", "account.username"))),
    ):
        policy = sample_policy(tmp_path, of_names(number, *shared))
        decision = evaluate(policy, Account(shared=UNKNOWN), NOON, engine=engine)
        assert (decision.outcome, decision.needs) == found


def test_what_is_broken_for_certain_stays_so_however_much_is_open(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, of_names(2 * search.MOST_OPEN, {"forbid": flag("shared")}))
    decision = evaluate(policy, Account(shared=True), NOON)
    assert (decision.outcome, decision.needs) == (Outcome.VIOLATION, ())


@pytest.mark.parametrize("length", [1, 5])
def test_one_text_is_not_two(tmp_path: Path, length: int) -> None:
    names = [list(LETTERS[:length]), list(LETTERS[length : 2 * length])]
    decision = asked(tmp_path, {"all": [{"request.office": one} for one in names]})
    assert (decision.outcome, decision.needs) == (Outcome.ACCEPT, ())


def test_above_the_bound_what_can_be_heavier_is_asked_for(tmp_path: Path) -> None:
    decision = decided(
        tmp_path,
        {"forbid": every(*LETTERS[:13])},
        {"forbid": flag("a"), "otherwise": "attention"},
        {"forbid": flag("o"), "otherwise": "attention"},
        {"require": flag("o"), "otherwise": "attention"},
    )
    assert decision.outcome is Outcome.CANNOT_TELL
    assert decision.needs == tuple(f"account.{name}" for name in LETTERS[:13])


def test_a_check_ties_together_those_that_stood_apart(tmp_path: Path) -> None:
    decision = decided(
        tmp_path,
        {"forbid": flag("a")},
        {"forbid": flag("b")},
        {"require": {"any": [flag("a"), flag("b")]}},
    )
    assert (decision.outcome, decision.needs) == (Outcome.VIOLATION, ())


def asked(folder: Path, forbidden: dict[str, Any], day: date = DAY, **known: Any) -> Decision:
    """Decide on a request for which a rule forbids something."""
    rule = {"about": "request/create", "forbid": forbidden, "clauses": ["SAMPLE-1/a"]}
    facts = {"request.odd": {"title": "flag odd", "type": "flag"}}
    tables = json.dumps({"facts": facts, "rules": {"rule": rule}})
    return evaluate(sample_policy(folder, tables, day), Request(type="create", **known))


def test_months_of_two_unknown_dates_are_not_told_by_trying_one(tmp_path: Path) -> None:
    """No day lies a month before the first day of a quarter and in the same quarter."""
    trained, submitted = "request.staff.training_completed_on", "request.submitted_on"
    both = [
        {trained: {"at_least": "1 month", "before": submitted}},
        {trained: {"within": "0 quarters", "before": submitted}},
    ]
    decision = asked(tmp_path, {"all": both}, date(2025, 7, 1))
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, (trained, submitted))


def test_two_unknown_times_are_not_told_by_days_alone(tmp_path: Path) -> None:
    """A few hours may lie between a day and the next, of which two days know nothing."""
    ended, separated = "account.need_ended_on", "account.separated_on"
    rules = (
        {"forbid": {separated: {"within": "0 days", "before": "at"}}},
        {"forbid": {ended: {"within": "0 days", "before": separated}}},
        {"require": {separated: {"within": "10 hours", "before": ended}}},
    )
    written = {
        f"rule-{number}": {"about": "account", "clauses": ["SAMPLE-1/a"], **rule}
        for number, rule in enumerate(rules)
    }
    policy = sample_policy(tmp_path, json.dumps({"rules": written}))
    night = Account(
        separated_on=datetime(2025, 6, 1, 22, tzinfo=policy.zone),
        need_ended_on=datetime(2025, 6, 2, 2, tzinfo=policy.zone),
    )
    assert evaluate(policy, night, NOON).outcome is Outcome.COMPLIANT
    unknown = evaluate(policy, Account(separated_on=UNKNOWN, need_ended_on=UNKNOWN), NOON)
    assert (unknown.outcome, unknown.needs) == (Outcome.CANNOT_TELL, (ended, separated))


@pytest.mark.parametrize(
    ("own", "needs"),
    [
        ({}, ("request.odd", "request.requestor.role")),
        ({"odd": False}, ("request.requestor.role",)),
    ],
)
def test_a_word_that_is_compared_may_be_any_word(
    tmp_path: Path, own: dict[str, Any], needs: tuple[str, ...]
) -> None:
    same = {"request.requestor.role": {"same_as": "request.office"}}
    boss = {"all": [{"request.requestor.role": "boss"}, {"request.odd": True}]}
    decision = asked(tmp_path, {"any": [same, boss]}, office="auditor", own=own)
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, needs)


@pytest.mark.parametrize(
    "looked_for",
    [{"starts_with": "de"}, {"contains_loosely": "UDIT"}, {"contains_words": "desk"}],
)
def test_a_listed_word_may_be_one_in_which_a_text_is_found(
    tmp_path: Path, looked_for: dict[str, str]
) -> None:
    decision = asked(tmp_path, {"request.requestor.role": looked_for})
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("request.requestor.role",))


def test_a_listed_word_is_none_in_which_a_text_is_not_found(tmp_path: Path) -> None:
    decision = asked(tmp_path, {"request.requestor.role": {"starts_with": "x"}})
    assert (decision.outcome, decision.needs) == (Outcome.ACCEPT, ())


def listing(folder: Path, words: list[str], forbidden: dict[str, Any]) -> Decision:
    """Decide on an account of which a list of words is not known."""
    tables = {
        "facts": {"account.tags": {"title": "tags", "type": "words", "words": words}},
        "rules": {"rule": {"about": "account", "forbid": forbidden, "clauses": ["SAMPLE-1/a"]}},
    }
    return evaluate(sample_policy(folder, json.dumps(tables)), Account(), NOON)


def test_words_with_the_same_beginnings_are_told_apart_once(tmp_path: Path) -> None:
    """Of 40 words there are more lists than can be tried."""
    words = [f"cash_{number}" for number in range(40)]
    only = {"account.tags": {"has_only": ["cash_*"]}}
    decision = listing(tmp_path, [*words, "other"], {"all": [only, {"not": only}]})
    assert (decision.outcome, decision.needs) == (Outcome.COMPLIANT, ())


def test_where_lists_are_too_many_each_test_may_be_true_or_not(tmp_path: Path) -> None:
    begun = [f"{letter}*" for letter in LETTERS[:7]]
    words = [word for letter in LETTERS[:7] for word in (letter, f"{letter}1")]
    only = {"account.tags": {"has_only": begun}}
    has = {"account.tags": {"has": "other"}}
    decision = listing(tmp_path, [*words, "other"], {"all": [only, has]})
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("account.tags",))


@pytest.mark.parametrize(
    ("tests", "outcome", "needs"),
    [
        (20, Outcome.VIOLATION, ()),
        (63, Outcome.VIOLATION, ()),
        (64, Outcome.CANNOT_TELL, ("account.created_on",)),
        (75, Outcome.CANNOT_TELL, ("account.created_on",)),
    ],
)
def test_where_a_date_has_too_many_boundaries_it_is_asked_for(
    tmp_path: Path, tests: int, outcome: Outcome, needs: tuple[str, ...]
) -> None:
    """One rule forbids a window that another one requires, so that some rule is never met."""
    windows = [
        {"account.created_on": {"within": f"{5 * days} days", "before": "at"}}
        for days in range(tests)
    ]
    asked = [*({"forbid": window} for window in windows), {"require": windows[0]}]
    rules: dict[str, dict[str, Any]] = {
        f"rule-{number}": {"about": "account", "clauses": ["SAMPLE-1/a"], **one}
        for number, one in enumerate(asked)
    }
    decision = evaluate(sample_policy(tmp_path, json.dumps({"rules": rules})), Account(), NOON)
    assert (decision.outcome, decision.needs) == (outcome, needs)


def test_a_long_text_has_too_many_parts_to_try_them(tmp_path: Path) -> None:
    """What stands between any `x` and any `y` of it is far more than can be tried."""
    named = {"request.subject": {"contains_words": "x <request.office> y"}}
    decision = asked(tmp_path, named, subject="x y " * 100_000)
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("request.office",))


def test_a_text_can_be_two_things_at_once(tmp_path: Path) -> None:
    both = [
        {"request.office": {"starts_with": "N"}},
        {"request.office": {"contains_loosely": "south"}},
    ]
    decision = asked(tmp_path, {"all": both})
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("request.office",))


def test_readings_come_in_order(tmp_path: Path) -> None:
    names = ["f", "b", "e", "a", "d", "c"]
    tables = {
        "readings": {name: {"question": "How?", "answer": "So."} for name in names},
        "exempt": {
            "shared": {
                "about": "account",
                "when": {"account.shared": True},
                "say": "It is shared.",
                "reading": names,
                "clauses": ["SAMPLE-1/a"],
            }
        },
    }
    decision = evaluate(sample_policy(tmp_path, json.dumps(tables)), Account(shared=True), NOON)
    assert decision.outcome is Outcome.OUT_OF_SCOPE
    assert decision.readings == tuple(sorted(names))


def test_what_may_be_out_of_scope_is_not_returned(tmp_path: Path) -> None:
    tables = """
facts: {request.odd: {title: flag odd, type: flag}}
exempt:
  odd: {about: request/create, when: {request.odd: true}, say: It is odd., clauses: [SAMPLE-1/a]}
rules:
  signed:
    about: request/create
    require: {request.signed_by_requestor: true}
    clauses: [SAMPLE-1/a]
"""
    policy = sample_policy(tmp_path, tables)
    decision = evaluate(policy, Request(type="create", signed_by_requestor=False))
    assert (decision.outcome, decision.needs) == (Outcome.CANNOT_TELL, ("request.odd",))
