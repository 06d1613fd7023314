# SPDX-License-Identifier: MIT
"""Binds the tests after the name of a fact: operators with their operands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from caljobs_policy.compiler.fact_names import SIDES
from caljobs_policy.compiler.operands import OperandBinder
from caljobs_policy.compiler.operators import OF_SEVERAL, PLAIN, Operand, operator_from
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import AllOf, Condition, Test, both, stated_ahead
from caljobs_policy.policy.operators import OPERATORS, Argument, Operator
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode

_ANCHORED: Final = {name: cls.sides for name, cls in OPERATORS.items() if cls.sides}
"""The keys one of which stands beside an operator, by the operator's name."""
_LISTED: Final = (Argument.WORDS, Argument.CHARACTERS)
_INSTEAD: Final = {
    Argument.WORD: "write one word; `{}` takes several",
    Argument.FACT: "write one name, such as `at`",
}


@frozen(eq=False)
class FactTests:
    """Binds the tests of facts, and notes what cannot be bound."""

    binder: OperandBinder

    @property
    def problems(self) -> Problems:
        """What could not be bound."""
        return self.binder.problems

    def bind(self, key: Scalar, node: AnyNode) -> Condition | None:
        """Bind what follows the name of a fact."""
        fact = self.binder.fact(key)
        if fact is None:
            self._without_fact(node)
            return None
        if not isinstance(node, MappingNode):
            return self._plain(fact, node)
        if not node.entries:
            self.problems.add(
                Code.MISSING, node.place, "there is no operator here", _operators_for(fact)
            )
            return None
        return together(self._tests(fact, node))

    def _tests(self, fact: Fact, node: MappingNode) -> Iterator[Test | None]:
        """Yield the test of each operator, or None where one cannot be bound."""
        anchored = next((key.text for key, _ in node.entries if key.text in _ANCHORED), "")
        sides = _ANCHORED.get(anchored, ())
        anchors = [(key.text, value) for key, value in node.entries if key.text in sides]
        if anchored and len(anchors) != 1:
            self._refuse_anchors(anchored, node, too_many=bool(anchors))
            yield None
            sides = (*SIDES, anchored)
        for key, value in node.entries:
            if key.text not in sides:
                anchor = anchors[0] if key.text == anchored else None
                yield self._test(fact, key, value, anchor)

    def _without_fact(self, node: AnyNode) -> None:
        """Note what is wrong after a fact that does not exist, as far as that can be known."""
        for key, value in node.entries if isinstance(node, MappingNode) else ():
            if key.text in SIDES:
                self.binder.fact(value)
            elif key.text not in OPERATORS:
                self.problems.no_such(key.place, "operator", key.text, (*OPERATORS, *SIDES))
            elif OPERATORS[key.text].argument is Argument.DURATION and isinstance(value, Scalar):
                self.binder.duration(value, None)

    def _refuse_anchors(self, name: str, node: MappingNode, *, too_many: bool) -> None:
        """Refuse an operator without a fact to compare with, or with several."""
        sides = _ANCHORED[name]
        if too_many:
            message = f"`{name}` takes {' or '.join(f'`{side}`' for side in sides)}, not both"
            self.problems.add(Code.CONFLICT, node.place, message, "remove one of the two")
        else:
            what = " or ".join(f"`{side}:`" for side in sides)
            message = f"`{name}` needs a fact to compare with"
            self.problems.add(
                Code.MISSING, node.place, message, f"write {what} with a fact beside it"
            )
        beside = [(key, value) for key, value in node.entries if key.text in (*SIDES, name)]
        self._without_fact(MappingNode(tuple(beside), node.place))

    def _plain(self, fact: Fact, node: Scalar | Sequence) -> Test | None:
        """Bind a value, or a list of them, that follows a fact without an operator."""
        if self.binder.is_null(node):
            return None
        cls = PLAIN[type(node)]
        if fact.kind in cls.kinds:
            return self._test(fact, Scalar(cls.name, place=node.place), node)
        message = f"`{fact.path}` holds {fact.kind.value} and needs an operator"
        self.problems.add(Code.MISSING, node.place, message, _operators_for(fact))
        return None

    def _test(
        self, fact: Fact, key: Scalar, node: AnyNode, anchor: tuple[str, AnyNode] | None = None
    ) -> Test | None:
        """Bind one operator with what follows it."""
        cls = self._operator(fact, key.text, key.place)
        if cls is None or self.binder.is_null(node) or not self._takes(cls, fact, node):
            return None
        if self.binder.is_qualified(fact):
            cls = OF_SEVERAL.get(cls, cls)
        operator = operator_from(Operand(cls, node, fact, self.binder, anchor))
        if operator is None or not self._has_one_meaning(fact, cls, node):
            return None
        return self._fitting(fact, cls, operator, key.place)

    def _operator(self, fact: Fact, name: str, place: Place) -> type[Operator] | None:
        """Find the operator of a name that can test a fact."""
        cls = OPERATORS.get(name)
        if cls is not None and fact.kind in cls.kinds:
            return cls
        if cls is not None:
            message = f"`{name}` cannot test `{fact.path}`, which holds {fact.kind.value}"
            self.problems.add(Code.WRONG_KIND, place, message, _operators_for(fact))
        elif name in SIDES:
            users = " or ".join(f"`{n}`" for n, one in OPERATORS.items() if name in one.sides)
            message = f"`{name}` names the fact to compare with, and belongs beside {users}"
            self.problems.add(Code.MISPLACED, place, message, f"add {users} with its value")
        else:
            self.problems.no_such(place, "operator", name, OPERATORS, _operators_for(fact))
        return None

    def _takes(self, cls: type[Operator], fact: Fact, node: AnyNode) -> bool:
        """Refuse a list, or the name of one, where an operator takes one value."""
        if cls.argument in _LISTED:
            return True
        if not isinstance(node, Scalar):
            remedy = _INSTEAD.get(cls.argument, "write it alone").format(_operator_of_lists(fact))
            self.problems.add(
                Code.WRONG_KIND, node.place, f"`{cls.name}` takes {cls.argument.value}", remedy
            )
            return False
        if cls.argument is Argument.WORD and self.binder.list_named(node.text):
            message = f"`{cls.name}` takes one word, but `{node.text}` is a list"
            self.problems.add(
                Code.WRONG_KIND, node.place, message, f"use `{_operator_of_lists(fact)}`"
            )
            return False
        return True

    def _has_one_meaning(self, fact: Fact, cls: type[Operator], node: AnyNode) -> bool:
        """Refuse a word in a list if several words here stand for it, or none."""
        if not self.binder.is_qualified(fact) or not cls.needs_each:
            return True
        items = node.items if isinstance(node, Sequence) else (node,)
        words = [Word(i.text if isinstance(i, Scalar) else "", i.place) for i in items]
        chain, layer = self.binder.vocabulary.chain, self.binder.layer
        table = str(fact.holds.vocabulary)
        for word in words:
            chain.only_meaning(table, word, layer, self.problems)
        return all(len(chain.meaning(table, word.text, layer)) == 1 for word in words)

    def _fitting(
        self, fact: Fact, cls: type[Operator], operator: Operator, place: Place
    ) -> Test | None:
        """Refuse to compare facts of different kinds."""
        for other in operator.anchors:
            if other == fact:
                self.problems.add(
                    Code.CONFLICT,
                    place,
                    f"`{fact.path}` is compared with itself",
                    "name another fact",
                )
                return None
            if other.kind not in (cls.other_kinds or cls.kinds):
                kind = min(cls.other_kinds or {fact.kind}, key=lambda kind: kind.value)
                self.problems.add(
                    Code.WRONG_KIND,
                    place,
                    f"`{fact.path}` cannot be compared with `{other.path}`, "
                    f"which holds {other.kind.value}",
                    f"name a fact that holds {kind.value}",
                )
                return None
        return stated_ahead(Test(fact, operator))


def together(parts: Iterable[Condition | None]) -> Condition | None:
    """Join conditions with `all`; None if one of them could not be bound."""
    found = list(parts)
    if len(found) == 1 and not isinstance(found[0], AllOf):
        return found[0]  # the usual case
    if any(part is None for part in found):
        return None
    whole: Condition = AllOf(())
    for part in found:
        if part is not None:
            whole = both(whole, part)
    return whole


def _operator_of_lists(fact: Fact) -> str:
    """Return the first operator that takes several words for a fact."""
    listing = (n for n, cls in OPERATORS.items() if cls.argument in _LISTED)
    return next((name for name in listing if fact.kind in OPERATORS[name].kinds), "")


def _operators_for(fact: Fact) -> str:
    names = [name for name, cls in OPERATORS.items() if fact.kind in cls.kinds]
    return f"operators for {fact.kind.value}: {', '.join(names)}"
