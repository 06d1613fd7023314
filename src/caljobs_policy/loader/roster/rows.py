# SPDX-License-Identifier: MIT
"""Reads the rows of a roster one by one; one that cannot be read keeps no other back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.errors import Place, Problem, RosterError, shown
from caljobs_policy.loader.roster.cells import CellReader
from caljobs_policy.loader.roster.columns import ACCOUNT, Column, Known
from caljobs_policy.loader.roster.lines import CellLines, Fault, Lines, LineStream
from caljobs_policy.loader.subjects import SubjectReader
from caljobs_policy.loader.text.documents import DEFAULT_LIMITS
from caljobs_policy.loader.text.guard import document
from caljobs_policy.loader.text.pieces import Piece
from caljobs_policy.model.account import Account
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.roster import RosterOptions, RosterRow
from caljobs_policy.model.written.nodes import AnyNode, Scalar
from caljobs_policy.model.written.nodes import Mapping as MappingNode

_DELIMITERS: Final = (",", ";", "\t", "|")


@frozen
class Cells:
    """A row of a table, parted into cells."""

    number: int
    line: int
    cells: tuple[str, ...]
    fault: Fault | None = None


@frozen
class JsonLine:
    """A row of JSON lines."""

    number: int
    line: int
    text: str
    fault: Fault | None = None


Raw: TypeAlias = Cells | JsonLine
"""A row before anything is made of it; it can be handed to another process."""


@frozen
class Layout:
    """How the rows of a roster are to be read: the fact that each column holds."""

    file: str
    columns: tuple[Column | None, ...] = ()
    date_format: str | None = None


@frozen
class Roster:
    """A roster whose header was read, with its rows as they come."""

    layout: Layout
    rows: Iterator[Raw]
    unread: tuple[str, ...] = ()
    """The headings that stand for no fact."""


def open_roster(stream: LineStream, name: str, policy: Policy, options: RosterOptions) -> Roster:
    """Open a table of comma-separated values, or JSON lines, as the first line tells.

    Raises a `RosterError` where the header or an option is wrong, so that no row can be read.
    """
    lines = Lines(stream, name, options.encoding)
    first = lines.first()
    if first.lstrip().startswith(("{", "[")):
        return Roster(Layout(name), _json_lines(first, lines))
    return _table(first, lines, policy, options)


def _table(first: str, lines: Lines, policy: Policy, options: RosterOptions) -> Roster:
    known = Known(policy)
    delimiter = options.delimiter or _delimiter(first, known, options)
    place = Place(lines.name, lines.number, 1)
    header = CellLines(first, lines, delimiter).header(place)
    columns, problems, unread = known.named(header, options.headings, place)
    if not any(columns) and not problems:
        names = ", ".join(shown(text.strip()) for text in header[:12] if text.strip())
        message = f"no heading is a key of an account: {names or 'the first line is blank'}"
        remedy = "begin with a line of keys, such as username,organization; or use --map"
        problems.append(Problem(message, place, remedy))
    if problems:
        raise RosterError(problems)
    layout = Layout(lines.name, columns, options.date_format)
    return Roster(layout, _cells(CellLines("", lines, delimiter)), tuple(unread))


def _delimiter(first: str, known: Known, options: RosterOptions) -> str:
    """Take the sign that parts most known headings."""
    wanted = {" ".join(name.split()).casefold() for name in options.headings}

    def headed(delimiter: str) -> int:
        names = [name.strip().strip('"') for name in first.strip().split(delimiter)]
        return sum(n in known.columns or " ".join(n.split()).casefold() in wanted for n in names)

    return max(_DELIMITERS, key=headed)


def _cells(lines: CellLines) -> Iterator[Cells]:
    """Give the rows; blank lines at the end are none of the roster's."""
    number, blank = 0, []
    for line, cells, fault in lines:
        if fault is None and not any(cell.strip() for cell in cells):
            blank.append(line)
            continue
        yield from (Cells(0, gap, (), _BLANK) for gap in blank)
        blank.clear()
        number += 1
        yield Cells(number, line, tuple(cells), fault)


_BLANK: Final = ("the line is blank", "remove it, or fill it in")


