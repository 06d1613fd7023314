# SPDX-License-Identifier: MIT
"""Makes routes, and the checks that a request came from and went to the right role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.maker import Maker, Usual, unique
from caljobs_policy.compiler.route_rows import Row, coordinator_role, counting, roles, rows_of
from caljobs_policy.compiler.vocabulary import texts
from caljobs_policy.model.conditions import Condition, Not, Test, both
from caljobs_policy.model.operators import Has, In, Is
from caljobs_policy.model.outcome import usual_failure
from caljobs_policy.model.rules import ANYONE, COORDINATOR, ELSE, Check, Route
from caljobs_policy.model.written.entries import RouteException

_NONE: Final = "none"


@frozen
class Branch:
    """One case of a row: when, from whom, to whom, and what it rests on."""

    when: Condition
    case: Condition
    """`when`, but for the cases before it."""
    requestors: tuple[str, ...]
    counting: tuple[str, ...]
    """The requestors, and the roles that count as one of them."""
    coordinator: str
    also: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    """The addresses in place of the coordinator's."""
    clauses: tuple[str, ...] = ()
    directed: tuple[str, ...] = ()
    """The clauses that are broken where it went to somebody else."""
    readings: tuple[str, ...] = ()
    exception: tuple[str, Sourced] | None = None
    """The name of the exception that it is, with the row in which that stands."""

    @property
    def submit_to(self) -> tuple[str, ...]:
        """Everybody who gets the request."""
        return (self.coordinator, *self.also)


def routes_of(maker: Maker) -> Iterator[Route]:
    """Give the routes of each organization: those of exceptions before that of the row."""
    for organization, row in rows_of(maker.chain).items():
        *exceptions, usual = branches(maker, row)
        for number, branch in enumerate(exceptions, start=1):
            yield _route(maker, f"{organization}/{number}", row, branch)
        yield _route(maker, organization, row, usual)


def coordinators_of(maker: Maker) -> Mapping[str, str]:
    """Give who coordinates for each organization, whatever is asked."""
    rows = rows_of(maker.chain)
    return {organization: row.coordinator for organization, row in rows.items()}


def branches(maker: Maker, row: Row) -> Iterator[Branch]:
    """Yield each case of a row, that of the row itself last; exactly one applies."""
    usual = _usual(maker, row)
    here = usual.when
    for name, (exception, sourced) in row.exceptions.items():
        if _is_meant(maker, exception):
            case = maker.when(exception, sourced.layer, 0)
            where = evolve(usual, when=both(here, case), case=both(usual.when, case))
            branch = evolve(where, exception=(name, sourced))
            yield _exceptional(maker, exception, sourced, branch)
            here = both(here, Not(case))
    yield evolve(usual, when=here)


def _usual(maker: Maker, row: Row) -> Branch:
    """Return the case that the row itself is."""
    term = maker.vocabulary.words["roles"].get(row.coordinator)
    where = row.entry.where.get(COORDINATOR)
    own = maker.clauses(row.sourced)
    when = maker.when(row.entry, row.sourced.layer, 0)
    return Branch(
        when,
        when,
        row.requestors,
        counting(maker.chain, row.sourced, row.entry.requestors),
        row.coordinator,
        send_to=term.email if term else (),
        clauses=unique(own, texts(where.clauses)) if where else own,
        directed=texts(where.clauses) if where else own,
        readings=maker.readings(row.sourced),
    )


def _exceptional(
    maker: Maker, exception: RouteException, sourced: Sourced, usual: Branch
) -> Branch:
    """Return the case of an exception, which takes over what it does not say itself."""
    chain, own = maker.chain, texts(exception.clauses)
    elsewhere = coordinator_role(chain, sourced, exception.coordinator)
    term = maker.vocabulary.words["roles"].get(elsewhere)
    named = roles(chain, sourced, exception.requestors)
    # Who requests is still said by the row, unless it does not mind or the exception says so.
    is_of_the_row = not named and ANYONE not in usual.requestors
    readings = maker.readings(sourced, exception)
    return Branch(
        usual.when,
        usual.case,
        named or usual.requestors,
        counting(chain, sourced, exception.requestors) if named else usual.counting,
        elsewhere or usual.coordinator,
        roles(chain, sourced, exception.also),
        send_to=_addresses(exception, (term.email if term else ()) if elsewhere else usual.send_to),
        clauses=unique(usual.clauses, own) if is_of_the_row or not own else own,
        directed=own or usual.directed,
        readings=unique(usual.readings, readings) if is_of_the_row else readings,
        exception=usual.exception,
    )


