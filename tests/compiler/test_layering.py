# SPDX-License-Identifier: MIT
"""Editions are laid over one another: local words, changes with their direction, provenance."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import (
    Account,
    Policy,
    ProfileError,
    Request,
    Requestor,
    Staff,
    evaluate,
    load_policy,
)
from caljobs_policy.policy.differences import AppliedOverride
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.sentences import in_words
from tests.samples.layers import DAY, EDITION_YAML, layered, written_chain
from tests.samples.profiles import EDITION, written_profile

CREATE = "request/create"
WAIVED = "authority: WAIVER-1/a, reason: The Board lets us."


def check(policy: Policy, name: str, key: str = CREATE) -> Check:
    (found,) = (check for check in policy.plans[key].checks if check.id == name)
    return found


def names(policy: Policy, key: str = CREATE) -> set[str]:
    return {check.id for check in policy.plans[key].checks}


def overriding(text: str) -> str:
    return f"overrides:\n  - {{{text}}}\n"


def applied(folder: Path, text: str, **others: Any) -> tuple[Policy, AppliedOverride]:
    policy = layered(folder, overriding(text), **others)
    (override,) = policy.overrides
    return policy, override


def request(role: str = "chief", **fields: Any) -> Request:
    return Request(
        type="create",
        submitted_on=DAY,
        organization="office",
        requestor=Requestor(role=role),
        submitted_to=("desk",),
        attachments=("blue",),
        approvals=("checker",),
        staff=Staff(employer="inside", training_completed_on=DAY),
        **fields,
    )


# Words


def test_what_stands_for_a_word_of_above_takes_its_place(tmp_path: Path) -> None:
    policy = layered(tmp_path)
    (route,) = policy.plans[CREATE].routes
    assert route.organization == "office"
    assert route.requestors == ("chief", "clerk")
    assert (route.coordinator, route.send_to) == ("desk", ("desk@example.org",))
    assert route.cc == ("checker",)
    (duty,) = policy.plans[CREATE].duties
    assert duty.who == "desk"
    assert policy.meanings["base"]["roles"]["asker"] == ("chief", "clerk")
    assert policy.meanings["base"]["roles"]["checker"] == ("checker",)
    assert policy.meanings["base"]["organizations"]["north"] == ("office",)


def test_titles_of_above_become_those_of_what_stands_for_them(tmp_path: Path) -> None:
    (finding,) = evaluate(layered(tmp_path), Account(shared=True)).findings
    assert finding.message == "The account is shared; ask Chief or Clerk."


def test_word_that_is_used_is_listed_with_where_it_comes_from(tmp_path: Path) -> None:
    roles = layered(tmp_path).words["roles"]
    assert list(roles) == ["checker", "chief", "clerk", "desk"]
    assert roles["checker"].origin.edition == "base@2025-01-01"
    assert roles["chief"].origin.edition == "local@2025-01-01"
    assert check(layered(tmp_path), "approvals/agreed").approval == "checker"


@pytest.mark.parametrize(
    ("role", "outcome"), [("chief", "accept"), ("deputy", "accept"), ("desk", "return")]
)
def test_what_counts_as_a_role_is_taken_for_it(tmp_path: Path, role: str, outcome: str) -> None:
    deputy = f"{{title: Deputy, counts_as: chief, {WAIVED}}}"
    policy = layered(tmp_path, f"roles:\n  deputy: {deputy}\n")
    assert evaluate(policy, request(role)).outcome.value == outcome
    assert policy.meanings["base"]["roles"]["asker"] == ("chief", "clerk")


def test_condition_of_above_asks_for_what_stands_for_its_words(tmp_path: Path) -> None:
    more = """
rules:
  by-asker:
    about: request/create
    require: {request.requestor.role: asker}
    clauses: [BASE-1/a]
  to-helper:
    about: request/create
    require: {request.submitted_to: {has: helper}}
    clauses: [BASE-1/a]
