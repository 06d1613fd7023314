# SPDX-License-Identifier: MIT
"""The words that a fact can hold under each of several policies, and how they belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.fields import Holds, folded

OTHER: Final = "?"
"""What words that no profile mentions are made of."""
Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Words of one policy, each with one that it stands for, or that stands for it, under another."""


@frozen
class Words:
    """The words that a fact can hold, policy by policy; the first policy is the most local."""

    listed: tuple[tuple[str, ...], ...]
    pairs: tuple[Pairs | None, ...]
    """How words of the first belong to those of each policy; None where they are the same."""
    is_one_profile: bool
    """Whether all policies are of one profile, so that each has to know every word."""

    @property
    def each(self) -> Iterable[tuple[tuple[str, ...], Pairs | None]]:
        """The words of each policy, with how they belong to those of the first."""
        return zip(self.listed, self.pairs, strict=True)


def words_of(policies: Sequence[Policy], holds: Sequence[Holds], tests: Iterable[Test]) -> Words:
    """Return the words of a fact, given what it holds under each policy and how it is tested.

    Any text will do where a policy has no table of them; then each word that tests mention stands
    for itself, and one word for all the others.
    """
    tables = [policy.words_for(one) for policy, one in zip(policies, holds, strict=True)]
    mentioned = [*_mentioned(tests), *(word for table in tables if table for word in table)]
    every = _told_apart(list(dict.fromkeys(mentioned)), folds=holds[0].folded)
    first = policies[0]
    return Words(
        tuple(tuple(table) if table else every for table in tables),
        tuple(pairs_of(first, one, holds[0].vocabulary) for one in policies),
        all(one.jurisdiction == first.jurisdiction for one in policies),
    )


def _mentioned(tests: Iterable[Test]) -> Iterator[str]:
    """Yield the words that tests mention, and one beside each beginning of words."""
    for test in tests:
        yield from test.operator.mentions()
        if test.operator.beginnings:
            yield from (word + OTHER for word in test.operator.mentions())


def _told_apart(words: Sequence[str], *, folds: bool) -> tuple[str, ...]:
    """Return the words that a fact can hold, and one that nobody mentions."""
    kept = [word for word in words if not folds or folded(word) == word]
    longest = max(map(len, kept), default=0)
    return (*kept, OTHER * (longest + 1))


def pairs_of(first: Policy, other: Policy, table: object) -> Pairs | None:
    """Return how words of a table belong together under two policies; None if they are the same.

    They are layers of one chain, or two local policies that have a profile above in common.
    """
    if first.jurisdiction == other.jurisdiction or not isinstance(table, str):
        return None
    here = _above(first, other.jurisdiction, table)
    there = _above(other, first.jurisdiction, table)
    if here is not None:
        return [(word, top) for top, words in here.items() for word in words]
    if there is not None:
        return [(top, word) for top, words in there.items() for word in words]
    for above in first.meanings:
        one, two = first.meanings[above].get(table), _above(other, above, table)
        if one is not None and two is not None:
            return [(w, v) for top in one for w in one[top] for v in two.get(top, ())]
    return None


def _above(policy: Policy, jurisdiction: str, table: str) -> Mapping[str, tuple[str, ...]] | None:
    """Return the words of a policy that stand for each word of a profile above."""
    return policy.meanings.get(jurisdiction, {}).get(table)
