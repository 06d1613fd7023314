# SPDX-License-Identifier: MIT
"""The row of the routing that applies to each organization, and checks of the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from attrs import frozen

from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.plan_context import check_backed, unique
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import Vocabulary, texts
from caljobs_policy.policy.rules import ANYONE, ELSE, PARTIES, ROUTE_PARTS
from caljobs_policy.syntax.entries import RouteException, RouteRow, Where
from caljobs_policy.syntax.nodes import Word


@frozen
class RoutingRow:
    """A row of the routing in the words of the most local layer."""

    sourced: Sourced
    requestors: tuple[str, ...]
    coordinator: str
    exceptions: Mapping[str, tuple[RouteException, Sourced]]
    """Its own exceptions, and those of rows above that it does not redefine."""

    @property
    def entry(self) -> RouteRow:
        """The row as written."""
        row: RouteRow = self.sourced.entry
        return row


def check_routing(chain: Chain, vocabulary: Vocabulary, problems: Problems) -> None:
    """Refuse rows for words that do not exist, and organizations without a row."""
    for sourced in chain.table("routing").values():
        row = sourced.entry
        organizations = chain.words_of("organizations", sourced.layer)
        roles = chain.words_of("roles", sourced.layer)
        if row.key.text not in organizations:
            problems.unknown(row.key.place, "organization", row.key.text, organizations)
        _check_roles(row, roles, problems)
        for role in _roles_in(row):
            vocabulary.use("roles", role.text, sourced.layer)
        _check_parts(row, problems)
        for exception in row.except_.values():
            chain.check_editions(exception.of, sourced.layer, problems)
        check_backed(row, problems)
    for _, submission in chain.entries("submission"):
        if not chain.table("routing"):
            message = "without `routing`, nothing says where a request goes"
            remedy = "add `routing`, or remove `submission`"
            problems.missing(submission.key.place, message, remedy)
    rows = rows_of(chain)
    for row in rows.values():
        _check_meant(chain, row, problems)
    for key, sourced in chain.table("organizations").items():
        if chain.table("routing") and key not in rows and not sourced.entry.outside:
            problems.missing(
                sourced.entry.key.place,
                f"`routing` has no row for the organization `{key}`",
                "add a row that names its requestors and its coordinator",
            )


def _check_parts(row: RouteRow, problems: Problems) -> None:
    """Refuse a `where` for a part that rows do not have."""
    exceptions = (where for exception in row.except_.values() for where in exception.where.values())
    for where in exceptions:
        _check_part(where, ROUTE_PARTS, problems)
    for where in row.where.values():
        _check_part(where, (*ROUTE_PARTS, ELSE), problems)


def _check_part(where: Where, known: Collection[str], problems: Problems) -> None:
    if where.key.text not in known:
        problems.no_such(where.key.place, "part of a route", where.key.text, known)


def _check_roles(row: RouteRow, roles: Collection[str], problems: Problems) -> None:
    """Refuse roles that do not exist; only `cc` may name a party of the request."""
    exceptions = row.except_.values()
    for role in (*row.requestors, *(role for e in exceptions for role in e.requestors)):
        if role.text not in roles and role.text != ANYONE:
            problems.unknown(role.place, "role", role.text, roles)
    others = [role for e in exceptions for role in (*e.also, e.coordinator)]
    for role in filter(None, (row.coordinator, *others)):
        if role.text not in roles:
            problems.unknown(role.place, "role", role.text, roles)
    for role in row.cc:
        if role.text not in (*roles, *PARTIES):
            problems.unknown(role.place, "role", role.text, [*roles, *PARTIES])


def _roles_in(row: RouteRow) -> Iterator[Word]:
    """Yield all roles that a row and its exceptions name."""
    yield from (*row.requestors, *row.cc)
    yield from filter(None, [row.coordinator])
    for exception in row.except_.values():
        yield from (*exception.requestors, *exception.also)
        yield from filter(None, [exception.coordinator])


def _check_meant(chain: Chain, row: RoutingRow, problems: Problems) -> None:
    """Refuse a row from above if no role here stands for one of its roles."""
    exceptions = [(e.coordinator, sourced) for e, sourced in row.exceptions.values()]
    for word, sourced in ((row.entry.coordinator, row.sourced), *exceptions):
        if word is not None:
            chain.only_meaning("roles", word, sourced.layer, problems)
    if row.entry.requestors and not row.requestors:
        asked = row.entry.requestors[0]
        chain.only_meaning("roles", asked, row.sourced.layer, problems)


def rows_of(chain: Chain) -> Mapping[str, RoutingRow]:
    """Return the row of each organization, the most local one.

    The table lists the rows of the most general profile first.
    """
    rows: dict[str, RoutingRow] = {}
    for sourced in chain.table("routing").values():
        entry = sourced.entry
        meant = chain.meaning("organizations", entry.key.text, sourced.layer)
        for organization in meant:
            above = rows[organization].exceptions if organization in rows else {}
            own = {key: (exception, sourced) for key, exception in entry.except_.items()}
            rows[organization] = RoutingRow(
                sourced,
                roles(chain, sourced, entry.requestors),
                coordinator_role(chain, sourced, entry.coordinator),
                {**own, **{key: value for key, value in above.items() if key not in own}},
            )
    return rows


def roles(chain: Chain, sourced: Sourced, words: tuple[Word, ...]) -> tuple[str, ...]:
    """Return the roles here that the roles of a row mean."""
    named = texts(words)
    if ANYONE in named:
        return (ANYONE,)
    meanings = (
        (word,) if word in PARTIES else chain.meaning("roles", word, sourced.layer)
        for word in named
    )
    return unique(*meanings)


def counting(chain: Chain, sourced: Sourced, words: tuple[Word, ...]) -> tuple[str, ...]:
    """Return the roles here that the roles of a row mean, with those that count as them."""
    named = texts(words)
    return (ANYONE,) if ANYONE in named else chain.counting(named, sourced.layer)


def coordinator_role(chain: Chain, sourced: Sourced, word: Word | None) -> str:
    """Return the role here that the coordinator of a row means."""
    text = word.text if word else ""
    meant = chain.meaning("roles", text, sourced.layer)
    return meant[0] if len(meant) == 1 else text
