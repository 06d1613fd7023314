# SPDX-License-Identifier: MIT
"""Where requests go and which duties arise, as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product

from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import FALSE, TRUE, Formula, all_of, any_of, denied
from caljobs_policy.decisions.follow_up import Parties, owed_by
from caljobs_policy.decisions.reasons import DutyArisen
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Is
from caljobs_policy.policy.rules import COORDINATOR, REQUESTOR, DutyRule, Route
from caljobs_policy.subjects.facts import facts_about


class FollowUpFormulas:
    """What follows from the decisions of one policy of a space."""

    def __init__(self, found: PlanFormulas) -> None:
        self.found = found
        self.plan = found.plan

    @cached_property
    def routes(self) -> Sequence[tuple[Route, Formula]]:
        """The routes, each with the formula that a request takes it: its organization's first."""
        found: list[tuple[Route, Formula]] = []
        earlier: dict[str, Formula] = {}
        for route in self.plan.routes:
            name, when = route.organization, self.found.truth(route.when)
            passed = denied(earlier.get(name, FALSE))
            its = [denied(self.found.exempt), self._is_of(name), when, passed]
            found.append((route, all_of(its)))
            earlier[name] = any_of([earlier.get(name, FALSE), when])
        return found

    def _is_of(self, organization: str) -> Formula:
        return self._is_word("organization", organization)

    def _is_word(self, name: str, word: str) -> Formula:
        """Return the formula that a fact of the subject holds a word, if such subjects have it."""
        space = self.found.view.space
        fact = facts_about(space.key).get(f"{space.kind}.{name}")
        return FALSE if fact is None else self.found.truth(Test(fact, Is(word)))

    def arises(self, duty: DutyRule) -> Formula:
        """Return the formula that a duty arises, whoever has it."""
        return any_of(holds for _, holds in self.owed(duty))

    def owed(self, duty: DutyRule) -> Iterator[tuple[DutyArisen, Formula]]:
        """Yield a duty as it falls to each parties that a subject can have, without its text.

        It arises after one of its outcomes, and is owed to another than its bearer.
        """
        outcomes = [one for one in self.found.outcomes if one in duty.arises]
        after = any_of(map(self.found.comes_to, outcomes))
        arises = all_of([denied(self.found.exempt), self.found.truth(duty.when), after])
        named = {duty.who, duty.to, *duty.cc}
        coordinators = self._coordinators if COORDINATOR in named else [(COORDINATOR, TRUE)]
        roles = {*(one for one in named if one), *(role for role, _ in coordinators)}
        requestors = self._requestors(roles) if REQUESTOR in named else [(REQUESTOR, TRUE)]
        for (coordinator, coordinates), (requestor, requests) in product(coordinators, requestors):
            owed = owed_by(duty, "", Parties(coordinator, requestor))
            if owed is not None:
                yield owed, all_of([arises, coordinates, requests])

    def _requestors(self, roles: Iterable[str]) -> list[tuple[str, Formula]]:
        """Return the role of the requestor: one of some, or any other."""
        known = [(role, self._is_word("requestor.role", role)) for role in sorted(roles)]
        return [*known, (REQUESTOR, denied(any_of(is_it for _, is_it in known)))]

    @cached_property
    def _coordinators(self) -> list[tuple[str, Formula]]:
        """Who can coordinate: as the route says, or else as the organization does."""
        routed = [(route.coordinator, taken) for route, taken in self.routes]
        unrouted = denied(any_of(taken for _, taken in routed))
        usual = [
            (role, all_of([unrouted, self._is_of(organization)]))
            for organization, role in self.plan.coordinators.items()
        ]
        others = [*routed, *usual]
        none = denied(any_of(is_it for _, is_it in others))
        found: dict[str, Formula] = {}
        for role, is_it in [*others, (COORDINATOR, none)]:
            found[role] = any_of([found.get(role, FALSE), is_it])
        return [*found.items()]