"""
    policy = layered(tmp_path, base=more)
    assert in_words(check(policy, "by-asker").require).endswith("is chief or clerk")
    assert in_words(check(policy, "to-helper").require).endswith("went to the desk")


def test_local_entries_are_added_to_those_of_above(tmp_path: Path) -> None:
    local = """
papers:
  create:
    green: {clauses: [LOCAL-1/a]}
rules:
  ours: {about: account, forbid: {account.automation_used: true}, clauses: [LOCAL-1/a]}
"""
    policy = layered(tmp_path, local)
    assert {"papers/create/blue", "papers/create/green", "trained"} <= names(policy)
    assert {"alone", "ours"} <= names(policy, "account")
    assert policy.editions == ("local@2025-01-01", "base@2025-01-01")


# What is restated


def test_restated_rule_cites_both(tmp_path: Path) -> None:
    local = "restates:\n  - {what: rules/alone, clauses: [LOCAL-1/a]}\n"
    (finding,) = evaluate(layered(tmp_path, local), Account(shared=True)).findings
    assert finding.clauses == ("BASE-1/a", "LOCAL-1/a")
    assert (finding.edition, finding.rule) == ("base@2025-01-01", "alone")


@pytest.mark.parametrize(
    ("trained", "clauses"),
    [(None, ("BASE-1/a", "LOCAL-1/a")), (date(2024, 1, 1), ("BASE-1/a",))],
)
def test_restated_failure_is_cited_where_it_says_the_same(
    tmp_path: Path, trained: date | None, clauses: tuple[str, ...]
) -> None:
    local = "restates:\n  - {what: rules/trained, where: missing, clauses: [LOCAL-1/a]}\n"
    late = Request(type="create", submitted_on=DAY, staff=Staff(training_completed_on=trained))
    found = {f.rule: f for f in evaluate(layered(tmp_path, local), late).findings}
    assert found["trained"].clauses == clauses


def test_row_of_a_table_can_be_restated(tmp_path: Path) -> None:
    local = "restates:\n  - {what: tables/forms/outside, clauses: [LOCAL-1/a]}\n"
    row = check(layered(tmp_path, local), "tables/forms/outside")
    assert row.clauses == ("BASE-1/a", "LOCAL-1/a")


# What is overridden


@pytest.mark.parametrize(
    ("now", "right", "direction"),
    [
        ("20 days", "", "stricter"),
        ("40 days", f", {WAIVED}", "looser"),
        ("40 days", ", authority: BASE-1/b, reason: So.", "looser"),
        ("30 business days", f", {WAIVED}", "looser"),
        ("1 month", ", authority: LOCAL-1/b, reason: So.", "direction unknown"),
        ("25 hours", "", "stricter"),
    ],
)
def test_value_is_overridden(tmp_path: Path, now: str, right: str, direction: str) -> None:
    text = f"what: parameters/window, was: 30 days, now: {now}{right}"
    policy, override = applied(tmp_path, text, base=WEEKENDS)
    assert str(policy.parameters["window"].value) == now
    assert (override.was, override.now, override.direction) == ("30 days", now, direction)
    assert now in in_words(check(policy, "trained").require)


def test_direction_follows_from_how_a_value_is_used(tmp_path: Path) -> None:
    more = """
parameters:
  wait: {value: 9 days, clauses: [BASE-1/a]}
rules:
  waited:
    about: account
    unless: {account.created_on: {within: wait, before: at}}
    require: {account.status: active}
    clauses: [BASE-1/a]
"""
    _, override = applied(tmp_path, "what: parameters/wait, was: 9 days, now: 8 days", base=more)
    assert override.direction == "stricter"


def test_field_of_a_row_is_overridden(tmp_path: Path) -> None:
    right = "authority: LOCAL-1/b, reason: We have no green one."
    text = f"what: tables/forms/rows/outside/form, was: green, now: blue, {right}"
    policy, override = applied(tmp_path, text)
    row = check(policy, "tables/forms/outside")
    assert in_words(row.require).startswith("the blue is attached")
    assert row.origin.edition == "local@2025-01-01"
    assert row.origin.replaces == "base:tables/forms"
    assert override.direction == "direction unknown"
    assert override.reason == "We have no green one."
    assert override.authority == ("LOCAL-1/b",)


@pytest.mark.parametrize(("now", "direction"), [("deny", "stricter"), ("note", "looser")])
def test_outcome_is_overridden(tmp_path: Path, now: str, direction: str) -> None:
    more = """
