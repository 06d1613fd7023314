# SPDX-License-Identifier: MIT
"""What rosters of many accounts take by size, form and cores, each in a process of its own.

The yardstick is `csv.DictReader`, which reads the same accounts right before and right after.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import frozen

from benchmarks.sample_rosters import write_roster

ROWS: Final = (10_000, 100_000, 1_000_000)
_HERE: Final = Path(__file__).parent
_FRAMES: Final = (sys.executable, "-m", "benchmarks.frames")
_OPTIONS: Final = ("--profile", "state", "--at", "2025-06-02")
_READ: Final = {"csv": "r.csv", "csv in UTF-16": "r.utf16.csv", "JSON lines": "r.jsonl"}
"""What a review reads, with the names of files that hold it."""
_WRITTEN: Final = ("json", "csv", "table", "html", "ics")
_FRAMED: Final = {"frame of csv": "r.csv", "frame of Parquet": "r.parquet"}
"""What `decide_columns` is given, with the files that hold it."""


@frozen
class Run:
    """A review, or a table that is decided in columns."""

    rows: int
    read: str
    written: str
    cores: int

    @property
    def name(self) -> str:
        """The name by which runs are compared."""
        cores = "one core" if self.cores == 1 else f"{self.cores} cores"
        return f"{self.rows:,} rows, {self.read} to {self.written}, {cores}"

    def command(self, folder: Path) -> list[str]:
        """Return what is run."""
        if self.read in _FRAMED:
            return [*_FRAMES, str(folder / _FRAMED[self.read])]
        review = [sys.executable, "-m", "caljobs_policy", "review", str(folder / _READ[self.read])]
        output = f"{self.written}={folder / 'out'}"
        return [*review, *_OPTIONS, "--format", output, "--jobs", str(self.cores)]


@frozen
class Took:
    """What a run took."""

    run: Run
    seconds: float
    cpu: float
    peak: int
    """The memory of its largest process, in bytes."""
    yardstick: float
    """The CPU seconds of reading the same accounts with the standard library."""

    @property
    def ratio(self) -> float:
        """How many times the CPU time of the yardstick it took."""
        return self.cpu / self.yardstick

    @property
    def rate(self) -> float:
        """How many rows a second, by the clock."""
        return self.run.rows / self.seconds

    @property
    def line(self) -> str:
        """A line of the table."""
        run = self.run
        return (
            f"{run.rows:>9,}  {run.read:<16}  {run.written:<7}  {run.cores:>5}  {self.rate:>9,.0f}"
            f"  {self.cpu / run.rows * 1e6:>9,.1f}  {self.ratio:>9.1f}  {self.peak / 2**20:>6,.0f}"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "rows_a_second": round(self.rate),
            "cpu_microseconds_a_row": round(self.cpu / self.run.rows * 1e6, 3),
            "ratio": round(self.ratio, 3),
            "peak_megabytes": round(self.peak / 2**20, 1),
        }


HEADING: Final = (
    f"{'rows':>9}  {'read':<16}  {'written':<7}  {'cores':>5}  {'rows/s':>9}"
    f"  {'CPU µs':>9}  {'x reading':>9}  {'MB':>6}"
)


def runs_of(rows: int) -> Iterator[Run]:
    """Return what is run with so many rows: each form read or written, on one core and on two."""
    has_two = (os.cpu_count() or 1) > 1
    for cores in (1, 2) if has_two else (1,):
        for written in _WRITTEN:
            yield Run(rows, "csv", written, cores)
        for read in list(_READ)[1:]:
            yield Run(rows, read, "json", cores)
        for read in _FRAMED if find_spec("polars") else ():
            yield Run(rows, read, "columns", cores)


def taken(
    numbers: Iterable[int],
    told: Callable[[str], None],
    runs: Callable[[int], Iterable[Run]] = runs_of,
) -> Iterator[Took]:
    """Run all that is run with each number of rows, and yield what each took as it ends."""
    for rows in numbers:
        with TemporaryDirectory(prefix="caljobs-policy-") as name:
            folder = Path(name)
            for file in _READ.values():
                write_roster(rows, folder / file)
            if find_spec("polars"):
                _printed(*_FRAMES, "--write", str(folder / "r.csv"))
            for run in runs(rows):
                told(run.name)
                yield _took(run, folder)


def _took(run: Run, folder: Path) -> Took:
    reading = (sys.executable, "-I", str(_HERE / "plain_reading.py"), str(folder / "r.csv"))
    before = float(_printed(*reading))
    found = _launched(run, run.command(folder))
    after = float(_printed(*reading))
    return Took(run, found["seconds"], found["cpu"], found["peak"], (before + after) / 2)


def _launched(run: Run, command: list[str]) -> Mapping[str, Any]:
    launched = [sys.executable, "-I", str(_HERE / "launched.py"), str(run.cores), *command]
    done = subprocess.run(launched, capture_output=True, text=True, check=False)  # noqa: S603
    found: Mapping[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    # A roster of which a fifth has findings ends so; it has to be read to its end.
    if found.get("code") not in {0, 4} or not re.match(f"{run.rows:,} rows?\\b", done.stderr):
        raise SystemExit(f"{run.name}: it failed\n{done.stderr}")
    return found


def _printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


def save_sizes(found: Iterable[Took], path: Path) -> None:
    """Write what runs took to a file."""
    content = {
        "python": platform.python_version(),
        "results": {one.run.name: one.to_dict() for one in found},
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
