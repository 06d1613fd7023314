# SPDX-License-Identifier: MIT
"""Reads requests and accounts from mappings, with a reader for each key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from caljobs_policy import Account, Incident, Request, Requestor, Staff, Statement
from caljobs_policy.subjects.account import TemporaryPassword
from caljobs_policy.subjects.request import Answer

Reader: TypeAlias = Callable[[Any], Any]


def part(cls: type[Any], **readers: Reader) -> Reader:
    """Return what reads a mapping as an object of a class; an unknown key is a `KeyError`."""

    def read(mapping: Mapping[str, Any] | None) -> Any:
        if mapping is None:
            return None
        return cls(**{key: readers[key](value) for key, value in mapping.items()})

    return read


def one_of(*words: str) -> Reader:
    """Return what reads a word of a list; another is a `KeyError`."""
    known: dict[str | None, str | None] = {word: word for word in words}
    return {None: None, **known}.__getitem__


def some_of(*words: str) -> Reader:
    """Return what reads one word of a list, or several; another is a `KeyError`."""
    known = frozenset(words)

    def read(stated: Any) -> tuple[str, ...] | None:
        if stated is None:
            return None
        several = (stated,) if isinstance(stated, str) else tuple(stated)
        if not known.issuperset(several):
            raise KeyError(several)
        return several

    return read


def text(stated: Any) -> str | None:
    """Read a text."""
    if stated is not None and not isinstance(stated, str):
        raise TypeError(stated)
    return stated


def flag(stated: Any) -> bool | None:
    """Read yes, no or nothing."""
    if stated is not None and not isinstance(stated, bool):
        raise TypeError(stated)
    return stated


def texts(stated: Any) -> tuple[str, ...] | None:
    """Read one text or several."""
    if stated is None:
        return None
    return (stated,) if isinstance(stated, str) else tuple(map(str, stated))


def day(stated: Any) -> date | None:
    """Read a day."""
    return date.fromisoformat(stated) if isinstance(stated, str) else stated


def moment(stated: Any) -> datetime | None:
    """Read a time."""
    return datetime.fromisoformat(stated) if isinstance(stated, str) else stated


def day_or_time(stated: Any) -> date | datetime | None:
    """Read a day, perhaps with a time."""
    if not isinstance(stated, str):
        found: date | datetime | None = stated
        return found
    return date.fromisoformat(stated) if len(stated) == 10 else datetime.fromisoformat(stated)


def statements(stated: Any) -> Any:
    """Read one statement or several."""
    if stated is None or isinstance(stated, Mapping):
        return _statement(stated)
    return tuple(map(_statement, stated))


_organization: Final = one_of(
    "local_area", "wsb_field_division", "community_based_organization", "other"
)
_ROLES: Final = (
    *("manager_supervisor", "project_manager", "mis_administrator"),
    *("wsb_spoc", "operations_unit", "staff"),
)
_statement: Final = part(Statement, form=one_of("de7410", "e1"), signed_on=day)
_staff: Final = part(
    Staff,
    name=text,
    employer=one_of("edd", "local_area", "community_organization", "county", "city", "other"),
    training_completed_on=day,
    statement=statements,
    business_need=flag,
    privileges=texts,
    duties=some_of(
        *("title_i_services", "registration_only_eligibility", "manage_partner_staff"),
        *("etpl_coordination", "rapid_response_warn", "view_only"),
    ),
)
read_request: Final = part(
    Request,
    type=one_of("create"),
    submitted_on=day,
    organization=_organization,
    office=text,
    requestor=part(Requestor, role=one_of(*_ROLES), name=text),
    signed_by_requestor=flag,
    submitted_to=some_of(*_ROLES),
    sent_to=texts,
    subject=text,
    training_confirmed=flag,
    attachments=some_of(
        *("access_request_form", "confidentiality_statement", "training_certificate"),
        *("mis_admin_registration_form", "type_2_change_form", "issue_reporting_form"),
    ),
    staff=_staff,
    privilege_group=text,
    privileges=texts,
    privileges_removed=texts,
    adjustable=flag,
    additional_duties=text,
    separates_on=day_or_time,
    need_ends_on=day_or_time,
    employment_status=one_of(
        "resignation", "termination", "suspension", "extended_leave", "other_change"
    ),
    approvals=some_of(*_ROLES),
    password=text,
    change_of=one_of("mis_administrator", "fiscal_administrator", "rapid_response_coordinator"),
    reporter=one_of(*_ROLES),
    answer=part(Answer, granted=flag, reason=text),
)
read_account: Final = part(
    Account,
    username=text,
    organization=_organization,
    staff=_staff,
    status=one_of("active", "deactivated"),
    created_on=day,
    last_maintenance_on=day,
    temporary_password=part(
        TemporaryPassword, issued_at=moment, first_login_at=moment, changed_at=moment
    ),
    separated_on=day_or_time,
    need_ended_on=day_or_time,
    deactivated_on=day_or_time,
    incident=part(
        Incident,
        coordinator_notified_on=day_or_time,
        operations_informed_on=day_or_time,
        investigated_on=day_or_time,
    ),
    personal_device_used=flag,
    shared=flag,
    automation_used=flag,
    manager_can_view_credentials=flag,
    administers=flag,
    has_separate_admin_account=flag,
)
