# SPDX-License-Identifier: MIT
"""The possible values of unknown facts, as the truths that they give the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, TypeAlias

from attrs import frozen

from caljobs_policy.dates.durations import day_of, noon
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

Unknown: TypeAlias = Mapping[Fact, tuple[Any, ...] | None]
"""The facts not stated, each with all its possible values, or None for any value."""
Truths: TypeAlias = Mapping[Test, Truth]
_MANY: Final = 10
"""With more words than this, not every combination of a list is tried."""
_OTHER: Final = "?"
"""A word that no profile lists."""


@frozen(eq=False)
class Variable:
    """Unknown facts that vary together, and the truths that they can give their tests."""

    facts: tuple[Fact, ...]
    options: Sequence[Truths]


def source(fact: Fact) -> Fact:
    """Return the stated fact that has to be known for a fact to be known.

    A date is read both as stated and as of the moment. The day of a form is the last of several
    statements, each of which may be in the future, so it is its own source.
    """
    return fact if fact.form is not None else fact.as_stated


def unknown_facts(checks: Iterable[Check], read: FactReader) -> Unknown:
    """Return the facts that checks read but a subject doesn't state."""
    facts = dict.fromkeys(fact for check in checks for fact in check.facts)
    return {source(fact): read.possible(fact) for fact in facts if read(fact) is UNKNOWN}


def asked_for(facts: Iterable[Fact], read: FactReader) -> tuple[str, ...]:
    """Return the sorted keys of a case to fill in so that facts become known."""
    return tuple(sorted({key for fact in facts for key in read.asked(fact)}))


def variables_of(
    policy: Policy, tests: Iterable[Test], read: FactReader, unknown: Unknown
) -> list[Variable]:
    """Return the variables of all unknown facts that tests read; those of nullness come last."""
    bundles: dict[tuple[Fact, ...], list[Test]] = {}
    for test in tests:
        sources = {source(fact) for fact in test.facts}
        facts = tuple(sorted(sources & unknown.keys(), key=lambda fact: fact.path))
        if facts:
            bundles.setdefault(facts, []).append(test)
    parts = [(facts, part) for facts, bundle in bundles.items() for part in _split(facts, bundle)]
    shared = {
        fact
        for facts, _ in parts
        for fact in facts
        if len(facts) > 1 or sum(fact in others for others, _ in parts) > 1
    }
    found = [
        Variable(facts, _options(policy, facts, part, read, _only(facts, unknown, shared)))
        for facts, part in parts
    ]
    nullable = sorted((f for f in shared if f.holds.nullable), key=lambda fact: fact.path)
    return found + [
        _nullness(policy, fact, [t for _, ts in parts for t in ts]) for fact in nullable
    ]


def _split(facts: tuple[Fact, ...], bundle: list[Test]) -> Iterator[list[Test]]:
    """Keep tests together if trying values finds all their joint truths; split the others."""
    rich = [test for test in bundle if test.operator.looks_inside]
    plain = [test for test in bundle if test not in rich]
    texts = facts[0].kind is Kind.TEXT and (len(rich) > 1 or (rich and _mentioned(plain)))
    compared = len(facts) > 1 and not _are_told_by_trying(facts, bundle)
    if not texts and not compared and len(_mentioned(bundle)) <= _MANY:
        yield bundle
        return
    yield from ([test] for test in bundle)


def _are_told_by_trying(facts: Iterable[Fact], tests: Iterable[Test]) -> bool:
    """Return whether fixing one fact and trying values of the other is enough; months vary."""
    return all(fact.kind in DATED for fact in facts) and all(t.operator.is_even for t in tests)


def _only(
    facts: tuple[Fact, ...], unknown: Unknown, shared: set[Fact]
) -> tuple[tuple[Any, ...] | None, bool]:
    """Return all values that a fact can have, and whether to try null here as well."""
    (fact, *more) = facts
    values = unknown[fact] if not more else None
    return values, values is None and not shared & set(facts) and fact.holds.nullable


