# SPDX-License-Identifier: MIT
"""A request and the parts that it shares with an account: requestor, staff, statement, answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final

from attrs import evolve, field, frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.subjects.checking import check
from caljobs_policy.subjects.fields import (
    Derived,
    Kind,
    folded_words,
    holds,
    null_part,
    or_null,
    own_facts,
    words,
)
from caljobs_policy.subjects.statement import (
    Statement,
    signatures,
    signed_by,
    statements_of,
)
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe


@frozen(kw_only=True)
class Requestor(FieldRepr):
    """Who asks: the role and, where it is known, the name."""

    role: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(Kind.WORD, "requestor's role", vocabulary="roles", nullable=False),
    )
    name: Maybe[str] = field(
        default=None,
        repr=False,
        metadata=holds(Kind.TEXT, "requestor's name", optional=True, private=True),
    )
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check(self)


@frozen(kw_only=True)
class Staff(FieldRepr):
    """The person whom a request or an account is about."""

    derived: ClassVar = Derived(
        "statement", signatures, ("signed", "unsigned", "guesses", "last_signed_on")
    )
    name: Maybe[str] = field(
        default=None,
        repr=False,
        metadata=holds(Kind.TEXT, "staff member's name", given=True, optional=True, private=True),
    )
    employer: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(
            Kind.WORD, "staff member's employer", given=True, vocabulary="employers", nullable=False
        ),
    )
    training_completed_on: Maybe[date] = field(
        default=UNKNOWN,
        metadata=holds(Kind.DAY, "day the training was completed", happens=True),
    )
    statement: Maybe[tuple[Statement, ...]] = field(
        default=UNKNOWN,
        converter=statements_of,
        metadata=holds(Kind.STATEMENTS, "signed statement", part=Statement),
    )
    business_need: Maybe[bool] = field(
        default=UNKNOWN, metadata=holds(Kind.FLAG, "business need for access", given=True)
    )
    privileges: Maybe[tuple[str, ...]] = field(
        default=(),
        converter=folded_words,
        metadata=holds(
            Kind.WORDS,
            "privileges held",
            given=True,
            optional=True,
            folded=True,
            named_in="privileges",
        ),
    )
    duties: Maybe[tuple[str, ...]] = field(
        default=UNKNOWN,
        converter=words,
        metadata=holds(
            Kind.WORDS, "staff member's work duties", given=True, vocabulary="work_duties"
        ),
    )
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)
    signed: Mapping[str, Maybe[date]] = field(init=False, eq=False, repr=False)
    """The last day that each form was signed, taken from `statement`."""
    unsigned: Maybe[date] = field(init=False, eq=False, repr=False)
    """The day of signature of any form that `signed` does not list."""
    guesses: tuple[date, ...] | None = field(init=False, eq=False, repr=False)
    """The days of statements whose form is unknown; None if such a day is unknown too."""
    last_signed_on: date = field(init=False, eq=False, repr=False)
    """The latest day of any signature."""

    def __attrs_post_init__(self) -> None:
        check(self)

    def as_of(self, day: date) -> Staff:
        """Return the person without the signatures dated after a day."""
        if self.last_signed_on <= day:
            return self
        return evolve(self, statement=signed_by(day, self.statement))


@frozen(kw_only=True)
class Answer(FieldRepr):
    """The reviewer's answer to a request."""

    granted: Maybe[bool] = field(
        default=UNKNOWN, metadata=holds(Kind.FLAG, "answer to the request", given=True)
    )
    reason: Maybe[str] = field(
        default=None, metadata=holds(Kind.TEXT, "reason of the answer", optional=True)
    )

    def __attrs_post_init__(self) -> None:
        check(self)


UNKNOWN_STAFF: Final = Staff()
UNKNOWN_REQUESTOR: Final = Requestor()


def _requestor(value: Maybe[Requestor]) -> Requestor:
    return or_null(Requestor, value, UNKNOWN_REQUESTOR)


def _staff(value: Maybe[Staff]) -> Staff:
    return or_null(Staff, value, UNKNOWN_STAFF)


def _answer(value: Maybe[Answer]) -> Answer:
    return or_null(Answer, value)


object.__setattr__(null_part(Staff), "signed", FrozenDict())
object.__setattr__(null_part(Staff), "last_signed_on", date.min)


