# SPDX-License-Identifier: MIT
"""The lines of a stream of bytes, decoded one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.sources import Limits

AS_UTF_8 = "save the file as plain text in UTF-8"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
UTF_8_BOM = b"\xef\xbb\xbf"
UTF_16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class LineStream(Protocol):
    """A stream of bytes or text that can be read line by line."""

    def readline(self, size: int, /) -> bytes | str:
        """Return the rest of a line, at most `size` of it; nothing at the end."""


class Line(NamedTuple):
    """A line with its line feed, or the problem that makes it unreadable."""

    number: int
    text: str
    problem: Problem | None = None


def as_bytes(chunk: bytes | str | None) -> bytes:
    """Return a chunk of a stream as bytes, even of a stream of text."""
    if isinstance(chunk, str):
        return chunk.encode("utf-8", "surrogatepass")
    return chunk or b""


def too_large(place: Place, limits: Limits) -> Problem:
    """Return the problem of a text above the size limit."""
    return Problem(
        f"the text is larger than {limits.size:,} bytes",
        place,
        "split it into smaller files, or into documents with lines of `---`",
        code=Code.TOO_LARGE,
    )


def cannot_be_read(place: Place) -> Problem:
    """Return the problem of a file that the system does not let us read."""
    return Problem(
        "the file cannot be read",
        place,
        "check its name and who may read it",
        code=Code.UNUSABLE_FILE,
    )


def lines_of(stream: LineStream, file: str, limits: Limits) -> Iterator[Line]:
    """Read a stream line by line, and never more than the size limit at once."""
    number = 1
    for raw in _raw_lines(stream, limits):
        if raw is None:
            yield Line(number, "", cannot_be_read(Place(file, number, 1)))
        elif len(raw) > limits.size:
            yield Line(number, "", too_large(Place(file, number, 1), limits))
            number += 1
        elif number == 1 and raw.startswith(UTF_16_BOMS):
            problem = Problem("the file is in UTF-16, not in UTF-8", Place(file, 1, 1), AS_UTF_8)
            yield Line(1, "", problem)
            # Splitting the rest at line feeds would cut through characters.
            return
        else:
            fed = _with_line_feeds(raw.removeprefix(UTF_8_BOM) if number == 1 else raw)
            yield from _decoded(fed, file, number)
            number += fed.count(b"\n")


def _raw_lines(stream: LineStream, limits: Limits) -> Iterator[bytes | None]:
    """Yield the lines as bytes, None for a failure; what exceeds the limit in a line is skipped."""
    try:
        while raw := as_bytes(stream.readline(limits.size + 1)):
            yield raw
            while raw and len(raw) > limits.size and not raw.endswith(b"\n"):
                raw = as_bytes(stream.readline(limits.size + 1))
    except (OSError, UnicodeError):
        yield None


def _with_line_feeds(raw: bytes) -> bytes:
    """Return lines that end in line feeds, even if they ended in carriage returns alone."""
    return re.sub(rb"\r\n?", b"\n", raw) if b"\r" in raw else raw


def _decoded(raw: bytes, file: str, number: int) -> list[Line]:
    """Decode a line, or several where carriage returns ended them."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_after(raw[: error.start].decode("utf-8"), file, number)
        return [Line(place.line, "", _not_utf_8(raw, error.start, place))]
    if control := CONTROL.search(text):
        place = _place_after(text[: control.start()], file, number)
        return [Line(place.line, "", _binary(control.group(), place))]
    return [Line(number + offset, line) for offset, line in enumerate(LINE.findall(text))]


def _not_utf_8(raw: bytes, position: int, place: Place) -> Problem:
    """Return the problem of a byte that is not UTF-8, or of a file that is not text at all."""
    if control := CONTROL_BYTE.search(raw):
        return _binary(control.group().decode(), place)
    return Problem(f"the byte 0x{raw[position]:02X} here is not UTF-8", place, AS_UTF_8)


def _binary(character: str, place: Place) -> Problem:
    message = f"this is not a text file: it holds the control character U+{ord(character):04X}"
    return Problem(message, place, f"{AS_UTF_8}; a workbook or a PDF must be exported first")


def _place_after(text: str, file: str, number: int) -> Place:
    return Place(file, number + text.count("\n"), len(text) - text.rfind("\n"))
