# SPDX-License-Identifier: MIT
"""The names that a chain of profiles defines: words, lists, parameters, facts, clauses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from attrs import evolve, frozen

from caljobs_policy.compiler.about import check_types, refuse_subject
from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.closed_days import calendar_of
from caljobs_policy.compiler.directions import Directions
from caljobs_policy.compiler.own_facts import own_facts
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.references import References
from caljobs_policy.dates.business_days import BusinessCalendar
from caljobs_policy.dates.durations import Duration, Unit, duration_from, how_to_write
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.policy.policy import Clause, ListedWord, Parameter, Reading
from caljobs_policy.subjects.facts import SUBJECT_KINDS, Fact
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Word
from caljobs_policy.syntax.sections import QUALIFIED, VOCABULARIES

MOST_BUSINESS_DAYS: Final = 2_500
NO_CHOICE: Final = "name the reading that has it among its `others` under `reading`"
IN_BRACKETS: Final = re.compile(r"<([^<>\s]{1,80})>")
"""A name in a text whose value is filled in."""
_OPEN: Final = re.compile(r"<([A-Za-z_]\w*(?:[./-]\w+)*)([^<>]*>?)")


@frozen
class Vocabulary:
    """Everything that an entry can refer to by name."""

    chain: Chain
    directions: Directions
    words: Mapping[str, Mapping[str, ListedWord]]
    """Those of the most local layer."""
    lists: Mapping[str, Sourced]
    calendar: BusinessCalendar | None
    parameters: Mapping[str, Parameter]
    terms: Mapping[str, Sourced]
    facts: Mapping[str, Fact]
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading]
    used: set[tuple[str, str]]
    """The tables and names of all that something refers to, as far as it was bound."""
    scope: Collection[str]

    def use(self, table: str, name: str, layer: int = 0) -> None:
        """Note that a layer refers to a name; words of its own are none of the most local layer."""
        if layer == 0 or table not in QUALIFIED:
            self.used.add((table, name))

    @cached_property
    def durations(self) -> Mapping[str, Duration]:
        """The parameters' values by name."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    def words_for(self, fact: Fact, layer: int = 0) -> Collection[str] | None:
        """Return the words that a fact can hold in a layer, or None where any text will do."""
        listed = fact.holds.vocabulary
        return (self.words_in(listed, layer) or None) if isinstance(listed, str) else listed

    def words_in(self, table: str, layer: int = 0) -> Collection[str]:
        """Return the words of a table that a layer knows."""
        return self.chain.words_of(table, layer) if table in QUALIFIED else self.words[table]

    def title(self, table: str, word: str, layer: int = 0) -> str:
        """Return a word's title in a layer, or the word itself where it is not listed."""
        if table in QUALIFIED:
            found = self.chain.words_of(table, layer).get(word)
            return found[0].title if found else word
        term = self.words[table].get(word)
        return term.title if term else word


def vocabulary_of(chain: Chain, problems: Problems) -> Vocabulary:
    """Gather the names of a chain, and note clauses and readings that do not exist."""
    clauses = _clauses(chain, problems)
    readings = _readings(chain, problems)
    used: set[tuple[str, str]] = set()
    reader = References(clauses, readings, used, problems)
    for table in chain.tables.values():
        for sourced in table.values():
            reader.check(sourced.entry)
    for key, entry in chain.entries("out_of_scope"):
        used.add(("clauses", key))
        if key not in clauses:
            problems.unknown(entry.key.place, "clause", key, clauses)
    for layer in chain.layers:
        reader.check_clauses(layer.profile.authority)
        for name in ("overrides", "restates"):
            for entry in layer.edition.table(name).values():
                reader.check(entry)
    check_types(chain, problems)
    calendar = calendar_of(chain, problems)
    words = {name: _terms(chain, name, problems) for name in VOCABULARIES}
    return Vocabulary(
        chain=chain,
        directions=Directions(),
        words=words,
        lists=chain.table("lists"),
        calendar=calendar,
        parameters=_parameters(chain, readings, calendar, problems),
        terms=chain.table("terms"),
        facts=own_facts(chain, problems),
        clauses=clauses,
        readings=readings,
        used=used,
        scope=_scope(chain, problems),
    )


def check_brackets(text: str, place: Place, problems: Problems) -> None:
    """Refuse a `<` that opens a name and is not closed."""
    for name, more in _OPEN.findall(IN_BRACKETS.sub("", text)):
        if not more.endswith(">"):
            remedy = f"write `<{name}>`; a space after `<` lets it stand for itself"
            problems.add(Code.SYNTAX, place, f"the `<` before {shown(name)} is not closed", remedy)


def texts(words: Sequence[Word]) -> tuple[str, ...]:
    """Return words without their places."""
    # Most entries have none of most sorts of words.
    return tuple(dict.fromkeys([word.text for word in words])) if words else ()


