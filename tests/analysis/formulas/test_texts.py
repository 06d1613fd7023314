# SPDX-License-Identifier: MIT
"""Texts are found for the truths that tests are to have, or none can have them."""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.analysis.formulas.machines import MACHINES, machine_of
from caljobs_policy.analysis.formulas.single_texts import decided, is_never
from caljobs_policy.analysis.formulas.text_candidates import TextTest, texts_for
from caljobs_policy.policy import operators as ops
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Operator
from caljobs_policy.testing.strategies.single_tests import sample_fact

OFFICE, NAME = sample_fact("request.office"), sample_fact("request.staff.name")
DAY: Final = sample_fact("request.submitted_on")
WORDY: Final = ops.ContainsEach(("A-Z", "a-z", "0-9"))
LONG: Final = ops.Length(8, 20)
PLAIN: Final = ops.ContainsOnly(("A-Z", "a-z", "0-9"))


def about(*operators: Operator) -> list[TextTest]:
    return [
        TextTest(Test(OFFICE, operator), (OFFICE.path, *(a.path for a in operator.anchors)))
        for operator in operators
    ]


@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize("wordy", [True, False])
@pytest.mark.parametrize("plain", [True, False])
def test_a_password_is_found_for_every_way_to_be_wrong(
    long: bool, wordy: bool, plain: bool
) -> None:
    wanted = dict(zip(about(LONG, WORDY, PLAIN), (long, wordy, plain), strict=True))
    found = texts_for(wanted, [OFFICE.path], {}, UTC)
    assert found is not None
    for one, truth in wanted.items():
        assert one.holds(found, UTC) is truth
    assert decided(wanted, OFFICE.path, {})[0]


@pytest.mark.parametrize(
    "operators",
    [
        (ops.Is("four"), ops.Length(0, 3)),
        (ops.StartsWith("ab"), ops.ContainsOnly(("b",))),
        (ops.Is("a"), ops.In(("b", "c"))),
        (ops.Is(" "), ops.Given(True)),
        (ops.ContainsEach(("0-9", "a-z", "A-Z")), ops.Length(0, 2)),
    ],
)
def test_what_no_text_can_be_is_certain(operators: tuple[Operator, ...]) -> None:
    wanted = dict.fromkeys(about(*operators), True)
    assert texts_for(wanted, [OFFICE.path], {}, UTC) is None
    assert decided(wanted, OFFICE.path, {}) == (True, None)
    assert is_never(wanted, OFFICE.path)


def test_a_text_beside_a_day_is_what_the_day_reads() -> None:
    reads = ops.Reads(("", "MM", "/", "YY", ""), DAY)
    wanted = dict(zip(about(reads, ops.Length(5, 5)), (True, True), strict=True))
    known = {DAY.path: date(2025, 6, 2)}
    assert texts_for(wanted, [OFFICE.path], known, UTC) == {OFFICE.path: "06/25"}
    assert is_never(dict.fromkeys(about(reads, ops.Is("6/25")), True), OFFICE.path)
    assert not is_never(dict.fromkeys(about(reads, ops.Is("07/25")), True), OFFICE.path)


def test_a_text_that_is_looked_for_is_not_taken_for_the_one_that_is_read() -> None:
    looked = TextTest(Test(NAME, ops.ContainsLoosely(("a", OFFICE))), (NAME.path, OFFICE.path))
    known = {NAME.path: "Xab"}
    assert decided({looked: True}, OFFICE.path, known) == (False, None)
    assert texts_for({looked: True}, [OFFICE.path], known, UTC) == {OFFICE.path: "b"}


def test_a_text_that_is_looked_for_in_itself_is_found() -> None:
    itself = TextTest(Test(OFFICE, ops.ContainsLoosely((OFFICE,))), (OFFICE.path, OFFICE.path))
    assert decided({itself: True}, OFFICE.path, {}) == (False, None)
    assert texts_for({itself: True}, [OFFICE.path], {}, UTC) is not None


def test_texts_that_are_compared_are_found_together() -> None:
    same = TextTest(Test(OFFICE, ops.SameAs(NAME)), (OFFICE.path, NAME.path))
    begins = TextTest(Test(OFFICE, ops.StartsWith("Ab")), (OFFICE.path,))
    differs = TextTest(Test(NAME, ops.StartsWith("Ab")), (NAME.path,))
    wanted = {same: True, begins: True, differs: False}
    found = texts_for(wanted, [OFFICE.path, NAME.path], {}, UTC)
    assert found is not None
    assert all(one.holds(found, UTC) is truth for one, truth in wanted.items())


READS: Final = ops.Reads(("", "MM", "/", "YY", ""), DAY)
ALONE: Final = (
    ops.ContainsLoosely(("A  - b",)),
    ops.ContainsWords(("ab",)),
    ops.ContainsWords(("-a",)),
    ops.ContainsLoosely(("ss",)),
    ops.Is("Ab"),
    ops.In(("a", "ab", "b1")),
    ops.NotIn(("a", "Ab")),
    ops.StartsWith("a"),
    ops.Length(0, 4),
    ops.Length(2),
    ops.ContainsEach(("A-Z", "0-9")),
    ops.ContainsOnly(("a-z", "-")),
    ops.Given(True),
    ops.Given(False),
)
"""Operators over a text, beside nothing else."""
LETTERS: Final = "aAbB -\N{EN DASH}\t\N{LATIN SMALL LETTER SHARP S}s1"


def test_every_machine_is_tried() -> None:
    assert {type(operator) for operator in (*ALONE, READS)} == {*MACHINES}


def reads_as(text: str, operator: Operator, *others: object) -> bool:
    """Return whether a test holds as its machine reads a text."""
    machine = machine_of(operator, [*others])
    assert machine is not None
    state = machine.start
    for letter in text:
        state = machine.step(state, letter)
    return machine.holds(state)


@given(st.text(LETTERS, max_size=8), st.sampled_from(ALONE))
def test_machines_read_as_operators_do(text: str, operator: Operator) -> None:
    assert reads_as(text, operator) is operator.holds(text, [], UTC)


@given(st.text("0256/", max_size=6) | st.sampled_from(("06/25", "6/25", "06/2", "")))
def test_a_machine_reads_the_day_that_is_known(text: str) -> None:
    day = date(2025, 6, 2)
    assert reads_as(text, READS, day) is READS.holds(text, [day], UTC)
    # Beside a day that is not known, any digits will do.
    assert reads_as(text, READS, None) is (re.fullmatch("[0-9]{2}/[0-9]{2}", text) is not None)


@given(st.dictionaries(st.sampled_from(ALONE), st.booleans(), max_size=4), st.text(LETTERS))
def test_a_text_is_found_wherever_there_is_one(operators: dict[Operator, bool], other: str) -> None:
    tests = about(*operators)
    wanted = dict(zip(tests, operators.values(), strict=True))
    is_sure, text = decided(wanted, OFFICE.path, {})
    assert is_sure
    if text is not None:
        assert all(one.holds({OFFICE.path: text}, UTC) is truth for one, truth in wanted.items())
    else:
        assert any(one.holds({OFFICE.path: other}, UTC) is not t for one, t in wanted.items())
        assert texts_for(wanted, [OFFICE.path], {}, UTC) is None