rules:
  asked:
    about: request/create
    require: {request.office: North}
    otherwise: return
    clauses: [BASE-1/a]
"""
    text = f"what: rules/asked/otherwise, was: return, now: {now}, {WAIVED}"
    policy, override = applied(tmp_path, text, base=more)
    assert check(policy, "asked").outcome.value == now
    assert override.direction == direction


WEEKENDS = """
calendar:
  saturdays: {title: Saturday, on: every Saturday}
"""
WHOLE = """\
overrides:
  - what: rules/alone
    was:
      about: account
      forbid: {account.shared: true}
      say: The account is shared; ask <roles.asker>.
      clauses: [BASE-1/a]
    now: NOW
    authority: WAIVER-1/a
    reason: We share.
"""


def test_rule_is_removed(tmp_path: Path) -> None:
    policy = layered(tmp_path, WHOLE.replace("NOW", "none"))
    assert "alone" not in names(policy, "account")
    (override,) = policy.overrides
    assert (override.what, override.now, override.direction) == ("rules/alone", "none", "looser")


def test_rule_is_replaced_in_local_words(tmp_path: Path) -> None:
    now = "{about: account, forbid: {account.organization: office}, clauses: [LOCAL-1/a]}"
    policy = layered(tmp_path, WHOLE.replace("NOW", now))
    (override,) = policy.overrides
    assert override.direction == "direction unknown"
    (finding,) = evaluate(policy, Account(shared=True, organization="office")).findings
    assert finding.replaces == "base:rules/alone"
    assert (finding.edition, finding.clauses) == ("local@2025-01-01", ("LOCAL-1/a",))


def test_change_of_a_text_needs_no_right(tmp_path: Path) -> None:
    was = "The account is shared; ask <roles.asker>."
    text = f"what: rules/alone/say, was: {was}, now: Ask <roles.helper>."
    policy, override = applied(tmp_path, text)
    assert override.direction == ""
    (finding,) = evaluate(policy, Account(shared=True)).findings
    assert finding.message == "Ask Desk."


def test_two_changes_of_one_rule_replace_that_of_above(tmp_path: Path) -> None:
    local = """
overrides:
  - {what: rules/alone/otherwise, was: none, now: attention, authority: WAIVER-1/a, reason: So.}
  - what: rules/alone/say
    was: The account is shared; ask <roles.asker>.
    now: Ask.
"""
    alone = check(layered(tmp_path, local), "alone", "account")
    assert alone.origin.replaces == "base:rules/alone"
    assert alone.outcome.value == "attention"


def test_reason_alone_loosens_what_does_not_bind(tmp_path: Path) -> None:
    free = f"edition: {{from: {EDITION}, title: First edition, binding: false}}\n"
    text = "what: parameters/window, was: 30 days, now: 40 days, reason: It was advice."
    folder = written_chain(
        tmp_path, {"base/edition.yaml": free, "local/tables.yaml": overriding(text)}
    )
    (override,) = load_policy(folder, DAY).overrides
    assert override.authority == ()
    assert override.direction == "looser"


@pytest.mark.parametrize(("binding", "is_refused"), [("false", False), ("true", True)])
def test_reason_alone_widens_a_row_of_what_does_not_bind(
    tmp_path: Path, binding: str, is_refused: bool
) -> None:
    above = f"edition: {{from: {EDITION}, title: First edition, binding: {binding}}}\n"
    row = "requestors: [chief, desk], coordinator: desk, reason: More hands., clauses: [LOCAL-1/a]"
    local = f"routing:\n  office: {{{row}}}\n"
    folder = written_chain(tmp_path, {"base/edition.yaml": above, "local/tables.yaml": local})
    if is_refused:
        with pytest.raises(ProfileError, match="lets `desk` request"):
            load_policy(folder, DAY)
    else:
        assert load_policy(folder, DAY).plans[CREATE].routes[0].requestors == ("chief", "desk")


@pytest.mark.parametrize(
    ("day", "window", "applied_"), [(DAY, "30 days", 0), (date(2025, 8, 1), "20 days", 1)]
)
def test_override_of_a_named_edition_is_applied_to_it_alone(
    tmp_path: Path, day: date, window: str, applied_: int
) -> None:
    text = "what: parameters/window, was: 30 days, now: 20 days, of: base@2025-07-01"
    files = {"local/tables.yaml": overriding(text)}
    folder = written_chain(tmp_path, files)
    base = tmp_path / "base" / EDITION / "words.yaml"
    later = {
        "base/2025-07-01/edition.yaml": "edition: {from: 2025-07-01, title: Second edition}\n",
        "base/2025-07-01/words.yaml": base.read_text("utf-8"),
    }
    written_profile(tmp_path, later)
    policy = load_policy(folder, day)
    assert str(policy.parameters["window"].value) == window
    assert len(policy.overrides) == applied_


# Three layers, and where things come from

DEEP = {
    "deep/profile.yaml": (
        "profile: {jurisdiction: deep, title: Deep, time_zone: UTC, extends: local}\n"
    ),
    "deep/edition.yaml": EDITION_YAML,
    "deep/words.yaml": """\
