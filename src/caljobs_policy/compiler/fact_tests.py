# SPDX-License-Identifier: MIT
"""Binds the tests after the name of a fact: operators with their values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from caljobs_policy.compiler.operators import OF_SEVERAL, Behind, operator_from
from caljobs_policy.compiler.values import SIDES, ValueBinder
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import AllOf, Condition, Test, both, stated_ahead
from caljobs_policy.policy.operators import OPERATORS, Argument, In, Is, Operator
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode

_LISTED: Final = frozenset({Argument.WORDS, Argument.CHARACTERS})
_INSTEAD: Final = {
    Argument.WORD: "write one word; `has_all` takes several",
    Argument.FACT: "write one name, such as `at`",
}


class FactTests:
    """Binds the tests of facts, and notes what cannot be bound."""

    def __init__(self, binder: ValueBinder) -> None:
        self.binder = binder
        self.problems = binder.problems
        self.vocabulary = binder.vocabulary

    def bind(self, key: Scalar, node: AnyNode) -> Condition | None:
        """Bind what follows the name of a fact."""
        fact = self.binder.fact(key)
        if fact is None:
            self._without_fact(node)
            return None
        if not isinstance(node, MappingNode):
            return self._plain(fact, node)
        if not node.entries:
            self.problems.add(node.place, "there is no operator here", _operators_for(fact))
            return None
        keys = [key.text for key, _ in node.entries]
        anchored = next((name for name in keys if name in OPERATORS and OPERATORS[name].sides), "")
        sides = OPERATORS[anchored].sides if anchored else ()
        anchors = [(k.text, v) for k, v in node.entries if k.text in sides]
        parts: list[Condition | None] = []
        if anchored and len(anchors) != 1:
            self._refuse_anchors(anchored, sides, node.place, too_many=bool(anchors))
            beside = [(k, v) for k, v in node.entries if k.text in (*SIDES, anchored)]
            self._without_fact(MappingNode(tuple(beside), node.place))
            parts.append(None)
            sides = (*SIDES, anchored)
        parts += [
            self._test(fact, k.text, v, anchors[0] if k.text == anchored else None, k.place)
            for k, v in node.entries
            if k.text not in sides
        ]
        return together(parts)

    def _without_fact(self, node: AnyNode) -> None:
        """Report what is wrong after a fact that does not exist, as far as that can be known."""
        for key, value in node.entries if isinstance(node, MappingNode) else ():
            if key.text in SIDES:
                self.binder.fact(value)
            elif key.text not in OPERATORS:
                self.problems.no_such(key.place, "operator", key.text, (*OPERATORS, *SIDES))
            elif OPERATORS[key.text].argument is Argument.DURATION and isinstance(value, Scalar):
                self.binder.duration(value)

    def _refuse_anchors(
        self, name: str, sides: Iterable[str], place: Place, *, too_many: bool
    ) -> None:
        """Refuse an operator without a fact to compare with, or with several."""
        if too_many:
            message = f"`{name}` takes {' or '.join(f'`{side}`' for side in sides)}, not both"
            self.problems.add(place, message, "remove one of the two")
            return
        message = f"`{name}` needs a fact to compare with"
        what = " or ".join(f"`{side}:`" for side in sides)
        self.problems.add(place, message, f"write {what} with a fact beside it")

    def _plain(self, fact: Fact, node: Scalar | Sequence) -> Test | None:
        """Bind a value, or a list of them, that follows a fact without an operator."""
        if self.binder.is_null(node):
            return None
        cls = Is if isinstance(node, Scalar) else In
        if fact.kind in cls.kinds:
            return self._test(fact, cls.name, node, None, node.place)
        message = f"`{fact.path}` holds {fact.kind.value} and needs an operator"
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
        if cls is None or self.binder.is_null(node):
            return None
        self.binder.wildcards = cls.beginnings
        if self._is_list_for_word(cls, node):
            return None
        if cls.argument not in _LISTED and not isinstance(node, Scalar):
            remedy = _INSTEAD.get(cls.argument, "write it alone")
            self.problems.add(node.place, f"`{name}` takes {cls.argument.value}", remedy)
            return None
        if self.binder.is_qualified(fact):
            cls = OF_SEVERAL.get(cls, cls)
        self.binder.stricter = cls.stricter
        operator = operator_from(cls, Behind(node, fact, self.binder, anchor))
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
            message = f"`{name}` names the fact to compare with, and belongs beside {users}"
            self.problems.add(place, message, f"add {users} with its value")
        else:
            self.problems.no_such(place, "operator", name, OPERATORS, _operators_for(fact))
        return None

    def _is_list_for_word(self, cls: type[Operator], node: AnyNode) -> bool:
        """Refuse the name of a list where one word is meant."""
        if cls.argument is not Argument.WORD or not isinstance(node, Scalar):
            return False
        if not self.binder.list_named(node.text):
            return False
        message = f"`{cls.name}` takes one word, but `{node.text}` is a list"
        self.problems.add(node.place, message, "use `has_all`")
        return True

    def _has_one_meaning(self, fact: Fact, cls: type[Operator], node: AnyNode) -> bool:
        """Refuse a word in a list if several words here stand for it, or none."""
        if not self.binder.is_qualified(fact) or not cls.needs_each:
            return True
        items = node.items if isinstance(node, Sequence) else (node,)
        table = str(fact.holds.vocabulary)
        words = [Word(i.text if isinstance(i, Scalar) else "", i.place) for i in items]
        for word in words:
            self.vocabulary.chain.only_meaning(table, word, self.binder.layer, self.problems)
        meanings = (self.vocabulary.chain.meaning(table, w.text, self.binder.layer) for w in words)
        return all(len(meaning) == 1 for meaning in meanings)

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
        return stated_ahead(Test(fact, operator))


def together(parts: Iterable[Condition | None]) -> Condition | None:
    """Join conditions with `all`; None if one of them could not be bound."""
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
