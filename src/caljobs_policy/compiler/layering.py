# SPDX-License-Identifier: MIT
"""Lays editions over one another: local entries are added, overrides change those above."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve

from caljobs_policy.compiler.chain import Chain, Layer, Sourced
from caljobs_policy.compiler.overriding import Overrider
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import shown
from caljobs_policy.plain.making import maker_of
from caljobs_policy.policy.rules import Origin
from caljobs_policy.syntax.entries import Restatement
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.sections import QUALIFIED, SECTIONS

OWN_TO_A_LAYER: Final = (*QUALIFIED, "uses", "overrides", "restates")
"""Tables that are not laid over one another: each layer has its own."""
_sourced = maker_of(Sourced)
_origin = maker_of(Origin)
_NONE_ABOVE: Final = "name a profile that has such words under `extends`"


def chain_of(layers: Sequence[Layer], day: date, problems: Problems) -> Chain:
    """Lay the layers of a chain over one another; the first is the most local one."""
    tables: dict[str, dict[str, Sourced]] = {name: {} for name in SECTIONS}
    overrider = Overrider(tuple(layers), tables, problems)
    for number in range(len(layers) - 1, -1, -1):
        _check_uses(layers, number, problems)
        for name in SECTIONS:
            if name not in OWN_TO_A_LAYER:
                _add(tables[name], name, layers[number], number, problems)
        overrider.apply(number)
    restated: dict[str, tuple[Restatement, ...]] = {}
    for layer in reversed(layers):
        for entry in layer.edition.table("restates").values():
            what = entry.key.text
            restated[what] = (*restated.get(what, ()), entry)
    chain = Chain(day, tuple(layers), tables, tuple(overrider.changes), restated)
    for name in QUALIFIED:
        tables[name].update(_words(chain, name))
    return chain


def _add(
    table: dict[str, Sourced], name: str, layer: Layer, number: int, problems: Problems
) -> None:
    for key, entry in layer.edition.table(name).items():
        what = f"{name}/{key}"
        if key in table and name == "routing":
            # The row for an organization of another layer, which may have the same name.
            what = f"{name}/{layer.edition.jurisdiction}:{key}"
            key = what.partition("/")[2]  # noqa: PLW2901
        if key in table and name == "scope":
            above = table[key]
            clauses = (*above.entry.clauses, *entry.clauses)
            table[key] = evolve(above, entry=evolve(above.entry, clauses=clauses))
            continue
        if key in table:
            problems.add(
                Code.DUPLICATE,
                entry.key.place,
                f"`{what}` is already in {table[key].origin.edition}",
                "rename it, or change the entry above under `overrides`",
            )
            continue
        table[key] = _sourced(what, entry, number, _origin(layer.edition.id, entry.place, None))


def _words(chain: Chain, name: str) -> Iterator[tuple[str, Sourced]]:
    """Yield the words that the most local layer knows."""
    for key, (entry, layer) in chain.words_of(name, 0).items():
        edition = chain.layers[layer].edition
        origin = _origin(edition.id, entry.place, None)
        yield key, _sourced(f"{name}/{key}", entry, layer, origin)


def _check_uses(layers: Sequence[Layer], number: int, problems: Problems) -> None:
    """Refuse to use, or to stand for, a word that the profile above does not know."""
    edition = layers[number].edition
    above = Chain(date.min, tuple(layers), {})
    for table, entry in edition.table("uses").items():
        if table not in QUALIFIED:
            problems.no_such(entry.key.place, "table of words to use", table, QUALIFIED)
            continue
        known = above.words_of(table, number + 1)
        for word in entry.words:
            if word.text not in known:
                _refuse_above(word, table, known, problems)
            elif word.text in edition.table(table):
                problems.add(
                    Code.DUPLICATE,
                    word.place,
                    f"`{word.text}` is both used from above and defined here",
                    "remove it from `uses`, or rename the one that is defined here",
                )
    for table in QUALIFIED:
        known = above.words_of(table, number + 1)
        for entry in edition.table(table).values():
            for other in entry.stands_for:
                if other.text not in known:
                    _refuse_above(other, table, known, problems)


def _refuse_above(word: Word, table: str, known: Collection[str], problems: Problems) -> None:
    message = f"the profile above has no {table.removesuffix('s')} {shown(word.text)}"
    problems.unlisted(word.place, message, word.text, known, _NONE_ABOVE)
