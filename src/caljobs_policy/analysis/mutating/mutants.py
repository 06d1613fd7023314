# SPDX-License-Identifier: MIT
"""The mutants of a profile: what it would be with one small change, and its policies then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.analysis.checking.examined import Examined, Stretch
from caljobs_policy.analysis.mutating.changes import Change, Changes, Site
from caljobs_policy.analysis.mutating.concerned import concerned
from caljobs_policy.analysis.mutating.entry_changes import EntryChanges
from caljobs_policy.analysis.mutating.vocabularies import Vocabularies
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.errors.collecting import UnreadableError
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.layers.compiling import basis_of
from caljobs_policy.loader.shipped_words import shipped_words
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.policy import Policy
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.entry_hooks import entry_converter
from caljobs_policy.syntax.nodes import Scalar
from caljobs_policy.syntax.profile import Edition
from caljobs_policy.syntax.sections import SECTIONS

_DECIDE_NOTHING: Final = frozenset({"documents", "clauses", "guides", "out_of_scope"})
"""The tables whose entries are cited or shown, and decide nothing."""
_NAME_ANOTHER: Final = frozenset({"scope", "routing", "submission", "papers", "restates"})
"""The tables whose keys are no names of their own: of types, organizations, forms or entries."""


@frozen
class Written:
    """An entry of the profile's own: it may stand in several editions."""

    table: str
    name: str
    """Its key in the table."""
    entry: Entry

    @property
    def what(self) -> str:
        """What it is called."""
        return f"{self.table}/{self.entry.key}"


@frozen(eq=False)
class Mutant:
    """A profile with one small change, which can be read."""

    written: Written
    change: Change
    policies: Mapping[Stretch, Policy]
    """Its policies in place of those that it changes."""

    @property
    def place(self) -> Place:
        """Where it is changed."""
        return self.change.place

    @property
    def words(self) -> str:
        """What is changed, in words."""
        return f"{self.written.what}: {self.change.words}"


class Mutants:
    """The mutants of a profile that was examined."""

    def __init__(self, examined: Examined) -> None:
        self.examined = examined
        self.vocabularies = Vocabularies(examined.stretches)
        self.bases = {one: basis_of(one.layers, one.policy.day) for one in examined.stretches}

    @cached_property
    def sites(self) -> Sequence[tuple[Written, Site]]:
        """All places where something small can be changed, with the changes to try there."""
        return [(one, site) for one in self._written() for site in self._sites(one) if site]

    def of(self, written: Written, site: Site) -> Mutant | None:
        """Return the mutant with the first change with which the profile can be read."""
        for change in site:
            entry = _changed(written, change)
            if isinstance(entry, UnreadableError):
                continue
            try:
                policies = {
                    stretch: self._policy(stretch, written, entry)
                    for stretch in self.examined.stretches
                    if _stands_in(written, stretch.layers[0].edition)
                }
            except ProfileError:
                continue
            return Mutant(written, change, policies)
        return None

    def _written(self) -> Iterator[Written]:
        """Yield the entries of the profile's own, each once."""
        shipped = {entry.place for table in shipped_words().values() for entry in table.values()}
        seen = set()
        for stretch in self.examined.stretches:
            for table, entries in stretch.layers[0].edition.tables.items():
                for name, entry in entries.items():
                    known = (table, name, entry.key.place)
                    is_own = entry.place not in shipped and table not in _DECIDE_NOTHING
                    if is_own and known not in seen:
                        seen.add(known)
                        yield Written(table, name, entry)

    def _sites(self, one: Written) -> Iterator[Site]:
        """Yield the changes of an entry; a fact becomes one that the same subjects have."""
        yield [Change(one.entry.key.place, "it is left out", None)]
        stretches = (s for s in self.examined.stretches if _stands_in(one, s.layers[0].edition))
        stretch = next(stretches)
        keys = concerned(self.bases[stretch].built, one.table, one.entry)
        changes = Changes(self.vocabularies.about(stretch.policy, keys))
        yield from EntryChanges(changes).of(SECTIONS[one.table].entry, one.entry.node)
        if one.table in _NAME_ANOTHER:
            yield from self._keys(one, stretch.layers[0].edition)

    def _keys(self, one: Written, edition: Edition) -> Iterator[Site]:
        """Yield the changes of a word in the key of an entry, as of the form of a paper."""
        key, known = one.entry.key, edition.table(one.table)
        parts = key.text.split("/") if SECTIONS[one.table].nested else [key.text]
        for number, part in enumerate(parts):
            for words in self.vocabularies.instead(part):
                keys = ["/".join([*parts[:number], word, *parts[number + 1 :]]) for word in words]
                yield [_rekeyed(one, new) for new in keys if new not in known]

    def _policy(self, stretch: Stretch, written: Written, entry: Entry | None) -> Policy:
        """Compile the policy of a stretch with an entry changed, or raise a `ProfileError`."""
        layer, *above = stretch.layers
        edition = _edited(layer.edition, written, entry)
        editions = [edition if e is layer.edition else e for e in layer.profile.editions]
        profile = evolve(layer.profile, editions=tuple(editions))
        basis = self.bases[stretch]
        anew = concerned(basis.built, written.table, written.entry, entry)
        return basis.varied([Layer(profile, edition), *above], anew)


def _edited(edition: Edition, written: Written, entry: Entry | None) -> Edition:
    """Return an edition with another entry in the place of one, or without it."""
    key = written.entry.key.text
    table: dict[str, Entry] = {}
    for name, one in edition.table(written.table).items():
        if name != written.name:
            table[name] = one
        elif entry is not None:
            table[name if entry.key.text == key else entry.key.text] = entry
    tables = {**edition.tables, written.table: FrozenDict(table)}
    return evolve(edition, tables=FrozenDict(tables))


def _stands_in(written: Written, edition: Edition) -> bool:
    found = edition.table(written.table).get(written.name)
    return found is not None and found.key.place == written.entry.key.place


def _rekeyed(one: Written, key: str) -> Change:
    words = f"the key becomes {shown(key)}"
    return Change(one.entry.key.place, words, one.entry.node, key)


def _changed(written: Written, change: Change) -> Entry | UnreadableError | None:
    """Return the entry with a change; None if it is left out, or the error if it is none."""
    if change.node is None:
        return None
    key = written.entry.key
    pair = (Scalar(change.key or key.text, place=key.place), change.node)
    try:
        entry: Entry = entry_converter().structure(pair, SECTIONS[written.table].entry)
    except UnreadableError as error:
        return error
    return entry
