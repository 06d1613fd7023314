# SPDX-License-Identifier: MIT
"""What is said of the steps of an incident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.twins.account.rules import NOTE, VIOLATION, outliving, rule_of
from benchmarks.twins.account.standing import Standing, is_after
from benchmarks.twins.parts import Broken, in_text, iso

NOTIFY: Final = "Notify the coordinator that the account outlived the separation or the need."


INFORM: Final = "Inform the CalJOBS Operations Unit of the incident."


INVESTIGATE: Final = "Investigate whether confidential or sensitive data was accessed."


_ORDER: Final = rule_of(
    "incident-in-order",
    NOTE,
    "deactivate-7",
    "The steps of the incident were not taken in the order that the directive gives.",
    None,
    ("incident-order",),
)


def in_order(s: Standing) -> Broken:
    """Say that the steps were taken in another order, with those that came too early."""
    because = {
        "account.incident.operations_informed_on": iso(s.informed),
        "account.incident.coordinator_notified_on": iso(s.notified),
        "account.incident.investigated_on": iso(s.investigated),
        "account.status": s.account.status,
        "account.deactivated_on": iso(s.deactivated_on),
        "at": s.moment,
        "account.separated_on": iso(s.separated),
        "account.need_ended_on": iso(s.need_ended),
        "account.staff.business_need": s.business_need,
    }
    wrong = []
    if is_after(s.notified, s.informed):
        wrong.append("incident.operations_informed_on")
    if is_after(s.notified, s.investigated) or is_after(s.informed, s.investigated):
        wrong.append("incident.investigated_on")
    if s.deactivated:
        late = []
        if is_after(s.notified, s.deactivated_on):
            late.append("deactivated_on")
        if is_after(s.deactivated_on, s.informed):
            late.append("incident.operations_informed_on")
        if is_after(s.deactivated_on, s.investigated):
            late.append("incident.investigated_on")
        wrong += ["status", *late] if late else []
    return Broken(_ORDER, because, tuple(dict.fromkeys(wrong)))


def step_to_come(
    name: str, key: str, clause: str, said: str, remedy: str
) -> Callable[[Standing], Broken]:
    """Return what says that a step is dated on a day to come."""
    rule = rule_of(name, NOTE, clause, "", remedy, ("done-before",))
    begin, end = said.split("DAY")
    field = f"incident.{key}"

    def broken(s: Standing) -> Broken:
        stated = getattr(s.account.incident, key)
        because = {f"account.incident.{key}": iso(stated), **outliving(s)}
        return Broken(rule, because, (field,), f"{begin}{in_text(stated)}{end}")

    return broken


def undone(name: str, clause: str, what: str, key: str, *readings: str) -> Callable[..., Broken]:
    """Return what says that a step was not taken."""
    rule = rule_of(f"duties/{name}", VIOLATION, clause, f"Not done: {what}", None, readings)
    fact = f"account.{key}"

    def broken(s: Standing) -> Broken:
        because = {fact: s.account.status if key == "status" else None, **outliving(s)}
        if name == "incident-inform":
            because["account.organization"] = s.organization
        return Broken(rule, because, (key,))

    return broken
