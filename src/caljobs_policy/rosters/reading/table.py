# SPDX-License-Identifier: MIT
"""The lines of a table, split into rows and cells."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from caljobs_policy.rosters.reading.decoding import Fault, Line

MOST_LINES: Final = 100
"""A row with more lines is assumed to have a quote that is not closed."""
MOST_PLAIN: Final = 100_000
"""A longer line may have a cell that is too long."""
_IN_QUOTES: Final = r'"(?:[^"]|"")*+"?'
_NOT_CLOSED: Final = (
    "a cell begins with a quote that is not closed where the cell ends",
    "put the whole cell in quotes, and double the quotes inside it",
)


@frozen
class SplitRow:
    """The cells of a row, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]
    fault: Fault | None = None

    @property
    def is_blank(self) -> bool:
        """Whether all cells are blank."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


class _Feed:
    """Hands lines to the parser one by one, and again those it wrongly took into a row."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._again: deque[Line] = deque()
        self.taken: list[Line] = []
        """The lines of the present row."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) == MOST_LINES:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line.text

    def plain(self, delimiter: str) -> list[str] | None:
        """Take the next line and return its cells, or leave it to the parser if it may matter.

        Without quotes, cells are what stands between the separators.
        """
        line = self._again.popleft() if self._again else next(self._lines)
        text = line.text.removesuffix("\n").removesuffix("\r")
        if not text or '"' in text or "\r" in text or len(text) > MOST_PLAIN:
            self._again.appendleft(line)
            return None
        self.taken.append(line)
        return text.split(delimiter)

    def give_back(self) -> None:
        """Hand over again all lines of the present row but the first."""
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


class RowSplitter:
    """Splits lines into rows; after a row that cannot be split it goes on with the next line."""

    def __init__(self, lines: Iterable[Line], delimiter: str) -> None:
        self._feed = _Feed(lines)
        self._delimiter = delimiter
        self._csv = csv.reader(self._feed, delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[SplitRow]:
        return self

    def __next__(self) -> SplitRow:
        self._feed.taken.clear()
        plain = self._feed.plain(self._delimiter)
        if plain is not None:
            (line,) = self._feed.taken
            return SplitRow(line.number, tuple(plain), line.fault)
        told = None
        try:
            cells = tuple(next(self._csv))
        except csv.Error:
            text = "".join(line.text for line in self._feed.taken)
            cells, told = (), _told(text, self._delimiter)
            self._feed.give_back()
        taken = self._feed.taken
        faults = (line.fault for line in taken if line.fault is not None)
        return SplitRow(taken[0].number, cells, next(faults, told))


def _told(text: str, delimiter: str) -> Fault:
    """Return what keeps a row from being split, judging by its text."""
    limit = csv.field_size_limit()
    cells = re.finditer(rf'{_IN_QUOTES}|[^"\n{re.escape(delimiter)}]++', text)
    if any(len(cell.group()) > limit for cell in cells):
        return f"a cell holds more than {limit:,} characters", "shorten it"
    if re.search(r"\r(?=[^\n])", re.sub(_IN_QUOTES, "", text)):
        return "the line has a carriage return in it", "end lines with a line feed"
    return _NOT_CLOSED
