# SPDX-License-Identifier: MIT
"""The rows of a roster, read one by one; a row that cannot be read stops no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, TypeAlias

from attrs import field, frozen

from caljobs_policy.cases.subject_reader import SubjectReader
from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.errors.privacy import without_quotes
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.documents import DEFAULT_LIMITS
from caljobs_policy.loader.text.guard import document
from caljobs_policy.loader.text.pieces import Piece
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.cells import CellReader
from caljobs_policy.rosters.reading.columns import ACCOUNT, Column, Known
from caljobs_policy.rosters.reading.dates import DateForm
from caljobs_policy.rosters.reading.lines import Fault, Line, LineStream, lines_of
from caljobs_policy.rosters.reading.options import bad_delimiter
from caljobs_policy.rosters.reading.table import Row, Table
from caljobs_policy.rosters.reading.tree import Tree
from caljobs_policy.rosters.row import RosterOptions, RosterRow
from caljobs_policy.subjects.account import Account
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Scalar

_DELIMITERS: Final = (",", ";", "\t", "|")
_LIST: Final = re.compile(r"\s*\[\s*(\{|$)")
_KEYS: Final = frozenset(key for path in facts_about(ACCOUNT) for key in path.split("."))
_MOST_ABOVE: Final = 20
"""How many lines below the first may turn out to be the header."""
_TOTAL: Final = frozenset({"total", "totals", "grand total", "subtotal", "sum"})
_TOTALS: Final = "remove it; each row is an account"


@frozen
class Cells:
    """A row of a table, split into cells."""

    number: int
    line: int
    cells: tuple[str, ...] = field(default=(), repr=False)
    fault: Fault | None = None


@frozen
class JsonLine:
    """A row of JSON lines."""

    number: int
    line: int
    text: str = field(repr=False)
    fault: Fault | None = None


Raw: TypeAlias = Cells | JsonLine
"""A row as read, which can be passed to another process."""


@frozen
class Layout:
    """How to read the rows of a roster: the fact in each column."""

    file: str
    columns: tuple[Column | None, ...] = ()
    """Empty for JSON lines; None for a column that is not read."""
    date_form: DateForm | None = None

    @property
    def has_usernames(self) -> bool:
        """Whether rows can state a user name."""
        return not self.columns or any(c and c.key == "username" for c in self.columns)


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
        raise RosterError([Problem("the roster is empty", Place(name, 1, 1), remedy)])
    place = Place(name, first.number, 1)
    if first.fault is not None:
        raise RosterError([Problem(first.fault[0], place, first.fault[1])])
    if _LIST.match(first.text):
        remedy = "write one object per line, without the brackets around the list"
        raise RosterError([Problem("this is a JSON list, not JSON lines", place, remedy)])
    if first.text.lstrip().startswith("{"):
        _refuse_options_of_tables(options, place)
        return Roster(Layout(name), _json_lines(chain([first], lines)))
    return _table(first, lines, policy, options, place)


def _refuse_options_of_tables(options: RosterOptions, place: Place) -> None:
    if options.headings or options.date_format is not None:
        message = "this roster holds JSON lines, which have no headings and only ISO dates"
        remedy = "leave out the options for headings and date formats"
        raise RosterError([Problem(message, place, remedy)])


def _table(
    first: Line, lines: Iterator[Line], policy: Policy, options: RosterOptions, place: Place
) -> Roster:
    date_form = None if options.date_format is None else DateForm(options.date_format)
    known = Known(policy)
    table = Table(chain([first], lines), _delimiter(first.text, known, options))
    header = next(table)
    if header.fault is not None:
        raise RosterError([Problem(header.fault[0], place, header.fault[1])])
    _refuse_lines_above(header, table, known, options, place)
    headings = known.named(header.cells, options.headings, place)
    if not any(headings.columns) and not headings.problems:
        # The first line may hold data, which no message repeats.
        remedy = "begin with a line of keys, such as username,organization; or use --map"
        headings.problems.append(Problem("no heading is a key of an account", place, remedy))
    if headings.problems:
        raise RosterError(headings.problems)
    layout = Layout(place.file, tuple(headings.columns), date_form)
    passed: list[Problem] = []
    rows = _cells(table, layout, passed)
    return Roster(layout, rows, tuple(headings.unread), passed)


def _refuse_lines_above(
    header: Row, table: Table, known: Known, options: RosterOptions, place: Place
) -> None:
    """Refuse lines above the header, if a line below the first looks like the header."""
    if known.count(header.cells, options.headings):
        return
    for row in islice(table, _MOST_ABOVE):
        if known.count(row.cells, options.headings) > 1:
            message = f"line {row.line} looks like the header, but other lines come before it"
            remedy = "remove the lines above the header"
            raise RosterError([Problem(message, place, remedy)])


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


def _cells(table: Table, layout: Layout, passed: list[Problem]) -> Iterator[Cells]:
    accounts = (row for row in table if not _is_passed_over(row, layout, passed))
    for number, row in enumerate(accounts, start=1):
        yield Cells(number, row.line, row.cells, row.fault)


def _is_passed_over(row: Row, layout: Layout, passed: list[Problem]) -> bool:
    """Return whether a row is blank or holds totals; for totals, add a warning."""
    if row.is_blank:
        return True
    if row.fault is not None or not _holds_totals(row.cells, layout):
        return False
    place = Place(layout.file, row.line, 1)
    passed.append(Problem("this looks like a row of totals, so it was skipped", place, _TOTALS))
    return True


def _holds_totals(cells: Sequence[str], layout: Layout) -> bool:
    """Return whether half the cells are blank, and the user name or another cell says total."""
    said = [cell.strip().strip(":").casefold() for cell in cells]
    named = (t for t, c in zip(said, layout.columns, strict=False) if c and c.key == "username")
    username = next(named, "")
    blank = said.count("") * 2 >= len(said)
    return blank and (username in _TOTAL or (not username and not _TOTAL.isdisjoint(said)))


def _json_lines(lines: Iterable[Line]) -> Iterator[JsonLine]:
    written = (line for line in lines if not line.is_blank)
    for number, line in enumerate(written, start=1):
        yield JsonLine(number, line.number, line.text, line.fault)


class RowReader:
    """Turns rows into accounts under a policy."""

    def __init__(self, layout: Layout, policy: Policy) -> None:
        self.layout = layout
        self.policy = policy
        self._cells = CellReader(policy, layout.date_form)

    def account(self, raw: Raw) -> tuple[Account | None, RosterRow]:
        """Return the account of a row, or None with all the problems of the row."""
        row = self.row(raw)
        if row.node is None:
            return None, row
        problems = list(row.problems)
        account = SubjectReader(self.policy, problems).subject(ACCOUNT, row.node)
        if problems or not isinstance(account, Account):
            found = tuple(sorted(problems, key=lambda problem: problem.place))
            return None, RosterRow(row.number, row.place, None, row.username, found)
        return account, row

    def row(self, raw: Raw) -> RosterRow:
        """Read a row as a mapping of facts."""
        place = Place(self.layout.file, raw.line, 1)
        if raw.fault is not None:
            return _refused(raw.number, Problem(raw.fault[0], place, raw.fault[1]))
        return (
            self._from_json(raw, place)
            if isinstance(raw, JsonLine)
            else self._from_cells(raw, place)
        )

    def _from_cells(self, raw: Cells, place: Place) -> RosterRow:
        columns = self.layout.columns
        if len(raw.cells) != len(columns):
            here = Place(place.file, place.line, min(len(raw.cells), len(columns)) + 1)
            message = f"the row has {len(raw.cells)} cells, but the header has {len(columns)}"
            remedy = "put cells that hold a separator in quotes, and add the cells that are missing"
            # Cells after the first may have shifted, so a name may be where the user name belongs.
            username = self._username(raw.cells[:1])
            return _refused(raw.number, Problem(message, here, remedy), username)
        named = (
            (column, text, Place(place.file, place.line, position))
            for position, (column, text) in enumerate(zip(columns, raw.cells, strict=True), 1)
            if column is not None
        )
        node, problems = self._cells.row(named, place)
        return RosterRow(raw.number, place, node, self._username(raw.cells), tuple(problems))

    def _username(self, cells: Sequence[str]) -> str | None:
        named = zip(self.layout.columns, cells, strict=False)
        return next((t.strip() for c, t in named if c and c.key == "username" and t.strip()), None)

    def _from_json(self, raw: JsonLine, place: Place) -> RosterRow:
        """Read an account from JSON; keys are nested or dotted, perhaps below `account`."""
        piece = Piece(self.layout.file, raw.line, contents=1, lines=[raw.text.rstrip()])
        read = document(piece, DEFAULT_LIMITS)
        if not isinstance(read.root, MappingNode):
            remedy = "write each account as an object on its own line"
            fault = Problem("the line is not a JSON object", place, remedy)
            problems = tuple(without_quotes(p, _KEYS) for p in read.problems) or (fault,)
            return RosterRow(raw.number, place, None, None, problems)
        tree = Tree(place)
        doubles = [_twice(key) for key in tree.put_all(read.root)]
        node = tree.node()
        said = node.get("username")
        username = said.text if isinstance(said, Scalar) and not said.is_null else None
        return RosterRow(raw.number, place, node, username, tuple(doubles))


def _twice(key: Scalar) -> Problem:
    message = "this key is given twice, or both whole and in parts"
    return Problem(message, key.place, "keep one of the two")


def _refused(number: int, problem: Problem, username: str | None = None) -> RosterRow:
    return RosterRow(number, problem.place, None, username, (problem,))
