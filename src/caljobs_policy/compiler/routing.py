# SPDX-License-Identifier: MIT
"""Makes routes, and the checks that requests come from and go to the right roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.plan_context import PlanContext, Usual, unique
from caljobs_policy.compiler.route_cases import Branch, branches
from caljobs_policy.compiler.route_rows import RoutingRow, roles, rows_of
from caljobs_policy.policy.conditions import Test, both, interned
from caljobs_policy.policy.operators import Has, In, Is
from caljobs_policy.policy.outcome import usual_failure
from caljobs_policy.policy.rules import ANYONE, ELSE, Check, Origin, Route


def routes_of(context: PlanContext) -> Iterator[Route]:
    """Yield the routes of each organization: those of exceptions first, then that of the row."""
    for organization, row in rows_of(context.chain).items():
        for branch in branches(context, row):
            yield _route(context, organization, row, branch)


def coordinators_of(context: PlanContext) -> Mapping[str, str]:
    """Return the role that coordinates for each organization, apart from any request."""
    rows = rows_of(context.chain)
    return {organization: row.coordinator for organization, row in rows.items()}


def _route(context: PlanContext, organization: str, row: RoutingRow, branch: Branch) -> Route:
    entry, layer = row.entry, row.sourced.layer
    subject = context.templates(layer).text(entry.subject, entry.place) if entry.subject else None
    return Route(
        organization=organization,
        requestors=tuple(sorted(branch.requestors)),
        coordinator=branch.coordinator,
        submit_to=branch.submit_to,
        send_to=branch.send_to,
        cc=roles(context.chain, row.sourced, entry.cc),
        subject=subject,
        clauses=branch.clauses,
        readings=unique(branch.readings, _of_submission(context)),
        readings_by=branch.counted,
        when=branch.when,
        origin=row.sourced.origin,
        id=f"{organization}{branch.end}",
        case=branch.case,
        exception=_exception(branch),
    )


def _exception(branch: Branch) -> Origin | None:
    """Return where an exception stands, which may be in a row above."""
    if branch.exception is None:
        return None
    name, sourced = branch.exception
    return Origin(sourced.origin.edition, sourced.entry.except_[name].key.place)


def _of_submission(context: PlanContext) -> tuple[str, ...]:
    """Return the readings that make requests of the type go to the coordinator."""
    submission = context.chain.table("submission").get(context.type)
    return context.own_readings(submission) if submission else ()


def routing_checks(context: PlanContext) -> Iterator[Check]:
    """Yield the checks that require the requestor and the coordinator of each organization."""
    submission = context.chain.table("submission").get(context.type)
    organization = context.fact("request.organization")
    if submission is None:
        return
    rows = rows_of(context.chain)
    for name, row in rows.items():
        is_here = Test(organization, Is(name))
        for branch in branches(context, row):
            here = evolve(branch, when=both(is_here, branch.when))
            yield from _requestor(context, name, row, here)
            yield from _coordinator(context, name, row, submission, here)
    if rows:
        yield Check(
            id="routing",
            require=interned(Test(organization, In(tuple(rows))), context.conditions),
            outcome=usual_failure(context.key),
            clauses=context.clauses(submission),
            origin=submission.origin,
            say={ELSE: ("The routing has no row for ", organization, ".")},
            readings=context.readings(submission),
        )


def _requestor(
    context: PlanContext, organization: str, row: RoutingRow, branch: Branch
) -> Iterator[Check]:
    """Require that the requestor has a role that the row names, or one that counts as such."""
    if ANYONE in branch.requestors:
        return
    titles = " or ".join(context.title("roles", role) for role in branch.requestors)
    usual = Usual(
        f"For {context.title('organizations', organization)}, the role that requests is {titles}; "
        "this request came from <request.requestor.role>.",
        f"Have it requested by the role {titles}.",
    )
    asks = Test(context.fact("request.requestor.role"), In(branch.counting))
    entry = evolve(row.entry, where={k: w for k, w in row.entry.where.items() if k in _ELSE})
    id_ = f"routing/{organization}/requestor{branch.end}"
    for check in context.check(id_, row.sourced, branch.when, asks, entry=entry, usual=usual):
        # Clauses that restate this check by name stay, whatever the case rests on.
        restated = (c for c in check.clauses if c not in context.clauses(row.sourced))
        yield evolve(
            check,
            clauses=unique(branch.requested.clauses, restated),
            readings=branch.requested.readings,
        )


_ELSE: Final = frozenset({ELSE})


def _coordinator(
    context: PlanContext, organization: str, row: RoutingRow, submission: Sourced, branch: Branch
) -> Iterator[Check]:
    """Require that the request went to the coordinator of the row, or of one of its exceptions."""
    title = context.title("roles", branch.coordinator)
    usual = Usual(
        f"The request went to <request.submitted_to>; for "
        f"{context.title('organizations', organization)} it goes to {title}.",
        f"Send it to {title}.",
    )
    goes = Test(context.fact("request.submitted_to"), Has((branch.coordinator,)))
    id_ = f"routing/{organization}/coordinator{branch.end}"
    directed = branch.directed
    applies = both(branch.when, context.when(submission.entry, submission.layer))
    # Where an exception sends a request elsewhere, only the exception is cited.
    alone = branch.submit_to != (row.coordinator,)
    for check in context.check(id_, submission, applies, goes, usual=usual):
        yield evolve(
            check,
            origin=min(row.sourced, submission, key=lambda sourced: sourced.layer).origin,
            clauses=directed.clauses if alone else unique(directed.clauses, check.clauses),
            readings=unique(directed.readings, check.readings),
        )
