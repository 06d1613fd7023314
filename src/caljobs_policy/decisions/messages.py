# SPDX-License-Identifier: MIT
"""Texts with the values of facts filled in and personal data withheld."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Any

from caljobs_policy.dates.durations import Moment
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.errors.privacy import WITHHELD, Secrets
from caljobs_policy.policy.conditions import AllOf, Condition, Test
from caljobs_policy.policy.rules import ELSE, DueDate, Template
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.facts import Fact, facts_about, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN


def shown_value(fact: Fact, decision: Decision) -> Any:
    """Return the value of a fact, with personal data withheld.

    A text that contains a private text of the same subject, such as a person's name in a subject
    line or an address, is withheld too, and so is a word that the policy does not list.
    """
    value = reader_of(decision)(fact)
    if value is None or value is UNKNOWN:
        return value
    if fact.holds.private:
        return WITHHELD
    if not isinstance(value, str | tuple):
        return value
    table = fact.holds.vocabulary
    known = decision.policy.words.get(table) if isinstance(table, str) else table
    kept = partial(_listed, known=known) if known else _secrets(decision).kept
    return kept(value) if isinstance(value, str) else tuple(map(kept, value))


def _listed(word: str, known: Container[str]) -> str:
    return word if word in known else WITHHELD


def _secrets(decision: Decision) -> Secrets:
    kind = subject_key(decision.subject)
    begin = f"{kind.partition('/')[0]}."
    own = (fact for path, fact in decision.policy.facts.items() if path.startswith(begin))
    private = (fact for fact in (*facts_about(kind).values(), *own) if fact.holds.private)
    return Secrets.of(map(reader_of(decision), private))


def filled(template: Template, decision: Decision) -> str:
    """Return a text with the facts of a decision's subject filled in."""
    return "".join(_said(part, decision) for part in template)


def _said(part: str | Fact | DueDate, decision: Decision) -> str:
    if isinstance(part, str):
        return part
    return _due(part, decision) if isinstance(part, DueDate) else _stated(part, decision)


def _due(part: DueDate, decision: Decision) -> str:
    """Return when a deadline is due, or is at the latest while one of its legs is not known."""
    rules = decision.policy.plans[subject_key(decision.subject)].deadlines
    rule = next(rule for rule in rules if rule.name == part.deadline)
    found = decision.reasons.deadlines
    deadline = next((one for one in found if one.name == rule.name), None)
    if deadline is not None:
        return in_text(deadline.due)
    latest = decision.reasons.latest_due.get(rule.id)
    return "(not known)" if latest is None else f"{in_text(latest)} at the latest"


def in_text(moment: Moment) -> str:
    """Return a date, or a time to the minute with its offset."""
    if isinstance(moment, datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def _stated(fact: Fact, decision: Decision) -> str:
    value = shown_value(fact, decision)
    if value is None or value is UNKNOWN:
        return "(none)" if value is None else "(not known)"
    if isinstance(value, date):
        return in_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    items = value if isinstance(value, tuple) else (value,)
    table = fact.holds.vocabulary or fact.holds.named_in
    if isinstance(table, str):
        items = tuple(decision.policy.title_of(table, item) for item in items)
    return ", ".join(map(str, items)) or "(none)"


def failure_kind(condition: Condition, read: Callable[[Fact], Any], zone: tzinfo) -> str:
    """Return the kind of failure of a condition, which is that of its first failing test."""
    if isinstance(condition, Test):
        value, *others = (read(fact) for fact in condition.facts)
        if UNKNOWN in (value, *others):
            # It fails whatever the fact is, so the kind of failure is unknown.
            return ELSE
        return condition.operator.failure(value, others, zone)
    if isinstance(condition, AllOf):
        leaf = leaf_from(read, zone)
        for part in condition.parts:
            if truth(part, leaf) is False:
                return failure_kind(part, read, zone)
    return ELSE


def because(decision: Decision, facts: Iterable[Fact]) -> Mapping[str, Any]:
    """Return the facts that a finding rests on, by name, with personal data withheld."""
    # A date read both as stated and as of the moment is shown as stated.
    read = tuple(facts)
    shown = {fact.path: fact for fact in (*read, *(f for f in read if not f.happens))}
    values = {p: shown_value(f, decision) for p, f in shown.items() if f.constant is None}
    return {path: _as_json(value) for path, value in values.items() if value is not UNKNOWN}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def as_sentence(text: str) -> str:
    """Return a clause as a sentence: with a capital letter and a full stop."""
    return text[:1].upper() + text[1:] + "."
