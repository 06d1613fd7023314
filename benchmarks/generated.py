# SPDX-License-Identifier: MIT
"""Profiles of 25, 250 and 2,500 rules about accounts, which the public loader reads from YAML.

The rules come in areas of 25. With areas, an account is about the rules of its own organization, or
of none; without, each rule is about every account. In windows, the rules of an area apply after a
number of days of its own since the account was created.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from attrs import frozen

from caljobs_policy import Account, Staff

EACH: Final = 25
"""How many rules an area has."""
SIZES: Final = (25, 250, 2_500)
LONGEST: Final = 5_000
"""After more days apply the rules of windows, one more in each area."""
_PROFILE: Final = """\
profile:
  jurisdiction: generated
  title: Generated
  time_zone: America/Los_Angeles
"""
_EDITION: Final = """\
edition:
  from: 2025-01-01
  title: First edition
documents:
  GEN-1: {title: Generated, issuer: Nobody}
clauses:
  GEN-1/a: {at: Section A, kind: status, says: Accounts are kept in order.}
privileges:
  view: {title: viewing}
  edit: {title: editing}
  report: {title: reporting}
  delete: {title: deleting}
  approve: {title: approving}
scope:
  account: {clauses: [GEN-1/a]}
"""
_EMPLOYERS: Final = tuple(f"employer_{number}" for number in range(10))
_DEVICES: Final = "account.personal_device_used"
_TRAINED: Final = "account.staff.training_completed_on"
_MAINTAINED: Final = "account.last_maintenance_on"
_CREATED: Final = "account.created_on"
_EMPLOYER: Final = "account.staff.employer"
_PRIVILEGES: Final = "account.staff.privileges"


class Written(NamedTuple):
    """A rule of an area: its name, its test as written in a profile, and the facts it reads."""

    name: str
    test: str
    facts: tuple[str, ...]
    fields: tuple[str, ...]
    """The fields that a finding about the generated account is about."""


def rules_of(area: int) -> tuple[Written, ...]:
    """Return the rules of an area, which differ from those of others by their numbers."""
    fifth = area % 5

    def flag(name: str, key: str) -> Written:
        return Written(name, f"forbid: {{account.{key}: true}}", (f"account.{key}",), (key,))

    def one(name: str, test: str, *facts: str) -> Written:
        return Written(name, test, facts, (facts[0].removeprefix("account."),))

    return (
        flag("shared", "shared"),
        flag("automation", "automation_used"),
        flag("device", "personal_device_used"),
        flag("credentials", "manager_can_view_credentials"),
        one(
            "need",
            "require: {account.staff.business_need: true}",
            "account.staff.business_need",
        ),
        one(
            "separate",
            "require: {any: [{account.administers: false}, "
            "{account.has_separate_admin_account: true}]}",
            "account.administers",
            "account.has_separate_admin_account",
        ),
        one("active", "require: {account.status: active}", "account.status"),
        one("listed", f"require: {{{_EMPLOYER}: [{', '.join(_EMPLOYERS[:5])}]}}", _EMPLOYER),
        one("unlisted", f"forbid: {{{_EMPLOYER}: {_EMPLOYERS[5 + fifth]}}}", _EMPLOYER),
        one("only", f"require: {{{_PRIVILEGES}: {{has_only: [view, edit, report]}}}}", _PRIVILEGES),
        one("delete", f"forbid: {{{_PRIVILEGES}: {{has: delete}}}}", _PRIVILEGES),
        one("approve", f"forbid: {{{_PRIVILEGES}: {{has: approve}}}}", _PRIVILEGES),
        one("view", f"require: {{{_PRIVILEGES}: {{has: view}}}}", _PRIVILEGES),
        one("training", _window(_TRAINED, "within", 300 + area, "at"), _TRAINED, "at"),
        one("fresh", _window(_TRAINED, "more_than", 1 + fifth, "at"), _TRAINED, "at"),
        one("age", _window(_CREATED, "at_least", 10 + fifth, "at"), _CREATED, "at"),
        one("too-old", _window(_CREATED, "within", 3_000 + area, "at"), _CREATED, "at"),
        one("maintained", _window(_MAINTAINED, "within", 365 + area, "at"), _MAINTAINED, "at"),
        one("order", f"forbid: {{{_MAINTAINED}: {{before: {_CREATED}}}}}", _MAINTAINED, _CREATED),
        one("trained-first", f"forbid: {{{_TRAINED}: {{before: {_CREATED}}}}}", _TRAINED, _CREATED),
        one(
            "later",
            f"require: {{{_MAINTAINED}: {{at_least: {5 + fifth} days, after: {_CREATED}}}}}",
            _MAINTAINED,
            _CREATED,
        ),
        one(
            "both",
            f"forbid: {{{_EMPLOYER}: employer_9, account.shared: true}}",
            _EMPLOYER,
            "account.shared",
        ),
        one(
            "report",
            f"require: {{any: [{{{_PRIVILEGES}: {{has: report}}}}, "
            "{account.status: deactivated}]}",
            _PRIVILEGES,
            "account.status",
        ),
        one("name", "require: {account.username: {starts_with: s}}", "account.username"),
        one("excluded", f"require: {{{_EMPLOYER}: {{not_in: [employer_8]}}}}", _EMPLOYER),
    )


def _window(fact: str, operator: str, days: int, other: str) -> str:
    return f"require: {{{fact}: {{{operator}: {days} days, before: {other}}}}}"


def rule_id(area: int, name: str) -> str:
    """Return the name of a rule in the profile."""
    return f"area-{area}-{name}"


def message_of(area: int, name: str) -> str:
    """Return what is said where a rule is not kept."""
    return f"Area {area} asks for another state of the account ({name})."


@contextmanager
def written(tables: str) -> Iterator[Path]:
    """Write a profile of some tables into a folder that is there for a while."""
    with TemporaryDirectory(prefix="caljobs-policy-") as name:
        edition = Path(name) / "2025-01-01"
        edition.mkdir()
        (Path(name) / "profile.yaml").write_text(_PROFILE, "utf-8")
        (edition / "edition.yaml").write_text(_EDITION, "utf-8")
        (edition / "rules.yaml").write_text(tables, "utf-8")
        yield Path(name)


REMEDY: Final = "Bring the account in order."


@frozen
class Generated:
    """A profile of so many rules; without areas, every rule is about every account."""

    rules: int
    has_areas: bool
    in_windows: bool = False

    @property
    def areas(self) -> range:
        """The numbers of its areas."""
        return range(self.rules // EACH)

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Write the profile into a folder that is there for a while."""
        with written(self.text()) as folder:
            yield folder

    def text(self) -> str:
        """Return the tables with the words and rules."""
        areas = [*self.areas, len(self.areas)]
        lines = ["employers:", *(f"  {name}: {{title: {name}}}" for name in _EMPLOYERS)]
        lines += ["organizations:", *(f"  area_{n}: {{title: Area {n}}}" for n in areas)]
        lines.append("rules:")
        for area in self.areas:
            for rule in rules_of(area):
                lines += self._rule(area, rule)
        return "\n".join(lines) + "\n"

    def _rule(self, area: int, rule: Written) -> Iterator[str]:
        yield f"  {rule_id(area, rule.name)}:"
        yield "    about: account"
        if self.has_areas:
            yield f"    when: {{account.organization: area_{area}}}"
        if self.in_windows:
            days = LONGEST + area
            yield f"    when: {{account.created_on: {{more_than: {days} days, before: at}}}}"
        yield f"    {rule.test}"
        yield f"    say: {message_of(area, rule.name)}"
        yield f"    remedy: {REMEDY}"
        yield "    clauses: [GEN-1/a]"


def account_of(area: int) -> Account:
    """Return an account of an area that breaks six of its rules, and keeps the others."""
    stated: dict[str, Any] = {
        "username": "sample-001",
        "organization": f"area_{area}",
        "status": "active",
        "created_on": date(2022, 3, 1),
        "last_maintenance_on": date(2023, 6, 1),
        "personal_device_used": False,
        "shared": True,
        "automation_used": True,
        "manager_can_view_credentials": False,
        "administers": True,
        "has_separate_admin_account": True,
    }
    staff = Staff(
        employer="employer_2",
        training_completed_on=date(2023, 2, 1),
        business_need=True,
        privileges=("view", "report", "delete"),
    )
    return Account(staff=staff, **stated)
