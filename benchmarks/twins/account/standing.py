# SPDX-License-Identifier: MIT
"""An account as it stands at a moment, without what is dated after that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from benchmarks.twins.parts import ZONE
from caljobs_policy import Account
from caljobs_policy.dates.durations import compare


def is_after(one: Any, other: Any) -> bool:
    """Return whether both are known, and one lies after the other; days by day, times by second."""
    if one is None or other is None:
        return False
    if one.__class__ is date and other.__class__ is date:
        return bool(one > other)
    return compare(one, other, ZONE) > 0


def local_day(value: Any) -> date:
    """Return the day of a date, perhaps with a time."""
    if not isinstance(value, datetime):
        found: date = value
        return found
    return value.astimezone(ZONE).date() if value.tzinfo else value.date()


def in_zone(value: Any) -> Any:
    """Return a time with an offset, local where it has none; a day stays as it is."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=ZONE)
    return value


class Standing:
    """The facts that the rules read, each at once."""

    __slots__ = (
        "_moment",
        "account",
        "active",
        "at",
        "business_need",
        "changed",
        "closed",
        "created",
        "day",
        "deactivated",
        "deactivated_on",
        "employer",
        "first_login",
        "form",
        "informed",
        "investigated",
        "issued",
        "maintained",
        "need_ended",
        "notified",
        "organization",
        "outlived",
        "outlived_need",
        "outlived_separation",
        "person",
        "privileges",
        "separated",
        "signed",
        "trained",
        "without_need",
    )

    def __init__(self, account: Account, at: datetime) -> None:
        stated: Any = account
        self.account = stated
        self.at = at
        self._moment: str | None = None
        self.day = day = at.date() if at.tzinfo is ZONE else at.astimezone(ZONE).date()
        staff = stated.staff
        self.organization = stated.organization
        self.employer = staff.employer
        self.privileges = staff.privileges
        self.business_need = staff.business_need
        self.active = active = stated.status == "active"
        self.deactivated = deactivated = stated.status == "deactivated"
        trained, created = staff.training_completed_on, stated.created_on
        maintained = stated.last_maintenance_on
        self.trained = None if trained is None or trained > day else trained
        self.created = None if created is None or created > day else created
        self.maintained = None if maintained is None or maintained > day else maintained
        self.person = person = staff if staff.last_signed_on <= day else staff.as_of(day)
        self.form = form = "de7410" if staff.employer == "edd" else "e1"
        self.signed = person.signed.get(form)
        self.separated = separated = stated.separated_on
        self.need_ended = ended = stated.need_ended_on
        self.deactivated_on = gone = self._happened(stated.deactivated_on)
        password, incident = stated.temporary_password, stated.incident
        self.issued = self._happened(password.issued_at)
        self.first_login = self._happened(password.first_login_at)
        self.changed = self._happened(password.changed_at)
        self.notified = self._happened(incident.coordinator_notified_on)
        self.informed = self._happened(incident.operations_informed_on)
        self.investigated = self._happened(incident.investigated_on)
        self.outlived_separation = is_after(at, separated) and (
            active or (deactivated and is_after(gone, separated))
        )
        self.outlived_need = is_after(at, ended) and (
            active or (deactivated and is_after(gone, ended))
        )
        self.without_need = active and self.business_need is False and ended is None
        self.outlived = self.outlived_separation or self.outlived_need or self.without_need
        self.closed = (
            deactivated
            and self.notified is not None
            and (self.informed is not None or not self.informs)
            and self.investigated is not None
        )

    @property
    def moment(self) -> str:
        """The moment as it stands in JSON, which many findings tell."""
        if self._moment is None:
            self._moment = self.at.isoformat()
        return self._moment

    def _happened(self, value: Any) -> Any:
        """Return a date, perhaps with a time, or None where it lies ahead."""
        return None if value is None or is_after(value, self.at) else value

    @property
    def first_end(self) -> Any:
        """The separation or the end of the need, the earlier one; of one day, what has a time."""
        separated, ended = self.separated, self.need_ended
        if separated is None or ended is None:
            return ended if separated is None else separated
        order = compare(ended, separated, ZONE)
        return ended if order < 0 or (order == 0 and isinstance(ended, datetime)) else separated

    @property
    def informs(self) -> bool:
        """Whether the Operations Unit has to be informed: it coordinates for some organizations."""
        return self.organization not in {"community_based_organization", "other"}
