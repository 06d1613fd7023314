# SPDX-License-Identifier: MIT
"""The rule about values in messages that are always missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from caljobs_policy.analysis.checking.examined import Examined, prover_of_each
from caljobs_policy.analysis.checking.per_check import fails, is_written
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import AllOf, Condition, exists
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact

if TYPE_CHECKING:
    from caljobs_policy.analysis.questions import Prover

_Name: TypeAlias = tuple[Place, str, Fact]
"""Where an entry stands, the kind of failure that a text is for, and the fact that it names."""


class MessageWithoutValue(Rule):
    """A message names a fact that does not exist whenever the message is shown.

    The reader sees a gap where the value should be, such as "Training was completed on (none)".

    An example:

        rules:
          trained:
            about: request/create
            require: {request.staff.training_completed_on: {given: true}}
            say: Training was completed on <request.staff.training_completed_on>.
            clauses: [AREA-1/create-1]

    Mended so:

        rules:
          trained:
            about: request/create
            require: {request.staff.training_completed_on: {given: true}}
            say: No day of training is stated.
            clauses: [AREA-1/create-1]

    What it does not report: a value that is missing only sometimes, or withheld as private; a text
    for one kind of failure, unless the value is missing from every failure of the entry or a
    condition tells the kind.
    """

    code: ClassVar = "message-without-value"
    proves: ClassVar = True
    of_each: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield texts of checks with such a value."""
        filled: set[_Name] = set()
        gaps: dict[_Name, Fault | Bound] = {}
        for prover, check, kind, fact in _asked(examined):
            name = (check.origin.place, kind, fact)
            if name in filled:
                continue
            told_so = AllOf((fails(check), *_told_by(check, kind)))
            there = prover.find(AllOf((told_so, exists(fact))), smallest=False)
            if there.witness is not None:
                filled.add(name)
            elif there.bounds:
                message = f"whether `{fact.path}` is always missing: {there.bounds[0]}"
                gaps[name] = Bound(self.code, check.origin.place, message)
            elif name not in gaps and prover.find(told_so, smallest=False).witness is not None:
                gaps[name] = self._told(check, fact)
        yield from (one for name, one in gaps.items() if name not in filled)

    def _told(self, check: Check, fact: Fact) -> Fault:
        message = f"`{check.id}` says `<{fact.path}>`, which is missing whenever it fails"
        remedy = "name a fact that exists then, or none"
        return self.fault(check.origin.place, message, remedy)


def _asked(examined: Examined) -> Iterator[tuple[Prover, Check, str, Fact]]:
    """Yield each fact in a text of a check, with the kind of failure of the text."""
    for stretch, key, plan in examined.small_plans():
        asked = [
            (check, kind, fact)
            for check in plan.checks
            if is_written(examined, check)
            for kind, fact in _values(check)
        ]
        if asked:
            also = [exists(fact) for _, _, fact in asked]
            prover = prover_of_each(stretch.policy, key, also)
            yield from ((prover, *one) for one in asked)


def _told_by(check: Check, kind: str) -> Iterator[Condition]:
    if kind in check.kinds:
        yield check.kinds[kind]


def _values(check: Check) -> Iterator[tuple[str, Fact]]:
    """Yield the facts in the texts of a check, each with the kind of failure of the text."""
    for texts in (check.say, check.remedy):
        for kind, template in texts.items():
            for part in template:
                if isinstance(part, Fact) and part.constant is None and part.steps:
                    yield kind, part
