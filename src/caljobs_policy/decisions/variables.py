# SPDX-License-Identifier: MIT
"""What varies if some facts are unknown: facts whose values give truths to the same tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any, Final, NamedTuple

from attrs import define

from caljobs_policy.dates.durations import noon
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.reader import FactReader

OTHER: Final = "?"
"""A word that no profile lists."""
PATH: Final = attrgetter("fact.path")


# Internal, and made by the dozen: `define` assigns its fields faster than `frozen`.
@define(eq=False)
class Source:
    """A fact as it is stated; each is one object, which is found faster than equal facts."""

    fact: Fact


@define(eq=False)
class Reads:
    """Facts that tests read together, one object for all of these tests."""

    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    """The stated facts behind them."""
    partners: tuple[tuple[Fact, Source], ...]
    """Those that may be known where a source is not, but for the moment and for constants."""


@define(eq=False)
class Question:
    """A test, one object wherever it is asked, with the facts that it reads."""

    test: Test
    reads: Reads


@define(eq=False)
class Questions:
    """What a check asks."""

    check: Check
    each: tuple[Question, ...]
    reads: tuple[Reads, ...]
    """What each of them reads."""


class Asked(dict[Test, Question]):
    """What the tests of a policy ask, worked out for each when it is first looked up.

    A date is read both as stated and as of the moment. The day of a form is the last of several
    statements, each of which may be in the future, so it is its own source.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sources: dict[Fact, Source] = {}
        self._reads: dict[tuple[Fact, ...], Reads] = {}
        self._checks: dict[Check, Questions] = {}

    def __missing__(self, test: Test) -> Question:
        reads = self._reads.get(test.facts) or self._reading(test.facts)
        return self.setdefault(test, Question(test, reads))

    def by(self, check: Check) -> Questions:
        """Return what a check asks."""
        found = self._checks.get(check)
        if found is None:
            each = tuple([self[test] for test in check.tests])
            reads = tuple([question.reads for question in each])
            found = self._checks.setdefault(check, Questions(check, each, reads))
        return found

    def _reading(self, facts: tuple[Fact, ...]) -> Reads:
        sources = tuple([self._sources.get(fact) or self.source(fact) for fact in facts])
        stated = [each for each in zip(facts, sources, strict=True) if each[0].steps]
        is_sure = any(fact.holds.sure_with for fact in facts)
        partners = tuple(stated) if len(stated) > 1 or is_sure else ()
        return self._reads.setdefault(facts, Reads(facts, sources, partners))

    def stated(self, test: Test) -> tuple[Fact, ...]:
        """Return the stated facts behind a test, in the order of those that it reads."""
        return tuple([source.fact for source in self[test].reads.sources])

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


class Variable(NamedTuple):
    """Unknown facts that vary together, and the questions to which they give truths together."""

    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    partners: tuple[Fact, ...]
    """The stated facts that are known, or may be as they are stated."""
    by_day: bool
    """Whether only the day of the moment may matter, as where no hours are counted."""
    null_apart: bool
    """Whether other variables are about the same facts, so that nullness is one of its own."""
    is_free: bool
    """Whether its only test may have either truth: so it is, or values cannot be tried."""

    @property
    def fact(self) -> Fact:
        """The fact of which values are tried."""
        return self.sources[0].fact

    @property
    def tests(self) -> list[Test]:
        """The tests that the questions ask."""
        return [question.test for question in self.questions]

    @property
    def reads(self) -> Iterable[Reads]:
        """The facts that tests read together."""
        return dict.fromkeys([question.reads for question in self.questions])

    @property
    def read(self) -> Mapping[Fact, Source]:
        """The facts that the tests read, each with the stated one behind it."""
        reads = self.reads
        return {f: s for each in reads for f, s in zip(each.facts, each.sources, strict=True)}

    @property
    def is_distance(self) -> bool:
        """Whether it is about two unknown facts, of which only the distance matters."""
        return len(self.sources) > 1

    @property
    def can_be_null(self) -> bool:
        """Whether null is one of its values."""
        return self.fact.holds.nullable and not (self.is_distance or self.null_apart)

    @property
    def looks_inside(self) -> bool:
        """Whether tests tell apart texts that they do not mention."""
        return True in [question.test.operator.looks_inside for question in self.questions]

    @property
    def reads_moment(self) -> bool:
        """Whether the truths may depend on the moment, as those of dates do."""
        return self.fact.kind in DATED

    def position(self, question: Question) -> int:
        """Return where a question reads the fact of which values are tried."""
        return question.reads.sources.index(self.sources[0])


def asked_for(facts: Iterable[Fact], read: FactReader) -> tuple[str, ...]:
    """Return the sorted keys of a case to fill in so that facts become known."""
    return tuple(sorted({key for fact in facts for key in read.asked(fact)}))


def variable_of(
    sources: tuple[Source, ...],
    questions: tuple[Question, ...],
    *,
    null_apart: bool = False,
    is_free: bool = False,
) -> Variable:
    """Return the variable of what is asked of unknown facts."""
    reads = dict.fromkeys([question.reads for question in questions])
    partners = [
        fact
        for each in reads
        for fact, source in each.partners
        if source not in sources or fact.holds.sure_with is not None
    ]
    # No generator: these are made by the dozen.
    are_days = False not in [source.fact.kind is Kind.DAY for source in sources]
    by_day = are_days and True not in [each.test.operator.by_hour for each in questions]
    return Variable(sources, questions, tuple(dict.fromkeys(partners)), by_day, null_apart, is_free)


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
