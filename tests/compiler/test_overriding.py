# SPDX-License-Identifier: MIT
"""Overrides find the entries above that they name, and bind where these do."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import Policy, ProfileError, load_policy
from tests.samples.layers import DAY, EDITION_YAML, written_chain

FREE = "edition: {from: 2025-01-01, title: First edition, binding: false}\n"
DEEP = {
    "deep/profile.yaml": (
        "profile: {jurisdiction: deep, title: Deep, time_zone: UTC, extends: local}\n"
    ),
    "deep/edition.yaml": EDITION_YAML,
    "deep/words.yaml": """\
documents:
  DEEP-1: {title: Deep Policy, issuer: Deep Board}
  WAIVER-2: {title: Waiver for the Room, issuer: Local Board}
clauses:
  DEEP-1/a: {at: Section A, kind: check, says: Something has to be so below.}
  WAIVER-2/a: {at: Section A, kind: guide, says: The Room may do it its own way.}
uses:
  roles: [chief, clerk, desk, checker]
  organizations: office
""",
}


def overriding(*changes: str) -> str:
    return "overrides:\n" + "".join(f"  - {{what: {change}}}\n" for change in changes)


def loaded(folder: Path, name: str = "local", **files: str) -> Policy:
    """Load a profile of the sound chain with files named as `local__tables`."""
    named = {f"{key.replace('__', '/')}.yaml": text for key, text in files.items()}
    written_chain(folder, {**(DEEP if name == "deep" else {}), **named})
    return load_policy(folder / name, DAY)


def refused(folder: Path, name: str = "local", **files: str) -> list[str]:
    with pytest.raises(ProfileError) as caught:
        loaded(folder, name, **files)
    return [problem.message for problem in caught.value.problems]


def test_paper_is_named_by_its_type_and_its_key(tmp_path: Path) -> None:
    change = "papers/create/blue/otherwise, was: none, now: deny"
    policy = loaded(tmp_path, local__tables=overriding(change))
    (blue,) = (c for c in policy.plans["request/create"].checks if c.id == "papers/create/blue")
    assert blue.outcome == "deny"
    assert [override.direction for override in policy.overrides] == ["stricter"]


def test_clause_is_named_by_its_document_and_its_key(tmp_path: Path) -> None:
    change = "clauses/BASE-1/a/says, was: Something has to be so., now: It is so."
    policy = loaded(tmp_path, local__tables=overriding(change))
    assert policy.clauses["BASE-1/a"].says == "It is so."
    assert policy.clauses["BASE-1/b"].says == "Somebody has to do something."


def test_deadline_that_is_missed_for_nothing_is_written_with_none(tmp_path: Path) -> None:
    base = """
deadlines:
  due: {about: account, title: Due, from: account.created_on, count: 9 days, clauses: [BASE-1/a]}
"""
    right = "authority: WAIVER-1/a, reason: So."
    change = f"deadlines/due/missed, was: none, now: none, {right}"
    policy = loaded(tmp_path, base__more=base, local__tables=overriding(change))
    assert "deadlines/due" not in {check.id for check in policy.plans["account"].checks}
    assert [override.direction for override in policy.overrides] == ["looser"]


def test_edition_that_binds_nobody_does_not_free_from_what_binds(tmp_path: Path) -> None:
    change = "parameters/window, was: 30 days, now: 40 days, reason: Ours binds nobody."
    (message,) = refused(tmp_path, local__edition=FREE, local__tables=overriding(change))
    assert message.startswith(
        "`parameters/window` is loosened without authority, from 30 days to 40 days"
    )


def test_reason_alone_changes_what_binds_nobody(tmp_path: Path) -> None:
    change = "parameters/window, was: 30 days, now: 40 days, reason: It was advice."
    policy = loaded(tmp_path, base__edition=FREE, local__tables=overriding(change))
    assert [(one.direction, one.authority) for one in policy.overrides] == [("looser", ())]


# Three layers


def test_what_a_layer_between_frees_still_binds_above(tmp_path: Path) -> None:
    """The layer between binds nobody and tightened a number that binds above it."""
    files = {
        "local__edition": FREE,
        "local__tables": overriding("parameters/window, was: 30 days, now: 20 days"),
    }
    change = "parameters/window, was: 20 days, now: 99 days, reason: Theirs binds nobody."
    (message,) = refused(tmp_path, "deep", deep__tables=overriding(change), **files)
    assert message.startswith("`parameters/window` is loosened without authority")


def test_layer_between_cannot_waive_what_stands_above_it(tmp_path: Path) -> None:
    change = "parameters/window, was: 30 days, now: 40 days, authority: %s, reason: So."
    of_between = overriding(change % "WAIVER-2/a")
    assert refused(tmp_path, "deep", deep__tables=of_between) == [
        "`WAIVER-2/a` gives no authority to loosen what Base Board issued"
    ]
    policy = loaded(tmp_path, "deep", deep__tables=overriding(change % "WAIVER-1/a"))
    assert [override.direction for override in policy.overrides] == ["looser"]


def test_layer_between_waives_what_it_says_itself(tmp_path: Path) -> None:
    rule = (
        "rules:\n  ours: {about: account, forbid: {account.shared: true}, clauses: [LOCAL-1/a]}\n"
    )
    change = "rules/ours/otherwise, was: none, now: note, authority: %s, reason: So."
    files = {"local__tables": rule}
    policy = loaded(tmp_path, "deep", deep__tables=overriding(change % "WAIVER-2/a"), **files)
    assert [override.direction for override in policy.overrides] == ["looser"]
    assert refused(tmp_path, "deep", deep__tables=overriding(change % "DEEP-1/a"), **files) == [
        "`DEEP-1/a` gives no authority to loosen what Local Board or Base Board issued"
    ]


def test_differences_of_every_layer_are_listed(tmp_path: Path) -> None:
    files = {
        "local__tables": overriding("parameters/window, was: 30 days, now: 20 days"),
        "deep__tables": overriding("parameters/window, was: 20 days, now: 10 days"),
    }
    found = loaded(tmp_path, "deep", **files).differences
    assert [(one.origin.edition, one.direction) for one in found] == [
        ("local@2025-01-01", "stricter"),
        ("deep@2025-01-01", "stricter"),
    ]


def test_fault_of_the_profile_above_is_told_once(tmp_path: Path) -> None:
    base = "rules:\n  odd: {about: account, forbid: {account.shared: maybe}, clauses: [BASE-1/z]}\n"
    messages = refused(tmp_path, "deep", base__more=base)
    assert messages == ["true or false is expected here", "there is no clause `BASE-1/z`"]
