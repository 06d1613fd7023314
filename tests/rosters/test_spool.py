# SPDX-License-Identifier: MIT
"""Entries come in order of urgency, even those that do not fit into memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from caljobs_policy import RosterEntry, Urgency
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.spool import Spool


def entries(number: int) -> list[RosterEntry]:
    chance = Random(7)  # noqa: S311  # no secret
    return [
        RosterEntry(
            number=n,
            place=Place("r.csv", n + 1, 1),
            username=chance.choice([None, "anna", "bob", f"user{n}"]),
            organization=None,
            contact=None,
            outcome=None,
            urgency=chance.choice(list(Urgency)),
            due=chance.choice([None, date(2025, 6, 2) + timedelta(chance.randrange(90))]),
        )
        for n in range(1, number + 1)
    ]


@pytest.mark.parametrize("most", [1, 7, 250, 999, 1000, 1001])
def test_order_is_the_same_however_many_fit_into_memory(most: int) -> None:
    given = entries(1000)
    wanted = sorted(given, key=lambda entry: entry.order)
    with Spool(given, most) as spool:
        assert list(spool) == wanted
        assert list(spool) == wanted


def test_entries_can_be_gone_through_side_by_side() -> None:
    given = entries(1000)
    wanted = sorted(given, key=lambda entry: entry.order)
    with Spool(given, 120) as spool:
        first = iter(spool)
        begun = list(islice(first, 333))
        assert list(spool) == wanted
        assert [*begun, *first] == wanted


def test_nothing_is_given_of_nothing() -> None:
    with Spool([]) as spool:
        assert list(spool) == []


def test_no_files_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool(entries(100), 10) as spool:
        assert len(list(spool)) == 100
    assert list(tmp_path.iterdir()) == []


def test_no_files_are_left_where_the_entries_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def failing() -> Iterator[RosterEntry]:
        yield from entries(100)
        raise RuntimeError("the roster was taken away")

    with pytest.raises(RuntimeError, match="taken away"):
        Spool(failing(), 10)
    assert list(tmp_path.iterdir()) == []
