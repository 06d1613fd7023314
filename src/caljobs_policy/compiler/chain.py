# SPDX-License-Identifier: MIT
"""The chain of editions in force together, and the entries that result from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.policy.rules import Origin
from caljobs_policy.subjects.facts import SUBJECT_KINDS, subject_keys
from caljobs_policy.syntax.entries import Override, Restatement
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.profile import Edition, Profile
from caljobs_policy.syntax.sections import SECTIONS

_ABOUT: Final = tuple(n for n, section in SECTIONS.items() if hasattr(section.entry, "about"))
NAME_ONE: Final = "name one as jurisdiction@date"


@frozen
class Layer(FieldRepr):
    """A profile with its edition in force."""

    profile: Profile
    edition: Edition

    def uses(self, table: str) -> tuple[str, ...]:
        """Return the words of the profile above that are used here."""
        entry = self.edition.table("uses").get(table)
        return tuple(word.text for word in entry.words) if entry else ()


@frozen
class Sourced(FieldRepr):
    """An entry with its source."""

    what: str
    """Its table and key, as an override names it."""
    entry: Any
    layer: int
    """The number of the layer whose words it is written in; 0 is the most local."""
    origin: Origin


@frozen
class Change(FieldRepr):
    """The change that an override makes to an entry of the profiles above."""

    layer: int
    """The number of the layer whose override it is."""
    override: Override
    table: str
    fields: tuple[str, ...]
    """The path of fields in the entry to what changes; empty for the whole entry."""
    before: Sourced
    after: Sourced | None
    """None where the entry is removed."""
    loosened: tuple[int, ...]
    """The numbers of the layers above that it changes."""
    origin: Origin


@frozen
class Chain(FieldRepr):
    """The layers in force on a day, the most local first, and their entries together."""

    day: date
    layers: tuple[Layer, ...]
    tables: Mapping[str, Mapping[str, Sourced]]
    changes: tuple[Change, ...] = ()
    restated: Mapping[str, tuple[Restatement, ...]] = field(factory=dict)

    @property
    def profile(self) -> Profile:
        """The most local profile."""
        return self.layers[0].profile

    @cached_property
    def subject_keys(self) -> tuple[str, ...]:
        """The keys of all subjects that there are."""
        return subject_keys(self.tables)

    @cached_property
    def subject_words(self) -> tuple[str, ...]:
        """What entries may be about: the keys of all subjects, and whole kinds."""
        return (*self.subject_keys, *SUBJECT_KINDS)

    def keys_of(self, kind: str) -> tuple[str, ...]:
        """Return the keys of the subjects of a kind."""
        return subject_keys(self.tables, kind)

    def table(self, name: str) -> Mapping[str, Sourced]:
        """Return the entries of a table, those of the most general profile first."""
        return self.tables[name]

    def about_subjects(self) -> Iterator[Sourced]:
        """Return the entries of all tables whose entries say what they are about."""
        return (sourced for name in _ABOUT for sourced in self.tables[name].values())

    def entries(self, name: str) -> Iterator[tuple[str, Any]]:
        """Return the keys and entries of a table."""
        return ((key, sourced.entry) for key, sourced in self.tables[name].items())

    def scope_of(self, layer: int) -> frozenset[str]:
        """Return the sorts of subject that a layer and those above it cover."""
        editions = (above.edition for above in self.layers[layer:])
        return frozenset(key for edition in editions for key in edition.table("scope"))

    def words_of(self, table: str, layer: int) -> Mapping[str, tuple[Any, int]]:
        """Return the words of a table that a layer knows, each with its entry and its own layer."""
        if (table, layer) not in self._words:
            self._words[table, layer] = self._words_known(table, layer)
        return self._words[table, layer]

    @cached_property
    def _words(self) -> dict[tuple[str, int], Mapping[str, tuple[Any, int]]]:
        return {}

    def _words_known(self, table: str, layer: int) -> Mapping[str, tuple[Any, int]]:
        if layer == len(self.layers):
            return {}
        above = self.words_of(table, layer + 1)
        used = {w: above[w] for w in self.layers[layer].uses(table) if w in above}
        own = self.layers[layer].edition.table(table)
        return {**used, **{key: (entry, layer) for key, entry in own.items()}}

    def titles_stood_for(self, table: str, sourced: Sourced) -> tuple[str, ...]:
        """Return the titles of the words above that a word stands for."""
        if not sourced.entry.stands_for:
            return ()
        above = self.words_of(table, sourced.layer + 1)
        words = (word.text for word in sourced.entry.stands_for)
        return tuple(above[word][0].title for word in words if word in above)

    def check_editions(self, words: Iterable[Word], layer: int, problems: Problems) -> None:
        """Refuse the name of an edition that no profile above a layer has."""
        above = [e.id for other in self.layers[layer + 1 :] for e in other.profile.editions]
        for word in words:
            if word.text not in above:
                problems.unknown(word.place, "edition above", word.text, above, NAME_ONE)

    def only_meaning(self, table: str, word: Word, layer: int, problems: Problems) -> str:
        """Return the one most local word that a word of a layer means, or note a problem."""
        meant = self.meaning(table, word.text, layer)
        if len(meant) != 1 and word.text in self.words_of(table, layer):
            self._refuse_meaning(table, word.text, layer, problems)
        return meant[0] if len(meant) == 1 else word.text

    def meaning(self, table: str, word: str, layer: int) -> tuple[str, ...]:
        """Return the most local words that a word of a layer means: itself or its stand-ins."""
        words: tuple[str, ...] = (word,)
        for number in range(layer - 1, -1, -1):
            words = self._meaning_in(number, table, words)
        return words

    def counting(self, words: Iterable[str], layer: int) -> tuple[str, ...]:
        """Return the most local roles that may request where a layer names certain roles.

        These are the roles that they mean, and those that count as one in some layer in between.
        """
        meant: tuple[str, ...] = tuple(words)
        more: tuple[str, ...] = ()
        for number in range(layer, -1, -1):
            if number < layer:
                meant = self._meaning_in(number, "roles", meant)
                more = self._meaning_in(number, "roles", more)
            more = (*more, *self._counting_at(meant, number))
        return tuple(dict.fromkeys((*meant, *more)))

    def _meaning_in(self, number: int, table: str, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words of one layer that stand for words of the layer above it."""
        here = self.layers[number]
        used = [w for w in words if w in here.uses(table)]
        standing = [
            key
            for key, entry in here.edition.table(table).items()
            if any(other.text in words for other in entry.stands_for)
        ]
        return tuple(dict.fromkeys([*used, *standing]))

    def _counting_at(self, words: Collection[str], number: int) -> Iterator[str]:
        """Yield the roles of a layer that count as one of some roles."""
        known = self.words_of("roles", number)
        for key, (entry, layer) in known.items():
            own = self.words_of("roles", layer) if entry.counts_as else {}
            for other in entry.counts_as:
                # A role used from above counts as another one from above, not as its namesake here.
                if other.text in words and known.get(other.text) == own.get(other.text):
                    yield key

    def _refuse_meaning(self, table: str, word: str, layer: int, problems: Problems) -> None:
        """Report, in the local profile, a word for which not exactly one stands here."""
        words: tuple[str, ...] = (word,)
        number = layer
        while len(words) == 1 and number:
            above, number = words[0], number - 1
            words = self._meaning_in(number, table, words)
        edition, what = self.layers[number].edition, table.removesuffix("s")
        whose = f"the {what} `{above}` of `{self.layers[number + 1].profile.jurisdiction}`"
        uses = edition.table("uses").get(table)
        if words:
            own = edition.table(table).get(words[-1])
            place = own.key.place if own is not None else edition.place
            message = f"{' and '.join(f'`{w}`' for w in words)} stand for {whose}"
            problems.add(
                Code.CONFLICT, place, message, "let one of them stand for it; rules name it alone"
            )
        else:
            remedy = f"list it under `uses: {table}:`, or let a {what} of yours stand for it"
            place = uses.key.place if uses is not None else edition.place
            problems.missing(place, f"nothing here stands for {whose}", remedy)
