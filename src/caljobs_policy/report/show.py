# SPDX-License-Identifier: MIT
"""A policy in force as a page for people, each entry with its origin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from caljobs_policy.policy.policy import ListedWord, Policy
from caljobs_policy.report.layout import entry, read_by, section, upper
from caljobs_policy.report.plan_text import PlanText

_TABLES: Final = {
    "organizations": "Organizations",
    "roles": "Roles",
    "forms": "Forms",
    "statements": "Statements",
    "employers": "Employers",
    "privilege_groups": "Privilege groups",
    "privileges": "Privileges",
    "work_duties": "Work duties",
    "employment_statuses": "Changes of employment status",
    "designations": "Designations",
    "request_types": "Types of request",
    "record_types": "Types of record",
    "record_items": "Items of data",
    "contacts": "Contacts",
    "note_kinds": "Kinds of case note",
    "follow_up_kinds": "Kinds of follow-up",
    "account_statuses": "Statuses of an account",
}


def policy_text(policy: Policy, *, keys: bool = False) -> RenderableType:
    """Return a policy for the terminal; `keys` adds the keys that cases and profiles use."""
    return Group(*_parts(policy, keys))


def _parts(policy: Policy, keys: bool) -> Iterator[RenderableType]:
    yield Text(f"{policy.title} on {policy.day}", style="bold")
    yield Text(f"In force: {', '.join(policy.editions)}")
    yield Text(policy.digest, style="dim")
    for table, heading in _TABLES.items():
        terms = policy.words.get(table, {}).values()
        yield from section(heading, (_term(policy, table, term, keys) for term in terms))
    yield from section("Numbers", _parameters(policy, keys))
    yield from section("Facts that it declares", _facts(policy, keys))
    yield from section("Not counted as business days", _closed_days(policy))
    for plan in policy.plans.values():
        yield from PlanText(policy, plan, keys=keys).parts()
    yield from section("Differences from the profile above", _differences(policy, keys))
    guides = ((g.say, (), g.clauses, g.origin) for g in policy.guides)
    yield from section("Shown, not enforced", (entry(*guide) for guide in guides))
    yield from section("How open questions are read", _readings(policy))


def _key(key: str, keys: bool) -> str:
    return f" [{key}]" if keys else ""


def _term(policy: Policy, table: str, term: ListedWord, keys: bool) -> RenderableType:
    counted = " and ".join(policy.title_of(table, word) for word in term.counts_as)
    more = (
        f"counts as {counted}" if counted else "",
        f"stands for {' and '.join(term.stands_for)}" if term.stands_for else "",
        *term.email,
        term.phone or "",
    )
    return entry(f"{upper(term.title)}{_key(term.key, keys)}", more, term.clauses, term.origin)


def _parameters(policy: Policy, keys: bool) -> Iterator[RenderableType]:
    for parameter in policy.parameters.values():
        head = f"{parameter.value}: {parameter.title}{_key(parameter.name, keys)}"
        yield entry(head, (read_by(parameter.readings),), parameter.clauses, parameter.origin)


def _facts(policy: Policy, keys: bool) -> Iterator[RenderableType]:
    for fact in policy.facts.values():
        left_out = "if left out, it has not happened" if fact.holds.optional else ""
        head = f"{upper(fact.title)}: {fact.kind.value}{_key(fact.path, keys)}"
        yield entry(head, (left_out,), (), None)


def _closed_days(policy: Policy) -> Iterator[Text]:
    """Return each closed day once, even if it is written in several ways."""
    closed = policy.calendar.closed if policy.calendar is not None else ()
    lines = (
        f"• {upper(day.title)}: {day.written}{f'; moves from {day.moving}' if day.moving else ''}"
        for day in closed
    )
    return map(Text, dict.fromkeys(lines))


def _differences(policy: Policy, keys: bool) -> Iterator[RenderableType]:
    for difference in policy.differences:
        direction = f" ({difference.direction})" if difference.direction else ""
        more = (f"reason: {difference.reason}" if difference.reason else "",)
        stated = difference.stated if keys else difference.in_words or difference.stated
        head = f"{upper(stated)}{direction}"
        yield entry(head, more, difference.authority, difference.origin)


def _readings(policy: Policy) -> Iterator[Text]:
    for reading in policy.readings.values():
        text = Text(f"• {reading.id}: {reading.question}")
        text.append(f"\n  {reading.answer}", style="dim")
        if reading.others:
            text.append(f"\n  also possible: {', '.join(reading.others)}", style="dim")
        if reading.chosen:
            text.append(f"\n  chosen here: {reading.chosen}", style="yellow")
        yield text
