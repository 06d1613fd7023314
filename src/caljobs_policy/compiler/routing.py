# SPDX-License-Identifier: MIT
"""Makes routes, and the checks that a request came from and went to the right role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.maker import PARTIES, Maker, Usual, unique
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import Vocabulary, texts
from caljobs_policy.model.conditions import Condition, Not, Test, both
from caljobs_policy.model.operators import Has, In, Is
from caljobs_policy.model.outcome import usual_failure
from caljobs_policy.model.policy import ELSE, Check, Route
from caljobs_policy.model.written.entries import RouteException, RouteRow
from caljobs_policy.model.written.shapes import Word

ANYONE: Final = "anyone"
"""Stands for every role, where a directive does not say who requests."""
_COORDINATOR: Final = "coordinator"


@frozen
class _Branch:
    """One case of a row: when, from whom, to whom, and by which clauses."""

    when: Condition
    requestors: tuple[str, ...]
    coordinator: str
    also: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@frozen
class _Row:
    """A row of the routing in the words of the most local layer."""

    sourced: Sourced
    requestors: tuple[str, ...]
    coordinator: str
    exceptions: Mapping[str, tuple[RouteException, Sourced]]
    """Those of the row, and those of rows above that it does not name anew."""

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
        roles = [*chain.words_of("roles", sourced.layer), *PARTIES]
        if row.key.text not in organizations:
            problems.unknown(row.key.place, "organization", row.key.text, organizations)
        more = [r for e in row.except_.values() for r in (*e.also, *e.requestors, e.coordinator)]
        for role in (*row.requestors, row.coordinator, *row.cc, *filter(None, more)):
            if role.text not in roles and role.text != ANYONE:
                problems.unknown(role.place, "role", role.text, roles)
    rows = _rows(chain, problems)
    for key, sourced in chain.table("organizations").items():
        if chain.table("routing") and key not in rows and not sourced.entry.outside:
            problems.add(
                sourced.entry.key.place,
                f"no row of `routing` is for the organization `{key}`",
                "add a row that names its requestors and its coordinator",
            )


def _rows(chain: Chain, problems: Problems) -> Mapping[str, _Row]:
    """Give the row of each organization: the most local one, which is no looser than those above.

    The table lists the rows of the most general profile first.
    """
    rows: dict[str, _Row] = {}
    for sourced in chain.table("routing").values():
        entry = sourced.entry
        meant = chain.meaning("organizations", entry.key.text, sourced.layer)
        for organization in meant:
            above = rows[organization].exceptions if organization in rows else {}
            own = {key: (exception, sourced) for key, exception in entry.except_.items()}
            row = _Row(
                sourced,
                _roles(chain, sourced, entry.requestors),
                _coordinator_role(chain, sourced, entry.coordinator),
                {**own, **{key: value for key, value in above.items() if key not in own}},
            )
            if organization in rows:
                _check_no_looser(organization, row, rows[organization], chain, problems)
            rows[organization] = row
    return rows


def _roles(chain: Chain, sourced: Sourced, words: tuple[Word, ...]) -> tuple[str, ...]:
    """Give the roles here that the roles of a row mean."""
    named = texts(words)
    if ANYONE in named:
        return (ANYONE,)
    return unique(*(chain.meaning("roles", word, sourced.layer) for word in named))


def _coordinator_role(chain: Chain, sourced: Sourced, word: Word | None) -> str:
    text = word.text if word else ""
    meant = chain.meaning("roles", text, sourced.layer)
    return meant[0] if len(meant) == 1 else text


def _check_no_looser(
    organization: str, row: _Row, above: _Row, chain: Chain, problems: Problems
) -> None:
    """Refuse a local row that lets more roles request, or sends elsewhere, by no right."""
    more = set(row.requestors) - set(above.requestors)
    wider = bool(more) and ANYONE not in above.requestors
    elsewhere = row.coordinator != above.coordinator
    entry = row.entry
    if (wider or elsewhere) and not (entry.reason and entry.authority):
        what = f"lets {', '.join(sorted(more))} request" if wider else f"sends to {row.coordinator}"
        problems.add(
            entry.key.place,
            f"the row for `{organization}` {what}, which {above.sourced.origin.edition} does not",
            "name a clause under `authority` and the `reason`",
        )


def routes_of(maker: Maker) -> Iterator[Route]:
    """Give the routes of each organization: those of exceptions before that of the row."""
    for organization, row in _rows(maker.chain, Problems()).items():
        for branch in _branches(maker, row):
            yield _route(maker, organization, row, branch)


def _branches(maker: Maker, row: _Row) -> Iterator[_Branch]:
    """Give each case of a row, that of the row itself last; exactly one applies."""
    here = maker.when(row.entry, row.sourced.layer, 0)
    for exception, sourced in row.exceptions.values():
        if not _is_meant(maker, exception):
            continue
        case = maker.when(exception, sourced.layer, 0)
        coordinator, requestors = exception.coordinator, exception.requestors
        yield _Branch(
            both(here, case),
            _roles(maker.chain, sourced, requestors) if requestors else row.requestors,
            _coordinator_role(maker.chain, sourced, coordinator)
            if coordinator
            else row.coordinator,
            _roles(maker.chain, sourced, exception.also),
            texts(exception.clauses),
        )
        here = both(here, Not(case))
    yield _Branch(here, row.requestors, row.coordinator)


def _is_meant(maker: Maker, exception: RouteException) -> bool:
    """Tell whether an exception speaks of the request, and of an edition above that is in force."""
    above = {layer.edition.id for layer in maker.chain.layers}
    return (not exception.about or maker.key in texts(exception.about)) and (
        not exception.of or bool(above & set(texts(exception.of)))
    )


def _route(
    maker: Maker,
    organization: str,
    row: _Row,
    branch: _Branch,
) -> Route:
    entry, layer = row.entry, row.sourced.layer
    term = maker.vocabulary.words["roles"].get(branch.coordinator)
    directed = texts(entry.where[_COORDINATOR].clauses) if _COORDINATOR in entry.where else ()
    subject = maker.templates(layer).text(entry.subject, entry.place) if entry.subject else None
    return Route(
        organization=organization,
        requestors=tuple(sorted(branch.requestors)),
        coordinator=branch.coordinator,
        submit_to=(branch.coordinator, *branch.also),
        send_to=term.email if term else (),
        cc=texts(entry.cc),
        subject=subject,
        clauses=unique(maker.clauses(row.sourced), directed, branch.clauses),
        readings=maker.readings(row.sourced),
        when=branch.when,
        origin=row.sourced.origin,
    )


def routing_checks(maker: Maker) -> Iterator[Check]:
    """Require the requestor and the coordinator of the organization's row."""
    submission = maker.chain.table("submission").get(maker.type)
    organization = maker.fact("request.organization")
    if submission is None:
        return
    rows = _rows(maker.chain, Problems())
    for name, row in rows.items():
        is_here = Test(organization, Is(name))
        *exceptions, usual = (
            evolve(branch, when=both(is_here, branch.when)) for branch in _branches(maker, row)
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


def _requestor(maker: Maker, name: str, row: _Row, branch: _Branch) -> Iterator[Check]:
    """Require that the requestor has a role that the row names, or one that counts as it."""
    if ANYONE in branch.requestors:
        return
    organization, _, number = name.partition("/")
    counting = unique(*(maker.vocabulary.counting_as(role) for role in branch.requestors))
    titles = " or ".join(maker.title("roles", role) for role in branch.requestors)
    usual = Usual(
        f"For {maker.title('organizations', organization)}, the role that requests is {titles}; "
        "this request came from <request.requestor.role>.",
        f"Have it requested by the role {titles}.",
    )
    asks = Test(maker.fact("request.requestor.role"), In(counting))
    entry = evolve(row.entry, where={k: w for k, w in row.entry.where.items() if k in _ELSE})
    id_ = f"routing/{organization}/requestor" + (f"/{number}" if number else "")
    yield from maker.check(id_, row.sourced, branch.when, asks, entry=entry, usual=usual)


_ELSE: Final = frozenset({ELSE})


def _coordinator(
    maker: Maker,
    name: str,
    row: _Row,
    submission: Sourced,
    branch: _Branch,
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
    directed = row.entry.where.get(_COORDINATOR)
    cited = texts(directed.clauses) if directed else maker.clauses(row.sourced)
    for check in maker.check(id_, submission, applies, goes, usual=usual):
        yield evolve(
            check,
            clauses=branch.clauses or unique(cited, check.clauses),
            readings=unique(maker.readings(row.sourced), check.readings),
        )
