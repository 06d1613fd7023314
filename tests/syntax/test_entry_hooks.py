# SPDX-License-Identifier: MIT
"""The entries of a profile are read as their fields are declared; nothing is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, UnreadableError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.syntax.entries import Entry, Rule, WordEntry
from caljobs_policy.syntax.entry_hooks import entry_converter, read_table
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.sections import SECTIONS
from tests.samples.profiles import node_of


def read(table: str, text: str) -> tuple[Mapping[str, Any], list[Problem]]:
    told = Collector()
    return told.read(read_table, node_of(text), SECTIONS[table]), told.problems


def entry(table: str, text: str) -> Any:
    entries, problems = read(table, text)
    assert problems == []
    (only,) = entries.values()
    return only


def told(table: str, text: str) -> list[tuple[str, str]]:
    """Return place and message of every problem of a table."""
    return [(str(problem.place), problem.message) for problem in read(table, text)[1]]


def test_every_kind_of_value_is_read() -> None:
    rule = entry(
        "rules",
        """
one:
  about: [account, request]
  require: {account.shared: false}
  say: {missing: It is missing., else: It is wrong.}
  remedy: Mend it.
  instead: {other: none}
  where: {missing: {clauses: X/2}}
  clauses: X/1
  reading: [count, clock]
""",
    )
    assert [str(word) for word in rule.about] == ["account", "request"]
    assert rule.require == node_of("{account.shared: false}")
    assert rule.say == {"missing": Word("It is missing."), "else": Word("It is wrong.")}
    assert rule.say["else"].place == Place("sample.yaml", 5, 40)
    assert rule.remedy == {"else": Word("Mend it.")}
    assert str(rule.instead["other"]) == "none"
    assert [str(word) for word in rule.where["missing"].clauses] == ["X/2"]
    assert [str(word) for word in rule.clauses] == ["X/1"]
    assert [str(word) for word in rule.reading] == ["count", "clock"]
    assert rule.forbid is rule.when is rule.otherwise is None


def test_dates_and_flags_are_converted() -> None:
    document = entry("documents", "X: {title: T, issuer: I, in_force: 2025-01-31}")
    assert document.in_force == date(2025, 1, 31)
    fact = entry("facts", "account.badge: {title: T, type: text, private: true}")
    assert fact.private is True


@pytest.mark.parametrize("text", ["001", "010", "1.10", "on", "NO", "2025-01-01", "1e3", "0x1F"])
def test_texts_stay_as_written(text: str) -> None:
    assert entry("roles", f"a: {{title: {text}}}").title == text


def test_text_over_several_lines_becomes_one_line() -> None:
    assert entry("roles", "a:\n  title: |\n    One\n    two\n").title == "One two"


def test_entries_know_their_places() -> None:
    role = entry("roles", "\nboss:\n  title: Boss\n  counts_as: [chief]\n")
    assert role.key.place == Place("sample.yaml", 2, 1)
    assert role.place == Place("sample.yaml", 3, 3)
    assert role.counts_as[0].place == Place("sample.yaml", 4, 15)


def test_list_of_entries_takes_their_keys_from_id() -> None:
    entries, problems = read("clauses", "- {id: X/1, at: A, kind: check, says: So.}")
    assert problems == []
    assert list(entries) == ["X/1"]
    assert entries["X/1"].says == "So."


def test_deeper_table_joins_the_keys() -> None:
    entries, problems = read("papers", "create:\n  form: {clauses: X/1}\nreset:\n  form: {}\n")
    assert problems == []
    assert list(entries) == ["create/form", "reset/form"]
    assert entries["create/form"].key.place == Place("sample.yaml", 2, 3)


def test_short_form_stands_for_the_field_that_matters() -> None:
    assert [str(word) for word in entry("lists", "some: [a, b]").words] == ["a", "b"]
    assert entry("out_of_scope", "X/1: No fact.").reason == "No fact."


def test_key_that_python_reserves_is_read() -> None:
    deadline = entry("deadlines", "a: {about: account, title: T, from: account.created_on}")
    assert [str(word) for word in deadline.from_] == ["account.created_on"]


def test_columns_of_a_row_are_what_is_no_key_of_a_row() -> None:
    table = entry(
        "tables",
        "a: {about: account, by: account.status, require: x, rows: {b: {form: f, say: S.}}}",
    )
    assert table.rows["b"].columns == {"form": node_of("f")}
    assert table.rows["b"].say == {"else": Word("S.")}


def test_a_column_may_be_called_as_the_field_that_holds_columns() -> None:
    table = entry(
        "tables", "a: {about: account, by: account.status, require: x, rows: {b: {columns: f}}}"
    )
    assert table.rows["b"].columns == {"columns": node_of("f")}


@pytest.mark.parametrize("text", ["", "null", "~"])
def test_empty_table_has_no_entries(text: str) -> None:
    assert read_table(Scalar(text), SECTIONS["rules"]) == {}


@pytest.mark.parametrize(
    ("table", "text", "problem"),
    [
        ("roles", "5", "1:1: a mapping is expected here"),
        ("roles", "[a]", "1:2: a mapping is expected here"),
        ("roles", "- {title: T}", "1:3: the entry has no `id`"),
        ("roles", "a: T", "1:4: `a` takes a mapping"),
        ("roles", "a: [T]", "1:4: `a` takes a mapping"),
        ("roles", "a: {}", "1:4: `a` lacks `title`"),
        ("roles", "a: {title: T, mail: m}", "1:15: `mail` is not a key of this entry"),
        ("roles", "a: {title: }", "1:12: a text is expected here"),
        ("roles", "a: {title: '  '}", "1:12: a text is expected here"),
        ("roles", "a: {title: {b: c}}", "1:12: a text is expected here"),
        ("roles", "a: {title: T, email: [{b: c}]}", "1:23: a word is expected here"),
        ("roles", "a: {title: T, email: ''}", "1:22: a word is expected here"),
        ("papers", "create: form", "1:9: a mapping is expected here"),
        (
            "facts",
            "a: {title: T, type: text, private: yes}",
            "1:36: true or false is expected here",
        ),
        (
            "facts",
            "a: {title: T, type: text, private: 'true'}",
            "1:36: true or false is expected here",
        ),
        (
            "documents",
            "a: {title: T, issuer: I, in_force: 2025-02-30}",
            "1:36: `2025-02-30` is a day that does not exist",
        ),
        (
            "documents",
            "a: {title: T, issuer: I, in_force: [x]}",
            "1:36: a date is expected here",
        ),
        ("rules", "a: {about: account, say: [x]}", "1:26: a mapping is expected here"),
        ("rules", "a: {about: account, say: {else: [x]}}", "1:33: a text is expected here"),
        ("rules", "a: {about: account, instead: x}", "1:30: a mapping is expected here"),
        ("rules", "a: {about: account, where: x}", "1:28: a mapping is expected here"),
        ("rules", "a: {about: account, where: {missing: x}}", "1:38: `missing` takes a mapping"),
        ("rules", "a: {about: []}", "1:12: the list is empty"),
        ("routing", "a: {requestors: [], coordinator: b}", "1:17: the list is empty"),
    ],
)
def test_fault_is_told_with_its_place_and_remedy(table: str, text: str, problem: str) -> None:
    entries, problems = read(table, text)
    assert [f"{p.place}: {p.message}" for p in problems] == [f"sample.yaml:{problem}"]
    assert problems[0].help
    assert all(entry.faulty for entry in entries.values())


def test_near_key_is_named() -> None:
    (problem,) = read("rules", "a: {about: account, requires: x}")[1]
    assert problem.help == "did you mean `require`?"


def test_all_keys_are_named_where_none_is_near() -> None:
    (problem,) = read("scope", "request/create: {zebra: x}")[1]
    assert problem.help == "its keys are: clauses, reading"


def test_key_that_stands_twice_in_a_list_is_told() -> None:
    text = "- {id: a, title: A}\n- {id: a, title: B}\n"
    entries, (problem,) = read("roles", text)
    assert problem.message == "`a` stands here twice"
    assert problem.place == Place("sample.yaml", 2, 8)
    assert problem.help == "it is also at sample.yaml:1:8; remove one"
    assert entries["a"].title == "A"


def test_all_faults_are_told_and_every_entry_is_kept() -> None:
    text = "a: {titel: A}\nb: {title: B}\nc: {title: [C], zebra: x}\n"
    assert told("roles", text) == [
        ("sample.yaml:1:5", "`titel` is not a key of this entry"),
        ("sample.yaml:3:12", "a text is expected here"),
        ("sample.yaml:3:17", "`zebra` is not a key of this entry"),
    ]
    entries = read("roles", text)[0]
    assert {key: set(entry.faulty) for key, entry in entries.items()} == {
        "a": {"title"},
        "b": set(),
        "c": {"title"},
    }


def test_key_that_is_misspelt_means_the_nearest_one() -> None:
    entries, problems = read("roles", "a: {titel: A, email: m@x, mail: n@x}")
    assert entries["a"].title == "A"
    assert [str(word) for word in entries["a"].email] == ["m@x"]
    assert [problem.message for problem in problems] == [
        "`titel` is not a key of this entry",
        "`mail` is not a key of this entry",
    ]


@pytest.mark.parametrize("table", SECTIONS)
def test_every_table_refuses_a_key_that_it_does_not_know(table: str) -> None:
    entry_text = "{zebra_crossing: x}"
    text = f"create: {{a: {entry_text}}}" if SECTIONS[table].nested else f"a: {entry_text}"
    assert "`zebra_crossing` is not a key of this entry" in [
        message for _, message in told(table, text)
    ]


def test_every_table_holds_entries() -> None:
    assert all(issubclass(section.entry, Entry) for section in SECTIONS.values())


def test_all_faults_of_one_entry_are_told_and_the_rest_is_read() -> None:
    text = """
