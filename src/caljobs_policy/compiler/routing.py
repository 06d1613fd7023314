# SPDX-License-Identifier: MIT
"""Makes routes, and the checks that a request came from and went to the right role."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from caljobs_policy.compiler.chain import Chain, Sourced
from caljobs_policy.compiler.maker import PARTIES, Maker, Usual, unique
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import Vocabulary, texts
from caljobs_policy.model.conditions import Condition, Test, both
from caljobs_policy.model.operators import Has, In, Is
from caljobs_policy.model.outcome import usual_failure
from caljobs_policy.model.policy import ELSE, Check, Route


def check_routing(chain: Chain, vocabulary: Vocabulary, problems: Problems) -> None:
    """Refuse rows for words that do not exist, and organizations without a row."""
    rows = chain.table("routing")
    organizations, roles = vocabulary.words["organizations"], vocabulary.words["roles"]
    for key, entry in chain.entries("routing"):
        if key not in organizations:
            problems.unknown(entry.key.place, "organization", key, organizations)
        for role in (*entry.requestors, entry.coordinator, *entry.cc):
            if role.text not in roles and role.text not in PARTIES:
                problems.unknown(role.place, "role", role.text, roles)
    for key, sourced in chain.table("organizations").items():
        if rows and key not in rows:
            problems.add(
                sourced.entry.key.place,
                f"no row of `routing` is for the organization `{key}`",
                "add a row that names its requestors and its coordinator",
            )


def routes_of(maker: Maker) -> Iterator[Route]:
    """Give the route of each row."""
    roles = maker.vocabulary.words["roles"]
    for key, sourced in maker.chain.table("routing").items():
        row = sourced.entry
        coordinator = roles.get(row.coordinator.text)
        yield Route(
            organization=key,
            requestors=tuple(sorted(texts(row.requestors))),
            coordinator=row.coordinator.text,
            send_to=coordinator.email if coordinator else (),
            cc=texts(row.cc),
            subject=maker.templates.text(row.subject, row.place) if row.subject else None,
            clauses=texts(row.clauses),
            readings=texts(row.reading),
            when=maker.when(row),
            origin=sourced.origin,
        )


def routing_checks(maker: Maker) -> Iterator[Check]:
    """Require the requestor and the coordinator of the organization's row."""
    submission = maker.chain.table("submission").get(maker.type)
    organization = maker.fact("request.organization")
    rows = maker.chain.table("routing")
    for name, sourced in rows.items():
        here = both(Test(organization, Is(name)), maker.when(sourced.entry))
        yield from _requestor(maker, sourced, here)
        if submission is not None:
            yield from _coordinator(maker, sourced, submission, here)
    if rows and submission is not None:
        yield Check(
            id="routing",
            require=Test(organization, In(tuple(rows))),
            outcome=usual_failure(maker.key),
            clauses=texts(submission.entry.clauses),
            origin=submission.origin,
            say={ELSE: ("No row of the routing is for ", organization, ".")},
        )


def _requestor(maker: Maker, sourced: Sourced, here: Condition) -> Iterator[Check]:
    """Require that the requestor has a role that the row names, or one that counts as it."""
    row = sourced.entry
    roles = texts(row.requestors)
    counting = unique(*(maker.vocabulary.counting_as(role) for role in roles))
    titles = " or ".join(maker.title("roles", role) for role in roles)
    office = maker.title("organizations", row.key.text)
    usual = Usual(
        f"For {office} the requestor is {titles}, not <request.requestor.role>.",
        f"Let {titles} make the request.",
    )
    asks = Test(maker.fact("request.requestor.role"), In(counting))
    yield from maker.check(
        f"routing/{row.key}/requestor", row, sourced.origin, here, asks, usual=usual
    )


def _coordinator(
    maker: Maker, sourced: Sourced, submission: Sourced, here: Condition
) -> Iterator[Check]:
    """Require that the request went to the coordinator of the row."""
    row, entry = sourced.entry, submission.entry
    title = maker.title("roles", row.coordinator.text)
    office = maker.title("organizations", row.key.text)
    usual = Usual(
        f"The request went to <request.submitted_to>; for {office} it goes to {title}.",
        f"Send it to {title}.",
    )
    goes = Test(maker.fact("request.submitted_to"), Has((row.coordinator.text,)))
    id_ = f"routing/{row.key}/coordinator"
    applies = both(here, maker.when(entry))
    for check in maker.check(id_, entry, submission.origin, applies, goes, usual=usual):
        clauses = unique(texts(row.clauses), check.clauses)
        readings = unique(texts(row.reading), check.readings)
        yield evolve(check, clauses=clauses, readings=readings)
