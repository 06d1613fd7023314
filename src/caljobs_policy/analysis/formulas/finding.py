# SPDX-License-Identifier: MIT
"""The search for a subject of which something holds: found for real, ruled out, or given up."""

from __future__ import annotations

from time import monotonic
from typing import Final

import z3
from attrs import frozen

from caljobs_policy.analysis.formulas.cells import holds_in
from caljobs_policy.analysis.formulas.shrinking import Real, shrunk
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import Formula, Model, all_of, denied, same
from caljobs_policy.analysis.formulas.witnesses import Witness, case_of, witness_of


@frozen(eq=False)
class Question:
    """What is asked of subjects: as a formula, and of real decisions."""

    formula: Formula
    real: Real


@frozen
class Limits:
    """How far a search goes."""

    seconds: float = 60.0
    models: int = 2000
    spurious: int = 50


@frozen
class Effort:
    """What a search took."""

    seconds: float = 0.0
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


class Finder:
    """Finds subjects of a space; what one search learns serves the next."""

    def __init__(self, space: Space, limits: Limits = USUAL) -> None:
        self.space, self.limits = space, limits
        self.solver = z3.Solver()
        self.told = 0
        """How many of the space's axioms the solver knows for good."""

    def find(self, question: Question, *, smallest: bool = True) -> Found:
        """Find a subject of which something holds."""
        search = _Search(self.space, question, self.limits)
        self._tell()
        self.solver.push()
        self.solver.add(question.formula)
        try:
            witness = search.run(self.solver, self.told)
        finally:
            self.solver.pop()
        if witness is not None and smallest:
            witness = shrunk(self.space, question.real, witness)
        return Found(witness, search.bounds, search.effort)

    def _tell(self) -> None:
        self.solver.add(self.space.axioms[self.told :])
        self.told = len(self.space.axioms)


class _Search:
    """One search, with what it takes."""

    def __init__(self, space: Space, question: Question, limits: Limits) -> None:
        self.space, self.question, self.limits = space, question, limits
        self.begun = monotonic()
        self.bounds: tuple[str, ...] = ()
        self.models = self.pieces = self.spurious = 0
        self.lemmas = -space.texts.lemmas

    @property
    def effort(self) -> Effort:
        """What the search took so far."""
        seconds = monotonic() - self.begun
        lemmas = self.lemmas + self.space.texts.lemmas
        return Effort(seconds, self.models, self.pieces, lemmas, self.spurious)

    def run(self, solver: z3.Solver, told: int) -> Witness | None:
        """Ask for models until one is real, or there is none, or a bound is reached."""
        while True:
            solver.add(self.space.axioms[told:])
            told = len(self.space.axioms)
            left = self.limits.seconds - (monotonic() - self.begun)
            many = self.models >= self.limits.models or self.spurious >= self.limits.spurious
            if left <= 0 or many:
                self.bounds = (self._reached(left),)
                return None
            solver.set("timeout", max(1, int(left * 1000)))
            result = solver.check()
            if result == z3.unknown:
                self.bounds = (self._reached(0),)
                return None
            if result == z3.unsat:
                self.bounds = self._unsure()
                return None
            self.models += 1
            witness = self._witness(solver.model(), solver)
            if witness is not None:
                return witness

    def _reached(self, left: float) -> str:
        if left <= 0:
            return f"the search stopped after {self.limits.seconds:g} seconds"
        return f"the search stopped after {self.models} models"

    def _unsure(self) -> tuple[str, ...]:
        """Return why there may be a subject though no model is left."""
        guessed = self.space.texts.guessed
        paths = dict.fromkeys(one.test.fact.path for core in guessed for one in core)
        found = [f"not every text of `{path}` was tried" for path in paths]
        if self.spurious:
            found.append(f"{self.spurious} subjects were left out that no engine confirmed")
        return tuple(found)

    def _witness(self, model: Model, solver: z3.Solver) -> Witness | None:
        """Return the real witness that a model describes, or learn why there is none."""
        texts = self.space.texts.found(model)
        if texts is None:
            return None
        witness = witness_of(self.space, case_of(self.space, model, texts))
        if witness is not None and self.question.real(witness.decisions):
            return witness
        learned = self.space.clock.corrected(model)
        self.pieces += learned
        if not learned:
            self.spurious += 1
            solver.add(denied(_exactly(self.space, model)))
        return None


def _exactly(space: Space, model: Model) -> Formula:
    """Return the formula that a subject is just the one of a model."""
    parts: list[Formula] = [_as_is(part, model) for part in space.parts.values()]
    for cell in space.cells.values():
        parts.append(_as_is(cell.null, model))
        parts += [_as_is(variable, model) for variable in cell.variables()]
    return all_of(parts + [_as_is(truth, model) for truth in space.texts.truths.values()])


def _as_is(term: Formula, model: Model) -> Formula:
    if z3.is_bool(term):
        return same(term, z3.BoolVal(holds_in(model, term)))
    return term == model.eval(term, model_completion=True)
