# SPDX-License-Identifier: MIT
"""Each operator is made from its written argument, and none after a problem."""

from __future__ import annotations

from typing import Any, Final

import pytest

from caljobs_policy.compiler.operators import BOUND, Binder, Operand, operator_from
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.operators import OPERATORS, Argument, Length, Operator, Reads
from caljobs_policy.subjects.facts import Fact, facts_about
from caljobs_policy.syntax.nodes import AnyNode, Scalar

FACTS: Final = {**facts_about("request/create"), **facts_about("record/pseudo_ssn")}
OFFICE, PASSWORD = FACTS["request.office"], FACTS["request.password"]
DATE, TRAINED = FACTS["request.submitted_on"], FACTS["request.staff.training_completed_on"]
VALUE, BORN = FACTS["record.value"], FACTS["record.birth_date"]
NODE: Final = Scalar("written")


class Refusing:
    """Gives no meaning to anything, and keeps what was refused."""

    def __init__(self) -> None:
        self.refused: list[tuple[str, str]] = []

    def value(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> Any: ...
    def words(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> tuple[str, ...] | None: ...
    def text(self, node: AnyNode) -> str | None: ...
    def flag(self, node: AnyNode) -> bool | None: ...
    def fact(self, node: AnyNode) -> Fact | None: ...
    def duration(self, node: AnyNode, stricter: str | None) -> Duration | None: ...
    def template(self, node: AnyNode) -> tuple[str | Fact, ...] | None: ...
    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        self.refused.append((message, remedy))


class WithoutDuration(Refusing):
    """Finds every fact, and no duration."""

    def fact(self, node: AnyNode) -> Fact:
        return DATE


class WithoutFact(Refusing):
    """Reads every duration, and finds no fact."""

    def duration(self, node: AnyNode, stricter: str | None) -> Duration:
        return Duration(1, Unit.DAYS)


class Reading(Refusing):
    """Reads a text as it is written, and finds a fact."""

    def text(self, node: AnyNode) -> str | None:
        return node.text if isinstance(node, Scalar) else None

    def fact(self, node: AnyNode) -> Fact:
        return BORN


class Answering(Reading):
    """Reads everything that is written as the same thing."""

    def value(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> int:
        return 1

    def words(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> tuple[str, ...]:
        return ("a", "b")

    def flag(self, node: AnyNode) -> bool:
        return True

    def duration(self, node: AnyNode, stricter: str | None) -> Duration:
        return Duration(1, Unit.DAYS)

    def template(self, node: AnyNode) -> tuple[str | Fact, ...]:
        return ("a", BORN)


WRITTEN: Final = {Argument.RANGE: Scalar("8 to 20"), Argument.PATTERN: Scalar("DD-MM")}


@pytest.mark.parametrize("cls", OPERATORS.values())
def test_an_operator_is_the_same_whatever_fact_it_tests(cls: type[Operator]) -> None:
    node, anchor = WRITTEN.get(cls.argument, NODE), ("before", NODE)
    made = [operator_from(Operand(cls, node, f, Answering(), anchor)) for f in (OFFICE, DATE)]
    assert made[0] is not None
    assert made[0] == made[1]


def test_every_operator_can_be_written() -> None:
    assert {*BOUND} == {*OPERATORS.values()}


@pytest.mark.parametrize("cls", OPERATORS.values())
@pytest.mark.parametrize("anchor", [None, ("before", NODE)])
def test_no_operator_is_made_after_a_problem(
    cls: type[Operator], anchor: tuple[str, AnyNode] | None
) -> None:
    assert operator_from(Operand(cls, NODE, OFFICE, Refusing(), anchor)) is None


@pytest.mark.parametrize("binder", [WithoutDuration(), WithoutFact()])
@pytest.mark.parametrize("name", ["within", "more_than", "at_least"])
def test_a_window_needs_both_its_duration_and_its_fact(name: str, binder: Binder) -> None:
    operand = Operand(OPERATORS[name], NODE, TRAINED, binder, ("before", NODE))
    assert operator_from(operand) is None


@pytest.mark.parametrize(
    ("written", "operator"),
    [("8 to 20", Length(8, 20)), ("0 to 0", Length(0, 0)), ("008 to 20", Length(8, 20))],
)
def test_a_range_of_lengths_is_read(written: str, operator: Length) -> None:
    binder = Reading()
    assert operator_from(Operand(Length, Scalar(written), PASSWORD, binder)) == operator
    assert binder.refused == []


@pytest.mark.parametrize(
    "written", ["20 to 8", "8", "8-20", "-1 to 8", "8 to 20 ", "1 to 1000000", "٣ to ٨"]
)
def test_what_is_no_range_of_lengths_is_refused(written: str) -> None:
    binder = Reading()
    assert operator_from(Operand(Length, Scalar(written), PASSWORD, binder)) is None
    assert binder.refused == [
        ("a range of lengths is expected here", "write it as: 8 to 20, or 8 or more")
    ]


def test_a_pattern_is_taken_apart() -> None:
    operand = Operand(Reads, Scalar("975-DD-MMYY"), VALUE, Reading(), ("of", NODE))
    assert operator_from(operand) == Reads(("975-", "DD", "-", "MM", "", "YY", ""), BORN)


@pytest.mark.parametrize("pattern", ["date", "dd-mm-yyyy", "D-M-Y", "975", "Y"])
def test_a_pattern_without_a_part_is_refused(pattern: str) -> None:
    binder = Reading()
    assert operator_from(Operand(Reads, Scalar(pattern), VALUE, binder, ("of", NODE))) is None
    ((message, remedy),) = binder.refused
    assert message == "the pattern holds no part of a date"
    assert "DD-MM-YYYY" in remedy
