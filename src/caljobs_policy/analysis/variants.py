# SPDX-License-Identifier: MIT
"""The same subject with other facts, and what is decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from typing import Any, TypeAlias

from caljobs_policy.decisions.decision import Decision, usual_moment
from caljobs_policy.decisions.evaluation import evaluate
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.facts import Fact, Subject, kind_of_key, subject_key
from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.subjects.statement import Statement
from caljobs_policy.subjects.unknown import Maybe
from caljobs_policy.subjects.writing import subject_to_dict

Steps: TypeAlias = tuple[str, ...]
"""The keys that lead to a value of a case, below the kind of its subject."""


def key_of(fact: Fact) -> Steps:
    """Return the keys at which a fact is stated: for the day of a signature, those of the list."""
    return (*fact.steps, "statement") if fact.form is not None else fact.steps


def statements_beside(fact: Fact, subject: Subject) -> tuple[Statement, ...]:
    """Return the signed statements among which a day is stated, with form and day."""
    holder: Any = subject
    found: Maybe[tuple[Statement, ...]] = reduce(getattr, key_of(fact), holder)
    return tuple(one for one in found or () if isinstance(one.signed_on, date) and one.form)


def also_signed(statements: Iterable[Statement], fact: Fact, day: Any) -> list[dict[str, Any]]:
    """Return some signed statements, and one of the form of a fact if it is signed on a day."""
    found = [{"form": one.form, "signed_on": one.signed_on} for one in statements]
    return found if day is None else [*found, {"form": fact.form, "signed_on": day}]


class Variants:
    """Decides about a subject with some facts changed, at the same moment under the same policy."""

    def __init__(self, decision: Decision) -> None:
        self.decision, self.policy = decision, decision.policy
        self.kind = kind_of_key(subject_key(decision.subject))
        self.stated = subject_to_dict(decision.subject, private=True)

    @property
    def at(self) -> datetime | None:
        """The moment; None where it is the usual one, which may follow from the facts."""
        at = self.decision.at
        return None if at == usual_moment(self.policy, self.decision.subject) else at

    def dated(self, fact: Fact, day: date | None) -> Any:
        """Return what is stated at the keys of a fact where its day is another, or none."""
        if fact.form is None:
            return day
        beside = statements_beside(fact, self.decision.subject)
        return also_signed((one for one in beside if one.form != fact.form), fact, day)

    def decide(self, changes: Mapping[Steps, Any], engine: str = "native") -> Decision | None:
        """Return what is decided with some values changed, or None if no case can have these."""
        stated = dict(self.stated)
        for steps, value in changes.items():
            _put(stated, type(self.decision.subject), steps, value)
        try:
            subject = read_subject(self.policy, self.kind, stated)
        except SubjectError:
            return None
        return evaluate(self.policy, subject, self.at, engine=engine)

    def confirmed(self, changes: Mapping[Steps, Any], outcome: Outcome) -> Decision | None:
        """Return what is decided with some values changed if two engines find this outcome."""
        first, second = (self.decide(changes, engine) for engine in ("native", "naive"))
        found = [one for one in (first, second) if one is not None and one.outcome is outcome]
        return found[0] if len(found) == 2 else None


def _put(stated: dict[str, Any], cls: type, steps: Steps, value: Any) -> None:
    """Put a value into what is stated, in parts of its own; a part that was null has no others."""
    step, *rest = steps
    if not rest:
        stated[step] = value
        return
    part = fields_of(cls)[step].part
    if part is None:
        raise LookupError(steps)
    held = stated.get(step, {})
    within = _nothing(part) if held is None else dict(held)
    _put(within, part, tuple(rest), value)
    stated[step] = within


def _nothing(part: type) -> dict[str, Any]:
    """Return what a part states of which nothing exists."""
    return {name: None for name, holds in fields_of(part).items() if holds.nullable}
