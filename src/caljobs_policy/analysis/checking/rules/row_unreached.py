# SPDX-License-Identifier: MIT
"""The rule about rows of the routing and of lookup tables that no subject reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import RouteTaken
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.rules import Check, Plan, Route

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.finding import Found
    from caljobs_policy.analysis.questions import Prover

_Row: TypeAlias = tuple[Place, str]
"""Where a row stands, and what it is a row of."""
_Asked: TypeAlias = "tuple[_Row, Callable[[], Found]]"
"""A row, with what asks for a subject that reaches it."""


class RowUnreached(Rule):
    """Nothing reaches a row of the routing, one of its exceptions, or a row of a lookup table.

    What the row says happens to nobody. Most often an exception above it takes all that it is
    about, or a condition of its table leaves none of it.

    An example:

        # 2025-01-01/routing.yaml
        roles:
          deputy: {title: Deputy}
        routing:
          branch:
            requestors: boss
            coordinator: desk
            clauses: [AREA-1/create-1]
            except:
              county: {when: {request.staff.employer: county}, coordinator: deputy}
              unsigned:
                when: {request.staff.employer: county, request.signed_by_requestor: false}
                coordinator: boss

    Mended so:

        # 2025-01-01/routing.yaml
        roles:
          deputy: {title: Deputy}
        routing:
          branch:
            requestors: boss
            coordinator: desk
            clauses: [AREA-1/create-1]
            except:
              unsigned:
                when: {request.staff.employer: county, request.signed_by_requestor: false}
                coordinator: boss
              county: {when: {request.staff.employer: county}, coordinator: deputy}

    What it does not report: papers and submissions, which `cannot-fail` looks at.
    """

    code: ClassVar = "row-unreached"
    proves: ClassVar = True
    of_each: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield rows that no subject reaches in any stretch of days."""
        reached: set[_Row] = set()
        left: dict[_Row, tuple[str, ...]] = {}
        for row, ask in _rows(examined):
            found = ask() if row not in reached else None
            if found is not None and found.witness is not None:
                reached.add(row)
            elif found is not None:
                left[row] = left.get(row) or found.bounds
        yield from (self._told(row, left[row]) for row in left if row not in reached)

    def _told(self, row: _Row, bounds: Sequence[str]) -> Fault | Bound:
        place, name = row
        if bounds:
            message = f"whether anything reaches this row of `{name}`: {bounds[0]}"
            return Bound(self.code, place, message)
        message = f"nothing reaches this row of `{name}`"
        return self.fault(place, message, "mend its condition, or remove it")


def _rows(examined: Examined) -> Iterator[_Asked]:
    """Yield the profile's own rows, under each policy for each sort of subject."""
    for stretch, key, plan in examined.small_plans():
        prover = examined.prover(stretch, key)
        yield from _routes(examined, prover)
        yield from _of_tables(examined, prover, plan)


def _routes(examined: Examined, prover: Prover) -> Iterator[_Asked]:
    from caljobs_policy.analysis.formulas.finding import Question
    from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas

    for route, taken in FollowUpFormulas(prover.formulas[0]).routes:
        origin = route.exception or route.origin
        if examined.is_own(origin):
            name = f"routing/{route.id.partition('/')[0]}"
            question = Question(taken, partial(_takes, route))
            yield (origin.place, name), partial(prover.ask, question, smallest=False)


def _of_tables(examined: Examined, prover: Prover, plan: Plan) -> Iterator[_Asked]:
    for check in plan.checks:
        place = _row_of(examined, check)
        if place is not None:
            name = "/".join(check.id.split("/")[:2])
            yield (place, name), partial(prover.find, check.when, smallest=False)


def _row_of(examined: Examined, check: Check) -> Place | None:
    """Return where the row of an own lookup table stands that a check is made of, if it is."""
    table = examined.tables.get(check.origin.place)
    name = check.id.removeprefix(f"tables/{table.key}/") if table is not None else ""
    return table.rows[name].key.place if table is not None and name in table.rows else None


def _takes(route: Route, decisions: Sequence[Decision]) -> bool:
    taken = decisions[0].route
    return taken is not None and _sends(taken) == _sends(route)


def _sends(route: Route | RouteTaken) -> tuple[object, ...]:
    return route.requestors, route.coordinator, route.submit_to, route.send_to, route.cc
