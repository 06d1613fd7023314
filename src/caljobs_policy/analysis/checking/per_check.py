# SPDX-License-Identifier: MIT
"""Questions about each check, with the answers by the entry that the check comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import AllOf, Condition, Not
from caljobs_policy.policy.rules import Check
from caljobs_policy.syntax.sections import SECTIONS

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.finding import Found
    from caljobs_policy.analysis.questions import Prover


def answers(
    examined: Examined,
    ask: Callable[[Prover, int], Found],
    is_asked: Callable[[Check], bool] = lambda check: True,
) -> Mapping[Place, tuple[Check, list[Found]]]:
    """Ask about each check of the profile's own entries until one answer is a subject.

    An entry makes checks for several sorts of subject and several stretches of days; what one of
    them shows holds for the entry.
    """
    found: dict[Place, tuple[Check, list[Found]]] = {}
    for stretch, key, plan in examined.small_plans():
        for number, check in enumerate(plan.checks):
            if not is_written(examined, check) or not is_asked(check):
                continue
            _, so_far = found.setdefault(check.origin.place, (check, []))
            if not is_shown(so_far):
                so_far.append(ask(examined.prover(stretch, key), number))
    return found


def fails(check: Check) -> Condition:
    """Return the condition that a check applies and is not met."""
    return AllOf((check.when, Not(check.require)))


def is_shown(answers: Iterable[Found]) -> bool:
    """Return whether an answer is a subject."""
    return any(one.witness is not None for one in answers)


def is_written(examined: Examined, check: Check) -> bool:
    """Return whether a check is of an entry of the profile that proofs can speak of.

    What guards a whole table against words without a row is of no entry. Of subjects whose day of
    deactivation lies ahead, proofs say nothing.
    """
    unsure = any(fact.holds.sure_with is not None and not fact.happens for fact in check.facts)
    return examined.is_own(check.origin) and check.id not in SECTIONS and not unsure
