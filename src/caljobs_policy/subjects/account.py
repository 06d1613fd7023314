# SPDX-License-Identifier: MIT
"""An account from creation to deactivation, and an office that keeps accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import attrs
from attrs import field, frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.subjects.checking import check
from caljobs_policy.subjects.fields import Kind, holds, null_part, or_null, own_facts
from caljobs_policy.subjects.request import UNKNOWN_STAFF, Staff
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe

_DEACTIVATED: Final = "deactivated"
_OF_STAFF: Final = tuple(field.name for field in attrs.fields(Staff))


def _time(title: str, **more: Any) -> Any:
    return holds(Kind.TIME, title, happens=True, **more)


@frozen(kw_only=True)
class TemporaryPassword(FieldRepr):
    """A temporary password: when it was issued, first used and changed."""

    issued_at: Maybe[datetime] = field(
        default=UNKNOWN, metadata=_time("time the temporary password was issued", given=True)
    )
    first_login_at: Maybe[datetime] = field(
        default=None, metadata=_time("time of the first login", given=True, optional=True)
    )
    changed_at: Maybe[datetime] = field(
        default=None, metadata=_time("time the password was changed", optional=True)
    )

    def __attrs_post_init__(self) -> None:
        check(self)


def _step(title: str, **more: Any) -> Any:
    return holds(Kind.DAY_OR_TIME, title, optional=True, **more)


@frozen(kw_only=True)
class Incident(FieldRepr):
    """The steps on file after an account outlasted the employment or the business need."""

    coordinator_notified_on: Maybe[date | datetime] = field(
        default=None, metadata=_step("day the coordinator was notified", happens=True)
    )
    operations_informed_on: Maybe[date | datetime] = field(
        default=None, metadata=_step("day the overseeing unit was informed", happens=True)
    )
    investigated_on: Maybe[date | datetime] = field(
        default=None, metadata=_step("day of the investigation", happens=True)
    )

    def __attrs_post_init__(self) -> None:
        check(self)


def _staff_of_account(value: Maybe[Staff]) -> Staff:
    """Return the holder; a business need that was left out is not said to have ended."""
    staff = or_null(Staff, value, UNKNOWN_STAFF)
    # Anything else passes through to `check`, which refuses it.
    if getattr(staff, "business_need", None) is UNKNOWN:
        return UNKNOWN_HOLDER if staff is UNKNOWN_STAFF else _without_need(staff)
    return staff


def _without_need(staff: Staff) -> Staff:
    """Return the same person, whose need has not ended; nothing else follows from it."""
    copied: Staff = object.__new__(Staff)
    for name in _OF_STAFF:
        object.__setattr__(copied, name, getattr(staff, name))
    object.__setattr__(copied, "business_need", None)
    return copied


UNKNOWN_HOLDER: Final = _without_need(UNKNOWN_STAFF)


def _happened(title: str, **more: Any) -> Any:
    return holds(Kind.FLAG, title, optional=True, **more)


def _temporary_password(value: Maybe[TemporaryPassword]) -> TemporaryPassword:
    return or_null(TemporaryPassword, value)


def _incident(value: Maybe[Incident]) -> Incident:
    return or_null(Incident, value)


@frozen(kw_only=True)
class Account(FieldRepr):
    """A staff account and what has happened to it."""

    username: Maybe[str] = field(
        default=UNKNOWN, metadata=holds(Kind.TEXT, "user name of the account")
    )
    organization: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(
            Kind.WORD, "organization type", given=True, vocabulary="organizations", nullable=False
        ),
    )
    staff: Staff = field(
        default=UNKNOWN_HOLDER,
        converter=_staff_of_account,
        metadata=holds(Kind.PART, "holder of the account", part=Staff),
    )
    status: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(
            Kind.WORD, "status of the account", vocabulary="account_statuses", nullable=False
        ),
    )
    created_on: Maybe[date] = field(
        default=UNKNOWN,
        metadata=holds(Kind.DAY, "day the account was created", given=True, happens=True),
    )
    last_maintenance_on: Maybe[date] = field(
        default=None,
        metadata=holds(Kind.DAY, "day of the last annual maintenance", optional=True, happens=True),
    )
    temporary_password: TemporaryPassword = field(
        default=null_part(TemporaryPassword),
        converter=_temporary_password,
        metadata=holds(Kind.PART, "temporary password", part=TemporaryPassword, optional=True),
    )
    separated_on: Maybe[date | datetime] = field(
        default=None, metadata=_step("time of the separation", given=True)
    )
    need_ended_on: Maybe[date | datetime] = field(
        default=None, metadata=_step("end of the business need", given=True)
    )
    deactivated_on: Maybe[date | datetime] = field(
        default=None,
        metadata=_step(
            "time of the deactivation", happens=True, sure_with=("status", _DEACTIVATED)
        ),
    )
    incident: Incident = field(
        default=null_part(Incident),
        converter=_incident,
        metadata=holds(Kind.PART, "incident on record", part=Incident, optional=True),
    )
    personal_device_used: Maybe[bool] = field(
        default=None, metadata=_happened("use on a personal device", given=True)
    )
    shared: Maybe[bool] = field(
        default=None, metadata=_happened("use by several persons", given=True)
    )
    automation_used: Maybe[bool] = field(
        default=None, metadata=_happened("use by automation", given=True)
    )
    manager_can_view_credentials: Maybe[bool] = field(
        default=None, metadata=_happened("credentials that a manager can view")
    )
    administers: Maybe[bool] = field(
        default=None, metadata=_happened("administration of accounts by the holder")
    )
    has_separate_admin_account: Maybe[bool] = field(
        default=None, metadata=_happened("separate account for administration")
    )
    own: Mapping[str, Any] = field(factory=FrozenDict, converter=own_facts, repr=False)
    """Facts that a profile declares for itself, by name; some may be private."""
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)
    """The words that a policy has to know, each prefixed with the name of its table."""

    def __attrs_post_init__(self) -> None:
        check(self, "account")


@frozen(kw_only=True)
class Office(FieldRepr):
    """An office that keeps accounts: who administers them and when they were last sampled."""

    organization: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(
            Kind.WORD, "organization type", given=True, vocabulary="organizations", nullable=False
        ),
    )
    mis_administrators: Maybe[int] = field(
        default=UNKNOWN, metadata=holds(Kind.COUNT, "number of MIS Administrators")
    )
    accounts: Maybe[int] = field(
        default=UNKNOWN, metadata=holds(Kind.COUNT, "number of accounts", given=True)
    )
    last_sample_review_on: Maybe[date] = field(
        default=UNKNOWN, metadata=holds(Kind.DAY, "day of the last sample review", happens=True)
    )
    own: Mapping[str, Any] = field(factory=FrozenDict, converter=own_facts, repr=False)
    """Facts that a profile declares for itself, by name; some may be private."""
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)
    """The words that a policy has to know, each prefixed with the name of its table."""

    def __attrs_post_init__(self) -> None:
        check(self, "office")