def _clauses(chain: Chain, problems: Problems) -> Mapping[str, Clause]:
    found = {}
    documents = chain.table("documents")
    for key, entry in chain.entries("clauses"):
        document = key.partition("/")[0]
        if document not in documents:
            problems.unknown(entry.key.place, "document", document, documents)
        kind = entry.kind.text if entry.kind else ""
        found[key] = Clause(key, document, entry.at or "", kind, entry.says or "")
    return found


def _readings(chain: Chain, problems: Problems) -> Mapping[str, Reading]:
    found = {}
    for key, entry in chain.entries("readings"):
        others = texts(entry.others)
        chosen = entry.chosen.text if entry.chosen else None
        if chosen is not None and chosen not in others and "others" not in entry.faulty:
            message = f"the reading `{key}` offers no choice {shown(chosen)}"
            remedy = "list it under `others`"
            problems.unlisted(entry.chosen.place, message, chosen, others, remedy)
        found[key] = Reading(key, entry.question or "", entry.answer or "", chosen, others)
    return found


def _terms(chain: Chain, name: str, problems: Problems) -> Mapping[str, ListedWord]:
    table = chain.table(name)
    for sourced in table.values():
        known = chain.words_of(name, sourced.layer) if name in QUALIFIED else table
        for other in sourced.entry.counts_as:
            if other.text not in known:
                message = f"there is no {shown(other.text)} in `{name}`"
                problems.unlisted(other.place, message, other.text, known)
    return {
        key: ListedWord(
            key,
            entry.title or key,
            texts(entry.counts_as),
            chain.titles_stood_for(name, sourced),
            texts(entry.email),
            entry.phone,
            texts(entry.clauses),
            sourced.origin,
        )
        for key, sourced in table.items()
        for entry in (sourced.entry,)
    }


def _parameters(
    chain: Chain,
    readings: Mapping[str, Reading],
    calendar: BusinessCalendar | None,
    problems: Problems,
) -> Mapping[str, Parameter]:
    found = {}
    for key, sourced in chain.table("parameters").items():
        entry = sourced.entry
        check_choices(chain, entry, problems)
        for node in entry.instead.values():
            _duration(node, calendar, problems)
        chosen = [readings[r.text].chosen for r in entry.reading if r.text in readings]
        nodes = [entry.instead[choice] for choice in chosen if choice in entry.instead]
        node = nodes[0] if nodes else entry.value
        value = None if node is None else _duration(node, calendar, problems)
        if value is not None:
            title = entry.title or key.replace("_", " ")
            clauses, named = texts(entry.clauses), texts(entry.reading)
            found[key] = Parameter(key, value, title, clauses, named, sourced.origin)
    return found


def check_choices(chain: Chain, entry: Any, problems: Problems) -> None:
    """Refuse an `instead` for a choice that no reading of the entry offers."""
    if not entry.instead:
        return
    readings = chain.table("readings")
    named = [readings[word.text].entry for word in entry.reading if word.text in readings]
    if {"others", "reading"} & {*entry.faulty, *(f for one in named for f in one.faulty)}:
        return
    if len(named) < len(entry.reading):
        return  # the missing reading was reported
    offered = [word.text for reading in named for word in reading.others]
    for choice, written in entry.instead.items():
        if choice not in offered:
            problems.unknown(written.place, "choice", choice, offered, NO_CHOICE)


def _duration(
    node: AnyNode, calendar: BusinessCalendar | None, problems: Problems
) -> Duration | None:
    found = duration_from(node.text) if isinstance(node, Scalar) else None
    if found is None:
        text = node.text if isinstance(node, Scalar) else ""
        what = shown(text) if text else "this"
        problems.add(
            Code.NOT_A_DURATION, node.place, f"{what} is not a duration", how_to_write(text)
        )
        return None
    return on_calendar(found, calendar, node.place, problems)


def on_calendar(
    duration: Duration, calendar: BusinessCalendar | None, place: Place, problems: Problems
) -> Duration:
    """Return a duration with its calendar, which business days cannot be counted without."""
    if duration.unit is not Unit.BUSINESS_DAYS:
        return duration
    if calendar is None:
        remedy = "list the days on which offices are closed under `calendar`"
        problems.add(
            Code.MISSING, place, f"{duration} cannot be counted without a calendar", remedy
        )
    if duration.amount > MOST_BUSINESS_DAYS:
        # A derivation goes through every day and lists those that do not count.
        message = f"{duration} are too many to count"
        problems.add(
            Code.OUT_OF_RANGE, place, message, f"write {MOST_BUSINESS_DAYS:,} at most, or months"
        )
    return evolve(duration, calendar=calendar)


def _scope(chain: Chain, problems: Problems) -> Collection[str]:
    known = chain.subject_keys
    for key, entry in chain.entries("scope"):
        if key in SUBJECT_KINDS and key not in known:
            problems.add(
                Code.UNKNOWN_WORD,
                entry.key.place,
                f"`scope` names each type of {key} separately",
                f"write `{chain.keys_of(key)[0]}`, and so on",
            )
        elif key not in known:
            refuse_subject(entry.key.place, key, known, problems)
    return [key for key in known if key in chain.table("scope")]
