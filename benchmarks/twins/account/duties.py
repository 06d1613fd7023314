# SPDX-License-Identifier: MIT
"""What somebody has to do about an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from benchmarks.twins.account.checks import is_expired, revocation_is_near
from benchmarks.twins.account.incidents import INFORM, INVESTIGATE, NOTIFY
from benchmarks.twins.account.standing import Standing
from benchmarks.twins.parts import Due, Duty

COORDINATORS: Final = {
    "local_area": "mis_administrator",
    "wsb_field_division": "wsb_spoc",
    "community_based_organization": "operations_unit",
    "other": "operations_unit",
}


def duties_of(s: Standing, due: Iterable[Due]) -> list[Duty]:
    """Return the duties that arise."""
    coordinator = COORDINATORS[s.organization]
    found = []
    if s.active and revocation_is_near(s):
        ends = [one.due for one in due if one.name == "account_must_be_revoked"]
        found.append(_REVOKE._replace(to=coordinator, due=ends[0]))
    if s.outlived:
        if s.notified is None:
            found.append(_NOTIFY._replace(to=coordinator))
        if not s.deactivated:
            found.append(_DEACTIVATE._replace(who=coordinator))
        if s.informed is None and s.informs:
            found.append(_INFORM._replace(who=coordinator))
        if s.investigated is None:
            found.append(_INVESTIGATE)
    if s.active and s.issued is not None and is_expired(s) and not (s.first_login or s.changed):
        found.append(_RESET._replace(to=coordinator))
    if s.active and s.first_login is not None and s.changed is None:
        found.append(_SET_A_PASSWORD)
    return found


_REVOKE: Final = Duty(
    "duties/account-update-or-revoke",
    "Have the access updated or revoked, for the separation or the end of the business need.",
    "WSD24-12/manager-3",
    (),
    who="requestor",
)


_NOTIFY: Final = Duty(
    "duties/incident-notify",
    NOTIFY,
    "WSD24-12/deactivate-5",
    ("promptness-words", "late-order"),
    who="requestor",
    promptness="immediately",
)


_DEACTIVATE: Final = Duty(
    "duties/incident-deactivate",
    "Deactivate the account.",
    "WSD24-12/deactivate-6",
    ("promptness-words", "status-first", "late-order"),
    promptness="as soon as possible",
)


_INFORM: Final = Duty(
    "duties/incident-inform",
    INFORM,
    "WSD24-12/deactivate-7",
    ("late-order",),
    to="operations_unit",
)


_INVESTIGATE: Final = Duty(
    "duties/incident-investigate",
    INVESTIGATE,
    "WSD24-12/deactivate-8",
    ("late-order",),
    who="operations_unit",
)


_RESET: Final = Duty(
    "duties/request-a-reset",
    "Submit a reset request; the temporary password expired before it was used.",
    "WSD24-12/create-7",
    ("temporary-password-unused",),
    who="requestor",
)


_SET_A_PASSWORD: Final = Duty(
    "duties/set-a-password",
    "Set a new password.",
    "WSD24-12/create-8",
    ("temporary-password-unused",),
    who="staff",
    promptness="at once",
)
