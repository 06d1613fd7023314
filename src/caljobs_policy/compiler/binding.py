# SPDX-License-Identifier: MIT
"""Gives meaning to conditions as written: facts, operators and values in place of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from caljobs_policy.compiler.named_deadlines import NamedDeadlines
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.values import SIDES, ValueBinder
from caljobs_policy.compiler.vocabulary import Vocabulary
from caljobs_policy.errors import Place
from caljobs_policy.model.conditions import AllOf, AnyOf, Condition, Not, Test, both
from caljobs_policy.model.facts import Fact, fact_named
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
from caljobs_policy.model.rules import DEADLINE_TESTS, MISSED
from caljobs_policy.model.written.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.model.written.nodes import Mapping as MappingNode
from caljobs_policy.model.written.shapes import Word

DEEPEST: Final = 40
_LISTED: Final = frozenset({Argument.WORDS, Argument.CHARACTERS})
_INSTEAD: Final = {
    Argument.WORD: "write one word; `has_all` takes several",
    Argument.FACT: "write one name, such as `at`",
}


class ConditionBinder(ValueBinder):
    """Binds the conditions about subjects of one key; what cannot be bound is a problem."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        key: str,
        layer: int,
        problems: Problems,
        deadlines: NamedDeadlines,
    ) -> None:
        super().__init__(vocabulary, key, layer, problems)
        self.deadlines = deadlines
        """Those about the key to which conditions can refer."""
        self._terms: dict[tuple[str, int], Condition | None] = {}
        self._open: list[str] = []
        self._depth = 0

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
        if self._depth >= DEEPEST:
            # Terms that refer to terms would else go deeper than any engine can follow.
            message = f"the conditions stand in one another more than {DEEPEST} deep"
            self.problems.add(node.place, message, "make two rules of it")
            return None
        self._depth += 1
        found = self._bound(node)
        self._depth -= 1
        return found

    def _bound(self, node: AnyNode) -> Condition | None:
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
        if key.text in DEADLINE_TESTS:
            return self._deadline_test(key.text, node)
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

    def _deadline_test(self, name: str, node: AnyNode) -> Condition | None:
        """Bind the test of whether a deadline is missed, or near."""
        if not isinstance(node, Scalar):
            message = f"`{name}` takes the name of a deadline"
            self.problems.add(node.place, message, "write one name")
            return None
        rule = self.deadlines.find(node.text, node.place, self.problems)
        if rule is None:
            return None
        if name == MISSED:
            return rule.missed
        if rule.warning is None:
            message = f"the deadline `{node.text}` has no warning time, so it is never near"
            self.problems.add(node.place, message, "give it a `warning`, such as 30 days")
        return rule.near

    def _term(self, node: Scalar) -> Condition | None:
        """Bind a condition that is referred to by its name."""
        name = node.text
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            message = f"the term refers to itself: {circle}"
            self.problems.add(node.place, message, "write out one of the conditions")
            return None
        if fact_named(name, self.key, self.vocabulary.facts) is not None:
            message = f"the fact `{name}` stands here without a test"
            remedy = f"write the test behind it, such as `{name}: {{given: true}}`"
            self.problems.add(node.place, message, remedy)
            return None
        if name not in self.vocabulary.terms:
            known = self.vocabulary.terms
            self.problems.unknown(node.place, "term", name, known, "list it under `terms`")
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
        if not isinstance(node, MappingNode):
            return self._plain(fact, node)
        if not node.entries:
            self.problems.add(node.place, "no operator stands here", _operators_for(fact))
            return None
        keys = [key.text for key, _ in node.entries]
        anchored = next((name for name in keys if name in OPERATORS and OPERATORS[name].sides), "")
        sides = OPERATORS[anchored].sides if anchored else ()
        anchors = [(k.text, v) for k, v in node.entries if k.text in sides]
        if anchored and len(anchors) != 1:
            self._refuse_anchors(anchored, sides, node.place, too_many=bool(anchors))
            return None
        return _together(
            [
                self._test(fact, k.text, v, anchors[0] if k.text == anchored else None, k.place)
                for k, v in node.entries
                if k.text not in sides
            ]
        )

    def _refuse_anchors(
        self, name: str, sides: Iterable[str], place: Place, *, too_many: bool
    ) -> None:
        """Refuse an operator beside which no fact is named to compare with, or several are."""
        if too_many:
            message = f"`{name}` takes {' or '.join(f'`{side}`' for side in sides)}, not both"
            self.problems.add(place, message, "remove one of the two")
            return
        message = f"`{name}` needs a fact to compare with"
        what = " or ".join(f"`{side}:`" for side in sides)
        self.problems.add(place, message, f"write {what} with a fact beside it")

    def _plain(self, fact: Fact, node: Scalar | Sequence) -> Test | None:
        """Bind a value, or a list of them, that stands behind a fact without an operator."""
        name = "is" if isinstance(node, Scalar) else "in"
        if fact.kind in OPERATORS[name].kinds:
            return self._test(fact, name, node, None, node.place)
        message = f"`{fact.path}` holds {fact.kind.value} and takes an operator"
        self.problems.add(node.place, message, _operators_for(fact))
        return None

    def _test(
        self,
        fact: Fact,
        name: str,
        node: AnyNode,
        anchor: tuple[str, AnyNode] | None,
        place: Place,
    ) -> Test | None:
        cls = self._operator(fact, name, place)
        if cls is None:
            return None
        self._wildcards = cls is HasOnly
        if cls is Has and isinstance(node, Scalar) and node.text in self.vocabulary.lists:
            self.problems.add(
                node.place, f"`has` takes one word, and `{node.text}` is a list", "use `has_all`"
            )
            return None
        if cls.argument not in _LISTED and not isinstance(node, Scalar):
            remedy = _INSTEAD.get(cls.argument, "write it alone")
            self.problems.add(node.place, f"`{name}` takes {cls.argument.value}", remedy)
            return None
        if cls is Is and self.is_qualified(fact):
            cls = In
        self._stricter = cls.stricter
        operator = cls.bind(node, fact, self, anchor)
        if operator is None or not self._has_one_meaning(fact, cls, node):
            return None
        return self._fitting(fact, cls, operator, place)

    def _operator(self, fact: Fact, name: str, place: Place) -> type[Operator] | None:
        """Find the operator of a name that can test a fact."""
        cls = OPERATORS.get(name)
        if cls is not None and fact.kind in cls.kinds:
            return cls
        if cls is not None:
            message = f"`{name}` cannot test `{fact.path}`, which holds {fact.kind.value}"
            self.problems.add(place, message, _operators_for(fact))
        elif name in SIDES:
            users = " or ".join(f"`{n}`" for n, one in OPERATORS.items() if name in one.sides)
            message = f"`{name}` names the fact to compare with, and stands beside {users}"
            self.problems.add(place, message, f"add {users} with its value")
        else:
            self.problems.unknown(place, "operator", name, OPERATORS, _operators_for(fact))
        return None

    def _has_one_meaning(self, fact: Fact, cls: type[Operator], node: AnyNode) -> bool:
        """Refuse to ask for a word in a list that several, or none, stand for here."""
        if not self.is_qualified(fact) or cls not in {Has, HasAll, Exactly}:
            return True
        items = node.items if isinstance(node, Sequence) else (node,)
        table = str(fact.holds.vocabulary)
        for item in items:
            word = Word(item.text if isinstance(item, Scalar) else "", item.place)
            self.vocabulary.chain.only_meaning(table, word, self.layer, self.problems)
            if len(self.vocabulary.chain.meaning(table, word.text, self.layer)) != 1:
                return False
        return True

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
            if other.kind not in (cls.other_kinds or cls.kinds):
                kind = min(cls.other_kinds or {fact.kind}, key=lambda kind: kind.value)
                self.problems.add(
                    place,
                    f"`{fact.path}` cannot be compared with `{other.path}`, "
                    f"which holds {other.kind.value}",
                    f"name a fact that holds {kind.value}",
                )
                return None
        return Test(fact, operator)


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
