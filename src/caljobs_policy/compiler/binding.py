# SPDX-License-Identifier: MIT
"""Gives meaning to conditions as written: facts, operators and values in place of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import IN_BRACKETS, Vocabulary
from caljobs_policy.errors import Place, shown
from caljobs_policy.model.conditions import AllOf, AnyOf, Condition, Not, Test, both
from caljobs_policy.model.durations import Duration, duration_from
from caljobs_policy.model.facts import Fact, fact_named, facts_about
from caljobs_policy.model.fields import Kind, folded
from caljobs_policy.model.operators import (
    OPERATORS,
    Argument,
    Exactly,
    Has,
    HasAll,
    HasOnly,
    In,
    Is,
    Operator,
)
from caljobs_policy.model.written.entries import QUALIFIED
from caljobs_policy.model.written.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.model.written.nodes import Mapping as MappingNode

_ANCHORED: Final = frozenset({"within", "more_than"})
_LISTED: Final = frozenset({Argument.WORDS, Argument.CHARACTERS})
_SIDES: Final = ("before", "after")
_FLAGS: Final = {"true": True, "false": False}


class ConditionBinder:
    """Binds the conditions about subjects of one key; what cannot be bound is a problem."""

    def __init__(self, vocabulary: Vocabulary, key: str, layer: int, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.key = key
        self.layer = layer
        """The layer whose words the conditions are written in."""
        self.problems = problems
        self._terms: dict[tuple[str, int], Condition | None] = {}
        self._open: list[str] = []
        self._sign = 1
        self._stricter: str | None = None
        self._wildcards = False

    def condition(self, node: AnyNode | None, sign: int = 1) -> Condition | None:
        """Bind a condition; None where there is none, or after a problem.

        `sign` is 1 where it makes the policy stricter that the condition holds for less, -1 where
        it makes it looser, and 0 where neither can be said.
        """
        before, self._sign = self._sign, sign
        found = self._condition(node)
        self._sign = before
        return found

    def _condition(self, node: AnyNode | None) -> Condition | None:
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self._term(node)
        if isinstance(node, Sequence):
            self.problems.add(
                node.place, "a list is no condition", "write `all:` or `any:` before the list"
            )
            return None
        if not node.entries:
            self.problems.add(node.place, "the condition is empty", "name a fact and its test")
            return None
        parts = [self._entry(key, value) for key, value in node.entries]
        return _together(parts)

    def _entry(self, key: Scalar, node: AnyNode) -> Condition | None:
        if key.text == "not":
            part = self.condition(node, -self._sign)
            return None if part is None else Not(part)
        if key.text not in {"all", "any"}:
            return self._tests(key, node)
        if not isinstance(node, Sequence) or not node.items:
            self.problems.add(
                node.place, f"`{key.text}` takes a list of conditions", "begin each with `- `"
            )
            return None
        parts = [self._condition(item) for item in node.items]
        if any(part is None for part in parts):
            return None
        found = tuple(part for part in parts if part is not None)
        return AllOf(found) if key.text == "all" else AnyOf(found)

    def _term(self, node: Scalar) -> Condition | None:
        """Bind a condition that is referred to by its name."""
        name = node.text
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            self.problems.add(node.place, f"the term refers to itself: {circle}")
            return None
        if name not in self.vocabulary.terms:
            self.problems.unknown(node.place, "term", name, self.vocabulary.terms)
            return None
        self.vocabulary.used.add(name)
        key = (name, self._sign)
        if key not in self._terms:
            self._open.append(name)
            sourced = self.vocabulary.terms[name]
            before, self.layer = self.layer, sourced.layer
            self._terms[key] = self._condition(sourced.entry.when)
            self.layer = before
            self._open.pop()
        return self._terms[key]

    def _tests(self, key: Scalar, node: AnyNode) -> Condition | None:
        """Bind what stands behind the name of a fact."""
        fact = self.fact(key)
        if fact is None:
            return None
        if isinstance(node, Scalar):
            return self._test(fact, "is", node, None, node.place)
        if isinstance(node, Sequence):
            return self._test(fact, "in", node, None, node.place)
        if not node.entries:
            self.problems.add(node.place, "no operator stands here", _operators_for(fact))
            return None
        anchored = next((k.text for k, _ in node.entries if k.text in _ANCHORED), None)
        anchors = [(k.text, v) for k, v in node.entries if anchored and k.text in _SIDES]
        if anchored and len(anchors) != 1:
            self.problems.add(
                node.place,
                f"`{anchored}` needs to know from when, and from one side",
                "write one of `before:` and `after:` with a fact beside it",
            )
            return None
        return _together(
            [
                self._test(fact, k.text, v, anchors[0] if k.text in _ANCHORED else None, k.place)
                for k, v in node.entries
                if not (anchored and k.text in _SIDES)
            ]
        )

    def _test(
        self,
        fact: Fact,
        name: str,
        node: AnyNode,
        anchor: tuple[str, AnyNode] | None,
        place: Place,
    ) -> Test | None:
        cls = OPERATORS.get(name)
        if cls is None:
            self.problems.unknown(place, "operator", name, OPERATORS)
            return None
        if fact.kind not in cls.kinds:
            self.problems.add(
                place,
                f"`{name}` cannot test `{fact.path}`, which holds {fact.kind.value}",
                _operators_for(fact),
            )
            return None
        self._wildcards = cls is HasOnly
        if cls is Has and isinstance(node, Scalar) and node.text in self.vocabulary.lists:
            self.problems.add(
                node.place, f"`has` takes one word, and `{node.text}` is a list", "use `has_all`"
            )
            return None
        if cls.argument not in _LISTED and not isinstance(node, Scalar):
            self.problems.add(node.place, f"`{name}` takes {cls.argument.value}")
            return None
        if cls is Is and self._is_qualified(fact):
            cls = In
        self._stricter = cls.stricter
        operator = cls.bind(node, fact, self, anchor)
        if operator is None or not self._has_one_meaning(fact, cls, node):
            return None
        return self._fitting(fact, cls, operator, place)

    def _is_qualified(self, fact: Fact) -> bool:
        """Tell whether the fact's words are those of another layer than the most local one."""
        return self.layer > 0 and fact.holds.vocabulary in QUALIFIED

    def _has_one_meaning(self, fact: Fact, cls: type[Operator], node: AnyNode) -> bool:
        """Refuse to ask for a word in a list that several, or none, stand for here."""
        if not self._is_qualified(fact) or cls not in {Has, HasAll, Exactly}:
            return True
        items = node.items if isinstance(node, Sequence) else (node,)
        table = str(fact.holds.vocabulary)
        for item in items:
            word = item.text if isinstance(item, Scalar) else ""
            meant = self.vocabulary.chain.meaning(table, word, self.layer)
            if len(meant) != 1:
                self._unclear(item.place, word, meant)
                return False
        return True

    def _unclear(self, place: Place, word: str, meant: tuple[str, ...]) -> None:
        here = self.vocabulary.chain.profile.jurisdiction
        who = ", ".join(meant) or "nothing"
        self.problems.add(
            place,
            f"under `{here}`, {who} stands for `{word}`, and exactly one has to",
            "say so with `stands_for` or `uses`",
        )

    def _fitting(
        self, fact: Fact, cls: type[Operator], operator: Operator, place: Place
    ) -> Test | None:
        """Refuse to compare facts of different kinds."""
        for other in operator.anchors:
            if other == fact:
                self.problems.add(
                    place, f"`{fact.path}` is compared with itself", "name another fact"
                )
                return None
            if other.kind not in cls.kinds:
                self.problems.add(place, f"`{fact.path}` cannot be compared with `{other.path}`")
                return None
        return Test(fact, operator)

    def fact(self, node: AnyNode) -> Fact | None:
        """Find a fact by its name."""
        if not isinstance(node, Scalar):
            self.problems.add(node.place, "the name of a fact is expected here")
            return None
        fact = fact_named(node.text, self.key, self.vocabulary.facts)
        if fact is None:
            known = [*facts_about(self.key), *self.vocabulary.facts]
            what = f"fact about {self.key}"
            self.problems.unknown(node.place, what, node.text, known)
        elif fact.form is not None and fact.form not in self.vocabulary.words["statements"]:
            statements = self.vocabulary.words["statements"]
            self.problems.unknown(node.place, "statement", fact.form, statements)
            return None
        return fact

    def value(self, node: AnyNode, fact: Fact) -> Any:
        """Read a value that the fact can hold."""
        if not isinstance(node, Scalar):
            self.problems.add(node.place, f"{fact.kind.value} is expected here")
            return None
        if node.is_null:
            self.problems.add(
                node.place,
                "a condition cannot ask for null",
                "write `given: false` for what does not exist",
            )
            return None
        if fact.kind is Kind.FLAG:
            return self.flag(node)
        if fact.kind is Kind.COUNT:
            if node.text.isascii() and node.text.isdigit() and len(node.text) < 10:
                return int(node.text)
            self.problems.add(node.place, f"{shown(node.text)} is no whole number")
            return None
        return node.text if self._listed(node, fact) else None

    def words(self, node: AnyNode, fact: Fact) -> tuple[str, ...] | None:
        """Read a list of words, or the name of a list."""
        if isinstance(node, MappingNode):
            self.problems.add(node.place, f"{Argument.WORDS.value} is expected here")
            return None
        if isinstance(node, Scalar):
            if node.text in self.vocabulary.lists:
                self.vocabulary.used.add(node.text)
                if not self._fits_all(node.place, self.vocabulary.lists[node.text]):
                    return None
                return self._meant(fact, self.vocabulary.lists[node.text])
            return self._meant(fact, (node.text,)) if self._listed(node, fact) else None
        words = [self.text(item) for item in node.items]
        if not words:
            self.problems.add(node.place, "the list is empty", "name at least one word")
        fits = [isinstance(item, Scalar) and self._listed(item, fact) for item in node.items]
        if not words or not all(fits):
            return None
        return self._meant(fact, tuple(word for word in words if word is not None))

    def _meant(self, fact: Fact, words: tuple[str, ...]) -> tuple[str, ...]:
        """Give words in the meaning that they have for the most local layer."""
        if fact.holds.folded:
            words = tuple(folded(word) for word in words)
        if not self._is_qualified(fact):
            return tuple(dict.fromkeys(words))
        table = str(fact.holds.vocabulary)
        meanings = (self.vocabulary.chain.meaning(table, word, self.layer) for word in words)
        return tuple(dict.fromkeys(word for meaning in meanings for word in meaning))

    def _fits_all(self, place: Place, words: tuple[str, ...]) -> bool:
        """Refuse a word that stands for all that it begins where an operator takes none."""
        found = [word for word in words if word.endswith("*")]
        if found and not self._wildcards:
            self.problems.add(
                place,
                f"{shown(found[0])} stands for many words, which only `has_only` takes",
                "write the words out",
            )
        return self._wildcards or not found

    def _listed(self, node: Scalar, fact: Fact) -> bool:
        """Refuse a word that the fact's vocabulary does not list."""
        known = self.vocabulary.words_for(fact, self.layer)
        if node.text.endswith("*"):
            return self._fits_all(node.place, (node.text,))
        if known is None or node.text in known:
            return True
        self.problems.unknown(node.place, f"value of `{fact.path}`", node.text, known)
        return False

    def text(self, node: AnyNode) -> str | None:
        """Read a text."""
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.problems.add(node.place, "a text is expected here")
        return None

    def template(self, node: AnyNode) -> tuple[str | Fact, ...] | None:
        """Read a text with facts in it."""
        text = self.text(node)
        if text is None:
            return None
        parts: list[str | Fact] = []
        for number, piece in enumerate(IN_BRACKETS.split(text)):
            fact = self.fact(Scalar(piece, place=node.place)) if number % 2 else None
            if number % 2 and fact is None:
                return None
            if fact is not None or piece:
                parts.append(piece if fact is None else fact)
        return tuple(parts)

    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        """Note a problem."""
        self.problems.add(node.place, message, remedy)

    def flag(self, node: AnyNode) -> bool | None:
        """Read true or false."""
        flag = _FLAGS.get(node.text) if isinstance(node, Scalar) and not node.quoted else None
        if flag is None:
            self.problems.add(node.place, "true or false is expected here")
        return flag

    def duration(self, node: AnyNode, stricter: str | None = None) -> Duration | None:
        """Read a duration, or find the parameter of a name.

        `stricter` is the direction of its number that is stricter, where no operator tells.
        """
        if not isinstance(node, Scalar):
            self.problems.add(node.place, "a duration is expected here", "such as: 30 days")
            return None
        found = duration_from(node.text) or self.vocabulary.durations.get(node.text)
        if stricter is None:
            self.vocabulary.directions.note(node.text, self._stricter, self._sign)
        else:
            self.vocabulary.directions.note(node.text, stricter, 1)
        if found is None and node.text[:1].isdigit():
            self.problems.add(
                node.place, f"{shown(node.text)} is no duration", "write it as: 365 days"
            )
        elif found is None:
            known = self.vocabulary.durations
            self.problems.unknown(node.place, "parameter", node.text, known)
        return found


def _together(parts: Iterable[Condition | None]) -> Condition | None:
    found = list(parts)
    if any(part is None for part in found):
        return None
    whole: Condition = AllOf(())
    for part in found:
        if part is not None:
            whole = both(whole, part)
    return whole


def _operators_for(fact: Fact) -> str:
    names = [name for name, cls in OPERATORS.items() if fact.kind in cls.kinds]
    return f"operators for {fact.kind.value}: {', '.join(names)}"
