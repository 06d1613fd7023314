# SPDX-License-Identifier: MIT
"""Subjects of one key under one policy that reach targets, each near one that is in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.covering.targets import Aim, Target, key_of, targets_reached
from caljobs_policy.analysis.formulas.finding import Limits, Question
from caljobs_policy.analysis.formulas.shrinking import Real, shrunk
from caljobs_policy.analysis.formulas.terms import Formula, all_of, denied
from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.analysis.generating.asked import Asked, Reaches, lying
from caljobs_policy.analysis.generating.close_dates import with_close_dates
from caljobs_policy.analysis.generating.missing_facts import lacking_a_fact
from caljobs_policy.analysis.generating.near import nearest, plain_statements, plainest
from caljobs_policy.analysis.generating.trying import tried, unproved
from caljobs_policy.analysis.generating.wishing import granted
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact

_STEPS: Final = 5_000_000
"""How many steps the solver takes for each question."""
_ATTEMPTS: Final = 40
"""How often wishes are tried that only what is learned of dates and texts shows to be idle."""


@frozen(eq=False)
class Reaching:
    """A subject with what its decision reaches."""

    witness: Witness
    target: Target | None
    """What it was made for; None for a subject that is in order."""
    reaches: frozenset[Target]

    @property
    def decision(self) -> Decision:
        """What is decided about it."""
        return self.witness.decisions[0]


class PlanCases:
    """Finds subjects of one key under one policy."""

    def __init__(self, policy: Policy, key: str, targets: Sequence[Target]) -> None:
        also = [lying(target) for target in targets if target.boundary is not None]
        self.policy, self.key = policy, key
        self.prover = Prover((policy,), key, also=also, limits=Limits(work=_STEPS))
        self.space = self.prover.space
        self.found = self.prover.formulas[0]
        self.plan = self.found.plan
        self.asked = Asked(self.found)
        self.made: list[Reaching] = []
        self.bounds: dict[Target, tuple[str, ...]] = {}
        """Why there may be a subject for a target after all, where none was found."""
        # A case has to state whatever the formulas of all targets read.
        self.formulas = {target: self.asked.formula(target) for target in targets}

    def in_order(self) -> Reaching | None:
        """Find a subject of which nothing is wrong, or as little as may be, and that meets much."""
        met = [Target(Aim.MET, key_of(one)) for one in self.plan.checks if not one.exempts]
        meets = [self.asked.formula(target) for target in met]
        more = [*plain_statements(self.space), *meets]
        witness = self._ask(denied(self.found.exempt), self._calm(), more, _is_covered)
        return None if witness is None else self._kept(None, _is_covered, witness, None)

    def _calm(self, but: int | None = None) -> Mapping[int, Formula]:
        """Return, for the checks but one, that they do not fail, the weightiest first."""
        order = sorted(range(len(self.plan.checks)), key=lambda n: -self.plan.weights[n])
        return {number: denied(self.found.violations[number]) for number in order if number != but}

    def reach(self, target: Target) -> Reaching | None:
        """Find a subject that reaches a target, and of which as little is wrong as may be."""
        number = self.asked.numbers.get(target.check) if target.check is not None else None
        formula, reaches = self.formulas[target], self.asked.real(target)
        plain = plain_statements(self.space)
        witness = self._ask(formula, self._calm(but=number), plain, reaches, target)
        if witness is None and number is not None:
            witness = self._try(target, self.plan.checks[number], reaches)
        if witness is None:
            return None
        return self._kept(target, reaches, witness, next(iter(self._known(target)), None))

    def lack(self, target: Target) -> Reaching | None:
        """Find a subject whose outcome cannot be told, as a fact that a check reads is missing."""
        check = next(one for one in self.plan.checks if key_of(one) == target.check)
        reaches = self.asked.real(target)
        witness = lacking_a_fact(self.space, check, reaches, self._known(target))
        return None if witness is None else self._made(witness, target)

    def _try(self, target: Target, check: Check, reaches: Reaches) -> Witness | None:
        """Look among subjects of which nothing is proved, or note that there may be one."""
        unknown = dict.fromkeys(fact.path for fact in unproved(check))
        if not unknown:
            return None
        witness = tried(self.space, check, reaches, [made.witness for made in self.made])
        if witness is None:
            self.bounds[target] = tuple(
                f"not every `{path}` that lies ahead was tried" for path in unknown
            )
        return witness

    def _ask(
        self,
        formula: Formula,
        calm: Mapping[int, Formula],
        more: Iterable[Formula],
        reaches: Reaches,
        target: Target | None = None,
    ) -> Witness | None:
        """Find a subject with as many wishes as hold together, or else without them."""
        numbers, wishes = [*calm], [*calm.values(), *more]
        for attempt in range(_ATTEMPTS):
            is_last = attempt == _ATTEMPTS - 1
            kept = () if is_last else granted(self.prover.finder, formula, wishes)
            quiet = {numbers[one] for one in kept if one < len(numbers)}
            formulas = [formula, *(wishes[one] for one in kept)]
            found = self.prover.ask(_question(formulas, reaches, quiet), smallest=False)
            if found.witness is not None:
                return found.witness
            if not kept:
                break
        if target is not None and found.bounds:
            self.bounds[target] = found.bounds
        return None

    def _known(self, target: Target) -> Sequence[Witness]:
        """Return the subjects so far: first those in order that meet the check of a target."""
        good = [one for one in self.made if not one.decision.hits]
        met = [one for one in good if Target(Aim.MET, target.check) in one.reaches]
        return [one.witness for one in dict.fromkeys((*met, *good, *self.made))]

    def _kept(
        self, target: Target | None, reaches: Reaches, witness: Witness, base: Witness | None
    ) -> Reaching:
        if base is not None:
            shows, facts = _shows(reaches, witness), self._facts(target)
            witness = nearest(self.space, shows, witness, base.case, facts)
        else:
            witness = plainest(self.space, self.policy, _shows(reaches, witness), witness)
        just = _shows(reaches, witness, just=True)
        witness = with_close_dates(
            self.space, just, shrunk(self.space, just, witness, emptied=False)
        )
        return self._made(witness, target)

    def _facts(self, target: Target | None) -> Sequence[Fact]:
        """Return the facts that the check of a target reads."""
        key = target.check if target is not None else None
        return [fact for one in self.plan.checks if key_of(one) == key for fact in one.facts]

    def _made(self, witness: Witness, target: Target | None) -> Reaching:
        made = Reaching(witness, target, targets_reached(witness.decisions[0]))
        self.made.append(made)
        return made


def _question(formulas: Iterable[Formula], reaches: Reaches, quiet: Set[int]) -> Question:
    """Ask for a subject of which formulas hold, and which does not fail some checks for real."""

    def real(decisions: Sequence[Decision]) -> bool:
        (decision,) = decisions
        return quiet.isdisjoint(decision.hits) and reaches(decision)

    return Question(all_of(formulas), real)


def _is_covered(decision: Decision) -> bool:
    return decision.outcome is not Outcome.OUT_OF_SCOPE


def _shows(reaches: Reaches, witness: Witness, *, just: bool = False) -> Real:
    """Return what tells of a decision that it reaches the same and nothing more is wrong."""
    given = witness.decisions[0]
    wrong, is_sure = {*given.hits}, not given.unsure

    def real(decisions: Sequence[Decision]) -> bool:
        (decision,) = decisions
        hits = {*decision.hits}
        is_right = hits == wrong if just else hits <= wrong
        return is_right and not (is_sure and decision.unsure) and reaches(decision)

    return real
