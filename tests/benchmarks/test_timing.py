# SPDX-License-Identifier: MIT
"""Ratios are taken round by round, so that a slow round changes none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import define

from benchmarks.table import compared, lines_of, save, saved
from benchmarks.timing import Measured, Pair, Timed, measure


@define
class Machine:
    """Takes longer now and then, whatever runs."""

    speeds: Iterator[float]

    def slices(self, cost: float) -> Slice:
        return Slice(self, cost)


@define
class Slice:
    machine: Machine
    cost: float
    taken: int = 0

    def nanoseconds(self, calls: int) -> float:
        self.taken += 1
        return calls * self.cost * next(self.machine.speeds)

    def calls_a_slice(self) -> int:
        return 3


def each_twice(*speeds: float) -> Iterator[float]:
    return iter([speed for speed in speeds for _ in range(2)])


def pair_of(machine: Machine, cost: float, yardstick: float, per: int = 1) -> Pair:
    slices = machine.slices(cost), machine.slices(yardstick)
    return Pair("known", "some case", "some stage", *slices, per=per)


def measured(*speeds: float, cost: float = 600, per: int = 1) -> Measured:
    pair = pair_of(Machine(each_twice(*speeds)), cost, 200, per)
    (found,) = measure([pair], len(speeds), lambda text: None)
    return found


def test_a_machine_that_is_slow_now_and_then_changes_no_ratio() -> None:
    assert measured(1, 7, 2, 1, 30).ratios == [pytest.approx(3)] * 5


def test_times_are_those_of_the_fastest_round_for_each_thing() -> None:
    found = measured(7, 2, 1, 5, 9, per=10)
    assert list(found.microseconds) == pytest.approx([0.06, 0.02])


def test_ratio_is_the_median_with_the_quartiles() -> None:
    pair = pair_of(Machine(iter([1, 1, 1, 2, 1, 1])), 600, 200)
    found = Measured(pair)
    for _ in range(3):
        found.add_round(1, 1, yardstick_first=False)
    assert found.ratio == pytest.approx(3)
    assert list(found.quartiles) == pytest.approx([1.5, 3])


def test_what_takes_long_is_measured_in_fewer_rounds() -> None:
    rounds = 20
    pair = pair_of(Machine(each_twice(*[1.0] * rounds)), 1e9, 1e9)
    (found,) = measure([pair], rounds, lambda text: None)
    assert len(found.ratios) == 9


def test_order_changes_from_round_to_round() -> None:
    order: list[str] = []
    pair = Pair(
        "known",
        "some case",
        "some stage",
        Timed(order.append, lambda: "call"),
        Timed(order.append, lambda: "yardstick"),
    )
    measure([pair], 2, lambda text: None)
    assert order == ["call", "yardstick", "yardstick", "call"]


def test_a_call_fills_a_slice() -> None:
    assert Timed(lambda: None).calls_a_slice() > 1_000


def test_two_runs_are_compared_by_their_ratios(tmp_path: Path) -> None:
    file = tmp_path / "before.json"
    save([measured(1, 1)], file)
    found = list(compared([measured(5, 5, cost=300)], saved(file)))
    assert found[1].split()[-3:] == ["3.00", "1.50", "0.50"]


def test_what_was_not_measured_before_is_not_compared(tmp_path: Path) -> None:
    file = tmp_path / "before.json"
    save([], file)
    assert len(list(compared([measured(1, 1)], saved(file)))) == 1


def test_table_has_a_heading_for_each_case_and_a_line_for_each_stage() -> None:
    *_, heading, line = lines_of([measured(1, 1)])
    assert heading == "known: some case"
    assert "some stage" in line
    assert "3.00 (3.00 to 3.00) x by hand" in line
