# SPDX-License-Identifier: MIT
"""Texts with the values of facts filled in; personal data is withheld."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Any, Final

from caljobs_policy.engine.naive import leaf_from, truth
from caljobs_policy.model.conditions import AllOf, Condition, Test
from caljobs_policy.model.decision import Decision
from caljobs_policy.model.facts import Fact
from caljobs_policy.model.policy import ELSE, Template
from caljobs_policy.model.unknown import UNKNOWN

WITHHELD: Final = "(withheld)"


def shown_value(fact: Fact, value: Any) -> Any:
    """Give a value as it may be shown."""
    return WITHHELD if fact.holds.private and value is not None else value


def filled(template: Template, decision: Decision) -> str:
    """Fill the facts of a decision's subject into a text."""
    return "".join(part if isinstance(part, str) else _said(part, decision) for part in template)


def _said(fact: Fact, decision: Decision) -> str:
    value = shown_value(fact, fact.read(decision.subject, decision.at))
    if value is None or value is UNKNOWN:
        return "(none)" if value is None else "(not known)"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    items = value if isinstance(value, tuple) else (value,)
    table = fact.holds.vocabulary
    if isinstance(table, str):
        items = tuple(decision.policy.title_of(table, item) for item in items)
    return ", ".join(map(str, items)) or "(none)"


def failure_kind(condition: Condition, read: Callable[[Fact], Any], zone: tzinfo) -> str:
    """Name the way in which a condition is not met: that of its first failing test."""
    if isinstance(condition, Test):
        value, *others = (read(fact) for fact in condition.facts)
        return condition.operator.failure(value, others, zone)
    if isinstance(condition, AllOf):
        leaf = leaf_from(read, zone)
        for part in condition.parts:
            if truth(part, leaf) is False:
                return failure_kind(part, read, zone)
    return ELSE
