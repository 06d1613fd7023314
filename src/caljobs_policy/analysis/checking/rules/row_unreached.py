# SPDX-License-Identifier: MIT
"""The rule about rows of the routing that no request takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar, TypeAlias

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import RouteTaken
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.rules import Route

_Row: TypeAlias = tuple[Place, str]
"""Where a row stands, and its name."""


class RowUnreached(Rule):
    """No request takes a row of the routing, or one of its exceptions.

    Nobody is sent where the row says. Most often an exception above it takes all that it is about.

    An example:

        routing:
          branch:
            requestors: boss
            coordinator: desk
            except:
              any: {coordinator: auditor}
              late: {when: {request.signed_by_requestor: false}, coordinator: deputy}

    What it does not report: the rows of lookup tables and papers, which `cannot-fail` looks at.
    """

    code: ClassVar = "row-unreached"
    proves: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield rows that no request takes in any stretch of days."""
        from caljobs_policy.analysis.formulas.finding import Question
        from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas

        rows: dict[_Row, Route] = {}
        reached: set[_Row] = set()
        unsure: dict[_Row, str] = {}
        for stretch, key, _ in examined.plans():
            prover = examined.prover(stretch, key)
            for route, taken in FollowUpFormulas(prover.formulas[0]).routes:
                row = (route.origin.place, route.id)
                if not examined.is_own(route.origin) or row in reached:
                    continue
                rows[row] = route
                found = prover.ask(Question(taken, partial(_takes, route)), smallest=False)
                if found.witness is not None:
                    reached.add(row)
                elif found.bounds:
                    unsure[row] = found.bounds[0]
        yield from (self._told(rows[row], unsure.get(row)) for row in rows if row not in reached)

    def _told(self, route: Route, bound: str | None) -> Fault | Bound:
        place = route.origin.place
        if bound is not None:
            return Bound(self.code, place, f"whether any request takes `{route.id}`: {bound}")
        message = f"no request takes the row `{route.id}`"
        return self.fault(place, message, "mend its condition, or remove it")


def _takes(route: Route, decisions: Sequence[Decision]) -> bool:
    taken = decisions[0].route
    return taken is not None and _sends(taken) == _sends(route)


def _sends(route: Route | RouteTaken) -> tuple[object, ...]:
    return route.requestors, route.coordinator, route.submit_to, route.send_to, route.cc
