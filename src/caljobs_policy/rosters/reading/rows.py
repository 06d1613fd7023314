# SPDX-License-Identifier: MIT
"""The rows of a roster, each as raw text and as facts; a row that can't be read stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from caljobs_policy.cases.case_hooks import subject_hook
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector
from caljobs_policy.errors.privacy import without_quotes
from caljobs_policy.errors.problems import Place, Problem, settled
from caljobs_policy.loader.text.one_document import document
from caljobs_policy.loader.text.pieces import Piece
from caljobs_policy.loader.text.sources import DEFAULT_LIMITS
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.cells import CellReader
from caljobs_policy.rosters.reading.columns import ACCOUNT, Column
from caljobs_policy.rosters.reading.date_forms import DateForm
from caljobs_policy.rosters.reading.decoding import Fault
from caljobs_policy.rosters.reading.tree import Tree
from caljobs_policy.subjects.account import Account
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Scalar

_KEYS: Final = frozenset(key for path in facts_about(ACCOUNT) for key in path.split("."))


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
class RosterRow:
    """One row: the facts it states, or why it cannot be read."""

    number: int
    """Counted from 1, without the header and blank lines."""
    place: Place
    node: MappingNode | None
    """The facts as written, as a case would have them below `account`."""
    username: str | None = None
    problems: tuple[Problem, ...] = ()


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
        told = Collector(list(row.problems))
        account = told.read(subject_hook(self.policy, ACCOUNT), row.node)
        if told.problems or not isinstance(account, Account):
            return None, evolve(row, node=None, problems=settled(told.problems))
        return account, row

    def row(self, raw: Raw) -> RosterRow:
        """Read a row as a mapping of facts."""
        place = Place(self.layout.file, raw.line, 1)
        if raw.fault is not None:
            return _refused(
                raw.number, Problem(raw.fault[0], place, raw.fault[1], code=Code.SYNTAX)
            )
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
            return _refused(raw.number, Problem(message, here, remedy, code=Code.SYNTAX), username)
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
            fault = Problem("the line is not a JSON object", place, remedy, code=Code.WRONG_KIND)
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
    return Problem(message, key.place, "keep one of the two", code=Code.DUPLICATE)


def _refused(number: int, problem: Problem, username: str | None = None) -> RosterRow:
    return RosterRow(number, problem.place, None, username, (problem,))
