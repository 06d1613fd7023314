# SPDX-License-Identifier: MIT
"""The names that a profile defines are collected, and refer to one another correctly."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.subjects.fields import Kind
from tests.samples.keys import subject_keys
from tests.samples.profiles import EDITION, SOUND, WORDS_YAML, faults_of, sample_policy


def test_words_have_titles_and_addresses(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, "")
    desk = policy.words["roles"]["desk"]
    assert (desk.title, desk.email, desk.phone) == ("Help Desk", ("desk@example.org",), "555-0100")
    assert policy.words["roles"]["deputy"].counts_as == ("boss",)
    assert policy.title_of("roles", "desk") == "Help Desk"
    assert policy.title_of("roles", "nobody") == "nobody"
    assert policy.title_of("zebras", "desk") == "desk"
    assert policy.words["designations"] == {}


def test_words_know_where_they_come_from(tmp_path: Path) -> None:
    origin = sample_policy(tmp_path, "").words["roles"]["boss"].origin
    assert origin.edition == f"sample_area@{EDITION}"
    line = WORDS_YAML.splitlines().index("  boss: {title: Boss}") + 1
    assert origin.place.line == line
    assert origin.place.file.endswith(f"{EDITION}/words.yaml")


def test_clauses_stand_in_their_documents(tmp_path: Path) -> None:
    clause = sample_policy(tmp_path, "").clauses["SAMPLE-1/b"]
    assert (clause.document, clause.at, clause.kind) == ("SAMPLE-1", "Section B", "duty")
    assert clause.says == "Somebody has to do something."


def test_readings_have_a_choice_or_none(tmp_path: Path) -> None:
    tables = """
readings:
  open: {question: Q?, answer: A.}
  taken: {question: Q?, answer: A., others: [b, c], chosen: c}
"""
    readings = sample_policy(tmp_path, tables).readings
    assert (readings["open"].chosen, readings["open"].others) == (None, ())
    assert (readings["taken"].chosen, readings["taken"].others) == ("c", ("b", "c"))
    assert (readings["taken"].question, readings["taken"].answer) == ("Q?", "A.")


@pytest.mark.parametrize(
    ("written", "duration"),
    [
        ("1 day", Duration(1, Unit.DAYS)),
        ("365 days", Duration(365, Unit.DAYS)),
        ("12 months", Duration(12, Unit.MONTHS)),
        ("24 hours", Duration(24, Unit.HOURS)),
        ("0 days", Duration(0, Unit.DAYS)),
    ],
)
def test_parameters_have_values(tmp_path: Path, written: str, duration: Duration) -> None:
    tables = f"parameters: {{days_of_grace: {{value: {written}, clauses: [SAMPLE-1/a]}}}}"
    parameter = sample_policy(tmp_path, tables).parameters["days_of_grace"]
    assert parameter.value == duration
    assert parameter.title == "days of grace"
    assert parameter.clauses == ("SAMPLE-1/a",)


def test_own_facts_have_types(tmp_path: Path) -> None:
    tables = """
facts:
  account.badge: {title: badge, type: text, private: true, left_out: none}
  account.seen_on: {title: day it was seen, type: date, left_out: unknown}
  office.rooms: {title: rooms, type: count}
