# SPDX-License-Identifier: MIT
"""The cases of a row of the routing: its exceptions, and the row itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, field, frozen

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.plan_context import PlanContext, unique
from caljobs_policy.compiler.route_rows import RoutingRow, coordinator_role, counting, roles
from caljobs_policy.compiler.vocabulary import texts
from caljobs_policy.policy.conditions import Condition, Not, both
from caljobs_policy.policy.rules import ANYONE, COORDINATOR, REQUESTORS
from caljobs_policy.syntax.entries import RouteException, RouteRow

_NONE: Final = "none"


@frozen
class Part:
    """The clauses and readings behind one part of a case: who requests, or who coordinates."""

    clauses: tuple[str, ...]
    """The clauses that are broken where it was a different role."""
    readings: tuple[str, ...]


@frozen
class Branch:
    """One case of a row: when it applies, who requests, who coordinates, and why."""

    when: Condition
    case: Condition
    """The condition of this case alone; `when` also excludes the cases before it."""
    requestors: tuple[str, ...]
    counting: tuple[str, ...]
    """The requestors, and the roles that count as one of them."""
    coordinator: str
    requested: Part
    directed: Part
    also: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    """The addresses, where they replace the coordinator's."""
    clauses: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    """The readings behind the addresses."""
    counted: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """By role, the readings that make it count as one of the requestors."""
    exception: tuple[str, Sourced] | None = None
    """For an exception, its name and the row that it is written in."""
    end: str = ""
    """The end of its ids: the number of an exception that is meant, nothing for the row itself."""

    @property
    def submit_to(self) -> tuple[str, ...]:
        """All the roles that get the request."""
        return (self.coordinator, *self.also)

    @property
    def readings(self) -> tuple[str, ...]:
        """All the readings behind it."""
        return unique(self.requested.readings, self.directed.readings, self.addressed)


def branches(context: PlanContext, row: RoutingRow) -> Iterator[Branch]:
    """Yield each case of a row, the row's own case last; exactly one applies."""
    usual = _usual(context, row)
    here = usual.when
    found = ((n, *one) for n, one in row.exceptions.items() if _is_meant(context, one[0]))
    for number, (name, exception, sourced) in enumerate(found, start=1):
        case = context.when(exception, sourced.layer, 0)
        branch = evolve(
            usual,
            when=both(here, case),
            case=both(usual.when, case),
            exception=(name, sourced),
            end=f"/{number}",
        )
        yield _exceptional(context, exception, sourced, branch)
        here = both(here, Not(case))
    yield evolve(usual, when=here)


def _usual(context: PlanContext, row: RoutingRow) -> Branch:
    """Return the row's own case."""
    term = context.vocabulary.words["roles"].get(row.coordinator)
    sourced, entry = row.sourced, row.entry
    own = context.clauses(sourced)
    when = context.when(entry, sourced.layer, 0)
    requested = _part(context, sourced, entry, REQUESTORS, own)
    directed = _part(context, sourced, entry, COORDINATOR, own)
    counted = counting(context.chain, sourced, entry.requestors)
    return Branch(
        when,
        when,
        row.requestors,
        counted,
        row.coordinator,
        requested,
        directed,
        send_to=term.email if term else (),
        clauses=unique(own, requested.clauses, directed.clauses),
        addressed=_of_role(context, row.coordinator),
        counted=_counted(context, row.requestors, counted),
    )


def _exceptional(
    context: PlanContext, exception: RouteException, sourced: Sourced, usual: Branch
) -> Branch:
    """Return the case of an exception, which takes what it leaves out from the row."""
    chain, own = context.chain, texts(exception.clauses)
    elsewhere = coordinator_role(chain, sourced, exception.coordinator)
    term = context.vocabulary.words["roles"].get(elsewhere)
    named = roles(chain, sourced, exception.requestors)
    counted = counting(chain, sourced, exception.requestors) if named else usual.counting
    # The row still says who requests, unless anyone may or the exception says otherwise.
    is_of_the_row = not named and ANYONE not in usual.requestors
    requested = _part(context, sourced, exception, REQUESTORS, own if named else ())
    directed = _part(context, sourced, exception, COORDINATOR, own)
    beneath = (texts(where.clauses) for where in exception.where.values())
    kept = is_of_the_row or not own
    return evolve(
        usual,
        requestors=named or usual.requestors,
        counting=counted,
        coordinator=elsewhere or usual.coordinator,
        requested=_over(usual.requested, requested, goes_on=is_of_the_row),
        directed=_over(usual.directed, directed, goes_on=not elsewhere),
        also=roles(chain, sourced, exception.also),
        send_to=_addresses(exception, (term.email if term else ()) if elsewhere else usual.send_to),
        clauses=unique(usual.clauses if kept else (), own, *beneath),
        addressed=() if exception.send_to else _of_role(context, elsewhere or usual.coordinator),
        counted=_counted(context, named, counted) if named else usual.counted,
    )


def _part(
    context: PlanContext,
    sourced: Sourced,
    entry: RouteRow | RouteException,
    name: str,
    clauses: tuple[str, ...],
) -> Part:
    """Return the basis of a part: its own clauses, or else the given ones, and its readings."""
    readings = context.readings(sourced, entry)
    where = entry.where.get(name)
    if where is None:
        return Part(clauses, readings)
    return Part(texts(where.clauses) or clauses, unique(readings, texts(where.reading)))


def _over(usual: Part, part: Part, *, goes_on: bool) -> Part:
    """Lay a part of an exception over that of its row, whose readings may still apply."""
    readings = unique(usual.readings, part.readings) if goes_on else part.readings
    return Part(part.clauses or usual.clauses, readings)


def _of_role(context: PlanContext, role: str) -> tuple[str, ...]:
    """Return the readings that a role names."""
    known = context.chain.words_of("roles", 0)
    return texts(known[role][0].reading) if role in known else ()


def _counted(
    context: PlanContext, named: tuple[str, ...], counted: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return the readings of roles that count as a requestor without being named."""
    return {role: _of_role(context, role) for role in counted if role not in named}


def _addresses(exception: RouteException, usual: tuple[str, ...]) -> tuple[str, ...]:
    named = texts(exception.send_to)
    return () if named == (_NONE,) else named or usual


def _is_meant(context: PlanContext, exception: RouteException) -> bool:
    """Return whether an exception is about the request, and about an edition above in force."""
    above = {layer.edition.id for layer in context.chain.layers}
    return (not exception.about or context.key in texts(exception.about)) and (
        not exception.of or bool(above & set(texts(exception.of)))
    )
