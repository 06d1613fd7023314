# SPDX-License-Identifier: MIT
"""What varies if some facts are unknown: facts whose values give truths to the same tests."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple

from attrs import define, frozen

from caljobs_policy.dates.durations import noon
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import DATED, WORDED, Kind
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import Truth

OTHER: Final = "?"
"""A word that no profile lists."""
_OF_WORDS: Final = WORDED | {Kind.WORDS}
PATH: Final = attrgetter("fact.path")
_MANY: Final = 10
"""With more words than this in its tests, not every value of a fact is tried."""
_MOST_LISTED: Final = 12
"""Not every list of more words than this is tried."""


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

    def by(self, check: Check) -> Questions:
        """Return what a check asks."""
        found = self._by.get(check)
        if found is None:
            each = tuple(map(self.question, check.tests))
            sources = frozenset(chain.from_iterable([question.sources for question in each]))
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
            stated = fact if fact.form is not None else fact.as_stated
            found = self._sources.setdefault(stated, Source(stated))
            self._sources[fact] = found
        return found


class Part(NamedTuple):
    """Questions to which unknown facts give truths together."""

    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    null_apart: bool
    """Whether other parts are about the same facts, so that nullness is one of its own."""
    is_free: bool
    """Whether its only test may have either truth, as values cannot be tried."""


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
    is_free: bool
    """Whether its only test may have either truth, as values cannot be tried."""

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


def parts_of(
    policy: Policy, bundles: Mapping[tuple[Source, ...], Sequence[Question]]
) -> tuple[tuple[Part, ...], tuple[Source, ...]]:
    """Return what varies by itself, and the facts whose nullness does so beside their values."""
    split = [
        (sources, part, free)
        for sources, bundle in bundles.items()
        for part, free in _split(policy, sources, bundle)
    ]
    seen: set[Source] = set()
    shared: set[Source] = set()
    for sources, _, _ in split:
        shared.update(sources if len(sources) > 1 else seen.intersection(sources))
        seen.update(sources)
    nullable = sorted([each for each in shared if each.fact.holds.nullable], key=PATH)
    return (
        tuple([Part(ss, part, not shared.isdisjoint(ss), free) for ss, part, free in split]),
        tuple(nullable),
    )


def variable_of(part: Part) -> Variable:
    """Return the variable of a part."""
    unknown, questions, null_apart, free = part
    seen = {f: s.fact for q in questions for f, s in zip(q.facts, q.sources, strict=True)}
    facts = tuple([source.fact for source in unknown])
    tests = tuple([question.test for question in questions])
    partners, by_day = partners_of(questions, unknown), told_by_day(facts, tests)
    return Variable(facts, tests, seen, partners, null_apart, by_day, free)


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


def _split(
    policy: Policy, sources: Sequence[Source], bundle: Sequence[Question]
) -> Iterator[tuple[tuple[Question, ...], bool]]:
    """Keep tests together if trying values finds all their joint truths; split the others.

    With them comes whether they are free.
    """
    facts = [source.fact for source in sources]
    fact = facts[0]
    if len(facts) == 1 and fact.kind not in _OF_WORDS:
        yield tuple(bundle), False
        return
    tests = [question.test for question in bundle]
    rich = [test for test in tests if test.operator.looks_inside]
    compared = fact.kind is Kind.WORD and any(test.operator.anchors for test in tests)
    # A word that is only compared is told by trying the other word and all that are named.
    named = not compared and mentioned(t for t in tests if not t.operator.looks_inside)
    texts = is_text(policy, fact, tests) and (len(rich) > 1 or (rich and named))
    if not texts and _is_told_by_trying(policy, facts, tests):
        yield tuple(bundle), False
        return
    for question in bundle:
        yield (question,), not _is_told_by_trying(policy, facts, [question.test])


def is_text(policy: Policy, fact: Fact, tests: Iterable[Test]) -> bool:
    """Return whether tests read a fact as a text, of which only some values can be tried."""
    if fact.kind is not Kind.WORD:
        return fact.kind is Kind.TEXT
    if any(test.operator.anchors for test in tests):
        return True
    return not policy.words_for(fact.holds) and any(t.operator.looks_inside for t in tests)


def _is_told_by_trying(policy: Policy, facts: Sequence[Fact], tests: Sequence[Test]) -> bool:
    """Return whether trying values finds all joint truths of tests.

    For two dates, to fix one and to try values of the other is enough unless months are counted,
    which vary. For words, all that the tests tell apart are tried, if these are not too many.
    """
    if len(facts) > 1:
        return all(f.kind in DATED for f in facts) and all(t.operator.is_even for t in tests)
    if facts[0].kind not in _OF_WORDS:
        return True
    if len(mentioned(tests)) > _MANY:
        return False
    lists = facts[0].kind is Kind.WORDS
    return not lists or len(words_told_apart(policy, facts[0], tests)) <= _MOST_LISTED


def words_told_apart(policy: Policy, fact: Fact, tests: Iterable[Test]) -> list[str]:
    """Return the words that tests distinguish, and one other if there can be one."""
    named = mentioned(tests)
    table = policy.words_for(fact.holds)
    if not table:
        return [*named, OTHER + "".join(named)]
    if fact.kind is Kind.WORD and any(test.operator.looks_inside for test in tests):
        return list(table)
    others = [word for word in table if word not in named]
    # A test of a beginning (`cash*`) distinguishes words that no test mentions, but none from
    # others with the same beginnings.
    beginnings = {tuple([m for m in named if w.startswith(m)]): w for w in others}
    unlike = beginnings.pop((), None)
    found = [word for word in named if word in table] + list(beginnings.values())
    return found if unlike is None else [*found, unlike]


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
