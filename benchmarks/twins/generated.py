# SPDX-License-Identifier: MIT
"""The rules of the generated profiles, as one would write them by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from benchmarks.generated import LONGEST, REMEDY, message_of, rule_id, rules_of
from benchmarks.twins.account.standing import is_after
from benchmarks.twins.parts import iso
from caljobs_policy import Account
from caljobs_policy.decisions.reasons import Finding
from caljobs_policy.policy.outcome import Outcome, Result

_LISTED: Final = frozenset(f"employer_{number}" for number in range(5))
_HARMLESS: Final = frozenset({"view", "edit", "report"})
NAMES: Final = tuple(rule.name for rule in rules_of(0))


class Area:
    """The rules of an area."""

    def __init__(self, number: int) -> None:
        fifth = number % 5
        self.number = number
        self.excluded = f"employer_{5 + fifth}"
        self.trained_within = 300 + number
        self.fresh_after = 1 + fifth
        self.oldest = 10 + fifth
        self.created_within = 3_000 + number
        self.maintained_within = 365 + number
        self.maintained_after = 5 + fifth
        self.ids = tuple(rule_id(number, name) for name in NAMES)

    def broken_by(self, a: Any, day: date) -> list[str]:  # one rule each
        """Return the rules that an account does not keep."""
        found = []
        ids, staff = self.ids, a.staff
        employer, privileges = staff.employer, staff.privileges or ()
        trained, created, maintained = (
            None if stated is None or stated > day else stated
            for stated in (staff.training_completed_on, a.created_on, a.last_maintenance_on)
        )
        since_training = None if trained is None else (day - trained).days
        since_creation = None if created is None else (day - created).days
        since_maintenance = None if maintained is None else (day - maintained).days
        if a.shared is True:
            found.append(ids[0])
        if a.automation_used is True:
            found.append(ids[1])
        if a.personal_device_used is True:
            found.append(ids[2])
        if a.manager_can_view_credentials is True:
            found.append(ids[3])
        if staff.business_need is not True:
            found.append(ids[4])
        if a.administers is not False and a.has_separate_admin_account is not True:
            found.append(ids[5])
        if a.status != "active":
            found.append(ids[6])
        if employer not in _LISTED:
            found.append(ids[7])
        if employer == self.excluded:
            found.append(ids[8])
        if not _HARMLESS.issuperset(privileges):
            found.append(ids[9])
        if "delete" in privileges:
            found.append(ids[10])
        if "approve" in privileges:
            found.append(ids[11])
        if "view" not in privileges:
            found.append(ids[12])
        if since_training is None or since_training > self.trained_within:
            found.append(ids[13])
        if since_training is None or since_training <= self.fresh_after:
            found.append(ids[14])
        if since_creation is None or since_creation < self.oldest:
            found.append(ids[15])
        if since_creation is None or since_creation > self.created_within:
            found.append(ids[16])
        if since_maintenance is None or since_maintenance > self.maintained_within:
            found.append(ids[17])
        if is_after(created, maintained):
            found.append(ids[18])
        if is_after(created, trained):
            found.append(ids[19])
        if (
            since_maintenance is None
            or since_creation is None
            or since_creation - since_maintenance < self.maintained_after
        ):
            found.append(ids[20])
        if employer == "employer_9" and a.shared is True:
            found.append(ids[21])
        if "report" not in privileges and a.status != "deactivated":
            found.append(ids[22])
        if not (a.username or "").startswith("s"):
            found.append(ids[23])
        if employer == "employer_8":
            found.append(ids[24])
        return found


class GeneratedByHand:
    """The rules of a profile with areas, or of one whose rules are about every account."""

    def __init__(self, areas: Iterable[int], *, has_areas: bool, in_windows: bool = False) -> None:
        self.areas = {f"area_{number}": Area(number) for number in areas}
        self.has_areas, self.in_windows = has_areas, in_windows
        self.rules = {
            area.ids[position]: (rule.facts, rule.fields, message_of(area.number, rule.name))
            for area in self.areas.values()
            for position, rule in enumerate(rules_of(area.number))
        }

    def verdict(self, account: Account, at: datetime) -> tuple[str, ...]:
        """Return the rules that an account does not keep."""
        stated: Any = account
        if self.has_areas:
            area = self.areas.get(stated.organization)
            return () if area is None else tuple(area.broken_by(stated, at.date()))
        found: list[str] = []
        since_creation = (at.date() - stated.created_on).days
        for area in self.areas.values():
            if self.in_windows and since_creation <= LONGEST + area.number:
                continue
            found += area.broken_by(stated, at.date())
        return tuple(found)

    def findings(self, account: Account, at: datetime) -> tuple[Finding, ...]:
        """Return what is wrong."""
        return tuple([self._finding(rule, account, at) for rule in self.verdict(account, at)])

    def _finding(self, rule: str, account: Account, at: datetime) -> Finding:
        facts, fields, message = self.rules[rule]
        because = {fact: _stated(account, at, fact) for fact in facts}
        if self.has_areas:
            because["account.organization"] = account.organization
        return Finding(
            rule=rule,
            result=Result.NOT_MET,
            outcome=Outcome.VIOLATION,
            clauses=("GEN-1/a",),
            edition="generated@2025-01-01",
            message=message,
            remedy=REMEDY,
            readings=(),
            because=because,
            fields=fields,
        )


def _stated(account: Any, at: datetime, fact: str) -> Any:
    if fact == "at":
        return at.isoformat()
    name = fact.removeprefix("account.")
    person = name.removeprefix("staff.")
    value = getattr(account, name) if person == name else getattr(account.staff, person)
    if isinstance(value, date):
        return iso(value)
    return list(value) if isinstance(value, tuple) else value
