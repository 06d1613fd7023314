# SPDX-License-Identifier: MIT
"""Every small change of what is written is made, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.mutating.changes import Changes, Site
from caljobs_policy.analysis.mutating.entry_changes import EntryChanges
from caljobs_policy.analysis.mutating.vocabularies import Vocabularies
from caljobs_policy.loader.store import read_chain
from caljobs_policy.syntax.entries import ReadingEntry, RouteRow, Rule
from tests.samples.mutated import GOOD, mutated_profile
from tests.samples.profiles import node_of


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    folder = mutated_profile(tmp_path_factory.mktemp("profiles") / "sample_area", GOOD)
    examined = Examined(read_chain(folder), date(2025, 6, 2))
    return Changes(Vocabularies(examined.stretches))


def words(sites: Iterator[Site]) -> list[str]:
    return [site[0].words for site in sites]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 days", ["`30 days` becomes `31 days`", "`30 days` becomes `29 days`"]),
        ("0 days", ["`0 days` becomes `1 days`"]),
        ("true", ["`true` becomes `false`"]),
        ("boss", ["`boss` becomes `deputy`"]),
        ("2025-02-28", ["`2025-02-28` becomes `2025-03-01`", "`2025-02-28` becomes `2025-02-27`"]),
        ("first Monday of May", ["`first Monday of May` becomes `second Monday of May`"]),
        ("New at <request.office>", ["`New at <request.office>` becomes `New at`"]),
        ("a stranger", ["`a stranger` becomes `a strange`"]),
    ],
)
def test_a_value_becomes_another(changes: Changes, text: str, expected: list[str]) -> None:
    found = words(changes.of(node_of(text)))
    assert found[: len(expected)] == expected


def test_a_list_loses_and_gains_a_word(changes: Changes) -> None:
    found = words(changes.of(node_of("[boss, desk]")))
    assert {"`boss` is left out", "`desk` is left out", "`deputy` is added"} <= {*found}


def test_a_condition_loses_parts_and_turns(changes: Changes) -> None:
    found = words(changes.of_condition(node_of("{any: [recent, {not: recent}]}")))
    assert {
        "`any` is denied",
        "`any` becomes `all`",
        "`recent` is left out",
        "`recent` is denied",
        "`not` is left out",
    } <= {*found}


def test_tests_of_a_fact_turn(changes: Changes) -> None:
    text = "{request.submitted_on: {within: 3 days, before: request.separates_on}}"
    found = words(changes.of_condition(node_of(text)))
    assert {"`within` becomes `more_than`", "`before` becomes `after`"} <= {*found}
    assert "`3 days` becomes `4 days`" in found


def test_an_entry_changes_as_its_class_declares(changes: Changes) -> None:
    node = node_of("{about: request/create, when: recent, title: x, otherwise: deny}")
    found = words(EntryChanges(changes).of(Rule, node))
    assert {"`when` becomes `unless`", "`deny` becomes `return`", "`when` is left out"} <= {*found}
    # What has to be there is not left out, and what is only told is not changed.
    assert not [one for one in found if "`about` is" in one or "title" in one or "`x`" in one]


def test_a_subject_line_loses_what_fills_it_in(changes: Changes) -> None:
    node = node_of("{requestors: boss, coordinator: desk, subject: For <request.office>}")
    found = words(EntryChanges(changes).of(RouteRow, node))
    assert {"`subject` is left out", "`For <request.office>` becomes `For`"} <= {*found}


def test_a_reading_chooses_otherwise(changes: Changes) -> None:
    node = node_of("{question: Which?, answer: This., others: [that]}")
    assert "`that` is chosen" in words(EntryChanges(changes).of(ReadingEntry, node))
