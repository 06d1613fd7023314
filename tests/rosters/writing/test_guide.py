# SPDX-License-Identifier: MIT
"""What the guide to rosters says: its tables are complete, and so are its options."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from click import Choice, Group

from caljobs_policy import load_policy
from caljobs_policy.cli import main
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.rosters.entry import Urgency
from caljobs_policy.rosters.reading.columns import Column, Known
from caljobs_policy.rosters.writing.phrases import HEADINGS
from caljobs_policy.subjects.fields import Kind
from tests.samples.pages import ROOT, page, printed, run
from tests.samples.profiles import DAY

GUIDE: Final = "\n".join(
    page(name) for name in ("how-to/review-a-roster", "how-to/draw-a-sample", "reference/roster")
)
README: Final = (ROOT / "README.md").read_text("utf-8")
EXAMPLE: Final = ROOT / "examples/roster.csv"


def columns(jurisdiction: str) -> Mapping[str, Column]:
    """Return the columns that a roster can have under a shipped profile."""
    found = Known(load_policy(jurisdiction, DAY)).columns.values()
    return {column.key: column for column in found}


def rows(heading: str) -> Mapping[str, list[str]]:
    """Return the rows of a table of the guide by their first cells."""
    _, found, rest = GUIDE.partition(f"\n| {heading} |")
    assert found, heading
    lines = rest.split("\n\n")[0].splitlines()[2:]
    parted = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines)
    return {cells[0].strip("`"): cells[1:] for cells in parted}


@pytest.mark.parametrize("jurisdiction", ["state", "la_city", "slo_county"])
def test_the_table_of_columns_is_complete(jurisdiction: str) -> None:
    assert set(rows("key")) == set(columns(jurisdiction))


@pytest.mark.parametrize(("key", "column"), columns("state").items())
def test_each_column_is_told_as_the_model_has_it(key: str, column: Column) -> None:
    kind, holds, blank = rows("key")[key]
    assert kind.split(":")[0] == column.holds.kind.value
    assert holds == column.holds.title
    expected = "none" if column.holds.optional else "not known"
    assert blank == ("not ended" if key == "staff.business_need" else expected)
    if isinstance(column.holds.vocabulary, tuple):
        assert re.findall(r"`(\w+)`", kind) == list(column.holds.vocabulary)


def test_every_kind_of_cell_is_told_how_to_write() -> None:
    kinds = {column.holds.kind for column in columns("state").values()} - {Kind.DAY_OR_TIME}
    assert set(rows("kind")) == {kind.value for kind in kinds}


@pytest.mark.parametrize("command", ["review", "sample"])
def test_every_option_is_in_the_guide(command: str) -> None:
    assert isinstance(main, Group)
    options = [name for param in main.commands[command].params for name in param.opts]
    long = [name for name in options if name.startswith("--") and name != "--engine"]
    assert len(long) > 5
    assert [name for name in long if name not in GUIDE] == []


def test_every_form_and_heading_is_in_the_guide() -> None:
    assert isinstance(main, Group)
    (outputs,) = [p for p in main.commands["review"].params if p.name == "outputs"]
    kind: Any = outputs.type
    assert not isinstance(kind, Choice)
    assert set(rows("form")) == set(kind.forms)
    assert set(rows("heading")) == {HEADINGS[urgency] for urgency in Urgency}


def test_the_python_of_the_guide_runs() -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.M | re.S)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == ["sample-001", "MISSING"]


def test_the_example_holds_plainly_invented_accounts_of_every_sort(tmp_path: Path) -> None:
    names = [line.split(",")[0] for line in EXAMPLE.read_text("utf-8").splitlines()[1:]]
    assert names == [f"sample-{number:03}" for number in range(1, 13)]
    done = run(f"review {EXAMPLE} --profile state --at 2025-06-02 --format json", tmp_path)
    assert done.returncode == ExitCode.NOT_GOOD
    assert '"urgency": "violation"' in done.stdout
    assert '"urgency": "due"' in done.stdout
    assert '"urgency": "missing"' in done.stdout


def test_the_readme_shows_the_beginning_of_what_is_printed_of_the_example() -> None:
    (arguments, shown), *rest = re.findall(
        r"^```console\n\$ caljobs-policy (review .+?)\n(.*?)^```$", README, re.M | re.S
    )
    assert rest == []
    done = run(arguments, ROOT)
    assert done.returncode == ExitCode.NOT_GOOD
    assert len(shown.splitlines()) > 5
    assert printed(done.stdout).startswith(shown)