"""
    facts = sample_policy(tmp_path, tables).facts
    badge, seen, rooms = facts.values()
    assert (badge.kind, badge.holds.private, badge.holds.optional) == (Kind.TEXT, True, True)
    assert (seen.kind, seen.holds.private, seen.holds.optional) == (Kind.DAY, False, False)
    assert (rooms.path, rooms.kind, rooms.title) == ("office.rooms", Kind.COUNT, "rooms")


def test_scope_lists_sorts_of_subject_in_the_order_of_the_model(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, "scope: {office: {clauses: [SAMPLE-1/a]}}")
    keys = list(policy.plans)
    assert keys == [key for key in subject_keys() if key in keys]
    assert set(keys) == {
        "request/create",
        "request/change",
        "account",
        "office",
        "record/closure",
        "record/participant",
    }


@pytest.mark.parametrize(
    ("tables", "messages"),
    [
        (
            "clauses: {SAMPLE-9/a: {at: A, kind: check, says: S.}}",
            ["there is no document `SAMPLE-9`"],
        ),
        (
            "roles: {clerk: {title: Clerk, counts_as: [bos]}}",
            ["there is no `bos` in `roles`"],
        ),
        (
            "roles: {clerk: {title: Clerk, clauses: [SAMPLE-1/z]}}",
            ["there is no clause `SAMPLE-1/z`"],
        ),
        ("roles: {clerk: {title: Clerk, reading: why}}", ["there is no reading `why`"]),
        (
            "readings: {r: {question: Q?, answer: A., others: [b], chosen: c}}",
            ["the reading `r` offers no choice `c`"],
        ),
        (
            "readings: {r: {question: Q?, answer: A., chosen: c}}",
            ["the reading `r` offers no choice `c`"],
        ),
        ("parameters: {p: {value: 3, clauses: [SAMPLE-1/a]}}", ["`3` is not a duration"]),
        ("parameters: {p: {value: {a: b}, clauses: [SAMPLE-1/a]}}", ["this is not a duration"]),
        (
            "parameters: {p: {value: 3 days, clauses: [SAMPLE-1/z]}}",
            ["there is no clause `SAMPLE-1/z`"],
        ),
        ("facts: {badge: {title: T, type: text}}", ["`badge` is not a name for a fact"]),
        (
            "facts: {account.a.b: {title: T, type: text}}",
            ["`account.a.b` is not a name for a fact"],
        ),
        (
            "facts: {zebra.badge: {title: T, type: text}}",
            ["`zebra.badge` is not a name for a fact"],
        ),
        (
            "facts: {account.status: {title: T, type: text}}",
            ["the fact `account.status` already exists"],
        ),
        (
            "facts: {record.code: {title: T, type: text}}",
            ["the fact `record.code` already exists"],
        ),
        ("facts: {account.badge: {title: T, type: string}}", ["there is no type of fact `string`"]),
        (
            "facts: {account.badge: {title: T, type: text, left_out: null}}",
            ["`left_out` has no value `null`"],
        ),
        ("scope: {account/x: {}}", ["there is no sort of subject `account/x`"]),
        ("scope: {record: {}}", ["`scope` names each type of record separately"]),
        ("out_of_scope: {SAMPLE-1/z: No fact.}", ["there is no clause `SAMPLE-1/z`"]),
    ],
)
def test_name_that_nothing_goes_by_is_told(
    tmp_path: Path, tables: str, messages: list[str]
) -> None:
    assert faults_of(tmp_path, tables) == messages


@pytest.mark.parametrize(
    "entry",
    [
        "tables: {t: {about: account, by: account.status, require: {account.shared: false},"
        " clauses: [SAMPLE-1/a], rows: {active: {CITED}}}}",
        "rules: {r: {about: account, forbid: {account.shared: true}, clauses: [SAMPLE-1/a],"
        " where: {missing: {CITED}}}}",
        "deadlines: {d: {about: account, title: T, clauses: [SAMPLE-1/c],"
        " earliest: {l: {from: account.created_on, count: 3 days, CITED}}}}",
    ],
)
def test_clauses_and_readings_beneath_an_entry_are_checked_too(tmp_path: Path, entry: str) -> None:
    cited = "clauses: [SAMPLE-1/z], reading: why"
    assert faults_of(tmp_path, entry.replace("CITED", cited)) == [
        "there is no clause `SAMPLE-1/z`",
        "there is no reading `why`",
    ]


def test_roles_that_count_as_another_do_so_one_step_only(tmp_path: Path) -> None:
    tables = """
roles:
  trainee: {title: Trainee, counts_as: deputy}
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
  partner: {requestors: deputy, coordinator: desk, clauses: [SAMPLE-1/a]}
submission:
  create: {clauses: [SAMPLE-1/a]}
"""
    checks = {c.id: c for c in sample_policy(tmp_path, tables).plans["request/create"].checks}
    assert checks["routing/branch/requestor"].require.operator.values == ("boss", "deputy")  # type: ignore[union-attr]
    assert checks["routing/partner/requestor"].require.operator.values == ("deputy", "trainee")  # type: ignore[union-attr]


def test_sound_words_have_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "") == []
    assert f"{EDITION}/words.yaml" in SOUND
