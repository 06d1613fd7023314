# SPDX-License-Identifier: MIT
"""Reads the cells of a row as facts, in the ways in which spreadsheets write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from caljobs_policy.errors import Place, Problem, shown
from caljobs_policy.loader.roster.columns import Column
from caljobs_policy.model.fields import Holds, Kind
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.written.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.model.written.nodes import Mapping as MappingNode

_FLAGS: Final = {"true": "true", "yes": "true", "false": "false", "no": "false"}
_MIDNIGHT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(:00(\.0+)?)?")
_NULL: Final = "null"
_DATED: Final = frozenset({Kind.DAY, Kind.TIME, Kind.DAY_OR_TIME})
_HEADINGS: Final = "statement"


@frozen
class CellReader:
    """Reads cells under a policy."""

    policy: Policy
    date_format: str | None = None
    _words: dict[str, Mapping[str, str]] = field(factory=dict, init=False, eq=False)

    def row(
        self, cells: Iterable[tuple[Column, str, Place]], place: Place
    ) -> tuple[MappingNode, list[Problem]]:
        """Give the facts that the cells of a row state, as a case would have them."""
        problems: list[Problem] = []
        whole: dict[str, object] = {}
        for column, text, cell in cells:
            if not text.strip():
                continue
            node = self._node(column, text.strip(), cell, problems)
            if node is not None:
                _put(whole, column, node, cell)
        return _as_node(whole, place), problems

    def _node(
        self, column: Column, text: str, place: Place, problems: list[Problem]
    ) -> AnyNode | None:
        holds = column.holds
        if holds.kind is Kind.TEXT:
            return Scalar(text, quoted=True, place=place)
        if text == _NULL:
            return Scalar(text, place=place)
        if holds.kind is Kind.WORDS:
            items = (item.strip() for item in re.split("[;,]", text))
            words = (Scalar(self._word(holds, item), place=place) for item in items if item)
            return Sequence(tuple(words), place)
        if holds.kind in _DATED:
            return self._date(column, text, place, problems)
        if holds.kind is Kind.WORD:
            text = self._word(holds, text)
        elif holds.kind is Kind.FLAG:
            text = _FLAGS.get(text.casefold(), text)
        return Scalar(text, place=place)

    def _word(self, holds: Holds, text: str) -> str:
        """Give the key of a word that is written by its title, or with other letters or blanks."""
        table = holds.vocabulary
        if not isinstance(table, str):
            words: Mapping[str, str] = {_folded(word): word for word in table or ()}
        else:
            if table not in self._words:
                self._words[table] = self._titles(table)
            words = self._words[table]
        return words.get(_folded(text), text)

    def _titles(self, table: str) -> Mapping[str, str]:
        listed = self.policy.words.get(table, {})
        titles = [(_folded(term.title), word) for word, term in listed.items()]
        several = {title for title, _ in titles if [t for t, _ in titles].count(title) > 1}
        found = {title: word for title, word in titles if title not in several}
        return found | {_folded(word): word for word in listed}

    def _date(
        self, column: Column, text: str, place: Place, problems: list[Problem]
    ) -> AnyNode | None:
        if column.holds.kind is not Kind.TIME and (midnight := _MIDNIGHT.fullmatch(text)):
            return Scalar(midnight[1], place=place)
        if self.date_format is None or text[:4].isdigit():
            return Scalar(text, place=place)
        try:
            read = datetime.strptime(text, self.date_format)
        except ValueError:
            what = "no date" if column.holds.private else f"{shown(text)} is no date"
            message = f"`{column.heading}`: {what} of the form {shown(self.date_format)}"
            problems.append(Problem(message, place, "mend the cell, or write it as 2025-03-01"))
            return None
        has_time = (read.hour, read.minute, read.second) != (0, 0, 0)
        form = read.isoformat() if has_time or column.holds.kind is Kind.TIME else f"{read.date()}"
        return Scalar(form, place=place)


def _folded(text: str) -> str:
    return "_".join(re.split(r"[\s_-]+", text.strip().casefold()))


def _put(whole: dict[str, object], column: Column, node: AnyNode, place: Place) -> None:
    """Put a value at its key, one level of mapping for each dot."""
    *above, last = column.key.split(".")
    here = whole
    for name in above:
        inner = here.setdefault(name, {})
        if isinstance(inner, dict):
            here = inner
    if column.form is not None:
        here[f"\0{column.form}"] = (column.form, node, place)
    else:
        here[last] = node


def _as_node(whole: dict[str, object], place: Place) -> MappingNode:
    entries: list[tuple[Scalar, AnyNode]] = []
    for name, value in whole.items():
        key = Scalar(name, place=place)
        if not isinstance(value, dict):
            entries.append((key, value))  # type: ignore[arg-type]  # a node, as `_put` put it
        elif any(isinstance(item, tuple) for item in value.values()):
            entries.append((key, _statements(value, place)))
        else:
            entries.append((key, _as_node(value, place)))
    return MappingNode(tuple(entries), place)


def _statements(written: dict[str, object], place: Place) -> Sequence:
    """Give the forms that were signed, and the one that stands under keys of its own."""
    items: list[AnyNode] = []
    plain = {name: value for name, value in written.items() if not isinstance(value, tuple)}
    if plain:
        items.append(_as_node(plain, place))
    for value in written.values():
        if isinstance(value, tuple):
            form, node, cell = value
            signed = ((Scalar("form", place=cell), Scalar(form, place=cell)),)
            items.append(MappingNode((*signed, (Scalar("signed_on", place=cell), node)), cell))
    return Sequence(tuple(items), place)
