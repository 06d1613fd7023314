# SPDX-License-Identifier: MIT
"""Subjects as cases state them, one for each policy of a space, and what is decided about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.formulas.cells import Cell, DatedCell, SignedCell, TextCell
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import Model, holds_in
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import evaluate
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.facts import Fact

Stated: TypeAlias = Mapping[str, Any]
"""A subject as a case states it, below its kind."""


@frozen(eq=False)
class Case:
    """A subject in the words of each policy of a space, and the moment at which all judge it."""

    stated: tuple[Stated, ...]
    at: datetime | None
    """None for a request, which is judged at noon of its own day."""


@frozen(eq=False)
class Witness:
    """A case with the decisions that the policies really make about it."""

    case: Case
    decisions: tuple[Decision, ...]


def case_of(space: Space, model: Model, texts: Mapping[str, str]) -> Case:
    """Return the case that a model describes."""
    at = space.cells.get("at")
    found = at.stated(model, 0) if isinstance(at, DatedCell) else None
    moment = found if isinstance(found, datetime) else None
    views = range(len(space.policies))
    return Case(tuple(_stated(space, view, model, texts) for view in views), moment)


def _stated(space: Space, view: int, model: Model, texts: Mapping[str, str]) -> Stated:
    found: dict[str, Any] = {"type": space.type} if space.type else {}
    absent = {steps for steps, null in space.parts.items() if holds_in(model, null)}
    for name, fact in space.facts.items():
        if fact.own and not _declares(space.policies[view], fact):
            continue
        part = next((steps for steps in sorted(absent, key=len) if _is_in(fact, steps)), None)
        if part is not None:
            _put(found, part, None)
        else:
            steps, value = _value(fact, space.cells[name], model, view, texts.get(name, "?"))
            if isinstance(value, list) and fact.form is not None:
                value = [*(_get(found, steps) or ()), *value]
            _put(found, steps, value)
    return found


def _is_in(fact: Fact, part: tuple[str, ...]) -> bool:
    return not fact.own and fact.steps[: len(part)] == part


def _declares(policy: Policy, fact: Fact) -> bool:
    own = policy.facts.get(fact.path)
    return own is not None and own.kind is fact.kind


def _value(
    fact: Fact, cell: Cell, model: Model, view: int, text: str
) -> tuple[tuple[str, ...], Any]:
    """Return what a fact states, and the keys at which it does."""
    if isinstance(cell, SignedCell):
        days = cell.stated(model, view)
        signed = [{"form": fact.form, "signed_on": day} for day in days]
        return (*fact.steps, "statement"), signed
    if holds_in(model, cell.null):
        return fact.steps, None
    return fact.steps, text if isinstance(cell, TextCell) else cell.stated(model, view)


def _put(found: dict[str, Any], steps: tuple[str, ...], value: Any) -> None:
    *above, last = steps
    for step in above:
        found = found.setdefault(step, {})
    found[last] = value


def _get(found: Mapping[str, Any], steps: tuple[str, ...]) -> Any:
    for step in steps:
        found = found.get(step) or {}
    return found or None


def is_judged(space: Space, case: Case) -> bool:
    """Return whether a case is judged on a day of a space; a model may guess local midnights."""
    first, last = space.judged
    return case.at is None or first <= case.at.date() <= last


def witness_of(space: Space, case: Case) -> Witness | None:
    """Return what is decided of a case, if all policies take it."""
    decisions = []
    for policy, stated in zip(space.policies, case.stated, strict=True):
        try:
            subject = read_subject(policy, space.kind, stated)
        except SubjectError:
            return None
        decisions.append(evaluate(policy, subject, case.at))
    return Witness(case, tuple(decisions))


def is_confirmed(witness: Witness) -> bool:
    """Return whether a second engine decides as the first one did."""
    return all(map(_is_same, witness.decisions))


def _is_same(decision: Decision) -> bool:
    oracle = evaluate(decision.policy, decision.subject, decision.at, engine="naive")
    return (decision.hits, decision.unsure) == (oracle.hits, oracle.unsure)
