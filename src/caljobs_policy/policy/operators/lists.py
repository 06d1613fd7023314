# SPDX-License-Identifier: MIT
"""Operators over a list of words: `has`, `has_all`, `has_only`, `exactly`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, ClassVar, Final, Self

from attrs import frozen

from caljobs_policy.policy.operators.operator import Argument, Binder, Names, Operator
from caljobs_policy.policy.speech import NOT_THE_CASE, PLAIN, Speech, listed, with_article
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.syntax.nodes import AnyNode

_THINGS: Final = ("thing", "body")


def _titled(fact: Fact, member: str, speech: Speech) -> str:
    return f"“{member[:-1]}…”" if member.endswith("*") else speech.word(fact, member)


@frozen
class HasAll(Operator):
    """The list holds every one of the words."""

    name: ClassVar = "has_all"
    argument: ClassVar = Argument.WORDS
    kinds: ClassVar = frozenset({Kind.WORDS})
    stricter: ClassVar[str | None] = "higher"
    members: tuple[str, ...]

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Self | None:
        """Make the operator from a list of words."""
        members = binder.words(node, fact)
        return None if members is None else cls(members)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether no word is lacking."""
        return all(member in value for member in self.members)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Look each word up in the list."""
        return "(" + " and ".join(f"{names.constant(m)} in {value}" for m in self.members) + ")"

    def mentions(self) -> tuple[str, ...]:
        """Return the words."""
        return self.members

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """A word that is lacking is missing, whatever else is listed."""
        return "missing"

    def words(self, fact: Fact, speech: Speech) -> str:
        """List the words."""
        return f"includes {speech.words(fact, self.members, 'and')}"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Speak of what is in a list as the fact itself does."""
        if len(self.members) == 1:
            return self._said(fact, speech, "{}", "{}", negated=negated)
        if negated:
            return self._said(fact, speech, "at least one of {}", "all of {}", negated=True)
        return self._said(fact, speech, "each of {}", "{}")

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
class Has(HasAll):
    """The list holds the word."""

    name: ClassVar = "has"
    argument: ClassVar = Argument.WORD


@frozen
class HasOnly(HasAll):
    """The list holds nothing but the words; a word that ends in `*` stands for all it begins."""

    name: ClassVar = "has_only"
    argument: ClassVar = Argument.WORDS
    if_null: ClassVar = True
    stricter: ClassVar = "lower"

    def _exact(self) -> frozenset[str]:
        return frozenset(m for m in self.members if not m.endswith("*"))

    def _prefixes(self) -> tuple[str, ...]:
        return tuple(m[:-1] for m in self.members if m.endswith("*"))

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether every item of the list is one of the words."""
        exact, prefixes = self._exact(), self._prefixes()
        return all(item in exact or item.startswith(prefixes) for item in value)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Look each item up in a set."""
        exact = names.constant(self._exact())
        if not self._prefixes():
            return f"{exact}.issuperset({value})"
        prefixes = names.constant(self._prefixes())
        return (
            f"({value} == () or all([i in {exact} or i.startswith({prefixes}) for i in {value}]))"
        )

    def mentions(self) -> tuple[str, ...]:
        """Return the words, and a word for each beginning."""
        return (*sorted(self._exact()), *self._prefixes())

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Something besides the words stands in the list."""
        return "else"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say that there is nothing else, or that there is."""
        thing = _THINGS[fact.holds.vocabulary == "roles"]
        text = f"some{thing} besides {{}}" if negated else f"no{thing} but {{}}"
        return self._said(fact, speech, text, text)


@frozen
class Exactly(HasAll):
    """The list holds just the words, in any order."""

    name: ClassVar = "exactly"
    stricter: ClassVar = None

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Return whether list and words are the same set."""
        return set(value) == set(self.members)

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare as sets."""
        return f"{names.constant(frozenset(self.members))} == frozenset({value})"

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Tell a word that is lacking from one too many."""
        lacking = value is None or not set(self.members) <= set(value)
        return "missing" if lacking else "else"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say that the words are there, and nothing else."""
        more = f", and no{_THINGS[fact.holds.vocabulary == 'roles']} else,"
        each = "{}" if len(self.members) == 1 else "each of {}"
        text = self._said(fact, speech, each + more, "{}" + more).removesuffix(",")
        return f"{NOT_THE_CASE} {text}" if negated else text