def _json_lines(first: str, lines: Lines) -> Iterator[JsonLine]:
    number, blank = 1, []
    yield JsonLine(number, lines.number, first, lines.faults.pop(lines.number, None))
    for text in lines:
        fault = lines.faults.pop(lines.number, None)
        if fault is None and not text.strip():
            blank.append(lines.number)
            continue
        yield from (JsonLine(0, gap, "", _BLANK) for gap in blank)
        blank.clear()
        number += 1
        yield JsonLine(number, lines.number, text, fault)


class RowReader:
    """Makes accounts of rows under a policy."""

    def __init__(self, layout: Layout, policy: Policy) -> None:
        self.layout = layout
        self.policy = policy
        self._cells = CellReader(policy, layout.date_format)

    def account(self, raw: Raw) -> tuple[Account | None, RosterRow]:
        """Give the account of a row; None beside all that is wrong with it."""
        row = self.row(raw)
        if row.node is None or row.problems:
            return None, row
        problems: list[Problem] = []
        account = SubjectReader(self.policy, problems).subject(ACCOUNT, row.node)
        if problems or not isinstance(account, Account):
            return None, RosterRow(row.number, row.place, None, row.username, tuple(problems))
        return account, row

    def row(self, raw: Raw) -> RosterRow:
        """Read a row as a mapping of facts."""
        place = Place(self.layout.file, raw.line, 1)
        if raw.fault is not None:
            return _refused(raw.number, Problem(raw.fault[0], place, raw.fault[1]))
        return self._from_json(raw) if isinstance(raw, JsonLine) else self._from_cells(raw, place)

    def _from_cells(self, raw: Cells, place: Place) -> RosterRow:
        columns, username = self.layout.columns, self._username(raw.cells)
        if len(raw.cells) != len(columns):
            here = Place(place.file, place.line, min(len(raw.cells), len(columns)) + 1)
            message = f"the row has {len(raw.cells)} cells, and the header {len(columns)}"
            remedy = "put cells that hold a separator in quotes, and fill the row up"
            return _refused(raw.number, Problem(message, here, remedy), username)
        named = (
            (column, text, Place(place.file, place.line, position))
            for position, (column, text) in enumerate(zip(columns, raw.cells, strict=True), 1)
            if column is not None
        )
        node, problems = self._cells.row(named, place)
        return RosterRow(raw.number, place, node, username, tuple(problems))

    def _username(self, cells: Sequence[str]) -> str | None:
        named = zip(self.layout.columns, cells, strict=False)
        return next((t.strip() for c, t in named if c and c.key == "username" and t.strip()), None)

    def _from_json(self, raw: JsonLine) -> RosterRow:
        """Read an account: its keys, nested or with dots, perhaps below `account`."""
        piece = Piece(self.layout.file, raw.line, contents=1, lines=[raw.text])
        read = document(piece, DEFAULT_LIMITS)
        node: AnyNode | None = read.root
        if isinstance(node, MappingNode) and len(node.entries) == 1:
            below = node.get(ACCOUNT)
            node = node if below is None else below
        if not isinstance(node, MappingNode):
            place = Place(self.layout.file, raw.line, 1)
            fault = Problem("an account is a JSON object", place, "write one in each line")
            return RosterRow(raw.number, place, None, None, read.problems or (fault,))
        whole = _nested(node)
        said = whole.get("username")
        username = said.text if isinstance(said, Scalar) and not said.is_null else None
        return RosterRow(raw.number, read.place, whole, username)


def _refused(number: int, problem: Problem, username: str | None = None) -> RosterRow:
    return RosterRow(number, problem.place, None, username, (problem,))


def _nested(node: MappingNode) -> MappingNode:
    """Give a mapping whose keys have no dots."""
    plain = [(key, value) for key, value in node.entries if "." not in key.text]
    dotted: dict[str, list[tuple[Scalar, AnyNode]]] = {}
    for key, value in node.entries:
        name, dot, rest = key.text.removeprefix(f"{ACCOUNT}.").partition(".")
        if "." not in key.text:
            continue
        if dot:
            dotted.setdefault(name, []).append((Scalar(rest, place=key.place), value))
        else:
            plain.append((Scalar(name, place=key.place), value))
    inner = (
        (Scalar(name, place=entries[0][0].place), _nested(MappingNode(tuple(entries), node.place)))
        for name, entries in dotted.items()
    )
    return MappingNode((*plain, *inner), node.place)
