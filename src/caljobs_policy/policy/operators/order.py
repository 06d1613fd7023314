# SPDX-License-Identifier: MIT
"""Operators over the order of two dates: `before`, `after`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, ClassVar, Final, Self

from attrs import frozen

from caljobs_policy.dates.durations import compare
from caljobs_policy.policy.operators.operator import Argument, Binder, Names, Operator
from caljobs_policy.policy.operators.times import around, as_days
from caljobs_policy.policy.speech import PLAIN, Speech
from caljobs_policy.subjects.facts import AT, Fact
from caljobs_policy.subjects.fields import DATED
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.syntax.nodes import AnyNode

_AHEAD: Final = ("lies ahead", "does not lie ahead")
_PAST: Final = ("has passed", "has not passed")


@frozen
class Before(Operator):
    """The fact lies before another; the same day is not before, two times are told by second."""

    name: ClassVar = "before"
    argument: ClassVar = Argument.FACT
    kinds: ClassVar = DATED
    _is_earlier: ClassVar = True
    fact: Fact
    other: Fact

    @classmethod
    def bind(
        cls, node: AnyNode, fact: Fact, binder: Binder, anchor: tuple[str, AnyNode] | None
    ) -> Self | None:
        """Make the operator from the name of another dated fact."""
        other = binder.fact(node)
        return None if other is None else cls(fact, other)

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact that it is compared with."""
        return (self.other,)

    @property
    def order(self) -> int:
        """-1, as it asks for what lies before."""
        return -1

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the two."""
        return compare(value, others[0], zone) < 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare dates as they are, and times with respect to their offsets."""
        if days := as_days((self.fact, self.other), (value, others[0]), names):
            return f"{days[0]} < {days[1]}"
        return f"{names.constant(compare)}({value}, {others[0]}, ZONE) < 0"

    def cells(self, position: int, values: Sequence[Any], zone: tzinfo) -> tuple[Any, ...]:
        """Return the other's date and its neighbours."""
        known = values[1 - position]
        kind = (self.fact, self.other)[position].kind
        return () if known is None or known is UNKNOWN else around(kind, [known], zone)

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the other fact."""
        return f"is before the {speech.fact(self.other)}"

    def sentence(self, fact: Fact, speech: Speech = PLAIN, *, negated: bool = False) -> str:
        """Say of a date and the present moment that it has passed, or lies ahead."""
        if AT not in (fact, self.other):
            return super().sentence(fact, speech, negated=negated)
        dated = self.other if fact == AT else fact
        verbs = _AHEAD if self._is_earlier is (fact == AT) else _PAST
        return f"the {speech.fact(dated)} {verbs[negated]}"


@frozen
class After(Before):
    """The fact lies after another; the same day is not after, two times are told by second."""

    name: ClassVar = "after"

    @property
    def order(self) -> int:
        """1, as it asks for what lies after."""
        return 1

    _is_earlier: ClassVar = False

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the two."""
        return compare(value, others[0], zone) > 0

    def expression(self, value: str, others: Sequence[str], names: Names) -> str:
        """Compare dates as they are, and times with respect to their offsets."""
        if days := as_days((self.fact, self.other), (value, others[0]), names):
            return f"{days[0]} > {days[1]}"
        return f"{names.constant(compare)}({value}, {others[0]}, ZONE) > 0"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the other fact."""
        return f"is after the {speech.fact(self.other)}"
