# SPDX-License-Identifier: MIT
"""Finds where the role that has to do a duty is also the one that it is owed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.plan_context import PlanContext
from caljobs_policy.compiler.route_cases import branches
from caljobs_policy.compiler.route_rows import rows_of
from caljobs_policy.compiler.routing import coordinators_of
from caljobs_policy.policy.conditions import AnyOf, Condition, Test, both
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.rules import COORDINATOR, REQUESTOR
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.syntax.timed_entries import Duty

_ROLE: Final = "request.requestor.role"


def towards_itself(context: PlanContext, sourced: Sourced) -> AnyOf:
    """Return the condition under which one role both bears a duty and is owed it."""
    duty: Duty = sourced.entry
    if duty.who is None or duty.to is None:
        return AnyOf(())
    cases: Iterator[Condition | None]
    parties = {context.only_meaning(word, sourced) for word in (duty.who, duty.to)}
    if COORDINATOR in parties:
        other = next(iter(parties - {COORDINATOR}), COORDINATOR)
        cases = (_case(context, *one, other) for one in _coordinators(context))
    else:
        other = next(iter(parties - {REQUESTOR}), REQUESTOR)
        cases = iter([_is_requestor(context, other)] if REQUESTOR in parties else [])
    return AnyOf(tuple(case for case in cases if case is not None))


def _case(context: PlanContext, where: Condition, coordinator: str, other: str) -> Condition | None:
    """Return when a coordinator is also the other party; None where that cannot be."""
    if other != REQUESTOR:
        return where if coordinator == other else None
    asks = _is_requestor(context, coordinator)
    return None if asks is None else both(where, asks)


def _is_requestor(context: PlanContext, role: str) -> Condition | None:
    """Return when the requestor has a role; only requests have a known requestor."""
    return Test(context.fact(_ROLE), Is(role)) if _ROLE in facts_about(context.key) else None


def _coordinators(context: PlanContext) -> Iterator[tuple[Condition, str]]:
    """Yield each coordinator with when it coordinates, by route or else by organization."""
    path = f"{context.kind}.organization"
    if path not in facts_about(context.key):
        return
    organization = context.fact(path)
    if context.kind != "request":
        for name, coordinator in coordinators_of(context).items():
            yield Test(organization, Is(name)), coordinator
        return
    for name, row in rows_of(context.chain).items():
        for branch in branches(context, row):
            yield both(Test(organization, Is(name)), branch.when), branch.coordinator
