# SPDX-License-Identifier: MIT
"""The case that is shown is the smallest: nothing of it can be left out, or come nearer."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy.conformance.adapters.callable import callable_adapter
from caljobs_policy.conformance.asking import Answered, Desk
from caljobs_policy.conformance.posing import Posed
from caljobs_policy.conformance.shrinking import MOST_ASKED, Shrinker
from caljobs_policy.conformance.stated import apart, nearer, places, read_when, without
from tests.conformance.foreign import held_to, knowing
from tests.samples.profiles import ACCEPT_YAML, RETURN_YAML


@pytest.fixture
def cases(tmp_path: Path) -> list[Posed]:
    return [*held_to(tmp_path / "sample_area", cases=f"{RETURN_YAML}---\n{ACCEPT_YAML}").cases]


def careless(case: dict[str, Any], right: Any) -> Any:
    """Answer as if no training were ever too old."""
    case = deepcopy(case)
    staff = case["request"].get("staff") or {}
    if staff.get("training_completed_on"):
        staff["training_completed_on"] = case["request"]["submitted_on"]
    return {"outcome": right(case)["outcome"]}


def disagrees(one: Answered) -> bool:
    return bool(one.differences) and one.their_outcome == "accept"


def test_nothing_of_the_smallest_case_can_be_left_out(cases: list[Posed]) -> None:
    returned, accepted = cases
    right = knowing(returned.policy)
    with Desk(callable_adapter(lambda case: careless(case, right), 10)) as desk:
        old = accepted.stating(
            {**accepted.stated, "staff": {**returned.stated["staff"], "employer": "inside"}}
        )
        assert old is not None
        shrinker = Shrinker(desk.ask, disagrees)
        smallest = shrinker.smallest(desk.ask(old), [accepted])
        assert disagrees(smallest)
        assert not shrinker.is_cut_off
        assert MOST_ASKED - shrinker.left < 40
        for path in places(smallest.posed.stated):
            posed = smallest.posed.stating(without(smallest.posed.stated, path))
            if posed is not None and posed.decide().outcome is smallest.decision.outcome:
                assert not disagrees(desk.ask(posed)), path
        assert smallest.posed.stated["staff"]["training_completed_on"] == "2025-05-02"


def test_a_search_that_is_cut_off_says_so(cases: list[Posed]) -> None:
    returned, _ = cases
    with Desk(callable_adapter(lambda case: {"outcome": "accept"}, 10)) as desk:
        shrinker = Shrinker(desk.ask, disagrees)
        shrinker.left = 1
        assert disagrees(shrinker.smallest(desk.ask(returned), []))
        assert shrinker.is_cut_off


def test_values_come_nearer_by_halves(cases: list[Posed]) -> None:
    at = cases[0].at
    assert [*nearer("2025-05-29", at)] == ["2025-06-02", "2025-05-31", "2025-05-30"]
    assert [*nearer("2025-06-02T12:02:00-07:00", at)] == [
        "2025-06-02T12:00:00-07:00",
        "2025-06-02T12:01:00-07:00",
    ]
    assert [*nearer(3, at)] == [0, 2]
    assert [*nearer(True, at)] == [*nearer("some text", at)] == []


@pytest.mark.parametrize("text", ["", "2025", "2025-13-01", "soon"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_when(text) is None


def test_statements_differ_place_by_place_and_lists_as_wholes() -> None:
    one = {"a": {"b": 1, "c": [1, 2]}, "d": None}
    other = {"a": {"b": 1, "c": [1]}, "e": True}
    assert apart(one, other) == [("a", "c"), ("d",), ("e",)]
    assert without(one, ("a", "c", 0)) == {"a": {"b": 1, "c": [2]}, "d": None}
    assert without(one, ("x", "y")) == one
