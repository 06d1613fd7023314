# SPDX-License-Identifier: MIT
"""The rule about rows of the routing that no request takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.rules import Route


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

        reached: set[tuple[Place, str]] = set()
        unsure: dict[tuple[Place, str], str] = {}
        rows: dict[tuple[Place, str], Route] = {}
        for stretch, key, _ in examined.plans():
            prover = examined.prover(stretch, key)
            for route, taken in FollowUpFormulas(prover.formulas[0]).routes:
                name = (route.origin.place, route.id)
                if not examined.is_own(route.origin) or name in reached:
                    continue
                rows[name] = route
                question = Question(taken, lambda d: d[0].route is not None)
                found = prover.ask(question, smallest=False)
                if found.witness is not None:
                    reached.add(name)
                elif found.bounds:
                    unsure[name] = found.bounds[0]
        for name, route in rows.items():
            if name in unsure and name not in reached:
                message = f"whether any request takes the row `{route.id}`: {unsure[name]}"
                yield Bound(self.code, route.origin.place, message)
            elif name not in reached:
                message = f"no request takes the row `{route.id}`"
                yield self.fault(route.origin.place, message, "mend its condition, or remove it")
