# SPDX-License-Identifier: MIT
"""Entries come in order of urgency, even those that do not fit into memory."""

from __future__ import annotations

import errno
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from caljobs_policy import RosterEntry, Urgency
from caljobs_policy.errors.exceptions import FileError
from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters import spool
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
    with Spool(given, most) as found:
        assert list(found) == wanted
        assert list(found) == wanted


def test_entries_can_be_gone_through_side_by_side() -> None:
    given = entries(1000)
    wanted = sorted(given, key=lambda entry: entry.order)
    with Spool(given, 120) as found:
        first = iter(found)
        begun = list(islice(first, 333))
        assert list(found) == wanted
        assert [*begun, *first] == wanted


def test_nothing_is_given_of_nothing() -> None:
    with Spool([]) as found:
        assert list(found) == []


def test_no_files_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool(entries(100), 10) as found:
        assert len(list(found)) == 100
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


def test_what_fits_into_memory_takes_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "TemporaryFile", failing_with(errno.EROFS))
    with Spool(entries(100)) as found:
        assert len(list(found)) == 100


def test_full_disk_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        # No file may be larger, which fails as a full disk does.
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
        with pytest.raises(FileError) as told:
            Spool(entries(1_000), 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(told.value) == (
        f"{tmp_path}: the roster cannot be sorted in this folder: file too large\n"
        "  help: make room there, or name another in the environment variable TMPDIR"
    )
    assert list(tmp_path.iterdir()) == []


def test_disk_that_cannot_be_read_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Spool(entries(100), 10) as found:
        monkeypatch.setattr(pickle, "load", failing_with(errno.EIO))
        with pytest.raises(FileError, match="cannot be sorted in this folder: input/output error"):
            list(found)


def test_machine_without_a_folder_for_temporary_files_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("TemporaryFile", "gettempdir"):
        monkeypatch.setattr(spool, name, failing_with(errno.ENOENT))
    with pytest.raises(FileError) as told:
        Spool(entries(100), 10)
    assert str(told.value) == (
        "there is no folder for temporary files, in which long rosters are sorted\n"
        "  help: name one in the environment variable TMPDIR"
    )


def failing_with(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return fail
