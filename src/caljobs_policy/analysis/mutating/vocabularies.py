# SPDX-License-Identifier: MIT
"""Which words could stand in the place of a word: those of the vocabularies that have it."""

from __future__ import annotations

import calendar
from collections import ChainMap, defaultdict
from collections.abc import (
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from copy import copy
from itertools import groupby
from typing import Final, TypeAlias

from caljobs_policy.analysis.checking.examined import Stretch
from caljobs_policy.compiler.templates import KINDS
from caljobs_policy.dates.business_days import WEEKDAYS
from caljobs_policy.policy.operators import OPERATORS, Operator
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import ANYONE, DEADLINE_TESTS, PARTIES, ROUTE_PARTS
from caljobs_policy.subjects.facts import SUBJECT_KINDS, Fact, fact_named, facts_about
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.syntax.profile import Edition

Words: TypeAlias = tuple[str, ...]
MOST_TRIED: Final = 4
"""How many words are tried for one until the profile can be read with one of them."""
_DATE: Final = "a date"
"""What stands for each of the kinds of facts that can be compared as dates."""
_FLAGS: Final = ("true", "false")
_NO_OUTCOME: Final = "none"
_ALWAYS: Final = "always"
_ORDINALS: Final = ("first", "second", "third", "fourth", "last")
_STANDING: Final = (Outcome.VIOLATION, Outcome.ATTENTION, Outcome.NOTE)
_ASKED: Final = (Outcome.DENY, Outcome.RETURN, Outcome.AWAIT_APPROVAL, Outcome.NOTE)
_FIXED: Final[Sequence[Words]] = (
    _FLAGS,
    ("all", "any"),
    (*map(str, _ASKED), _NO_OUTCOME),
    (*map(str, _STANDING), _NO_OUTCOME),
    (*(str(one) for one in Outcome if one is not Outcome.NOTE), _ALWAYS),
    DEADLINE_TESTS,
    KINDS,
    ROUTE_PARTS,
    SUBJECT_KINDS,
    tuple(WEEKDAYS),
)
"""The vocabularies of every profile."""
_IN_TEXTS: Final[Sequence[Words]] = (
    tuple(day.capitalize() for day in WEEKDAYS),
    tuple(calendar.month_name)[1:],
    _ORDINALS,
)
"""The vocabularies of single words of a text, as of a day in a calendar."""


class Vocabularies:
    """The words that a profile may write, by the vocabularies that have them."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._having: MutableMapping[str, list[Words]] = {}
        self._in_texts: dict[str, Words] = {}
        found = dict.fromkeys((*_FIXED, *_operators(), *_written(stretches)))
        for words in found:
            for word in words:
                self._having.setdefault(word, []).append(words)
        for words in _IN_TEXTS:
            self._in_texts |= dict.fromkeys(words, words)

    def about(self, policy: Policy, keys: Collection[str]) -> Vocabularies:
        """Return these words, with the facts that subjects of all of some keys have."""
        found = copy(self)
        facts = {word: [words] for words in _facts(policy, keys) for word in words}
        found._having = ChainMap(facts, self._having)
        return found

    def instead(self, word: str) -> Iterator[Words]:
        """Yield what to try in the place of a word, once for the vocabularies that overlap."""
        return _merged(_after(word, words)[:MOST_TRIED] for words in self._having.get(word, ()))

    def knows(self, word: str) -> bool:
        """Return whether some vocabulary has a word."""
        return word in self._having

    def in_text(self, word: str) -> Words:
        """Return what could stand in the place of a word of a text."""
        return _after(word, self._in_texts.get(word, ()))[:MOST_TRIED]

    def besides(self, listed: Sequence[str]) -> Iterator[Words]:
        """Yield what to try to add to some words, once for the vocabularies that overlap."""
        known = self._having.get(listed[0], ()) if listed else ()
        having = [words for words in known if {*listed} <= {*words}]
        others = (_after(listed[0], words) for words in having)
        lacking = (tuple(one for one in words if one not in listed) for words in others)
        return _merged(words[:MOST_TRIED] for words in lacking)


def _merged(several: Iterable[Words]) -> Iterator[Words]:
    """Yield lists of words, of which those that share some word are one."""
    found: list[dict[str, None]] = []
    for words in several:
        shared = next((one for one in found if not one.keys().isdisjoint(words)), None)
        if shared is None:
            found.append(dict.fromkeys(words))
        else:
            shared.update(dict.fromkeys(words))
    yield from (tuple(one) for one in found if one)


def _after(word: str, words: Words) -> Words:
    """Return the other words of a vocabulary, beginning with the next one."""
    number = words.index(word) if word in words else 0
    return (*words[number + 1 :], *words[:number])


def _operators() -> Iterator[Words]:
    """Yield operators that take the same argument after facts of one kind, and their sides."""
    for kind in dict.fromkeys(kind for cls in OPERATORS.values() for kind in cls.kinds):
        alike = [(name, cls) for name, cls in OPERATORS.items() if kind in cls.kinds]
        alike.sort(key=lambda pair: _shape(pair[1]))
        for _, group in groupby(alike, lambda pair: _shape(pair[1])):
            yield tuple(name for name, _ in group)
    yield from dict.fromkeys(cls.sides for cls in OPERATORS.values())


def _shape(cls: type[Operator]) -> tuple[str, Words]:
    return cls.argument.value, cls.sides


def _written(stretches: Sequence[Stretch]) -> Iterator[Words]:
    """Yield the vocabularies of the profile and those above it."""
    for stretch in stretches:
        yield from _words(stretch.policy)
        if stretch.above is not None:
            yield from _words(stretch.above)
        yield (*PARTIES, *stretch.policy.words.get("roles", ()), ANYONE)
        yield tuple(stretch.policy.plans)
        yield from _names([layer.edition for layer in stretch.layers], stretch.policy)


def _words(policy: Policy) -> Iterator[Words]:
    yield from (tuple(words) for words in policy.words.values())


def _facts(policy: Policy, keys: Collection[str]) -> Iterator[Words]:
    """Yield the facts that all subjects of some keys have, those together that hold the like."""
    known = [_facts_of(policy, key) for key in keys]
    found: dict[Hashable, list[str]] = defaultdict(list)
    for path, fact in (known[0] if known else {}).items():
        if all(path in facts for facts in known):
            found[_likeness(fact)].append(path)
    yield from map(tuple, found.values())


def _likeness(fact: Fact) -> Hashable:
    """Return what is the same of facts one of which could stand in the place of the other."""
    listed = fact.holds.vocabulary
    words = listed if isinstance(listed, str) else id(listed)
    return fact.form is None, _DATE if fact.kind in DATED else fact.kind, words


def _facts_of(policy: Policy, key: str) -> Mapping[str, Fact]:
    """Return the facts of subjects of a key as conditions name them."""
    names = list(policy.facts)
    for path, fact in facts_about(key).items():
        signed = [f"{path}.{form}" for form in policy.words.get("statements", ())]
        names += signed if fact.kind is Kind.STATEMENTS else [path]
    found = ((name, fact_named(name, key, policy.facts)) for name in names)
    return {name: fact for name, fact in found if fact is not None}


def _names(editions: Sequence[Edition], policy: Policy) -> Iterator[Words]:
    """Yield the names of the entries of each table; of clauses, those of each document."""
    tables: dict[str, dict[str, None]] = defaultdict(dict)
    for edition in editions:
        for table, entries in edition.tables.items():
            for key, entry in entries.items():
                name = getattr(entry, "called", key)
                where = f"{table}/{key.partition('/')[0]}" if table == "clauses" else table
                tables[where][name] = None
                tables["entries"][f"{table}/{key}"] = None
    yield from (tuple(names) for table, names in tables.items() if table not in policy.words)
