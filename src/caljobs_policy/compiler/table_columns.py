# SPDX-License-Identifier: MIT
"""Fills the columns of a lookup table's row in where the table names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import IN_BRACKETS
from caljobs_policy.errors.codes import Code
from caljobs_policy.subjects.facts import AT
from caljobs_policy.syntax.declaration import declared
from caljobs_policy.syntax.entries import Table, TableRow
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word, texts_in
from caljobs_policy.syntax.nodes import Mapping as MappingNode


def fits_its_table(row: TableRow, table: Table, problems: Problems) -> bool:
    """Refuse columns that are unused or missing, or that do not fit where they are used."""
    condition = table.require or MappingNode(())
    asked = dict.fromkeys(_asked_for(condition))
    texts = (*table.say.values(), *table.remedy.values(), *row.say.values(), *row.remedy.values())
    used = {*asked, *(name for word in texts for name in IN_BRACKETS.findall(word.text))}
    for name, node in row.columns.items():
        if name not in used:
            key = row.node.key(name) if isinstance(row.node, MappingNode) else None
            message = f"nothing in the table uses the column `{name}`"
            columns = [name for name in used if _is_column(name)]
            place = key.place if key else node.place
            problems.unlisted(place, message, name, [*columns, *declared(TableRow)])
    missing = [name for name in asked if name not in row.columns]
    for name in missing:
        message = f"the row `{row.key}` lacks the column `{name}`"
        problems.add(Code.MISSING, row.key.place, message, f"add `{name}:` to it")
    within = [name for name in asked if _asked_within(condition, name)]
    crooked = [n for n in within if n not in missing and not isinstance(row.columns[n], Scalar)]
    for name in crooked:
        message = "this column is filled into a longer text"
        problems.add(Code.WRONG_KIND, row.columns[name].place, message, "write one word")
    return not missing and not crooked


def asks_for(condition: AnyNode | None, name: str) -> bool:
    """Return whether the condition of a table names a column."""
    return condition is not None and name in _asked_for(condition)


def _asked_for(node: AnyNode) -> Iterator[str]:
    """Yield the names of the columns that a condition names."""
    for text in texts_in(node):
        yield from filter(_is_column, IN_BRACKETS.findall(text))


def _asked_within(node: AnyNode, name: str) -> bool:
    """Return whether a column is part of a longer text, where only one word fits."""
    return any(f"<{name}>" in text and text != f"<{name}>" for text in texts_in(node))


def _is_column(name: str) -> bool:
    """Return whether a name is that of a column; the names of facts have dots."""
    return "." not in name and name != AT.path


def with_columns(node: AnyNode, columns: Mapping[str, AnyNode]) -> AnyNode:
    """Return a node with the values of a row in place of each `<column>`."""
    if isinstance(node, Sequence):
        return Sequence(tuple(with_columns(item, columns) for item in node.items), node.place)
    if isinstance(node, MappingNode):
        entries = ((_in_text(k, columns), with_columns(v, columns)) for k, v in node.entries)
        return MappingNode(tuple(entries), node.place)
    for name, value in columns.items():
        if node.text == f"<{name}>":
            return value
    return _in_text(node, columns)


def _in_text(node: Scalar, columns: Mapping[str, AnyNode]) -> Scalar:
    return Scalar(_with(node.text, columns), node.quoted, node.place)


def filled(written: Mapping[str, Word], columns: Mapping[str, AnyNode]) -> Mapping[str, Word]:
    """Return texts with the values of a row in place of each `<column>`."""
    return {kind: Word(_with(word.text, columns), word.place) for kind, word in written.items()}


def _with(text: str, columns: Mapping[str, AnyNode]) -> str:
    for name, node in columns.items():
        if isinstance(node, Scalar):
            text = text.replace(f"<{name}>", node.text)
    return text
