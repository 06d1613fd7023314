# SPDX-License-Identifier: MIT
"""Opens a roster: tells tables from JSON lines, reads the header, and yields the rows as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from attrs import field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.columns import Known
from caljobs_policy.rosters.reading.date_forms import DateForm
from caljobs_policy.rosters.reading.decoding import Line, LineStream, lines_of
from caljobs_policy.rosters.reading.options import RosterOptions, bad_delimiter
from caljobs_policy.rosters.reading.rows import Cells, JsonLine, Layout, Raw
from caljobs_policy.rosters.reading.table import RowSplitter, SplitRow

_DELIMITERS: Final = (",", ";", "\t", "|")
_LIST: Final = re.compile(r"\s*\[\s*(\{|$)")
_MOST_ABOVE: Final = 20
"""How many lines below the first may turn out to be the header."""
_TOTAL: Final = frozenset({"total", "totals", "grand total", "subtotal", "sum"})
_IN_TOTAL: Final = ("total", "sum")
"""Each of these words holds one of these."""
_TOTALS: Final = "remove it; each row is an account"


@frozen
class Roster:
    """A roster whose header has been read, and its rows as they come."""

    layout: Layout
    rows: Iterator[Raw]
    unread: tuple[Problem, ...] = ()
    """Warnings of columns that name no fact."""
    passed_over: list[Problem] = field(factory=list)
    """Warnings of the rows so far that are not accounts."""


def open_roster(stream: LineStream, name: str, policy: Policy, options: RosterOptions) -> Roster:
    """Open a table of comma-separated values, or JSON lines, whichever the first line looks like.

    Raises a `RosterError` if the header or an option is wrong, so that no row can be read.
    """
    lines = lines_of(stream, name, options.encoding)
    first = next((line for line in lines if not line.is_blank), None)
    if first is None:
        remedy = "check that it is the right file"
        raise RosterError(
            [Problem("the roster is empty", Place(name, 1, 1), remedy, code=Code.MISSING)]
        )
    place = Place(name, first.number, 1)
    if first.fault is not None:
        raise RosterError([Problem(first.fault[0], place, first.fault[1], code=Code.SYNTAX)])
    if _LIST.match(first.text):
        remedy = "write one object per line, without the brackets around the list"
        raise RosterError(
            [Problem("this is a JSON list, not JSON lines", place, remedy, code=Code.SYNTAX)]
        )
    if first.text.lstrip().startswith("{"):
        _refuse_options_of_tables(options, place)
        return Roster(Layout(name), _json_lines(chain([first], lines)))
    return _table(first, lines, policy, options, place)


def _refuse_options_of_tables(options: RosterOptions, place: Place) -> None:
    if options.headings or options.date_format is not None:
        message = "this roster holds JSON lines, which have no headings and only ISO dates"
        remedy = "leave out the options for headings and date formats"
        raise RosterError([Problem(message, place, remedy, code=Code.CONFLICT)])


def _table(
    first: Line, lines: Iterator[Line], policy: Policy, options: RosterOptions, place: Place
) -> Roster:
    date_form = None if options.date_format is None else DateForm(options.date_format)
    known = Known(policy)
    table = RowSplitter(chain([first], lines), _delimiter(first.text, known, options))
    header = next(table)
    if header.fault is not None:
        raise RosterError([Problem(header.fault[0], place, header.fault[1], code=Code.SYNTAX)])
    _refuse_lines_above(header, table, known, options, place)
    headings = known.named(header.cells, options.headings, place)
    if not any(headings.columns) and not headings.problems:
        # The first line may hold data, which no message repeats.
        remedy = "begin with a line of keys, such as username,organization; or use --map"
        headings.problems.append(
            Problem("no heading is a key of an account", place, remedy, code=Code.MISSING)
        )
    if headings.problems:
        raise RosterError(headings.problems)
    layout = Layout(place.file, tuple(headings.columns), date_form)
    passed: list[Problem] = []
    rows = _cells(table, layout, passed)
    return Roster(layout, rows, tuple(headings.unread), passed)


def _refuse_lines_above(
    header: SplitRow, table: RowSplitter, known: Known, options: RosterOptions, place: Place
) -> None:
    """Refuse lines above the header, if a line below the first looks like the header."""
    if known.count(header.cells, options.headings):
        return
    for row in islice(table, _MOST_ABOVE):
        if known.count(row.cells, options.headings) > 1:
            message = f"line {row.line} looks like the header, but other lines come before it"
            remedy = "remove the lines above the header"
            raise RosterError([Problem(message, place, remedy, code=Code.MISPLACED)])


def _delimiter(first: str, known: Known, options: RosterOptions) -> str:
    """Return the delimiter that was named, or the one that separates the most known headings."""
    if options.delimiter is not None:
        return _one_sign(options.delimiter.replace("\\t", "\t"))

    def headed(delimiter: str) -> int:
        names = (name.strip().strip('"') for name in first.strip().split(delimiter))
        return known.count(names, options.headings)

    return max(_DELIMITERS, key=headed)


def _one_sign(delimiter: str) -> str:
    if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n\0':
        raise RosterError([bad_delimiter(delimiter)])
    return delimiter


def _cells(table: RowSplitter, layout: Layout, passed: list[Problem]) -> Iterator[Cells]:
    accounts = (row for row in table if not _is_passed_over(row, layout, passed))
    for number, row in enumerate(accounts, start=1):
        yield Cells(number, row.line, row.cells, row.fault)


def _is_passed_over(row: SplitRow, layout: Layout, passed: list[Problem]) -> bool:
    """Return whether a row is blank or holds totals; for totals, add a warning."""
    if row.is_blank:
        return True
    if row.fault is not None or not _holds_totals(row.cells, layout):
        return False
    place = Place(layout.file, row.line, 1)
    passed.append(
        Problem(
            "this looks like a row of totals, so it was skipped", place, _TOTALS, code=Code.UNUSED
        )
    )
    return True


def _holds_totals(cells: Sequence[str], layout: Layout) -> bool:
    """Return whether half the cells are blank, and the user name or another cell says total."""
    text = "".join(cells).casefold()
    if not any(part in text for part in _IN_TOTAL):
        # Nearly every row ends here.
        return False
    said = [cell.strip().strip(":").casefold() for cell in cells]
    named = (t for t, c in zip(said, layout.columns, strict=False) if c and c.key == "username")
    username = next(named, "")
    blank = said.count("") * 2 >= len(said)
    return blank and (username in _TOTAL or (not username and not _TOTAL.isdisjoint(said)))


def _json_lines(lines: Iterable[Line]) -> Iterator[JsonLine]:
    written = (line for line in lines if not line.is_blank)
    for number, line in enumerate(written, start=1):
        yield JsonLine(number, line.number, line.text, line.fault)