a:
  abut: account
  otherwise: [note]
  say: {missing: [x], else: It is wrong.}
  clauses: [X/1, "", X/2; X/3, [X/4]]
  where:
    missing: {clauses: [], zebra: x}
    wrong: none
  instead: {count: {a: b}, clock: note}
"""
    with pytest.raises(UnreadableError) as caught:
        read_table(node_of(text), SECTIONS["rules"])
    assert [f"{p.place.line}:{p.place.column} {p.message}" for p in caught.value.problems] == [
        "3:3 `abut` is not a key of this entry",
        "4:14 a word is expected here",
        "5:18 a text is expected here",
        "6:18 a word is expected here",
        "6:22 `X/2; X/3` is one word here",
        "6:32 a word is expected here",
        "8:24 the list is empty",
        "8:28 `zebra` is not a key of this entry",
        "9:12 `wrong` takes a mapping",
        "10:20 a word is expected here",
    ]
    assert {p.code for p in caught.value.problems} == {
        Code.UNKNOWN_KEY,
        Code.WRONG_KIND,
        Code.MISSING,
    }
    rule = caught.value.left["a"]
    assert isinstance(rule, Rule)
    assert rule.about == (Word("account"),)
    assert rule.say == {"else": Word("It is wrong.")}
    assert rule.clauses == (Word("X/1"),)
    assert rule.instead == {"clock": Word("note")}
    assert rule.where["missing"].faulty == {"clauses"}
    assert rule.faulty == {"about", "otherwise", "say", "clauses", "where", "instead"}


def test_an_entry_in_place_of_a_mapping_is_faulty_in_all_its_fields() -> None:
    with pytest.raises(UnreadableError) as caught:
        entry_converter().structure((Scalar("a"), Scalar("x")), WordEntry)
    assert {"title", "email"} <= caught.value.left.faulty