def _addresses(exception: RouteException, usual: tuple[str, ...]) -> tuple[str, ...]:
    named = texts(exception.send_to)
    return () if named == (_NONE,) else named or usual


def _is_meant(maker: Maker, exception: RouteException) -> bool:
    """Tell whether an exception speaks of the request, and of an edition above that is in force."""
    above = {layer.edition.id for layer in maker.chain.layers}
    return (not exception.about or maker.key in texts(exception.about)) and (
        not exception.of or bool(above & set(texts(exception.of)))
    )


def _route(
    maker: Maker,
    id_: str,
    row: Row,
    branch: Branch,
) -> Route:
    entry, layer = row.entry, row.sourced.layer
    subject = maker.templates(layer).text(entry.subject, entry.place) if entry.subject else None
    return Route(
        organization=id_.partition("/")[0],
        requestors=tuple(sorted(branch.requestors)),
        coordinator=branch.coordinator,
        submit_to=branch.submit_to,
        send_to=branch.send_to,
        cc=roles(maker.chain, row.sourced, entry.cc),
        subject=subject,
        clauses=branch.clauses,
        readings=branch.readings,
        when=branch.when,
        origin=row.sourced.origin,
        id=id_,
        case=branch.case,
    )


def routing_checks(maker: Maker) -> Iterator[Check]:
    """Require the requestor and the coordinator of the organization's row."""
    submission = maker.chain.table("submission").get(maker.type)
    organization = maker.fact("request.organization")
    if submission is None:
        return
    rows = rows_of(maker.chain)
    for name, row in rows.items():
        is_here = Test(organization, Is(name))
        *exceptions, usual = (
            evolve(branch, when=both(is_here, branch.when)) for branch in branches(maker, row)
        )
        for number, branch in enumerate(exceptions, start=1):
            yield from _requestor(maker, f"{name}/{number}", row, branch)
            yield from _coordinator(maker, f"{name}/{number}", row, submission, branch)
        yield from _requestor(maker, name, row, usual)
        yield from _coordinator(maker, name, row, submission, usual)
    if rows:
        yield Check(
            id="routing",
            require=Test(organization, In(tuple(rows))),
            outcome=usual_failure(maker.key),
            clauses=maker.clauses(submission),
            origin=submission.origin,
            say={ELSE: ("No row of the routing is for ", organization, ".")},
            readings=maker.readings(submission),
        )


def _requestor(maker: Maker, name: str, row: Row, branch: Branch) -> Iterator[Check]:
    """Require that the requestor has a role that the row names, or one that counts as it."""
    if ANYONE in branch.requestors:
        return
    organization, _, number = name.partition("/")
    titles = " or ".join(maker.title("roles", role) for role in branch.requestors)
    usual = Usual(
        f"For {maker.title('organizations', organization)}, the role that requests is {titles}; "
        "this request came from <request.requestor.role>.",
        f"Have it requested by the role {titles}.",
    )
    asks = Test(maker.fact("request.requestor.role"), In(branch.counting))
    entry = evolve(row.entry, where={k: w for k, w in row.entry.where.items() if k in _ELSE})
    id_ = f"routing/{organization}/requestor" + (f"/{number}" if number else "")
    yield from maker.check(id_, row.sourced, branch.when, asks, entry=entry, usual=usual)


_ELSE: Final = frozenset({ELSE})


def _coordinator(
    maker: Maker,
    name: str,
    row: Row,
    submission: Sourced,
    branch: Branch,
) -> Iterator[Check]:
    """Require that the request went to the coordinator of the row, or of one of its exceptions."""
    organization, _, number = name.partition("/")
    title = maker.title("roles", branch.coordinator)
    usual = Usual(
        f"The request went to <request.submitted_to>; for "
        f"{maker.title('organizations', organization)} it goes to {title}.",
        f"Send it to {title}.",
    )
    goes = Test(maker.fact("request.submitted_to"), Has((branch.coordinator,)))
    id_ = f"routing/{organization}/coordinator" + (f"/{number}" if number else "")
    applies = both(branch.when, maker.when(submission.entry, submission.layer))
    # What an exception sends elsewhere rests on the exception alone.
    alone = branch.submit_to != (row.coordinator,)
    for check in maker.check(id_, submission, applies, goes, usual=usual):
        yield evolve(
            check,
            origin=min(row.sourced, submission, key=lambda sourced: sourced.layer).origin,
            clauses=branch.directed if alone else unique(branch.directed, check.clauses),
            readings=unique(branch.readings, check.readings),
        )
