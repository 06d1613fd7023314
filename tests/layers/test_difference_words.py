# SPDX-License-Identifier: MIT
"""Differences from above are named by titles: the entry, and the old and new values."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import load_policy
from tests.samples.layers import DAY, written_chain

RIGHT = "authority: WAIVER-1/a, reason: The Board lets us."
COUNTED = """
deadlines:
  renewal:
    about: account
    title: Renewal is due
    clauses: [BASE-1/a]
    earliest:
      created: {from: account.created_on, count: 12 months}
      signed: {from: account.deactivated_on, count: 1 month, when: {account.shared: true}}
"""


def told(folder: Path, local: str, **base: str) -> list[str]:
    """Return the lines about what a local profile changes and loosens."""
    files = {f"base/{name}.yaml": text for name, text in base.items()}
    written_chain(folder, {"local/tables.yaml": local, **files})
    return [difference.in_words for difference in load_policy(folder / "local", DAY).differences]


def changed(folder: Path, change: str, **base: str) -> str:
    (line,) = told(folder, f"overrides:\n  - {{what: {change}, {RIGHT}}}\n", **base)
    return line


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            "parameters/window/value, was: 30 days, now: 10 days",
            "number “window”, value: 30 days → 10 days",
        ),
        (
            "papers/create/blue/otherwise, was: none, now: deny",
            "paper “Blue Form”, otherwise: none → deny",
        ),
        (
            "routing/north/cc, was: checker, now: [helper, checker]",
            "row “the North”, cc: Checker → Helper and Checker",
        ),
        (
            "rules/alone/forbid, was: {account.shared: true}, now: {account.shared: false}",
            "rule “alone”, forbid: several persons used the account"
            " → one person at most used the account",
        ),
        (
            "tables/forms/rows/outside/form, was: green, now: blue",
            "table “forms”, row “outside”, form: green → blue",
        ),
        (
            "deadlines/renewal/earliest/signed/when, was: {account.shared: true}, now: none",
            "deadline “Renewal is due”, leg “signed”, when: several persons used"
            " the account → none",
        ),
    ],
)
def test_override_is_told_by_titles(change: str, line: str, tmp_path: Path) -> None:
    assert changed(tmp_path, change, more=COUNTED) == line


@pytest.mark.parametrize(
    ("local", "line"),
    [
        (
            "exempt: {free: {about: account, when: {account.shared: true}, clauses: [LOCAL-1/a],"
            f" {RIGHT}}}}}",
            "exemption “free” exempts an account, which base@2025-01-01 evaluates",
        ),
        (
            f"roles: {{deputy: {{title: Deputy, counts_as: chief, {RIGHT}}}}}",
            "role “Deputy” may request for the Office by its `counts_as`,"
            " which base@2025-01-01 does not allow",
        ),
        (
            "routing: {office: {requestors: chief, coordinator: desk, clauses: [LOCAL-1/a], except:"
            " {urgent: {when: {request.office: Pier}, coordinator: checker, clauses: [LOCAL-1/a],"
            f" {RIGHT}}}}}}}}}",
            "row “the Office”, exception “urgent” sends requests of the Office to Checker,"
            " which base@2025-01-01 does not",
        ),
    ],
)
def test_loosening_is_told_by_titles(local: str, line: str, tmp_path: Path) -> None:
    assert told(tmp_path, local) == [line]


def test_time_zone_is_told_in_words(tmp_path: Path) -> None:
    zoned = (
        "profile: {jurisdiction: local, title: Local, extends: base,"
        f" time_zone: America/Denver, {RIGHT}}}\n"
    )
    written_chain(tmp_path, {"local/profile.yaml": zoned})
    (difference,) = load_policy(tmp_path / "local", DAY).differences
    assert difference.in_words.startswith("time zone is America/Denver, but base@2025-01-01 counts")
