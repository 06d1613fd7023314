# SPDX-License-Identifier: MIT
"""Binds conditions as written: terms, `all`, `any`, `not`, deadlines, and tests of facts."""

from __future__ import annotations

from typing import Final

from caljobs_policy.compiler.fact_tests import FactTests, together
from caljobs_policy.compiler.named_deadlines import NamedDeadlines
from caljobs_policy.compiler.operands import OperandBinder
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import Vocabulary
from caljobs_policy.policy.conditions import AllOf, AnyOf, Condition, Not
from caljobs_policy.policy.rules import DEADLINE_TESTS, MISSED
from caljobs_policy.subjects.facts import fact_named
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

DEEPEST: Final = 40


class ConditionBinder(OperandBinder):
    """Binds the conditions about one sort of subject, and notes what cannot be bound."""

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
        self.tests = FactTests(self)
        self._terms: dict[tuple[str, int], Condition | None] = {}
        self._open: list[str] = []
        self._depth = 0

    def condition(self, node: AnyNode | None, sign: int = 1) -> Condition | None:
        """Bind a condition; None where there is none, or after a problem.

        `sign` is 1 where the policy is stricter if the condition holds for less, -1 where it is
        looser, and 0 where neither can be said.
        """
        before, self._sign = self._sign, sign
        found = self._condition(node)
        self._sign = before
        return found

    def _condition(self, node: AnyNode | None) -> Condition | None:
        if node is None:
            return None
        if self._depth >= DEEPEST:
            # Otherwise terms that refer to terms could go deeper than any engine can follow.
            message = f"the conditions are nested more than {DEEPEST} deep"
            self.problems.add(node.place, message, "split it into two rules")
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
                node.place, "a list is not a condition", "write `all:` or `any:` before the list"
            )
            for item in node.items:
                self._condition(item)
            return None
        if not node.entries:
            self.problems.add(node.place, "the condition is empty", "name a fact and its test")
            return None
        parts = [self._entry(key, value) for key, value in node.entries]
        return together(parts)

    def _entry(self, key: Scalar, node: AnyNode) -> Condition | None:
        if key.text == "not":
            part = self.condition(node, -self._sign)
            return None if part is None else Not(part)
        if key.text in DEADLINE_TESTS:
            return self._deadline_test(key.text, node)
        if key.text not in {"all", "any"}:
            return self.tests.bind(key, node)
        if not isinstance(node, Sequence) or not node.items:
            self.problems.add(
                node.place, f"`{key.text}` takes a list of conditions", "begin each with `- `"
            )
            if isinstance(node, MappingNode) and node.entries:
                self._condition(node)
            return None
        parts = [self._condition(item) for item in node.items]
        if any(part is None for part in parts):
            return None
        found = tuple(part for part in parts if part is not None)
        return AllOf(found) if key.text == "all" else AnyOf(found)

    def _deadline_test(self, name: str, node: AnyNode) -> Condition | None:
        """Bind the test that a deadline is missed, or near."""
        if not isinstance(node, Scalar):
            message = f"`{name}` takes the name of a deadline"
            self.problems.add(node.place, message, "write one name")
            return None
        rule = self.deadlines.find(node.text, node.place, self.problems)
        if rule is None:
            return None
        counts, warning = self.deadlines.numbers[rule.name]
        if name == MISSED:
            self.note_missed(rule.id, counts)
        elif warning is not None:
            self.note_near(warning)
        if name != MISSED and warning is None:
            message = f"the deadline `{node.text}` has no warning time, so it is never near"
            self.problems.add(node.place, message, "give it a `warning`, such as 30 days")
        return rule.missed if name == MISSED else rule.near

    def _term(self, node: Scalar) -> Condition | None:
        """Bind a term, which is a condition referred to by name."""
        name = node.text
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            message = f"the term refers to itself: {circle}"
            self.problems.add(node.place, message, "write out one of the conditions")
            return None
        if fact_named(name, self.key, self.vocabulary.facts) is not None:
            message = f"the fact `{name}` has no test here"
            remedy = f"write a test after it, such as `{name}: {{given: true}}`"
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
            self.deadlines.name(self._terms[key], sourced.entry.title)
        return self._terms[key]
