# SPDX-License-Identifier: MIT
"""Whether texts with facts in them read alike under two policies, as formulas."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    denied,
)
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Template
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, WORDED, Kind

_LISTED: Final = WORDED | {Kind.WORDS}
"""What may be shown by titles, or withheld."""


def as_written(template: Template) -> Hashable:
    """Return a text with facts by name, so that texts of two policies can be compared."""
    return tuple((part.path, part.happens) if isinstance(part, Fact) else part for part in template)


def reads_unlike(template: Template, one: View, other: View) -> Formula:
    """Return the formula that a text may not read alike under two policies.

    Where it holds for a subject whose text does read alike, real decisions show that.
    """
    facts = dict.fromkeys(part for part in template if isinstance(part, Fact))
    return any_of(_shown_unlike(fact, one, other) for fact in facts)


def _shown_unlike(fact: Fact, one: View, other: View) -> Formula:
    if fact.constant is not None:
        return FALSE
    if one.policy.zone != other.policy.zone and (fact.kind in DATED or fact.happens):
        return TRUE
    there = other.policy.facts.get(fact.path, fact)
    unlike = fact.kind is not there.kind or _words_unlike(fact, there, one, other)
    return all_of([denied(one.null(fact)), unlike])


def _words_unlike(fact: Fact, there: Fact, one: View, other: View) -> Formula:
    """Return whether the words of an existing fact are shown unlike, or withheld by one alone."""
    if fact.holds.private and there.holds.private:
        return FALSE
    if fact.holds.private or there.holds.private:
        return TRUE
    if fact.kind not in _LISTED:
        return FALSE
    if _withheld(fact, one.policy) != _withheld(there, other.policy):
        return TRUE
    titles, titles_there = _titles(fact, one.policy), _titles(there, other.policy)
    if fact.kind is Kind.WORD and not one.is_text(fact):
        return any_of(
            all_of([bit, denied(_has_title(titles.get(word, word), there, titles_there, other))])
            for word, bit in one.words(fact).items()
        )
    are_same = fact.kind is not Kind.WORDS or one.words(fact).keys() == other.words(there).keys()
    return not (are_same and titles == titles_there)


def _has_title(title: str, fact: Fact, titles: Mapping[str, str], view: View) -> Formula:
    """Return the formula that a policy shows the word of a fact by a title."""
    words = view.words(fact).items()
    return any_of(bit for word, bit in words if titles.get(word, word) == title)


def _titles(fact: Fact, policy: Policy) -> Mapping[str, str]:
    """Return the titles of the words that a fact may hold."""
    table = fact.holds.vocabulary or fact.holds.named_in
    listed = policy.words.get(table, {}) if isinstance(table, str) else {}
    return {word: one.title for word, one in listed.items()}


def _withheld(fact: Fact, policy: Policy) -> Hashable:
    """Return what decides which of the words of a fact are withheld, if any are."""
    if policy.words_for(fact.holds) is not None:
        return None
    return frozenset(path for path, one in policy.facts.items() if one.holds.private)
