# SPDX-License-Identifier: MIT
"""The lines of a roster, decoded one by one."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator, Mapping
from typing import Final, Protocol, TypeAlias

from attrs import frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import FileError, RosterError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.lines import cannot_be_read
from caljobs_policy.rosters.reading.options import bad_encoding

Fault: TypeAlias = tuple[str, str]
"""What is wrong with a line or a row, and how to fix it."""
LONGEST_LINE: Final = 1024 * 1024
"""In bytes; a longer line is refused, and reading goes on after it."""
_IN_EXCEL: Final = ("an Excel workbook", "open it in Excel and save it as CSV UTF-8")
_IN_PYTHON: Final = "write it as CSV UTF-8, or decide it in Python with `decide_columns`"
_NO_TEXTS: Final[Mapping[bytes, tuple[str, str]]] = {
    b"PK\x03\x04": _IN_EXCEL,
    b"\xd0\xcf\x11\xe0": _IN_EXCEL,
    b"PAR1\x15": ("a Parquet file", _IN_PYTHON),
    b"ARROW1\0\0": ("an Arrow file", _IN_PYTHON),
    b"\x1f\x8b": ("a gzip file", "unpack it first"),
    b"%PDF-": ("a PDF file", "ask for the roster as CSV UTF-8"),
}
"""What files are that begin with some bytes, and what to do with them."""
_BYTE_ORDER_MARK: Final = "\ufeff"
_NUL: Final = ("the line holds the control character U+0000", "remove it; text has none")
_TOO_LONG: Final = (
    f"the line is longer than {LONGEST_LINE:,} bytes",
    "shorten the cell, or check that its quotes are closed",
)


class LineStream(Protocol):
    """A source of lines as bytes."""

    def readline(self, size: int = -1, /) -> bytes:
        """Return the next line, or its first `size` bytes; nothing at the end."""


@frozen
class Line:
    """One line with its line feed, or the fault that keeps it from being read."""

    number: int
    text: str
    fault: Fault | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the line holds nothing but blanks."""
        return self.fault is None and not self.text.strip()


def lines_of(stream: LineStream, name: str, encoding: str) -> Iterator[Line]:
    """Return the lines of a roster one by one, without keeping them.

    Raises a `RosterError` at once if the encoding cannot be used, and at the first line if it is
    a workbook or another file without lines of text. A file that begins with the byte order mark
    of UTF-16 is read as UTF-16.
    """
    if not _ends_lines_with_one_byte(encoding):
        raise RosterError([bad_encoding(encoding)])
    return _decoded_lines(stream, name, encoding)


def _ends_lines_with_one_byte(encoding: str) -> bool:
    try:
        return "\n".encode(encoding).removeprefix(BOM_UTF8) == b"\n"
    except (LookupError, ValueError):
        return False


def _decoded_lines(stream: LineStream, name: str, encoding: str) -> Iterator[Line]:
    number = 0
    try:
        while raw := stream.readline(LONGEST_LINE + 1):
            number += 1
            if number == 1:
                _refuse_what_is_no_text(raw, name)
            if number == 1 and raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
                stream, encoding = _Utf16(stream, raw, name), "utf-8"
                raw = stream.readline(LONGEST_LINE + 1)
            if len(raw) <= LONGEST_LINE:
                yield _decoded(raw, number, encoding)
                continue
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE + 1)
            yield Line(number, "\n", _TOO_LONG)
    except OSError:
        raise FileError([cannot_be_read(Place(name))]) from None


def _refuse_what_is_no_text(raw: bytes, name: str) -> None:
    """Refuse a file format in which no line is text."""
    for begin, (kind, remedy) in _NO_TEXTS.items():
        if raw.startswith(begin):
            message = f"this is {kind}, not a text file"
            raise RosterError([Problem(message, Place(name, 1, 1), remedy, code=Code.SYNTAX)])


class _Utf16:
    """The lines of a UTF-16 stream in UTF-8."""

    def __init__(self, stream: LineStream, first: bytes, name: str) -> None:
        self._stream = stream
        self._raw = first
        self._name = name
        self._decoder = getincrementaldecoder("utf-16")()
        self._text = ""

    def readline(self, size: int = -1, /) -> bytes:
        """Return the next line, or the beginning of one that is longer than `size`."""
        while "\n" not in self._text and self._raw and (size < 0 or len(self._text) < size):
            self._text += self._decoded()
        line, feed, self._text = self._text.partition("\n")
        return f"{line}{feed}".encode()

    def _decoded(self) -> str:
        raw, self._raw = self._raw, self._stream.readline(LONGEST_LINE + 1)
        try:
            return self._decoder.decode(raw, final=not self._raw)
        except UnicodeError:
            message = "the roster begins as UTF-16, but cannot be read as UTF-16"
            remedy = "save the roster as CSV UTF-8"
            raise RosterError(
                [Problem(message, Place(self._name, 1, 1), remedy, code=Code.SYNTAX)]
            ) from None


def _decoded(raw: bytes, number: int, encoding: str) -> Line:
    """Decode a line, without the byte order mark at the beginning of the file."""
    known = encoding.removesuffix("-sig")
    try:
        text = raw.decode(known)
        if not text.isascii():
            # Some encodings let half a character through, which cannot be written again.
            text.encode()
    except UnicodeError:
        message = f"the line cannot be read as {known}"
        remedy = "save the roster as CSV UTF-8, or name its encoding: --encoding cp1252"
        return Line(number, raw.decode("latin-1"), (message, remedy))
    if number == 1:
        text = text.removeprefix(_BYTE_ORDER_MARK)
    return Line(number, text, _NUL if "\0" in text else None)