def _options(
    policy: Policy,
    facts: tuple[Fact, ...],
    part: list[Test],
    read: FactReader,
    only: tuple[tuple[Any, ...] | None, bool],
) -> list[Truths]:
    """Return the distinct truths that values of the facts give some tests."""
    fact, *partners = facts
    if len(_mentioned(part)) > _MANY or (partners and not _are_told_by_trying(facts, part)):
        (test,) = part
        return [{test: True}, {test: False}]
    known = {partner: _anchor(policy, partner) for partner in partners}
    possible, with_null = only
    values = list(possible or ())
    if possible is None:

        def others(other: Fact) -> Any:
            return known[source(other)] if source(other) in known else read(other)

        values += _values(policy, fact, part, others)
        values += [] if partners else _moments(fact, read)
    if with_null:
        values.append(None)
    found: dict[tuple[Truth, ...], Truths] = {}
    for value in values:
        truths = _truths(part, {fact: value, **known}, read)
        found.setdefault(tuple(truths.values()), truths)
    return list(found.values())


def _truths(tests: Iterable[Test], states: Mapping[Fact, Any], read: FactReader) -> Truths:
    """Return the truth of tests if some unknown facts have certain values.

    For two unknown facts only their distance matters, as both can be so far back that they have
    happened.
    """

    def value(fact: Fact) -> Any:
        stated = source(fact)
        if stated not in states:
            return read(fact)
        return read.at_moment(fact, states[stated]) if len(states) == 1 else states[stated]

    found: dict[Test, Truth] = {}
    for test in tests:
        first, *others = (value(fact) for fact in test.facts)
        found[test] = test.operator.truth(first, others, read.zone)
    return found


def _moments(fact: Fact, read: FactReader) -> list[Any]:
    """Return the moment as values of a date: the latest that has happened."""
    if fact.kind not in DATED or read.at is None:
        return []
    days = [] if fact.kind is Kind.TIME else [day_of(read.at, read.zone)]
    return days if fact.kind is Kind.DAY else [*days, read.at]


def _values(
    policy: Policy, fact: Fact, tests: list[Test], read: Callable[[Fact], Any]
) -> Iterator[Any]:
    """Yield values of a fact on every side of what its tests distinguish."""
    if fact.kind is Kind.FLAG:
        yield from (True, False)
    elif fact.kind is Kind.WORDS:
        yield from _lists(_words(policy, fact, tests))
    elif fact.kind is Kind.WORD and not any(test.operator.anchors for test in tests):
        yield from _words(policy, fact, tests)
    else:
        yield _anchor(policy, fact)
        yield from _mentioned(tests)
        for test in tests:
            position = [source(each) for each in test.facts].index(fact)
            values = [None if n == position else read(f) for n, f in enumerate(test.facts)]
            yield from test.operator.cells(fact.kind, position, values, policy.zone)


def _words(policy: Policy, fact: Fact, tests: list[Test]) -> list[str]:
    """Return the words that tests distinguish, and one other if there can be one."""
    mentioned = _mentioned(tests)
    listed = fact.holds.vocabulary
    table = policy.words.get(listed) if isinstance(listed, str) else listed
    if not table:
        return [*mentioned, _OTHER + "".join(mentioned)]
    others = [word for word in table if word not in mentioned]
    # A test of a beginning (`cash*`) distinguishes words that no test mentions.
    beginnings = [w for w in others if any(w.startswith(m) for m in mentioned)]
    return [word for word in mentioned if word in table] + beginnings + others[:1]


def _lists(words: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(words) + 1):
        yield from combinations(words, size)


def _mentioned(tests: Iterable[Test]) -> list[str]:
    return list(dict.fromkeys(word for test in tests for word in test.operator.mentions()))


def _anchor(policy: Policy, fact: Fact) -> Any:
    """Return any value that the fact can hold."""
    if fact.kind in {Kind.DAY, Kind.DAY_OR_TIME}:
        return policy.day
    if fact.kind is Kind.TIME:
        return noon(policy.day, policy.zone)
    return 0 if fact.kind is Kind.COUNT else _OTHER


def _nullness(policy: Policy, fact: Fact, tests: list[Test]) -> Variable:
    """Return the variable of whether a fact exists, if several others are about its value."""
    null: dict[Test, Truth] = {}
    for test in tests:
        sources = [source(each) for each in test.facts]
        if fact in sources:
            values = [None if s == fact else _anchor(policy, s) for s in sources]
            null[test] = test.operator.truth(values[0], values[1:], policy.zone)
    return Variable((fact,), [{}, null])
