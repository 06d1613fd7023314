# SPDX-License-Identifier: MIT
"""One thing that a difference between two policies does, and how such things are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.comparing.pair import Pair, Sides
from caljobs_policy.analysis.formulas.finding import Question
from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check, DeadlineRule, DutyRule, Route

Entry: TypeAlias = Check | Route | DutyRule | DeadlineRule
Sided: TypeAlias = tuple[Entry | None, Entry | None]
"""What the old policy has, and what the new one has in its place."""
MOST_WORK: Final = 500_000_000
"""How many steps the solver takes for one sort of subject."""


class Way(StrEnum):
    """Whether a difference makes an outcome worse or better, or changes what goes with it."""

    STRICTER = "stricter"
    LOOSER = "looser"
    DIFFERENT = "different"


@frozen(eq=False)
class Effect:
    """One thing that a difference does to some subjects of a key, with an example."""

    key: str
    way: Way
    aspect: Aspect
    because: tuple[str, ...]
    """The checks, rows, duties or deadlines that cause it."""
    entries: Sided
    decisions: tuple[Decision, Decision]
    """What the old policy and the new one decide about the example."""
    stated: tuple[Mapping[str, Any], Mapping[str, Any]]
    """The example in the words of the old policy, and in those of the new one."""
    at: datetime | None

    @property
    def outcomes(self) -> tuple[Outcome, Outcome]:
        """The outcome of the example under either policy."""
        old, new = self.decisions
        return old.outcome, new.outcome


class Telling:
    """Finds effects on one sort of subject, and notes the bounds that searches hit."""

    def __init__(self, pair: Pair, key: str) -> None:
        self.pair, self.key = pair, key
        self.sides = Sides(pair, key)
        self.bounds: dict[str, None] = {}
        self._left = MOST_WORK

    def ask(self, question: Question, *, smallest: bool = True) -> Witness | None:
        """Find an example, or note why there may be one all the same."""
        if self._left <= 0:
            self.bounds["not everything was asked, as it would have taken too long"] = None
            return None
        found = self.sides.prover.ask(question, smallest=smallest)
        self._left -= found.effort.work
        if found.witness is None:
            self.bounds.update(dict.fromkeys(found.bounds))
        return found.witness

    def effect(
        self, way: Way, aspect: Aspect, because: Iterable[str], entries: Sided, shown: Witness
    ) -> Effect:
        """Return an effect that an example shows."""
        stated = shown.case.stated[self.sides.at_old], shown.case.stated[self.sides.at_new]
        causes, decisions = tuple(dict.fromkeys(because)), self.sides.of(shown.decisions)
        return Effect(self.key, way, aspect, causes, entries, decisions, stated, shown.case.at)

    def checks(self, number: int) -> Sequence[Check]:
        """Return the checks of one of the policies, by its number in the prover."""
        return self.sides.prover.formulas[number].plan.checks
