# SPDX-License-Identifier: MIT
"""The lines of a roster, decoded, and the cells that they are parted into."""

from __future__ import annotations

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Iterator
from typing import Final, Protocol, TypeAlias

from caljobs_policy.errors import Place, Problem, RosterError, shown

Fault: TypeAlias = tuple[str, str]
"""What is wrong with a line, and the remedy."""
LONGEST_LINE: Final = 1024 * 1024
"""In bytes; a longer line is refused, and the rest of the roster goes on."""
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


class LineStream(Protocol):
    """What hands over lines of bytes."""

    def readline(self, size: int = -1, /) -> bytes:
        """Give the next line, or at most so many bytes of it; nothing at the end."""


class Lines:
    """The lines of a stream, decoded; one that is too long or cannot be decoded is marked."""

    def __init__(self, stream: LineStream, name: str, encoding: str) -> None:
        self.stream = stream
        self.name = name
        self.encoding = encoding
        self.number = 0
        self.faults: dict[int, Fault] = {}
        """By line: what is wrong with it, and the remedy."""
        self._first: bytes = b""
        try:
            lookup(encoding)
        except LookupError:
            remedy = "name one such as utf-8 or cp1252"
            raise RosterError(
                [Problem(f"there is no encoding {shown(encoding)}", Place(), remedy)]
            ) from None

    def first(self) -> str:
        """Give the first line that is not blank."""
        while line := self._read():
            if line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
                remedy = "save it as CSV UTF-8, or name the encoding: --encoding utf-16"
                raise RosterError([Problem("this is UTF-16", Place(self.name, 1, 1), remedy)])
            if line.strip():
                self._first = line
                break
        text = self._decoded(self._first)
        if self.number in self.faults:
            message, remedy = self.faults[self.number]
            raise RosterError([Problem(message, Place(self.name, self.number, 1), remedy)])
        return text

    def __iter__(self) -> Iterator[str]:
        while line := self._read():
            yield self._decoded(line)

    def _read(self) -> bytes:
        line = self.stream.readline(LONGEST_LINE + 1)
        self.number += bool(line)
        if len(line) <= LONGEST_LINE:
            return line
        remedy = "shorten the cell, or check that its quotes are closed"
        self.faults[self.number] = (f"the line is longer than {LONGEST_LINE:,} bytes", remedy)
        while line and not line.endswith(b"\n"):
            line = self.stream.readline(LONGEST_LINE + 1)
        return b"\n"

    def _decoded(self, line: bytes) -> str:
        # A byte order mark stands at the beginning alone.
        encoding = self.encoding if self.number == 1 else self.encoding.removesuffix("-sig")
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            message = f"the line cannot be read as {self.encoding.removesuffix('-sig')}"
            remedy = "save the roster as CSV UTF-8, or name its encoding: --encoding cp1252"
            self.faults[self.number] = (message, remedy)
            return line.decode(encoding, errors="replace")


class CellLines:
    """Parts lines into cells, and goes on after a row that cannot be parted."""

    def __init__(self, first: str, lines: Lines, delimiter: str) -> None:
        self.lines = lines
        self.begun = lines.number
        self.fault: Fault | None = None
        self._more = iter(lines)
        self._first = first
        self._csv = csv.reader(self._feed(), delimiter=delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        if self._first:
            yield self._first
        for line in self._more:
            self.fault = self.lines.faults.pop(self.lines.number, None) or self.fault
            yield line.replace("\0", _REPLACEMENT)

    def header(self, place: Place) -> list[str]:
        """Give the headings."""
        try:
            return next(self._csv, [])
        except csv.Error as error:
            message, remedy = _told(error)
            raise RosterError([Problem(message, place, remedy)]) from None

    def __iter__(self) -> Iterator[tuple[int, list[str], Fault | None]]:
        """Give each row's line, its cells, and what is wrong with them if something is."""
        while True:
            begun = self.lines.number + 1
            try:
                cells = next(self._csv)
            except StopIteration:
                return
            except csv.Error as error:
                told = _told(error)
                yield begun, [], self._taken_fault() or told
            else:
                yield begun, cells, self._taken_fault()

    def _taken_fault(self) -> Fault | None:
        """Give what is wrong with the lines that were read since, and forget it."""
        fault, self.fault = self.fault, None
        return fault


def _told(error: csv.Error) -> Fault:
    """Tell in a user's words what keeps a row from being parted."""
    if "field limit" in str(error):
        return f"a cell holds more than {csv.field_size_limit():,} characters", "shorten it"
    if "unexpected end of data" in str(error):
        return "the quotes of a cell are never closed", "close them"
    return "a cell goes on after its quotes", "put the whole cell in quotes, and double those in it"
