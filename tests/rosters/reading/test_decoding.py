# SPDX-License-Identifier: MIT
"""Lines are decoded one by one; a line that cannot be read stops no other."""

from __future__ import annotations

import errno
import os
from io import BytesIO

import pytest

from caljobs_policy import PolicyError
from caljobs_policy.errors.exceptions import FileError, RosterError
from caljobs_policy.rosters.reading.decoding import LONGEST_LINE, Line, lines_of


def read(data: bytes, encoding: str = "utf-8") -> list[Line]:
    return list(lines_of(BytesIO(data), "r.csv", encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "UTF-8"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_is_no_text(mark: bytes, encoding: str) -> None:
    assert read(mark + "é\nü\n".encode(), encoding) == [Line(1, "é\n"), Line(2, "ü\n")]


def test_stream_that_fails_halfway_is_told() -> None:
    class Failing(BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            if line := super().readline(size):
                return line
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    lines = lines_of(Failing(b"a\n"), "r.csv", "utf-8")
    assert next(lines).text == "a\n"
    with pytest.raises(FileError, match=r"r\.csv: the file cannot be read"):
        next(lines)


def test_mark_that_stands_elsewhere_is_text() -> None:
    assert read("a\n\ufeffb".encode())[1].text == "\ufeffb"


def test_other_encoding_is_read() -> None:
    assert read("Peña\n".encode("cp1252"), "cp1252") == [Line(1, "Peña\n")]


def test_line_in_another_encoding_is_a_fault_and_the_rest_goes_on() -> None:
    first, second, third = read(b"a\nPe\xf1a\nb\n")
    assert (first, third) == (Line(1, "a\n"), Line(3, "b\n"))
    assert second.fault == (
        "the line cannot be read as utf-8",
        "save the roster as CSV UTF-8, or name its encoding: --encoding cp1252",
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_file_in_utf_16_is_read_by_its_mark(encoding: str) -> None:
    lines = read("\ufeffusername\nänna\u0a0d\n".encode(encoding))
    assert [line.text for line in lines] == ["username\n", "änna\u0a0d\n"]


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_workbook_is_refused_at_its_mark(begin: bytes) -> None:
    with pytest.raises(RosterError, match=r"r\.csv:1:1: this is an Excel workbook"):
        read(begin + b"\n")


@pytest.mark.parametrize(
    "encoding",
    ["utf-16", "utf-32-le", "latin-9000", "hex", "undefined", "cp037", "", "utf\0", "ü"],
)
def test_encoding_that_cannot_part_lines_is_refused_at_once(encoding: str) -> None:
    with pytest.raises(PolicyError, match="lines cannot be read in the encoding"):
        lines_of(BytesIO(b""), "r.csv", encoding)


def test_half_a_character_cannot_be_read() -> None:
    (line,) = read(rb"\ud800", "raw_unicode_escape")
    assert line.fault is not None


def test_nul_is_a_fault_of_its_line() -> None:
    first, second = read(b"a\0b\nc\n")
    assert first.fault == (
        "the line holds the control character U+0000",
        "remove it; text has none",
    )
    assert second.fault is None


@pytest.mark.parametrize("length", [LONGEST_LINE, LONGEST_LINE + 1, 10 * LONGEST_LINE])
def test_long_line_is_passed_over_and_not_held(length: int) -> None:
    first, second = read(b"x" * (length - 1) + b"\nb\n")
    assert (first.number, second) == (1, Line(2, "b\n"))
    if length > LONGEST_LINE:
        assert first.text == "\n"
        assert first.fault == (
            "the line is longer than 1,048,576 bytes",
            "shorten the cell, or check that its quotes are closed",
        )
    else:
        assert (len(first.text), first.fault) == (length, None)


@pytest.mark.parametrize("length", [LONGEST_LINE, LONGEST_LINE + 1, 3 * LONGEST_LINE])
def test_long_first_line_in_utf_16_is_passed_over_whole(length: int) -> None:
    data = f"\ufeff{'x' * (length - 1)}\nb\n".encode("utf-16-le")
    first, second = read(data)
    assert (first.fault is not None) is (length > LONGEST_LINE)
    assert second == Line(2, "b\n")


def test_long_line_at_the_end_needs_no_line_feed() -> None:
    (line,) = read(b"x" * (2 * LONGEST_LINE + 7))
    assert line.fault is not None


@pytest.mark.parametrize(("text", "blank"), [("\n", True), (" \t\r\n", True), ("a\n", False)])
def test_line_of_blanks_is_blank(text: str, blank: bool) -> None:
    assert Line(1, text).is_blank is blank
    assert not Line(1, text, ("is wrong", "mend it")).is_blank


def test_encoding_that_replaces_nothing_marks_its_lines_too() -> None:
    first, second = read(b"\xff\nb\n", "idna")
    assert first.fault is not None
    assert second == Line(2, "b\n")
