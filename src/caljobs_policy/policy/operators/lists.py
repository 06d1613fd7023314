# SPDX-License-Identifier: MIT
"""Operators over a list of words: `has`, `has_all`, `has_only`, `exactly`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from functools import cached_property
from typing import Any, ClassVar, Final

from attrs import frozen

from caljobs_policy.policy.operators.operator import Argument, Operator
from caljobs_policy.policy.speech import NOT_THE_CASE, PLAIN, Speech, listed, with_article
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind

_THINGS: Final = ("thing", "body")


def _titled(fact: Fact, member: str, speech: Speech) -> str:
    return f"“{member[:-1]}…”" if member.endswith("*") else speech.word(fact, member)


@frozen
class Naming(Operator):
    """Base of the operators that name words of a list; not an operator itself."""

    argument: ClassVar = Argument.WORDS
    kinds: ClassVar = frozenset({Kind.WORDS})
    members: tuple[str, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """The words that every list that passes holds."""
        return self.members if self.needs_each else ()

    def refused(self, words: Iterable[str]) -> list[str]:
        """Return which of some words no list that passes holds."""
        return []

    def mentions(self) -> tuple[str, ...]:
        """Return the words."""
        return self.members

    def words(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"includes {speech.words(fact, self.members, 'and')}"

    def _said(
        self, fact: Fact, speech: Speech, each: str, whole: str, *, negated: bool = False
    ) -> str:
        """Put the words into the saying of a fact, one by one or as a whole."""
        saying = fact.holds.said
        titles = [_titled(fact, member, speech) for member in self.members]
        return (saying.lacking if negated else saying.holding).format(
            the=each.format(listed([with_article(title) for title in titles], "and")),
            words=whole.format(listed(titles, "and")),
        )


@frozen
class _Needing(Naming):
    """Base of the operators that need each of their words; not an operator itself."""

    stricter: ClassVar = "higher"
    needs_each: ClassVar = True

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether no word is lacking."""
        return all(member in value for member in self.members)

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """A word that is lacking is missing, whatever else is listed."""
        return "missing"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Speak of what is in a list as the fact itself does."""
        if len(self.members) == 1:
            return self._said(fact, speech, "{}", "{}", negated=negated)
        if negated:
            return self._said(fact, speech, "at least one of {}", "all of {}", negated=True)
        return self._said(fact, speech, "each of {}", "{}")


@frozen
class Has(_Needing):
    """The list holds the word."""

    name: ClassVar = "has"
    argument: ClassVar = Argument.WORD


@frozen
class HasAll(_Needing):
    """The list holds every one of the words."""

    name: ClassVar = "has_all"


@frozen
class HasOnly(Naming):
    """The list holds nothing but the words; a word that ends in `*` stands for all it begins."""

    name: ClassVar = "has_only"
    if_null: ClassVar = True
    stricter: ClassVar = "lower"
    beginnings: ClassVar = True

    @cached_property
    def exact(self) -> frozenset[str]:
        """The words that stand for themselves."""
        return frozenset([m for m in self.members if not m.endswith("*")])

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The beginnings of words."""
        return tuple([m[:-1] for m in self.members if m.endswith("*")])

    @cached_property
    def _mentioned(self) -> tuple[str, ...]:
        return (*sorted(self.exact), *self.prefixes)

    def refused(self, words: Iterable[str]) -> list[str]:
        """Return the words that are not among those named."""
        exact, prefixes = self.exact, self.prefixes
        return [word for word in words if word not in exact and not word.startswith(prefixes)]

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether every item of the list is one of the words."""
        exact, prefixes = self.exact, self.prefixes
        return all(item in exact or item.startswith(prefixes) for item in value)

    def mentions(self) -> tuple[str, ...]:
        """Return the words, and a word for each beginning."""
        return self._mentioned

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Something besides the words stands in the list."""
        return "else"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say that there is nothing else, or that there is."""
        thing = _THINGS[fact.holds.vocabulary == "roles"]
        text = f"some{thing} besides {{}}" if negated else f"no{thing} but {{}}"
        return self._said(fact, speech, text, text)


@frozen
class Exactly(Naming):
    """The list holds just the words, in any order."""

    name: ClassVar = "exactly"
    needs_each: ClassVar = True

    def refused(self, words: Iterable[str]) -> list[str]:
        """Return the words that are not among those named."""
        return [word for word in words if word not in self.members]

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether list and words are the same set."""
        return set(value) == set(self.members)

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Distinguish a missing word from one too many."""
        lacking = value is None or not set(self.members) <= set(value)
        return "missing" if lacking else "else"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say that the words are there, and nothing else."""
        more = f", and no{_THINGS[fact.holds.vocabulary == 'roles']} else,"
        each = "{}" if len(self.members) == 1 else "each of {}"
        text = self._said(fact, speech, each + more, "{}" + more).removesuffix(",")
        return f"{NOT_THE_CASE} {text}" if negated else text
