# SPDX-License-Identifier: MIT
"""Binds conditions as written: terms, `all`, `any`, `not`, deadlines, and tests of facts."""

from __future__ import annotations

from typing import Final

from attrs import evolve, field, frozen

from caljobs_policy.compiler.fact_tests import FactTests, together
from caljobs_policy.compiler.named_deadlines import NamedDeadlines
from caljobs_policy.compiler.operands import OperandBinder
from caljobs_policy.errors.codes import Code
from caljobs_policy.policy.conditions import AllOf, AnyOf, Condition, Not
from caljobs_policy.policy.rules import DEADLINE_TESTS, MISSED
from caljobs_policy.subjects.facts import fact_named
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

DEEPEST: Final = 40


@frozen(eq=False)
class ConditionBinder(OperandBinder):
    """Binds the conditions about one sort of subject, and notes what cannot be bound.

    A part with another sign, and a term in the words of another layer, gets a binder of its own.
    """

    deadlines: NamedDeadlines
    """Those about the key to which conditions can refer."""
    _depth: int = 0
    _path: tuple[str, ...] = ()
    """The terms that are being bound, each inside the one before it."""
    _terms: dict[tuple[str, int], Condition | None] = field(factory=dict)
    """The terms that were bound, by name and sign; all binders made of one another share it."""
    _tests: dict[tuple[int, int, str, AnyNode], Condition] = field(factory=dict)
    """The tests of facts that were bound, by layer, sign and what is written; shared as well."""
    _inner: dict[int, ConditionBinder] = field(factory=dict, init=False)
    """The binders of the conditions in a condition, by their sign."""

    def condition(self, node: AnyNode | None, sign: int = 1) -> Condition | None:
        """Bind a condition; None where there is none, or after a problem."""
        if node is None:
            return None
        if self._depth >= DEEPEST:
            # Otherwise terms that refer to terms could go deeper than any engine can follow.
            message = f"the conditions are nested more than {DEEPEST} deep"
            self.problems.add(Code.TOO_LARGE, node.place, message, "split it into two rules")
            return None
        if sign not in self._inner:
            self._inner[sign] = evolve(self, sign=sign, depth=self._depth + 1)
        return self._inner[sign]._bound(node)

    def _part(self, node: AnyNode) -> Condition | None:
        """Bind a part of a condition that has the same sign."""
        return self.condition(node, self.sign)

    def _bound(self, node: AnyNode) -> Condition | None:
        if isinstance(node, Scalar):
            return self._term(node)
        if isinstance(node, Sequence):
            self.problems.add(
                Code.WRONG_KIND,
                node.place,
                "a list is not a condition",
                "write `all:` or `any:` before the list",
            )
            for item in node.items:
                self._part(item)
            return None
        if not node.entries:
            self.problems.add(
                Code.MISSING, node.place, "the condition is empty", "name a fact and its test"
            )
            return None
        parts = [self._entry(key, value) for key, value in node.entries]
        return together(parts)

    def _entry(self, key: Scalar, node: AnyNode) -> Condition | None:
        if key.text == "not":
            part = self.condition(node, -self.sign)
            return None if part is None else Not(part)
        if key.text in DEADLINE_TESTS:
            return self._deadline_test(key.text, node)
        if key.text not in {"all", "any"}:
            return self._fact_test(key, node)
        if not isinstance(node, Sequence) or not node.items:
            self.problems.add(
                Code.WRONG_KIND,
                node.place,
                f"`{key.text}` takes a list of conditions",
                "begin each with `- `",
            )
            if isinstance(node, MappingNode) and node.entries:
                self._part(node)
            return None
        parts = [self._part(item) for item in node.items]
        if any(part is None for part in parts):
            return None
        found = tuple(part for part in parts if part is not None)
        return AllOf(found) if key.text == "all" else AnyOf(found)

    def _fact_test(self, key: Scalar, node: AnyNode) -> Condition | None:
        """Bind the tests of a fact, once for all that are written in the same way."""
        if self.problems:
            # What is wrong is told wherever it is written.
            return FactTests(self).bind(key, node)
        written = (self.layer, self.sign, key.text, node)
        found = self._tests.get(written)
        if found is None:
            found = FactTests(self).bind(key, node)
            if found is not None and not self.problems:
                self._tests[written] = found
        return found

    def _deadline_test(self, name: str, node: AnyNode) -> Condition | None:
        """Bind the test that a deadline is missed, or near."""
        if not isinstance(node, Scalar):
            message = f"`{name}` takes the name of a deadline"
            self.problems.add(Code.WRONG_KIND, node.place, message, "write one name")
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
            self.problems.add(
                Code.MISSING, node.place, message, "give it a `warning`, such as 30 days"
            )
        return rule.missed if name == MISSED else rule.near

    def _term(self, node: Scalar) -> Condition | None:
        """Bind a term, which is a condition referred to by name."""
        name = node.text
        if name in self._path:
            circle = " → ".join([*self._path[self._path.index(name) :], name])
            message = f"the term refers to itself: {circle}"
            self.problems.add(Code.CIRCULAR, node.place, message, "write out one of the conditions")
            return None
        if fact_named(name, self.key, self.vocabulary.facts) is not None:
            message = f"the fact `{name}` has no test here"
            remedy = f"write a test after it, such as `{name}: {{given: true}}`"
            self.problems.add(Code.MISSING, node.place, message, remedy)
            return None
        if name not in self.vocabulary.terms:
            known = self.vocabulary.terms
            self.problems.unknown(node.place, "term", name, known, "list it under `terms`")
            return None
        self.vocabulary.use("terms", name)
        key = (name, self.sign)
        if key not in self._terms:
            sourced = self.vocabulary.terms[name]
            inside = evolve(self, layer=sourced.layer, path=(*self._path, name))
            self._terms[key] = inside._part(sourced.entry.when)
            self.deadlines.name(self._terms[key], sourced.entry.title)
        return self._terms[key]
