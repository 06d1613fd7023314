# SPDX-License-Identifier: MIT
"""When the deadlines of subjects are due, as formulas."""

from __future__ import annotations

from functools import reduce
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    Dated,
    Formula,
    all_of,
    any_of,
    compared,
    denied,
    either,
)
from caljobs_policy.policy.rules import DeadlineRule, Leg


@frozen(eq=False)
class DeadlineFormulas:
    """A deadline of a subject."""

    is_set: Formula
    due: Dated | None
    """When it is due where it is set."""
    is_met: Formula
    is_missed: Formula
    counted: tuple[Formula, ...] = ()
    """Whether each of its legs counts where it is set."""


_NEVER_SET: Final = DeadlineFormulas(FALSE, None, FALSE, FALSE)


def deadline_of(found: PlanFormulas, rule: DeadlineRule) -> DeadlineFormulas:
    """Return the formulas of a deadline: the earliest of its legs that count."""
    counted = tuple(_counts(found, leg) for leg in rule.legs)
    ends = zip(counted, (_end(found, leg) for leg in rule.legs), strict=True)
    legs = [(counts, end) for counts, end in ends if end is not None]
    counts, due = reduce(_earlier, legs) if legs else (FALSE, None)
    return DeadlineFormulas(
        all_of([denied(found.exempt), found.truth(rule.when), counts]),
        due,
        found.truth(rule.met_when),
        found.truth(rule.missed),
        counted,
    )


def deadline_named(found: PlanFormulas, name: str) -> DeadlineFormulas:
    """Return the formulas of the deadline of a name; one that no rule has is never set."""
    rule = next((one for one in found.plan.deadlines if one.name == name), None)
    return _NEVER_SET if rule is None else deadline_of(found, rule)


def _counts(found: PlanFormulas, leg: Leg) -> Formula:
    there = any_of(denied(found.view.null(fact)) for fact in leg.triggers)
    return all_of([found.truth(leg.when), there])


def _end(found: PlanFormulas, leg: Leg) -> Dated | None:
    """Return the end of a leg, counted from its first trigger that exists."""
    view = found.view
    end: Dated | None = None
    for fact in reversed(leg.triggers):
        one = view.clock.end(view.dated(fact), leg.count)
        end = one if end is None else _chosen(denied(view.null(fact)), one, end)
    return end


def _chosen(given: Formula, one: Dated, other: Dated) -> Dated:
    pairs = ((one.timed, other.timed), (one.day, other.day), (one.second, other.second))
    return Dated(*(either(given, *pair) for pair in pairs))


def _earlier(one: tuple[Formula, Dated], other: tuple[Formula, Dated]) -> tuple[Formula, Dated]:
    """Return the earlier of two legs; a time comes before the end of its own day."""
    (one_counts, one_end), (other_counts, other_end) = one, other
    as_early = compared(one_end, other_end, "<=")
    # Of two that compare alike, a later leg counts only if it is a time.
    ahead = any_of(
        [
            compared(one_end, other_end, "<"),
            all_of([as_early, any_of([one_end.timed, denied(other_end.timed)])]),
        ]
    )
    first = all_of([one_counts, any_of([denied(other_counts), ahead])])
    return any_of([one_counts, other_counts]), _chosen(first, one_end, other_end)


def due_differs(one: DeadlineFormulas, other: DeadlineFormulas) -> Formula:
    """Return the formula that two deadlines that are set are due at different times."""
    if one.due is None or other.due is None:
        return FALSE
    left, right = one.due, other.due
    timed = all_of([left.timed, right.timed])
    whole = all_of([denied(left.timed), denied(right.timed)])
    return denied(
        any_of(
            [all_of([timed, left.second == right.second]), all_of([whole, left.day == right.day])]
        )
    )
