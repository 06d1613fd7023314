# SPDX-License-Identifier: MIT
"""What a policy may say of subjects, point by point, each with the formula that it says so."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from attrs import evolve, frozen

from caljobs_policy.analysis.formulas.deadlines import deadline_named, deadline_of, due_differs
from caljobs_policy.analysis.formulas.failures import cited
from caljobs_policy.analysis.formulas.filled_texts import as_written, reads_unlike
from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    denied,
    same,
)
from caljobs_policy.decisions.reasons import DutyArisen, RouteTaken
from caljobs_policy.policy.rules import Check, DueDate, Template
from caljobs_policy.subjects.facts import Fact


@frozen(eq=False)
class Point:
    """Something that a policy may say of subjects."""

    content: Hashable
    """What it says, but for what a subject fills in."""
    holds: Formula
    """It says so."""
    text: Template = ()
    """The text in it that a subject fills in."""
    due: str | None = None
    """The deadline whose date is part of it."""


def said_unlike(
    may_say: Callable[[PlanFormulas], Iterable[Point]], one: PlanFormulas, other: PlanFormulas
) -> Formula:
    """Return the formula that two policies do not say the same."""
    left, right = _by_content(may_say(one)), _by_content(may_say(other))
    found = []
    for content in dict.fromkeys((*left, *right)):
        here, there = left.get(content), right.get(content)
        if here is None or there is None:
            found.append(any_of(point.holds for point in (here, there) if point is not None))
        else:
            found.append(denied(same(here.holds, there.holds)))
            found.append(all_of([here.holds, there.holds, _filled_unlike(here, one, other)]))
    return any_of(found)


def _by_content(points: Iterable[Point]) -> Mapping[Hashable, Point]:
    """Return what may be said, with several points that say the same as one."""
    found: dict[Hashable, Point] = {}
    for point in points:
        before = found.get(point.content)
        if before is not None:
            point = evolve(point, holds=any_of([before.holds, point.holds]))  # noqa: PLW2901
        found[point.content] = point
    return found


def _filled_unlike(point: Point, one: PlanFormulas, other: PlanFormulas) -> Formula:
    """Return the formula that a subject fills in a point otherwise under another policy."""
    names = [part.deadline for part in point.text if isinstance(part, DueDate)]
    if point.due is not None:
        names.append(point.due)
    dates = (_due_unlike(name, one, other) for name in names)
    return any_of([reads_unlike(point.text, one.view, other.view), *dates])


def _due_unlike(name: str, *both: PlanFormulas) -> Formula:
    one, other = (deadline_named(formulas, name) for formulas in both)
    is_set = [one.is_set, other.is_set]
    return any_of([denied(same(*is_set)), all_of([*is_set, due_differs(one, other)])])


def of_findings(found: PlanFormulas) -> Iterator[Point]:
    """Yield which rules find something, with which outcome, and which approvals are sought."""
    for check, fails in _failing(found):
        yield Point((check.id, check.unmet, check.outcome), fails)
    for check, applies in _approvals(found):
        met = found.truth(check.require)
        yield Point((check.approval, True), all_of([applies, met]))
        yield Point((check.approval, False), all_of([applies, denied(met)]))


def _failing(found: PlanFormulas) -> Iterator[tuple[Check, Formula]]:
    """Yield each check, with the formula that a decision says that it is not met."""
    passed = FALSE
    for check, violation in zip(found.plan.checks, found.violations, strict=True):
        # Of several exemptions, a decision names the first.
        yield check, all_of([violation, denied(passed)])
        if check.exempts:
            passed = any_of([passed, violation])


def _approvals(found: PlanFormulas) -> Iterator[tuple[Check, Formula]]:
    """Yield each check that looks for an approval, with the formula that one is needed."""
    for check in found.plan.checks:
        if check.approval is not None:
            yield check, all_of([found.truth(check.when), denied(found.exempt)])


def of_routes(found: PlanFormulas) -> Iterator[Point]:
    """Yield who may request and where a request may go, with which subject line."""
    for route, taken in FollowUpFormulas(found).routes:
        to = RouteTaken(
            route.requestors, route.coordinator, route.submit_to, route.send_to, route.cc, None, ()
        )
        line = route.subject
        # There is no subject line while a fact in it does not exist.
        lacks = _lacks(found, line) if line is not None else TRUE
        yield Point((to, None), all_of([taken, lacks]))
        if line is not None:
            yield Point((to, as_written(line)), all_of([taken, denied(lacks)]), line)


def _lacks(found: PlanFormulas, template: Template) -> Formula:
    """Return the formula that some fact in a text does not exist."""
    return any_of(found.view.null(fact) for fact in template if isinstance(fact, Fact))


def of_duties(found: PlanFormulas) -> Iterator[Point]:
    """Yield what may have to be done by whom, as it falls to the parties of a subject."""
    follow_up = FollowUpFormulas(found)
    for duty in found.plan.duties:
        # A case has to state all that the text and the due date depend on.
        _lacks(found, duty.what)
        if duty.by is not None:
            deadline_named(found, duty.by)
        for owed, holds in follow_up.owed(duty):
            content = (without_source(owed), as_written(duty.what), duty.by)
            yield Point(content, holds, duty.what, duty.by)


def without_source(owed: DutyArisen) -> DutyArisen:
    """Return a duty apart from the rule and the clauses that say so."""
    return evolve(owed, clauses=(), rule="")


def of_deadlines(found: PlanFormulas) -> Iterator[Point]:
    """Yield which deadlines may be set, with their dates, and which of them may be met."""
    for rule in found.plan.deadlines:
        deadline = deadline_of(found, rule)
        yield Point(rule.name, deadline.is_set, due=rule.name)
        yield Point((rule.name, "is met"), all_of([deadline.is_set, deadline.is_met]))


def of_clauses(found: PlanFormulas) -> Iterator[Point]:
    """Yield which clauses may be cited, and for what."""
    for check, fails in _failing(found):
        for clause, cites in cited(found, check):
            yield Point(("finding", check.id, clause), all_of([fails, cites]))
    for check, applies in _approvals(found):
        yield Point(("approval", check.approval, check.clauses), applies)
    follow_up = FollowUpFormulas(found)
    for route, taken in follow_up.routes:
        yield Point(("route", route.clauses), taken)
    for duty in found.plan.duties:
        _lacks(found, duty.what)
        for owed, holds in follow_up.owed(duty):
            yield Point((evolve(owed, rule=""), as_written(duty.what)), holds, duty.what)
    for rule in found.plan.deadlines:
        deadline = deadline_of(found, rule)
        for leg, counts in zip(rule.legs, deadline.counted, strict=True):
            for clause in (*rule.clauses, *leg.clauses):
                yield Point(("deadline", rule.name, clause), all_of([deadline.is_set, counts]))
