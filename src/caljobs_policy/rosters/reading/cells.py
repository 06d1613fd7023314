# SPDX-License-Identifier: MIT
"""Reads the cells of a row as facts, in the ways in which spreadsheets write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.columns import ACCOUNT, Column
from caljobs_policy.rosters.reading.date_forms import (
    NAME_THE_FORM,
    DateForm,
    is_slashed,
    oddity,
    without_midnight,
)
from caljobs_policy.rosters.reading.tree import Tree
from caljobs_policy.rosters.reading.values import BLANK, UNREADABLE, ValueReader
from caljobs_policy.subjects.fields import DATED, Holds, Kind
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

_NOWHERE: Final = Place()
_FLAGS: Final = {"true": "true", "yes": "true", "false": "false", "no": "false"}


@frozen
class CellReader:
    """Reads cells under a policy."""

    policy: Policy
    date_form: DateForm | None = None
    _words: dict[str, Mapping[str, str]] = field(factory=dict, init=False, eq=False)
    """By table of words: the key of each word, by all that it may be called."""

    def row(
        self, cells: Iterable[tuple[Column, str, Place]], place: Place
    ) -> tuple[MappingNode, list[Problem]]:
        """Return the facts that the cells of a row state, as a case would have them."""
        problems: list[Problem] = []
        tree = Tree(place)
        signed: dict[tuple[str, ...], list[_Signature]] = {}
        for column, written, cell in cells:
            text = written.strip()
            node = self._node(column, text, cell, problems) if text else None
            if column.form is not None:
                signature = _Signature(column.form, node, cell)
                signed.setdefault(column.path[:-1], []).append(signature)
            elif node is not None:
                tree.put(column.path, cell, node)
        for path, signatures in signed.items():
            # A blank cell among others says of its form that it is not known, not that it is not.
            if any(signature.day is not None for signature in signatures):
                tree.gather(path, [signature.node() for signature in signatures])
        return tree.node(), problems

    def values(self, column: Column) -> Callable[[str], Any]:
        """Return what reads a cell of a column as its fact holds it, BLANK or UNREADABLE."""
        reader = ValueReader(column.holds, self.policy)
        if reader.takes_any_text:
            return lambda written: written.strip() or BLANK

        def value(written: str) -> Any:
            text = written.strip()
            if not text:
                return BLANK
            # A problem that is found here is found again, with its place.
            node = self._node(column, text, _NOWHERE, [])
            return UNREADABLE if node is None else reader.value(node)

        return value

    def _node(
        self, column: Column, text: str, place: Place, problems: list[Problem]
    ) -> AnyNode | None:
        """Return what a cell states; None after a problem."""
        holds = column.holds
        if holds.kind is Kind.TEXT:
            return Scalar(text, quoted=True, place=place)
        node = Scalar(text, place=place)
        if node.is_null:
            return node
        if holds.kind is Kind.WORDS:
            items = (item.strip() for item in re.split("[;,]", text))
            words = (Scalar(self._word(holds, item), place=place) for item in items if item)
            return Sequence(tuple(words), place)
        if holds.kind in DATED:
            return self._date(column, text, place, problems)
        if holds.kind is Kind.WORD:
            text = self._word(holds, text)
        elif holds.kind is Kind.FLAG:
            text = _FLAGS.get(text.casefold(), text)
        return Scalar(text, place=place)

    def _word(self, holds: Holds, text: str) -> str:
        """Return the key of a word written by its title, or with other letters or spaces."""
        table = holds.vocabulary
        if not isinstance(table, str):
            return next((word for word in table or () if _folded(word) == _folded(text)), text)
        if table not in self._words:
            self._words[table] = self._called(table)
        return self._words[table].get(_folded(text), text)

    def _called(self, table: str) -> Mapping[str, str]:
        """Return the key of each word of a table, by that key and by a title that no other has."""
        listed = self.policy.words.get(table, {})
        titles = [(_folded(term.title), word) for word, term in listed.items()]
        several = {title for title, _ in titles if [t for t, _ in titles].count(title) > 1}
        found = {title: word for title, word in titles if title not in several}
        return found | {_folded(word): word for word in listed}

    def _date(
        self, column: Column, text: str, place: Place, problems: list[Problem]
    ) -> AnyNode | None:
        kind = column.holds.kind
        odd = oddity(text, private=column.holds.private)
        if odd is not None:
            message = f"`{ACCOUNT}.{column.key}` {odd[0]}"
            problems.append(Problem(message, place, odd[1], code=Code.NOT_A_DATE))
            return None
        if self.date_form is None and is_slashed(text):
            message = f"`{ACCOUNT}.{column.key}` is not a date of the form year-month-day"
            problems.append(Problem(message, place, NAME_THE_FORM, code=Code.NOT_A_DATE))
            return None
        if self.date_form is None:
            return Scalar(without_midnight(text, kind), place=place)
        read = self.date_form.iso(text, kind)
        if read is not None:
            return Scalar(without_midnight(read, kind), place=place)
        message = f"`{ACCOUNT}.{column.key}` is not a date of the form {self.date_form.form}"
        problems.append(
            Problem(
                message, place, "mend the cell, or write it as 2025-03-01", code=Code.NOT_A_DATE
            )
        )
        return None


@frozen
class _Signature:
    """The cell of a form: the day on which it was signed, as far as the cell says."""

    form: str
    day: AnyNode | None
    place: Place

    def node(self) -> MappingNode:
        """Return the signature as a case would have it."""
        written = (("form", Scalar(self.form, place=self.place)), ("signed_on", self.day))
        entries = ((Scalar(name, place=self.place), v) for name, v in written if v is not None)
        return MappingNode(tuple(entries), self.place)


def _folded(text: str) -> str:
    return "_".join(re.split(r"[\s_-]+", text.strip().casefold()))
