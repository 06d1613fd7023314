# SPDX-License-Identifier: MIT
"""What varies if some facts are unknown: facts whose values give truths to the same tests."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final, NamedTuple

from attrs import define, frozen

from caljobs_policy.dates.durations import noon
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth

OTHER: Final = "?"
"""A word that no profile lists."""
PATH: Final = attrgetter("fact.path")


# Internal, and made by the dozen: `define` assigns its fields faster than `frozen`.
@define(eq=False)
class Source:
    """A fact as it is stated; each is one object, which is found faster than equal facts."""

    fact: Fact


@define(eq=False)
class Question:
    """A test, one object wherever it is asked, with the stated facts behind those that it reads."""

    test: Test
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    has_partners: bool
    """Whether it may be told though a fact behind it is unknown."""


@define(eq=False)
class Questions:
    """What a check asks."""

    each: tuple[Question, ...]
    sources: frozenset[Source]


class Asked:
    """What the checks of a policy ask, worked out for each when it is first needed.

    A date is read both as stated and as of the moment. The day of a form is the last of several
    statements, each of which may be in the future, so it is its own source.
    """

    def __init__(self) -> None:
        self._sources: dict[Fact, Source] = {}
        self._questions: dict[Test, Question] = {}
        self._by: dict[Check, Questions] = {}
        self._together: dict[frozenset[Source], frozenset[Source]] = {}

    def by(self, check: Check) -> Questions:
        """Return what a check asks."""
        found = self._by.get(check)
        if found is None:
            each = tuple(map(self.question, check.tests))
            sources = frozenset(chain.from_iterable([question.sources for question in each]))
            # One object for all checks that read the same facts, which then tell their hash.
            sources = self._together.setdefault(sources, sources)
            found = self._by.setdefault(check, Questions(each, sources))
        return found

    def question(self, test: Test) -> Question:
        """Return what a test asks."""
        found = self._questions.get(test)
        if found is None:
            facts = test.facts
            sources = tuple(map(self.source, facts))
            has_partners = len(facts) > 1 or facts[0].holds.sure_with is not None
            question = Question(test, facts, sources, has_partners)
            found = self._questions.setdefault(test, question)
        return found

    def stated(self, test: Test) -> tuple[Fact, ...]:
        """Return the stated facts behind a test, in the order of those that it reads."""
        return tuple([source.fact for source in self.question(test).sources])

    def source(self, fact: Fact) -> Source:
        """Return the stated fact behind one that is read."""
        found = self._sources.get(fact)
        if found is None:
            stated = stated_behind(fact)
            found = self._sources.setdefault(stated, Source(stated))
            self._sources[fact] = found
        return found


def stated_behind(fact: Fact) -> Fact:
    """Return the stated fact behind one that is read."""
    return fact if fact.form is not None else fact.as_stated


class Part(NamedTuple):
    """Questions to which unknown facts give truths together."""

    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    null_apart: bool
    """Whether other parts are about the same facts, so that nullness is one of its own."""
    is_free: bool
    """Whether its only test may have either truth: so it is, or values cannot be tried."""


@define(eq=False)
class Variable:
    """Unknown facts that vary together, and the tests to which they give truths together."""

    facts: tuple[Fact, ...]
    tests: tuple[Test, ...]
    sources: Mapping[Fact, Fact]
    """The facts that the tests read, each with the stated one behind it."""
    partners: tuple[Fact, ...]
    """Those of them that are known, or may be as they are stated, but for the moment."""
    null_apart: bool
    by_day: bool
    """Whether only the day of the moment may matter, as where no hours are counted."""

    @property
    def reads_moment(self) -> bool:
        """Whether the truths may depend on the moment, as those of dates do."""
        return self.facts[0].kind in DATED


@frozen(eq=False)
class Nullness:
    """Whether a fact exists, if several variables are about its value."""

    source: Source
    truths: Mapping[Question, Truth]
    """What its tests are if it does not."""


def asked_for(facts: Iterable[Fact], read: FactReader) -> tuple[str, ...]:
    """Return the sorted keys of a case to fill in so that facts become known."""
    return tuple(sorted({key for fact in facts for key in read.asked(fact)}))


def variable_of(part: Part) -> Variable:
    """Return the variable of a part."""
    unknown, questions, null_apart, _ = part
    seen = {f: s.fact for q in questions for f, s in zip(q.facts, q.sources, strict=True)}
    facts = tuple([source.fact for source in unknown])
    tests = tuple([question.test for question in questions])
    partners, by_day = partners_of(questions, unknown), told_by_day(facts, tests)
    return Variable(facts, tests, seen, partners, null_apart, by_day)


def partners_of(questions: Iterable[Question], unknown: Container[Source]) -> tuple[Fact, ...]:
    """Return the facts that are known, or may be as they are stated, but for the moment."""
    found: dict[Fact, None] = {}
    for question in questions:
        if question.has_partners:
            for fact, source in zip(question.facts, question.sources, strict=True):
                if source not in unknown or fact.holds.sure_with is not None:
                    found[fact] = None
    found.pop(AT, None)
    return tuple(found)


def told_by_day(facts: Iterable[Fact], tests: Iterable[Test]) -> bool:
    """Return whether only the day of the moment may matter to tests of facts."""
    return not any(fact.holds.kind is not Kind.DAY for fact in facts) and not any(
        test.operator.by_hour for test in tests
    )


def is_text(policy: Policy, fact: Fact, tests: Iterable[Test]) -> bool:
    """Return whether tests read a fact as a text, of which only some values can be tried."""
    if fact.kind is not Kind.WORD:
        return fact.kind is Kind.TEXT
    if any(test.operator.anchors for test in tests):
        return True
    return not policy.words_for(fact.holds) and any(t.operator.looks_inside for t in tests)


def words_told_apart(policy: Policy, fact: Fact, tests: Iterable[Test]) -> list[str]:
    """Return the words that tests distinguish, and one other if there can be one."""
    named = mentioned(tests)
    table = policy.words_for(fact.holds)
    if not table:
        return [*named, OTHER + "".join(named)]
    if fact.kind is Kind.WORD and any(test.operator.looks_inside for test in tests):
        return list(table)
    found = [word for word in named if word in table]
    others = (word for word in table if word not in named)
    if not any(test.operator.beginnings for test in tests):
        return [*found, *islice(others, 1)]
    # A test of a beginning (`cash*`) distinguishes words that no test mentions, but none from
    # others with the same beginnings.
    beginnings = {tuple([m for m in named if w.startswith(m)]): w for w in others}
    return [*found, *beginnings.values()]


def mentioned(tests: Iterable[Test]) -> list[str]:
    """Return the words that tests tell apart from all others."""
    return list(dict.fromkeys(word for test in tests for word in test.operator.mentions()))


def anchor(policy: Policy, fact: Fact) -> Any:
    """Return any value that a fact can hold."""
    if fact.kind in {Kind.DAY, Kind.DAY_OR_TIME}:
        return policy.day
    if fact.kind is Kind.TIME:
        return noon(policy.day, policy.zone)
    return 0 if fact.kind is Kind.COUNT else OTHER


def nullness_of(
    policy: Policy, sources: Iterable[Source], parts: Iterable[Part]
) -> tuple[Nullness, ...]:
    """Return the variables of whether facts exist, if several others are about their values."""
    nothing: dict[Source, dict[Question, Truth]] = {source: {} for source in sources}
    for question in (question for part in parts for question in part.questions):
        read = question.sources
        for source in nothing.keys() & read:
            values = [None if each is source else anchor(policy, each.fact) for each in read]
            null = question.test.operator.truth(values[0], values[1:], policy.zone)
            nothing[source][question] = null
    return tuple([Nullness(source, truths) for source, truths in nothing.items()])
