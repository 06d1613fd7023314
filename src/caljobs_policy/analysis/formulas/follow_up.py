# SPDX-License-Identifier: MIT
"""Where requests go and which duties arise, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from caljobs_policy.analysis.formulas.plans import PlanFormulas
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    denied,
)
from caljobs_policy.analysis.formulas.word_cells import WordCell
from caljobs_policy.policy.rules import COORDINATOR, REQUESTOR, DutyRule, Route
from caljobs_policy.subjects.facts import REQUEST, facts_about


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
        for route in self.plan.routes if self.plan is not None else ():
            name, when = route.organization, self.found.truth(route.when)
            passed = denied(earlier.get(name, FALSE))
            its = [denied(self.found.exempt), self._is_of(name), when, passed]
            found.append((route, all_of(its)))
            earlier[name] = any_of([earlier.get(name, FALSE), when])
        return found

    def _is_of(self, organization: str) -> Formula:
        return self._is_word("organization", organization)

    def _is_word(self, name: str, word: str) -> Formula:
        """Return the formula that a fact of the subject holds a word."""
        view = self.found.view
        kind = view.space.kind
        fact = facts_about(view.space.key).get(f"{kind}.{name}")
        cell = view.cell(fact) if fact is not None else None
        if not isinstance(cell, WordCell):
            return FALSE
        return all_of([denied(cell.null), cell.bits[view.number].get(word, FALSE)])

    def arises(self, duty: DutyRule) -> Formula:
        """Return the formula that a duty arises: after one of its outcomes, owed to another."""
        outcomes = [one for one in self.found.outcomes if one in duty.arises]
        after = any_of(map(self.found.comes_to, outcomes))
        own = self._are_same(duty.who, duty.to) if duty.to is not None else FALSE
        holds = [after, self.found.truth(duty.when), denied(own)]
        return all_of([denied(self.found.exempt), *holds])

    def _are_same(self, one: str, other: str) -> Formula:
        """Return the formula that two roles or parties are the same role."""
        return any_of(
            all_of([is_one, is_other])
            for role, is_one in self._roles(one)
            for same, is_other in self._roles(other)
            if role == same
        )

    def _roles(self, party: str) -> list[tuple[str, Formula]]:
        """Return the roles that a party can be, each with the formula that it is the one."""
        if party == COORDINATOR:
            return self._coordinators
        if party != REQUESTOR or self.found.view.space.kind != REQUEST:
            return [(party, TRUE)]
        words = self.found.view.policy.words.get("roles", {})
        roles = [(word, self._is_word("requestor.role", word)) for word in words]
        return [*roles, (REQUESTOR, denied(any_of(is_it for _, is_it in roles)))]

    @cached_property
    def _coordinators(self) -> list[tuple[str, Formula]]:
        """Who can coordinate: as the route says, or else as the organization does."""
        if self.plan is None:
            return [(COORDINATOR, TRUE)]
        routed = [(route.coordinator, taken) for route, taken in self.routes]
        unrouted = denied(any_of(taken for _, taken in routed))
        usual = [
            (role, all_of([unrouted, self._is_of(organization)]))
            for organization, role in self.plan.coordinators.items()
        ]
        others = [*routed, *usual]
        return [*others, (COORDINATOR, denied(any_of(is_it for _, is_it in others)))]