@frozen(kw_only=True)
class Request(FieldRepr):
    """A request about somebody's account, as it was submitted."""

    type: str = field(
        metadata=holds(
            Kind.WORD, "type of the request", given=True, vocabulary="request_types", nullable=False
        )
    )
    submitted_on: Maybe[date] = field(
        default=UNKNOWN, metadata=holds(Kind.DAY, "date of the request", given=True, nullable=False)
    )
    organization: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(
            Kind.WORD, "organization type", given=True, vocabulary="organizations", nullable=False
        ),
    )
    office: Maybe[str] = field(
        default=UNKNOWN, metadata=holds(Kind.TEXT, "name of the office", given=True)
    )
    requestor: Requestor = field(
        default=UNKNOWN_REQUESTOR,
        converter=_requestor,
        metadata=holds(Kind.PART, "requestor", part=Requestor),
    )
    signed_by_requestor: Maybe[bool] = field(
        default=UNKNOWN, metadata=holds(Kind.FLAG, "signature of the requestor on the form")
    )
    submitted_to: Maybe[tuple[str, ...]] = field(
        default=UNKNOWN,
        converter=words,
        metadata=holds(
            Kind.WORDS, "roles that the request went to", vocabulary="roles", nullable=False
        ),
    )
    sent_to: Maybe[tuple[str, ...]] = field(
        default=UNKNOWN,
        converter=folded_words,
        metadata=holds(Kind.WORDS, "addresses that the request was sent to", folded=True),
    )
    subject: Maybe[str] = field(
        default=UNKNOWN, metadata=holds(Kind.TEXT, "subject line of the message")
    )
    training_confirmed: Maybe[bool] = field(
        default=UNKNOWN,
        metadata=holds(Kind.FLAG, "confirmation that the training is complete"),
    )
    attachments: Maybe[tuple[str, ...]] = field(
        default=UNKNOWN,
        converter=words,
        metadata=holds(Kind.WORDS, "attachments", vocabulary="forms", nullable=False),
    )
    staff: Staff = field(
        default=UNKNOWN_STAFF,
        converter=_staff,
        metadata=holds(Kind.PART, "staff member", part=Staff),
    )
    privilege_group: Maybe[str] = field(
        default=None,
        metadata=holds(
            Kind.TEXT, "privilege group asked for", optional=True, named_in="privilege_groups"
        ),
    )
    privileges: Maybe[tuple[str, ...]] = field(
        default=(),
        converter=folded_words,
        metadata=holds(
            Kind.WORDS, "privileges asked for", optional=True, folded=True, named_in="privileges"
        ),
    )
    privileges_removed: Maybe[tuple[str, ...]] = field(
        default=(),
        converter=folded_words,
        metadata=holds(
            Kind.WORDS, "privileges to take away", optional=True, folded=True, named_in="privileges"
        ),
    )
    adjustable: Maybe[bool] = field(
        default=UNKNOWN,
        metadata=holds(Kind.FLAG, "whether the coordinator can set the privileges", given=True),
    )
    additional_duties: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(Kind.TEXT, "text on additional duties"),
    )
    separates_on: Maybe[date | datetime] = field(
        default=None,
        metadata=holds(Kind.DAY_OR_TIME, "time of the separation", given=True, optional=True),
    )
    need_ends_on: Maybe[date | datetime] = field(
        default=None,
        metadata=holds(Kind.DAY_OR_TIME, "end of the business need", given=True, optional=True),
    )
    employment_status: Maybe[str] = field(
        default=None,
        metadata=holds(
            Kind.WORD,
            "change of employment status",
            given=True,
            vocabulary="employment_statuses",
            optional=True,
        ),
    )
    approvals: Maybe[tuple[str, ...]] = field(
        default=(),
        converter=words,
        metadata=holds(Kind.WORDS, "approvals on file", vocabulary="roles", optional=True),
    )
    answer: Answer = field(
        default=null_part(Answer),
        converter=_answer,
        metadata=holds(Kind.PART, "reviewer's answer", part=Answer, optional=True),
    )
    password: Maybe[str] = field(
        default=None,
        repr=False,
        metadata=holds(Kind.TEXT, "proposed password", optional=True, private=True),
    )
    change_of: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(
            Kind.WORD, "designation that changes", given=True, vocabulary="designations"
        ),
    )
    reporter: Maybe[str] = field(
        default=UNKNOWN, metadata=holds(Kind.WORD, "role that reports", vocabulary="roles")
    )
    own: Mapping[str, Any] = field(factory=FrozenDict, converter=own_facts, repr=False)
    """Facts that a profile declares for itself, by name; some may be private."""
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)
    """The words that a policy has to know, each prefixed with the name of its table."""

    def __attrs_post_init__(self) -> None:
        check(self, "request")
