# SPDX-License-Identifier: MIT
"""Random cases are near to known ones, can be read, and are none twice."""

from __future__ import annotations

import json
from pathlib import Path

from caljobs_policy.conformance.posing import Posed
from caljobs_policy.conformance.random_cases import RandomCases
from caljobs_policy.conformance.stated import apart
from tests.conformance.foreign import held_to
from tests.samples.profiles import ACCEPT_YAML


def drawn(known: list[Posed], number: int, seed: int = 0) -> list[Posed]:
    return [*RandomCases(known, seed).draw(number)]


def test_as_many_are_drawn_as_are_wanted_and_each_once(tmp_path: Path) -> None:
    found = drawn([*held_to(tmp_path / "sample_area").cases], 200)
    assert len({json.dumps(one.asked, sort_keys=True) for one in found}) == len(found) == 200
    assert len({one.decide().outcome for one in found}) >= 4


def test_most_differ_from_a_known_case_in_one_place(tmp_path: Path) -> None:
    known = [*held_to(tmp_path / "sample_area").cases]
    gaps = [
        min(len(apart(one.stated, base.stated)) for base in known if base.key == one.key)
        for one in drawn(known, 100)
    ]
    assert max(gaps) <= 3
    assert sum(gap == 1 for gap in gaps) > 30


def test_what_there_is_ends_before_the_number_that_is_wanted(tmp_path: Path) -> None:
    assert drawn([], 10) == []
    exempt = "case: Exempt\ndate: 2025-06-02\naccount: {status: active}\n"
    held = held_to(tmp_path / "sample_area", cases=exempt)
    assert 0 < len(drawn([*held.cases], 1000)) < 1000


def test_dates_at_the_ends_of_the_calendar_stay_there(tmp_path: Path) -> None:
    last = ACCEPT_YAML.replace("2025-05-31", "9999-12-31")
    known = [*held_to(tmp_path / "sample_area", cases=last).cases]
    assert any("9999-12-30" in json.dumps(one.asked) for one in drawn(known, 40))
