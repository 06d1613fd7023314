# SPDX-License-Identifier: MIT
"""Rosters of many rows are sample data; what they take is measured in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import launched, rosters
from benchmarks.cases import AT, POLICY
from benchmarks.frames import frame_of
from benchmarks.sample_rosters import roster_text, write_roster
from benchmarks.sizes import HEADING, Run, Took, runs_of, save_sizes, taken
from caljobs_policy import decide_columns, evaluate

MEASURED = (
    Run(200, "csv", "json", 1),
    Run(200, "JSON lines", "html", 2),
    Run(200, "frame of Parquet", "columns", 1),
)
on_posix = pytest.mark.skipif(os.name != "posix", reason="asks the kernel what a process took")


@on_posix
def test_runs_are_measured_beside_the_standard_library(tmp_path: Path) -> None:
    told: list[str] = []
    found = list(taken([200], told.append, lambda rows: MEASURED))
    assert told == [run.name for run in MEASURED]
    for one in found:
        assert one.cpu > one.yardstick > 0
        assert one.seconds > 0
        assert one.peak in range(20 * 2**20, 2**30)
        assert len(one.line) == len(HEADING)
    save_sizes(found, tmp_path / "found.json")
    saved = json.loads((tmp_path / "found.json").read_text("utf-8"))["results"]
    assert list(saved) == told
    assert saved[told[0]]["ratio"] > 1


def test_each_form_is_read_and_written_at_each_size() -> None:
    runs = list(runs_of(10_000))
    assert {run.rows for run in runs} == {10_000}
    assert {run.written for run in runs} == {"json", "csv", "table", "html", "ics", "columns"}
    assert len({run.name for run in runs}) == len(runs)


@on_posix
def test_a_run_that_fails_ends_the_measuring() -> None:
    with pytest.raises(SystemExit, match="2 rows, csv to nonsense, one core: it failed"):
        list(taken([2], lambda text: None, lambda rows: [Run(rows, "csv", "nonsense", 1)]))


@on_posix
def test_launcher_tells_what_a_command_took_and_how_it_ended() -> None:
    script = "data = bytearray(60 * 2**20); raise SystemExit(4)"
    command = [sys.executable, "-I", launched.__file__, "1", sys.executable, "-c", script]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert found["code"] == 4
    assert 60 * 2**20 < found["peak"] < 120 * 2**20
    assert found["cpu"] > 0


def test_same_accounts_are_in_each_form(tmp_path: Path) -> None:
    for name in ("r.csv", "r.utf16.csv", "r.jsonl"):
        write_roster(50, tmp_path / name)
    values, utf16, lines = (
        rosters.accounts_of(path.read_bytes())
        for path in sorted(
            tmp_path.iterdir(), key=lambda path: ("jsonl" in path.name, "16" in path.name)
        )
    )
    assert values == utf16 == lines
    assert (tmp_path / "r.csv").read_text("utf-8") == roster_text(50)
    decided = decide_columns(POLICY, frame_of(tmp_path / "r.csv"), AT)
    outcomes = [evaluate(POLICY, account, AT).outcome.value for account in values]
    assert decided["outcome"].to_list() == outcomes


def test_rows_are_sample_data() -> None:
    header, *rows = roster_text(1_000).splitlines()
    assert header.startswith("username,")
    assert all(row.startswith("sample-") for row in rows)
    assert roster_text(1_000) == roster_text(1_000)


def test_ratio_is_of_cpu_times_and_rate_by_the_clock() -> None:
    took = Took(Run(1_000, "csv", "json", 2), seconds=2.0, cpu=3.0, peak=2**20, yardstick=0.5)
    assert (took.ratio, took.rate) == (6, 500)
