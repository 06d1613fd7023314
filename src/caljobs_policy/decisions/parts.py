# SPDX-License-Identifier: MIT
"""Which tests of unknown facts vary by themselves, as trying values finds their joint truths."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from caljobs_policy.decisions.variables import (
    PATH,
    Question,
    Source,
    Variable,
    is_text,
    mentioned,
    variable_of,
    words_told_apart,
)
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, WORDED, Kind

BOUND: Final = 4096
"""How many combinations are tried for connected checks."""
_MOST_FREE: Final = BOUND.bit_length()
"""So many tests that may have either truth have more combinations."""
_OF_WORDS: Final = WORDED | {Kind.WORDS}
_MANY: Final = 10
"""With more words than this in its tests, not every value of a fact is tried."""
_MOST_LISTED: Final = 12
"""Not every list of more words than this is tried."""


def variables_of(
    policy: Policy, bundles: Mapping[tuple[Source, ...], Sequence[Question]]
) -> tuple[tuple[Variable, ...], tuple[Source, ...]]:
    """Return what varies by itself, and the facts whose nullness does so beside their values.

    Where more of it is free than can be tried in every combination, the rest is left out.
    """
    split = list(_up_to_most_free(policy, bundles))
    seen: set[Source] = set()
    shared: set[Source] = set()
    for sources, _, _ in split:
        shared.update(sources if len(sources) > 1 else seen.intersection(sources))
        seen.update(sources)
    nullable = sorted([each for each in shared if each.fact.holds.nullable], key=PATH)
    variables = [
        variable_of(ss, asked, null_apart=not shared.isdisjoint(ss), is_free=free)
        for ss, asked, free in split
    ]
    return tuple(variables), tuple(nullable)


def _up_to_most_free(
    policy: Policy, bundles: Mapping[tuple[Source, ...], Sequence[Question]]
) -> Iterator[tuple[tuple[Source, ...], tuple[Question, ...], bool]]:
    """Yield what varies by itself, and whether it is free."""
    left = _MOST_FREE
    for sources, bundle in bundles.items():
        for part, free in _split(policy, sources, bundle):
            yield sources, part, free
            left -= free
            if left < 0:
                return


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
    if _is_told_by_trying(policy, facts, tests) and not _is_rich_text(policy, fact, tests):
        yield tuple(bundle), False
        return
    table = policy.words_for(fact.holds)
    for question in bundle:
        free = len(facts) == 1 and _has_either_truth(question.test, table)
        yield (question,), free or not _is_told_by_trying(policy, facts, [question.test])


def _is_rich_text(policy: Policy, fact: Fact, tests: Sequence[Test]) -> bool:
    """Return whether tests look inside of one text in more ways than trying some values tells."""
    if not is_text(policy, fact, tests):
        return False
    rich = [test for test in tests if test.operator.looks_inside]
    if len(rich) > 1 or not rich:
        return bool(rich)
    # A word that is only compared is told by trying the other word and all that are named.
    compared = fact.kind is Kind.WORD and any(test.operator.anchors for test in tests)
    return not compared and bool(mentioned(t for t in tests if not t.operator.looks_inside))


def _has_either_truth(test: Test, table: Collection[str] | None) -> bool:
    """Return whether some words are among those that a test names, and others are not."""
    if test.fact.kind not in WORDED or test.operator.looks_inside:
        return False
    named = test.operator.mentions()
    if not table:
        return bool(named)
    return len(named) < len(table) and any(word in table for word in named)


def _is_told_by_trying(policy: Policy, facts: Sequence[Fact], tests: Sequence[Test]) -> bool:
    """Return whether trying values finds all joint truths of tests.

    For two dates, to fix one and to try values of the other is enough where only their distance
    counts. For words, all that the tests tell apart are tried, if these are not too many.
    """
    if len(facts) > 1:
        kinds = {fact.kind for fact in facts}
        return DATED.issuperset(kinds) and _is_by_distance(kinds, tests)
    if facts[0].kind not in _OF_WORDS:
        return True
    if _are_many_mentioned(tests):
        return False
    lists = facts[0].kind is Kind.WORDS
    return not lists or len(words_told_apart(policy, facts[0], tests)) <= _MOST_LISTED


def _is_by_distance(kinds: Collection[Kind], tests: Sequence[Test]) -> bool:
    """Return whether the joint truths of tests of two dates follow from how far apart they are.

    Months are not always as long, and two times ten hours apart may lie on one day or on two: they
    are told by their distance if all lengths are in hours, and whole days if none is. To tell
    which of two dates is earlier, no length counts.
    """
    lengths = [(test.operator, test.operator.counted) for test in tests]
    counting = [one for one, length in lengths if length is not None and not length.is_instant]
    if False in [operator.is_even for operator in counting]:
        return False
    if len(tests) == 1 or not counting:
        return True
    by_hour = {operator.by_hour for operator in counting}
    return (kinds, by_hour) in (({Kind.DAY}, {False}), ({Kind.TIME}, {True}))


def _are_many_mentioned(tests: Sequence[Test]) -> bool:
    found: set[str] = set()
    for test in tests:
        found.update(test.operator.mentions())
        if len(found) > _MANY:
            return True
    return False
