# SPDX-License-Identifier: MIT
"""A profile knows which of its editions is in force."""

from __future__ import annotations

from datetime import date

import pytest

from caljobs_policy.errors.problems import Place
from caljobs_policy.syntax.entries import WordEntry
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.profile import Edition, Profile

TERM = WordEntry(key=Word("staff"), place=Place(), node=Scalar("Staff"), title="Staff")
FIRST = Edition("area", date(2020, 1, 31), "First", {"roles": {"staff": TERM}})
SECOND = Edition("area", date(2025, 3, 1), "Second", {}, end=date(2026, 6, 30))
PROFILE = Profile("area", "Area", "UTC", (FIRST, SECOND))


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date.min, None),
        (date(2020, 1, 30), None),
        (date(2020, 1, 31), FIRST),
        (date(2025, 2, 28), FIRST),
        (date(2025, 3, 1), SECOND),
        (date(2026, 6, 30), SECOND),
        (date(2026, 7, 1), None),
    ],
)
def test_an_edition_is_in_force_until_the_next_or_its_end(
    day: date, edition: Edition | None
) -> None:
    assert PROFILE.edition_on(day) is edition


def test_the_last_edition_is_in_force_for_good() -> None:
    assert Profile("area", "Area", "UTC", (FIRST,)).edition_on(date.max) is FIRST


def test_an_edition_ends_before_the_next_begins_or_on_a_day_of_its_own() -> None:
    assert PROFILE.last_day_of(FIRST) == date(2025, 2, 28)
    assert PROFILE.last_day_of(SECOND) == date(2026, 6, 30)
    assert Profile("area", "Area", "UTC", (FIRST,)).last_day_of(FIRST) is None


def test_an_edition_is_named_by_its_first_day() -> None:
    assert FIRST.id == "area@2020-01-31"


def test_a_table_that_is_not_there_is_empty() -> None:
    assert FIRST.table("roles") == {"staff": TERM}
    assert FIRST.table("forms") == {}
