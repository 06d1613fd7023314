# SPDX-License-Identifier: MIT
"""Values on the command line are read, and wrong ones are reported."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest

from caljobs_policy.cli.headings import headings_from
from caljobs_policy.cli.parameters import (
    DAY,
    MOMENT,
    Form,
    Output,
    QuarterName,
    checked_outputs,
)
from caljobs_policy.errors.exceptions import FileError, RosterError
from caljobs_policy.rosters.sample import Quarter

FORMS = Form(("table", "csv"))


def test_values_are_read() -> None:
    assert DAY.convert("2025-06-02", None, None) == date(2025, 6, 2)
    assert MOMENT.convert("2025-06-02", None, None) == date(2025, 6, 2)
    assert MOMENT.convert("2025-06-02T09:00Z", None, None) == datetime(2025, 6, 2, 9, tzinfo=UTC)
    assert QuarterName().convert("2026Q1", None, None) == Quarter(2026, 1)


def test_values_that_were_read_stay() -> None:
    day, quarter, output = date(2025, 6, 2), Quarter(2026, 1), Output("csv")
    assert DAY.convert(day, None, None) is day
    assert MOMENT.convert(day, None, None) is day
    assert QuarterName().convert(quarter, None, None) is quarter
    assert FORMS.convert(output, None, None) is output


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (DAY, "2025-6-2", "`2025-6-2` is not a date; write it as year-month-day: 2025-03-01"),
        (DAY, "2025-06-02T09:00", "`2025-06-02T09:00` has a time of day; give the day alone"),
        (MOMENT, "now", "`now` is not a date; write it as year-month-day: 2025-03-01"),
        (
            MOMENT,
            "2025-06-02T25:00",
            "`2025-06-02T25:00` has a time that does not exist; hours go to 23",
        ),
        (QuarterName(), "2026-1", "`2026-1` is not a quarter; write it as 2026Q1"),
        (FORMS, "pdf=x", "there is no form `pdf`; known are: table, csv"),
        (FORMS, "", "there is no form ``; known are: table, csv"),
        (FORMS, "csv=", "name the file behind `csv=`"),
    ],
)
def test_values_that_cannot_be_are_told(
    kind: click.ParamType[object], text: str, message: str
) -> None:
    with pytest.raises(click.BadParameter) as caught:
        kind.convert(text, None, None)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("csv", Output("csv")),
        ("csv=-", Output("csv")),
        ("csv=a.csv", Output("csv", "a.csv")),
        ("table=a=b.txt", Output("table", "a=b.txt")),
    ],
)
def test_form_may_have_its_file(text: str, output: Output) -> None:
    assert FORMS.convert(text, None, None) == output


def test_outputs_that_go_to_several_places_stay() -> None:
    outputs = [Output("csv"), Output("csv", "a"), Output("table", "b")]
    assert checked_outputs(iter(outputs), "r.csv") == tuple(outputs)


@pytest.mark.parametrize(
    ("first", "second"), [(None, None), ("a", "a"), ("a", "./a"), ("a", "link"), ("b/../a", "a")]
)
def test_two_outputs_to_one_place_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str | None, second: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("link").symlink_to("a")
    with pytest.raises(click.UsageError, match="Two outputs go to the same place"):
        checked_outputs([Output("csv", first), Output("table", second)], "r.csv")


@pytest.mark.parametrize("file", ["r.csv", "./r.csv"])
def test_output_never_replaces_the_roster(file: str) -> None:
    with pytest.raises(click.UsageError, match="An output would replace the roster"):
        checked_outputs([Output("csv", file)], "r.csv")


def test_headings_are_read_from_pairs_and_files(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text("Training date: staff.training_completed_on\n'User: name': x\n", "utf-8")
    assert headings_from([" A = B =username ", str(file), "User: name=username"]) == {
        "A = B": "username",
        "Training date": "staff.training_completed_on",
        "User: name": "username",
    }
    assert headings_from([]) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text is empty"),
        ("- a\n", "headings and their keys are expected"),
        ("a: [b]\n", "headings and their keys are expected"),
        ("a: b\n---\nc: d\n", "headings and their keys are expected"),
        ("a: b\na: c\n", "the key `a` on line 2 is already on line 1"),
        ("a: 'b\n", ""),
    ],
)
def test_file_that_holds_no_headings_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(RosterError) as caught:
        headings_from([str(file)])
    assert message in str(caught.value)
    assert all(p.place.file == str(file) and p.place.line and p.help for p in caught.value.problems)


def test_file_that_there_is_not_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        headings_from([str(tmp_path / "map.yaml")])
