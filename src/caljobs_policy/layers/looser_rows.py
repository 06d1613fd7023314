# SPDX-License-Identifier: MIT
"""Finds routing that lets more roles request, or sends requests elsewhere, than the one above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from attrs import frozen

from caljobs_policy.compiler.plan_context import PlanContext
from caljobs_policy.compiler.route_cases import Branch, branches
from caljobs_policy.compiler.route_rows import RoutingRow, rows_of
from caljobs_policy.layers.comparison import Comparison, LooserEntry, found, quoted
from caljobs_policy.layers.weights import weight_of, weight_of_word
from caljobs_policy.policy.differences import Direction
from caljobs_policy.policy.rules import ANYONE


def looser_rows(pair: Comparison) -> Iterator[LooserEntry]:
    """Yield the rows, exceptions and roles that make the routing looser than above.

    Where requests of a type need not follow the routing, no row can loosen anything.
    """
    here, above = rows_of(pair.here.chain), rows_of(pair.above.chain)
    for key, context in pair.above.contexts.items():
        if key not in pair.here.contexts or not _is_checked(context):
            continue
        for organization, row in here.items():
            for word in _above(pair, organization):
                if word in above:
                    yield from _Rows(pair, key, organization, row, word, above[word]).looser()


def _is_checked(context: PlanContext) -> bool:
    """Return whether requests of a type have to follow the routing."""
    return context.type in context.chain.table("submission")


def _above(pair: Comparison, organization: str) -> Iterable[str]:
    """Return the organizations above that a local one stands for, unless it is out of scope."""
    sourced = pair.here.chain.table("organizations").get(organization)
    if sourced is None or sourced.entry.outside:
        return []
    return [organization] if sourced.layer else [word.text for word in sourced.entry.stands_for]


@frozen
class _Rows:
    """The row of an organization and the one above it, for requests of one type."""

    pair: Comparison
    key: str
    organization: str
    row: RoutingRow
    word: str
    """The organization above that the local one stands for."""
    above: RoutingRow

    def looser(self) -> Iterator[LooserEntry]:
        """Yield what makes the row looser."""
        mine = list(branches(self._context, self.row))
        theirs = list(branches(self.pair.above.contexts[self.key], self.above))
        for branch in mine:
            for other in theirs:
                if self._may_both_hold(branch, other):
                    yield from self._wider(branch, other)
                    yield from self._elsewhere(branch, other)
        if self.pair.is_local(self.row.sourced) and not self.row.sourced.origin.replaces:
            yield from self._weaker()

    @property
    def _context(self) -> PlanContext:
        return self.pair.here.contexts[self.key]

    def _may_both_hold(self, branch: Branch, other: Branch) -> bool:
        """Return whether some request may fall under one case here and another one above.

        An exception inherited from above corresponds to itself alone. The row's own case never
        overlaps an inherited exception.
        """
        if branch.exception is not None and self.pair.is_local(branch.exception[1]):
            return True
        name = other.exception[0] if other.exception else ""
        if branch.exception is not None:
            return branch.exception[0] == name
        here = self.row.exceptions.get(name)
        return here is None or self.pair.is_local(here[1])

    def _wider(self, branch: Branch, other: Branch) -> Iterator[LooserEntry]:
        """Yield what lets roles request that may not do so above."""
        if ANYONE in other.counting:
            return
        more = set(branch.counting) - set(self._meant(other.counting))
        named = sorted(more.intersection(branch.requestors))
        which = f"which {self._said(other)} does not"
        if named:
            how = f"lets {quoted(named)} request for `{self.organization}`, {which}"
            yield from self._by_the_row(branch, how)
        for role in sorted(more.difference(named)):
            sourced = self.pair.here.chain.table("roles")[role]
            if sourced.layer == 0:
                how = f"may request for `{self.organization}` by its `counts_as`, {which} allow"
                yield found(sourced, how, self._loosened())
            else:
                how = f"lets `{role}` request for `{self.organization}`, {which}"
                yield from self._by_the_row(branch, how)

    def _elsewhere(self, branch: Branch, other: Branch) -> Iterator[LooserEntry]:
        """Yield what sends a request to a different role than above."""
        if branch.coordinator not in self._meant([other.coordinator]):
            to = f"`{self.organization}` to `{branch.coordinator}`"
            how = f"sends requests of {to}, which {self._said(other)} does not"
            yield from self._by_the_row(branch, how)

    def _said(self, other: Branch) -> str:
        """Return the name of the edition above, with the exception in its row, if any."""
        return self.pair.edition + (f" (`{other.exception[0]}`)" if other.exception else "")

    def _by_the_row(self, branch: Branch, how: str) -> Iterator[LooserEntry]:
        """Yield the local row, or the exception in it, that a case comes from."""
        name, sourced = branch.exception or ("", self.row.sourced)
        if name and self.pair.is_local(sourced):
            yield found(sourced, how, self._loosened(), exception=name)
        elif self.pair.is_local(self.row.sourced):
            yield found(self.row.sourced, how, self._loosened())

    def _weaker(self) -> Iterator[LooserEntry]:
        """Yield a row that holds for fewer requests, or is less severe when it is not met."""
        row, above = self.row.entry, self.above.entry
        sourced, loosened = self.row.sourced, self._loosened()
        if row.when is not None or row.unless is not None:
            is_for_all = above.when is None and above.unless is None
            direction, those = Direction.UNKNOWN, "others"
            if is_for_all:
                direction, those = Direction.LOOSER, "all"
            some = f"some requests of `{self.organization}`"
            how = f"holds for {some}, and {self.pair.edition} for {those}"
            yield found(sourced, how, loosened, direction)
        if self._weight(self._context, self.row) < self._weight(
            self.pair.above.contexts[self.key], self.above
        ):
            whose = f"a wrong requestor for `{self.organization}`"
            how = f"is more lenient on {whose} than {self.pair.edition}"
            yield found(sourced, how, loosened)

    def _weight(self, context: PlanContext, row: RoutingRow) -> int:
        said = context.instead(row.entry)
        return weight_of_word(said) if said else weight_of(row.entry, "otherwise", self.key)

    def _meant(self, roles: Iterable[str]) -> Collection[str]:
        """Return the roles here that stand for roles above."""
        chain = self.pair.here.chain
        return {word for role in roles for word in chain.meaning("roles", role, 1)}

    def _loosened(self) -> tuple[int, ...]:
        """Return the numbers of the layers above that have a row for the organization."""
        chain = self.pair.above.chain
        layers = {
            row.layer + 1
            for row in chain.table("routing").values()
            if self.word in chain.meaning("organizations", row.entry.key.text, row.layer)
        }
        return tuple(sorted(layers))