documents:
  DEEP-1: {title: Deep Policy, issuer: Deep Board}
clauses:
  DEEP-1/a: {at: Section A, kind: check, says: Something has to be so below.}
roles:
  captain: {title: Captain, stands_for: [chief, clerk]}
uses:
  roles: [desk, checker]
organizations:
  room: {title: the Room, stands_for: office}
""",
}


def test_words_go_through_three_layers(tmp_path: Path) -> None:
    written_chain(tmp_path, DEEP)
    policy = load_policy(tmp_path / "deep", DAY)
    assert policy.editions == ("deep@2025-01-01", "local@2025-01-01", "base@2025-01-01")
    (route,) = policy.plans[CREATE].routes
    assert (route.organization, route.requestors) == ("room", ("captain",))
    assert (route.coordinator, route.cc) == ("desk", ("checker",))
    assert policy.meanings["base"]["roles"]["helper"] == ("desk",)
    assert policy.meanings["local"]["roles"]["clerk"] == ("captain",)


def test_value_is_overridden_by_each_layer_in_turn(tmp_path: Path) -> None:
    changes = {
        "local/tables.yaml": overriding("what: parameters/window, was: 30 days, now: 20 days"),
        "deep/tables.yaml": overriding("what: parameters/window, was: 20 days, now: 10 days"),
    }
    written_chain(tmp_path, {**DEEP, **changes})
    window = load_policy(tmp_path / "deep", DAY).parameters["window"]
    assert str(window.value) == "10 days"
    assert window.origin.edition == "deep@2025-01-01"
    assert window.origin.replaces == "local:parameters/window"
    assert str(load_policy(tmp_path / "local", DAY).parameters["window"].value) == "20 days"
    assert str(load_policy(tmp_path / "base", DAY).parameters["window"].value) == "30 days"


def test_values_rows_and_rules_know_their_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    local = """\
overrides:
  - {what: parameters/window, was: 30 days, now: 20 days}
routing:
  office: {requestors: chief, coordinator: desk, clauses: [LOCAL-1/a]}
"""
    policy = layered(tmp_path, local)
    window, alone = policy.parameters["window"].origin, check(policy, "alone", "account").origin
    (route,) = policy.plans[CREATE].routes
    assert (window.place.file, window.place.line) == (f"local/{EDITION}/tables.yaml", 2)
    assert (alone.place.file, alone.place.line) == (f"base/{EDITION}/words.yaml", 46)
    assert alone.edition == "base@2025-01-01"
    assert (route.origin.place.file, route.origin.place.line) == (window.place.file, 4)
    assert route.requestors == ("chief",)
    row = check(policy, "tables/forms/outside").origin
    assert row.place.file == alone.place.file
