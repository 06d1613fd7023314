# SPDX-License-Identifier: MIT
"""What varies if some facts are unknown: facts whose values give truths to the same tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Any, Final

from attrs import frozen

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
_PATH: Final = attrgetter("path")
_MANY: Final = 10
"""With more words than this in its tests, not every value of a fact is tried."""
_MOST_LISTED: Final = 12
"""Not every list of more words than this is tried."""


@frozen(eq=False)
class Asked:
    """What checks ask, and the stated facts that have to be known for it to be known."""

    facts: Mapping[Test, tuple[Fact, ...]]
    """The stated facts behind each test, in the order of those that it reads."""
    sources: Mapping[Fact, Fact]
    """The facts that the tests read, each with the stated one behind it."""


@frozen(eq=False)
class Variable:
    """Unknown facts that vary together, and the tests to which they give truths together."""

    facts: tuple[Fact, ...]
    tests: tuple[Test, ...]
    sources: Mapping[Fact, Fact]
    """The facts that the tests read, each with the stated one behind it."""
    partners: tuple[Fact, ...]
    """Those of them that are known, or may be as they are stated, but for the moment."""
    null_apart: bool
    """Whether other variables are about the same facts, so that nullness is one of its own."""

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

    fact: Fact
    truths: Mapping[Test, Truth]
    """What its tests are if it does not."""


def asked_by(checks: Iterable[Check]) -> Asked:
    """Return what checks ask.

    A date is read both as stated and as of the moment. The day of a form is the last of several
    statements, each of which may be in the future, so it is its own source.
    """
    sources: dict[Fact, Fact] = {}
    # Equal facts become one object, which is found faster than its like.
    stated: dict[Fact, Fact] = {}
    facts = {test: test.facts for test in dict.fromkeys(t for c in checks for t in c.tests)}
    for fact in (fact for read in facts.values() for fact in read):
        if fact not in sources:
            source = fact if fact.form is not None else fact.as_stated
            sources[fact] = stated.setdefault(source, source)
    return Asked({t: tuple([sources[f] for f in read]) for t, read in facts.items()}, sources)


def asked_for(facts: Iterable[Fact], read: FactReader) -> tuple[str, ...]:
    """Return the sorted keys of a case to fill in so that facts become known."""
    return tuple(sorted({key for fact in facts for key in read.asked(fact)}))


def variables_of(
    policy: Policy, tests: Iterable[Test], asked: Asked, unknown: AbstractSet[Fact]
) -> tuple[tuple[Variable, ...], tuple[Nullness, ...]]:
    """Return the variables of all unknown facts that tests read, and those of nullness."""
    bundles: dict[tuple[Fact, ...], list[Test]] = {}
    for test in tests:
        found = {fact for fact in asked.facts[test] if fact in unknown}
        if found:
            facts = tuple(found) if len(found) == 1 else tuple(sorted(found, key=_PATH))
            bundles.setdefault(facts, []).append(test)
    parts = [
        (facts, part) for facts, bundle in bundles.items() for part in _split(policy, facts, bundle)
    ]
    times = Counter(fact for facts, _ in parts for fact in facts)
    shared = {fact for facts, _ in parts for fact in facts if len(facts) > 1 or times[fact] > 1}
    nullable = sorted((f for f in shared if f.holds.nullable), key=_PATH)
    return (
        tuple(
            _variable(policy, facts, part, asked, unknown, null_apart=not shared.isdisjoint(facts))
            for facts, part in parts
        ),
        tuple(_nullness(policy, fact, parts, asked) for fact in nullable),
    )


def _variable(
    policy: Policy,
    facts: tuple[Fact, ...],
    part: Iterable[Test],
    asked: Asked,
    unknown: AbstractSet[Fact],
    *,
    null_apart: bool,
) -> Variable:
    tests = tuple(part)
    seen = {f: s for test in tests for f, s in zip(test.facts, asked.facts[test], strict=True)}
    partners = [f for f, s in seen.items() if s not in unknown or f.holds.sure_with is not None]
    by_day = all(f.kind is Kind.DAY for f in facts) and not any(t.operator.by_hour for t in tests)
    free = not _is_told_by_trying(policy, facts, tests)
    others = tuple([fact for fact in partners if fact != AT])
    return Variable(facts, tests, seen, others, null_apart, by_day, free)


def _split(policy: Policy, facts: tuple[Fact, ...], bundle: list[Test]) -> Iterator[list[Test]]:
    """Keep tests together if trying values finds all their joint truths; split the others."""
    fact = facts[0]
    if len(facts) == 1 and fact.kind not in _OF_WORDS:
        yield bundle
        return
    rich = [test for test in bundle if test.operator.looks_inside]
    compared = fact.kind is Kind.WORD and any(test.operator.anchors for test in bundle)
    # A word that is only compared is told by trying the other word and all that are named.
    named = not compared and mentioned(t for t in bundle if not t.operator.looks_inside)
    texts = is_text(policy, fact, bundle) and (len(rich) > 1 or (rich and named))
    if not texts and _is_told_by_trying(policy, facts, bundle):
        yield bundle
        return
    yield from ([test] for test in bundle)


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


def _nullness(
    policy: Policy, fact: Fact, parts: Iterable[tuple[object, list[Test]]], asked: Asked
) -> Nullness:
    """Return the variable of whether a fact exists, if several others are about its value."""
    null: dict[Test, Truth] = {}
    for test in (test for _, tests in parts for test in tests):
        stated = asked.facts[test]
        if fact in stated:
            values = [None if s == fact else anchor(policy, s) for s in stated]
            null[test] = test.operator.truth(values[0], values[1:], policy.zone)
    return Nullness(fact, null)
