# SPDX-License-Identifier: MIT
"""The finding of a check: its texts, its clauses and the fields that it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from caljobs_policy.decisions.culprits import below_kind, culprits
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.messages import as_sentence, because, failure_kind, filled
from caljobs_policy.decisions.reasons import Finding
from caljobs_policy.decisions.resting import behind_check
from caljobs_policy.decisions.variables import asked_for
from caljobs_policy.policy.conditions import Not
from caljobs_policy.policy.outcome import FOUND_RESULTS, OPEN_RESULTS, Result
from caljobs_policy.policy.rules import ELSE, Check
from caljobs_policy.policy.sentences import in_words
from caljobs_policy.policy.speech import Speech
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.reader import FactReader


class Explained(Protocol):
    """A decision with the means to read its facts and put them into words."""

    decision: Decision
    reader: FactReader
    read: Callable[[Fact], Any]
    leaf: Leaf
    speech: Speech


def found_of(explained: Explained, check: Check, result: Result, needs: frozenset[Fact]) -> Finding:
    """Return the finding of a check, with its texts."""
    decision = explained.decision
    message, remedy, clauses = _texts(explained, check, result, needs)
    kind = _kind(explained, check) if result in FOUND_RESULTS else None
    needed = asked_for(needs, explained.reader)
    return Finding(
        rule=check.id,
        result=result,
        outcome=check.outcome,
        clauses=clauses,
        edition=check.origin.edition,
        message=message,
        remedy=remedy,
        readings=behind_check(check, kind, explained.leaf),
        because=because(decision, check.facts),
        needs=needed,
        fields=_fields(explained, check, result, needed),
        replaces=check.origin.replaces,
        form=check.form,
        place=check.origin.place,
    )


def _fields(
    explained: Explained, check: Check, result: Result, needed: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the fields that a finding is about: those that are wrong, or to be filled in."""
    if result in FOUND_RESULTS and not check.exempts:
        return culprits(check, explained.leaf)
    return tuple(map(below_kind, needed)) if result is Result.CANNOT_TELL else ()


def _texts(
    explained: Explained, check: Check, result: Result, needs: frozenset[Fact]
) -> tuple[str, str | None, tuple[str, ...]]:
    """Return the message, remedy and clauses for the result of a check."""
    decision = explained.decision
    speech = explained.speech
    if result is Result.CANNOT_TELL:
        titles = sorted({speech.fact(fact) for fact in needs})
        asked = asked_for(needs, explained.reader)
        message = f"Not known: {'; '.join(titles)}. Required: {check.required(speech)}."
        return message, f"State {', '.join(asked)}.", _cited(explained, check)
    if result not in OPEN_RESULTS:
        return as_sentence(check.required(speech)), None, _cited(explained, check)
    kind = _kind(explained, check)
    say = check.say.get(kind) or check.say.get(ELSE)
    remedy = check.remedy.get(kind) or check.remedy.get(ELSE)
    message = filled(say, decision) if say else as_sentence(in_words(Not(check.require), speech))
    clauses = dict.fromkeys((*_cited(explained, check), *check.clauses_if.get(kind, ())))
    return message, filled(remedy, decision) if remedy else None, tuple(clauses)


def _cited(explained: Explained, check: Check) -> tuple[str, ...]:
    """Return the clauses of a check, with those whose conditions hold or may hold."""
    holding = (
        clauses
        for condition, clauses in check.clauses_where
        if truth(condition, explained.leaf) is not False
    )
    return tuple(dict.fromkeys((*check.clauses, *(c for clauses in holding for c in clauses))))


def _kind(explained: Explained, check: Check) -> str:
    """Return the kind of failure that chooses a text: one whose condition holds, if any."""
    told = (k for k, condition in check.kinds.items() if truth(condition, explained.leaf) is True)
    usual = failure_kind(check.require, explained.read, explained.decision.policy.zone)
    return next(told, usual)
