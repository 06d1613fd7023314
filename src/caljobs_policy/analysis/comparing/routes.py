# SPDX-License-Identifier: MIT
"""Which requests take another way: by the row of the old policy and the row of the new one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import product
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.comparing.effects import Effect, Telling, Way
from caljobs_policy.analysis.formulas.finding import Question
from caljobs_policy.analysis.formulas.follow_up import FollowUpFormulas
from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import Formula, all_of, any_of, denied
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import RouteTaken
from caljobs_policy.policy.conditions import Condition
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Route

_Key: TypeAlias = tuple[str, Hashable, Condition | None]
"""An organization, where its requests go, and in which case."""
_NO_ROW: Final[_Key] = ("", None, None)


@frozen(eq=False)
class _Way:
    """Some rows of one organization that say the same, or that no row fits."""

    row: Route | None
    taken: Formula

    def is_of(self, decision: Decision) -> bool:
        """Return whether a real request takes this way."""
        if self.row is None or decision.route is None:
            return self.row is None and decision.route is None
        organization = getattr(decision.subject, "organization", None)
        return organization == self.row.organization and _goes(decision.route) == _goes(self.row)


def route_effects(telling: Telling) -> Iterator[Effect]:
    """Yield each change of who requests and where a request goes, of requests in scope of both."""
    old, new = telling.sides.old, telling.sides.new
    in_scope = [denied(old.exempt), denied(new.exempt)]
    ways = (_ways(new), _ways(old))
    for (key, now), (before, was) in product(*(each.items() for each in ways)):
        is_other = telling.pair.is_one_profile and _NO_ROW not in {key, before}
        if key[1] == before[1] or (is_other and key[0] != before[0]):
            continue

        def real(decisions: Sequence[Decision], was: _Way = was, now: _Way = now) -> bool:
            both = telling.sides.of(decisions)
            is_so = was.is_of(both[0]) and now.is_of(both[1])
            return is_so and Outcome.OUT_OF_SCOPE not in {one.outcome for one in both}

        shown = telling.ask(Question(all_of([*in_scope, was.taken, now.taken]), real))
        if shown is not None:
            rows = was.row, now.row
            causes = [f"routing/{row.id or row.organization}" for row in rows if row]
            yield telling.effect(Way.DIFFERENT, Aspect.ROUTE, causes, rows, shown)


def _ways(formulas: PlanFormulas) -> dict[_Key, _Way]:
    found: dict[_Key, _Way] = {}
    routes = FollowUpFormulas(formulas).routes
    for route, taken in routes:
        key = (route.organization, (*_goes(route), route.subject), route.case)
        before = found.get(key)
        row, others = (before.row, [before.taken]) if before else (route, [])
        found[key] = _Way(row, any_of([*others, taken]))
    found[_NO_ROW] = _Way(None, denied(any_of(taken for _, taken in routes)))
    return found


def _goes(way: Route | RouteTaken) -> tuple[Hashable, ...]:
    """Return who requests and where a request goes, apart from the row that says so."""
    return (way.requestors, way.coordinator, way.submit_to, way.send_to, way.cc)
