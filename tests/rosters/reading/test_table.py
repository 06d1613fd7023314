# SPDX-License-Identifier: MIT
"""Lines are split into rows; after a row that cannot be split the next line begins one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pytest

from caljobs_policy.rosters.reading.decoding import Line
from caljobs_policy.rosters.reading.table import MOST_LINES, RowSplitter, SplitRow

NOT_CLOSED = (
    "a cell begins with a quote that is not closed where the cell ends",
    "put the whole cell in quotes, and double the quotes inside it",
)


def lines(*texts: str) -> Iterator[Line]:
    return (Line(number, f"{text}\n") for number, text in enumerate(texts, start=1))


def read(*texts: str, delimiter: str = ",") -> list[SplitRow]:
    return list(RowSplitter(lines(*texts), delimiter))


def test_cells_are_parted_and_quotes_taken_off() -> None:
    assert read('a,"b, ""c""",', "d") == [SplitRow(1, ("a", 'b, "c"', "")), SplitRow(2, ("d",))]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_part_cells(delimiter: str) -> None:
    assert read(f"a{delimiter}b,c", delimiter=delimiter) == [SplitRow(1, ("a", "b,c"))]


def test_cell_of_several_lines_is_one_row() -> None:
    assert read('a,"b', 'c",d', "e") == [SplitRow(1, ("a", "b\nc", "d")), SplitRow(3, ("e",))]


def test_quote_that_is_never_closed_swallows_no_other_row() -> None:
    assert read("a", 'b,"c', "d", "e") == [
        SplitRow(1, ("a",)),
        SplitRow(2, (), NOT_CLOSED),
        SplitRow(3, ("d",)),
        SplitRow(4, ("e",)),
    ]


def test_quote_that_ends_within_another_row_swallows_none() -> None:
    assert read('a,"b', 'c,"d",e', "f") == [
        SplitRow(1, (), NOT_CLOSED),
        SplitRow(2, ("c", "d", "e")),
        SplitRow(3, ("f",)),
    ]


def test_quote_within_a_cell_is_told() -> None:
    assert read('a,"b" c,d', "e") == [SplitRow(1, (), NOT_CLOSED), SplitRow(2, ("e",))]


@pytest.mark.parametrize("length", [MOST_LINES, MOST_LINES + 1])
def test_row_has_so_many_lines_at_most(length: int) -> None:
    rows = read('"a', *["b"] * (length - 2), 'c"', "d")
    if length > MOST_LINES:
        assert rows[0] == SplitRow(1, (), NOT_CLOSED)
        assert rows[1] == SplitRow(2, ("b",))
        assert len(rows) == length + 1
    else:
        assert [row.line for row in rows] == [1, length + 1]


def test_quotes_that_are_open_in_every_line_end() -> None:
    opener = 'a",b"c,"""'
    assert {row.fault for row in read(*[opener] * (3 * MOST_LINES))} == {NOT_CLOSED}


def test_cell_above_the_limit_is_told() -> None:
    limit = csv.field_size_limit()
    first, second = read("x" * (limit + 1), "y")
    assert first.fault == (f"a cell holds more than {limit:,} characters", "shorten it")
    assert second == SplitRow(2, ("y",))


def test_carriage_return_within_a_line_is_told() -> None:
    first, second = read("a,b\rc,d", "e")
    assert first.fault == ("the line has a carriage return in it", "end lines with a line feed")
    assert second == SplitRow(2, ("e",))


def test_faults_are_told_whatever_the_parser_says(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def __init__(self, feed: Iterator[str], **how: Any) -> None:
            self.rows = csv_reader(feed, **how)

        def __next__(self) -> list[str]:
            try:
                return next(self.rows)
            except csv.Error:
                raise csv.Error from None

    csv_reader = csv.reader
    monkeypatch.setattr(csv, "reader", Silent)
    long = "x" * (csv.field_size_limit() + 1)
    rows = read("a,b\rc,d", f'a,"{long}"', 'a,"b\rc" d', "e")
    told = [
        "the line has a carriage return",
        "a cell holds more than",
        "a cell begins with a quote",
    ]
    for row, words in zip(rows, told, strict=False):
        assert row.fault is not None
        assert row.fault[0].startswith(words)
    assert rows[3:] == [SplitRow(4, ("e",))]


def test_line_feed_with_carriage_return_ends_a_row() -> None:
    assert read("a,b\r", "c\r") == [SplitRow(1, ("a", "b")), SplitRow(2, ("c",))]


def test_fault_of_any_of_its_lines_is_that_of_the_row() -> None:
    bad = ("is wrong", "mend it")
    given = [Line(1, '"a\n'), Line(2, "b\n", bad), Line(3, 'c"\n'), Line(4, "d\n")]
    assert list(RowSplitter(given, ",")) == [
        SplitRow(1, ("a\nb\nc\n"[:-1],), bad),
        SplitRow(4, ("d",)),
    ]


@pytest.mark.parametrize(("cells", "blank"), [((), True), ((" ", "\t"), True), (("", "a"), False)])
def test_row_of_blank_cells_is_blank(cells: tuple[str, ...], blank: bool) -> None:
    assert SplitRow(1, cells).is_blank is blank
    assert not SplitRow(1, cells, NOT_CLOSED).is_blank
