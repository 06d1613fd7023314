# SPDX-License-Identifier: MIT
"""The search for a subject of which something holds: found for real, ruled out, or given up."""

from __future__ import annotations

from time import monotonic
from typing import Final

import z3
from attrs import frozen

from caljobs_policy.analysis.formulas.shrinking import Real, shrunk
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import (
    TRUE,
    Formula,
    Model,
    all_of,
    denied,
    holds_in,
    is_open,
    number_in,
    same,
)
from caljobs_policy.analysis.formulas.witnesses import (
    Witness,
    case_of,
    is_confirmed,
    is_judged,
    witness_of,
)


@frozen(eq=False)
class Question:
    """What is asked of subjects: as a formula, and of real decisions."""

    formula: Formula
    real: Real


@frozen
class Limits:
    """How far a search goes; none of it depends on the machine, so that it ends alike on all."""

    work: int = 50_000_000
    """How many steps the solver takes, as it counts them itself."""
    models: int = 2000
    spurious: int = 50


@frozen
class Effort:
    """What a search took."""

    seconds: float = 0.0
    work: int = 0
    """How many steps the solver took."""
    models: int = 0
    pieces: int = 0
    """How often functions of dates were learned."""
    lemmas: int = 0
    """How many combinations of truths were ruled out that no text has."""
    spurious: int = 0
    """How many models described no subject of which the question holds, for no reason known."""


@frozen(eq=False)
class Found:
    """What a search found: a witness, or that there is none within the bounds."""

    witness: Witness | None
    bounds: tuple[str, ...]
    """Why there may be a subject after all; empty where it is certain that there is none."""
    effort: Effort

    @property
    def is_certain(self) -> bool:
        """Whether the answer is certain: there is a witness, or there can be none."""
        return self.witness is not None or not self.bounds


USUAL: Final = Limits()
_STEPS: Final = "rlimit count"
_STOPPED: Final = {"canceled", "interrupted from keyboard"}
"""What a solver says whose steps have run out, or who was told to stop."""


def checked(solver: z3.Solver | z3.Optimize, steps: int, *assumed: Formula) -> z3.CheckSatResult:
    """Return whether there is a model, or that this is unknown after so many steps.

    A solver takes Ctrl-C for itself: it was interrupted if it stopped before its steps ran out.
    """
    before = steps_of(solver)
    solver.set("rlimit", steps)
    result = solver.check(*assumed)
    stopped = result == z3.unknown and solver.reason_unknown() in _STOPPED
    if stopped and steps_of(solver) - before < steps:
        raise KeyboardInterrupt
    return result


def steps_of(solver: z3.Solver | z3.Optimize) -> int:
    """Return how many steps a solver took since it was made."""
    counts = solver.statistics()
    return int(counts.get_key_value(_STEPS)) if _STEPS in counts.keys() else 0  # noqa: SIM118


class Finder:
    """Finds subjects of a space; what one search learns serves the next."""

    def __init__(self, space: Space, limits: Limits = USUAL) -> None:
        self.space, self.limits = space, limits
        self.solver = z3.Solver(ctx=space.symbols.context)
        self.told = 0
        """How many of the space's axioms the solver knows for good."""

    def find(self, question: Question, *, smallest: bool = True) -> Found:
        """Find a subject of which something holds."""
        self.tell()
        search = _Search(self, question)
        self.solver.push()
        self.solver.add(question.formula)
        try:
            witness = search.run()
        finally:
            self.solver.pop()
        if witness is not None and smallest:
            witness = shrunk(self.space, question.real, witness)
        return Found(witness, search.bounds, search.effort)

    def tell(self) -> None:
        """Say to the solver, for good, what was learned of the space."""
        self.solver.add(self.space.symbols.axioms[self.told :])
        self.told = len(self.space.symbols.axioms)


class _Search:
    """One search, with what it takes."""

    def __init__(self, finder: Finder, question: Question) -> None:
        self.space, self.solver, self.limits = finder.space, finder.solver, finder.limits
        self.question = question
        self.told = finder.told
        self.bounds: tuple[str, ...] = ()
        self.models = self.pieces = self.spurious = 0
        self.begun, self.before = monotonic(), steps_of(self.solver)
        self.lemmas = -self.space.texts.lemmas

    @property
    def effort(self) -> Effort:
        """What the search took so far."""
        seconds = monotonic() - self.begun
        lemmas = self.lemmas + self.space.texts.lemmas
        return Effort(seconds, self._work, self.models, self.pieces, lemmas, self.spurious)

    @property
    def _work(self) -> int:
        return steps_of(self.solver) - self.before

    def run(self) -> Witness | None:
        """Ask for models until one is real, or there is none, or a bound is reached."""
        while not self.bounds:
            self._tell()
            result = self._check()
            if result == z3.unsat:
                self.bounds = self._unsure()
                return None
            if result == z3.sat:
                self.models += 1
                witness = self._witness(self.solver.model())
                if witness is not None:
                    return witness
        return None

    def _tell(self) -> None:
        axioms = self.space.symbols.axioms
        self.solver.add(axioms[self.told :])
        self.told = len(axioms)

    def _check(self) -> z3.CheckSatResult:
        """Look for a model as far as the limits allow, and say which of them was reached."""
        left = self.limits.work - self._work
        if self.models >= self.limits.models or self.spurious >= self.limits.spurious:
            self.bounds = (f"the search stopped after {self.models:,} attempts",)
            return z3.unknown
        if left > 0:
            result = checked(self.solver, left)
            if result != z3.unknown:
                return result
        self.bounds = (f"the search stopped after {self.limits.work:,} steps",)
        return z3.unknown

    def _unsure(self) -> tuple[str, ...]:
        """Return why there may be a subject though no model is left."""
        guessed = self.space.texts.guessed
        paths = dict.fromkeys(one.test.fact.path for core in guessed for one in core)
        found = [f"not every text of `{path}` was tried" for path in paths]
        if self.spurious:
            found.append(
                f"{self.spurious:,} possible examples were left out, as none could be confirmed"
            )
        return tuple(found)

    def _witness(self, model: Model) -> Witness | None:
        """Return the real witness that a model describes, or learn why there is none."""
        texts = self.space.texts.found(model)
        if texts is None:
            return None
        case = case_of(self.space, model, texts)
        witness = witness_of(self.space, case) if is_judged(self.space, case) else None
        if witness is not None and self.question.real(witness.decisions) and is_confirmed(witness):
            return witness
        learned = sum(clock.corrected(model) for clock in self.space.clocks.values())
        self.pieces += learned
        if not learned:
            self.spurious += 1
            self.solver.add(denied(exactly(self.space, model)))
        return None


def exactly(space: Space, model: Model) -> Formula:
    """Return the formula that a subject is just the one of a model."""
    parts: list[Formula] = [_as_is(part, model) for part in space.parts.values()]
    for cell in space.cells.values():
        parts.append(_as_is(cell.null, model))
        parts += [_as_is(variable, model) for variable in cell.variables()]
    return all_of(parts + [_as_is(truth, model) for truth in space.texts.truths.values()])


def _as_is(term: Formula, model: Model) -> Formula:
    if not is_open(term):
        return TRUE
    return same(term, holds_in(model, term)) if z3.is_bool(term) else term == number_in(model, term)
