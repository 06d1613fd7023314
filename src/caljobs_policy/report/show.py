# SPDX-License-Identifier: MIT
"""A policy in force as a person would want to read it, each entry with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from caljobs_policy.model.conditions import ALWAYS, Condition, Not, in_words
from caljobs_policy.model.outcome import Outcome
from caljobs_policy.model.policy import ListedWord, Policy
from caljobs_policy.model.rules import (
    ELSE,
    Check,
    DeadlineRule,
    DutyRule,
    Origin,
    Plan,
    Route,
    Template,
)

_TABLES: Final = {"organizations": "Organizations", "roles": "Roles", "forms": "Forms"}


def policy_text(policy: Policy) -> RenderableType:
    """Give a policy for the terminal."""
    return Group(*_parts(policy))


def _parts(policy: Policy) -> Iterator[RenderableType]:
    yield Text(f"{policy.title} on {policy.day}", style="bold")
    yield Text(f"In force: {', '.join(policy.editions)}")
    yield Text(policy.digest, style="dim")
    for table, heading in _TABLES.items():
        terms = policy.words.get(table, {}).values()
        yield from _section(heading, (_term(term) for term in terms))
    yield from _section("Numbers", _parameters(policy))
    yield from _section("Not counted as business days", _closed_days(policy))
    routes = next((plan.routes for plan in policy.plans.values() if plan.routes), ())
    yield from _section("Who requests, and to whom", (_route(policy, row) for row in routes))
    for plan in policy.plans.values():
        yield from _plan(policy, plan)
    yield from _section("Differences from above", _overrides(policy))
    guides = ((g.say, (), g.clauses, g.origin) for g in policy.guides)
    yield from _section("Shown, not enforced", (_entry(*guide) for guide in guides))
    yield from _section("How open questions are read", _readings(policy))


def _plan(policy: Policy, plan: Plan) -> Iterator[RenderableType]:
    """Give the rules about one sort of subject; the routing stands above, once for all."""
    yield Text(f"\n{plan.key}", style="bold underline")
    checks = [check for check in plan.checks if not check.id.startswith("routing")]
    yield from _section("Rules", (_check(check) for check in checks))
    yield from _section("Duties", (_duty(policy, duty) for duty in plan.duties))
    yield from _section("Deadlines", (_deadline(deadline) for deadline in plan.deadlines))


def _term(term: ListedWord) -> Text:
    counts = f"counts as {', '.join(term.counts_as)}" if term.counts_as else ""
    more = (counts, *term.email, term.phone or "")
    return _entry(f"{term.key}: {term.title}", more, term.clauses, term.origin)


def _parameters(policy: Policy) -> Iterator[Text]:
    for parameter in policy.parameters.values():
        head = f"{parameter.value}: {parameter.title} ({parameter.name})"
        more = (_read_by(parameter.readings),)
        yield _entry(head, more, parameter.clauses, parameter.origin)


def _closed_days(policy: Policy) -> Iterator[Text]:
    """Give each closed day once, whatever the number of ways in which it is written."""
    closed = policy.calendar.closed if policy.calendar is not None else ()
    lines = (
        f"• {day.title}: {day.written}{f'; moves from {day.moving}' if day.moving else ''}"
        for day in closed
    )
    return map(Text, dict.fromkeys(lines))


def _route(policy: Policy, route: Route) -> Text:
    requestors = " or ".join(policy.title_of("roles", role) for role in route.requestors)
    coordinator = policy.title_of("roles", route.coordinator)
    organization = policy.title_of("organizations", route.organization)
    head = f"{organization}: {requestors} → {coordinator}"
    more = (_where(route.when), _read_by(route.readings))
    return _entry(head, more, route.clauses, route.origin)


def _check(check: Check) -> Text:
    if check.exempts:
        head, end = f"{check.id}: {_plain(check.say.get(ELSE, ()))}", "then: out of scope"
    else:
        head = f"{check.id}: {check.required}"
        note = check.outcome is Outcome.NOTE
        end = f"otherwise: {'a note' if note else check.outcome.value}"
    texts = [
        f"{'says' if kind == ELSE else kind}: “{_plain(text)}”"
        for kind, text in check.say.items()
        if not check.exempts
    ]
    exempt = check.require.part if isinstance(check.require, Not) else check.require
    where = f"where {in_words(exempt)}" if check.exempts else ""
    more = (_where(check.when), where, end, *texts, _read_by(check.readings))
    return _entry(head, more, check.clauses, check.origin)


def _duty(policy: Policy, duty: DutyRule) -> Text:
    to = f" to {policy.title_of('roles', duty.to)}" if duty.to else ""
    cc = f" (cc {', '.join(policy.title_of('roles', role) for role in duty.cc)})" if duty.cc else ""
    prompt = f" [{duty.promptness}]" if duty.promptness else ""
    head = f"{policy.title_of('roles', duty.who)}{to}{cc}{prompt}: {_plain(duty.what)}"
    arises = ", ".join(sorted(outcome.value for outcome in duty.arises))
    more = (_where(duty.when), f"arises with: {arises}", _read_by(duty.readings))
    return _entry(head, more, duty.clauses, duty.origin)


def _deadline(deadline: DeadlineRule) -> Text:
    legs = [
        f"{', else '.join(fact.title for fact in leg.triggers)} + {leg.count} {_where(leg.when)}"
        for leg in deadline.legs
    ]
    last = "the earliest of these" if len(legs) > 1 else ""
    met = f"met by: {', else '.join(fact.title for fact in deadline.met_by)}"
    warning = f"near: {deadline.warning} days before" if deadline.warning is not None else ""
    more = (
        *legs,
        last,
        met if deadline.met_by else "",
        warning,
        _where(deadline.when),
        _read_by(deadline.readings),
    )
    cited = (*deadline.clauses, *(clause for leg in deadline.legs for clause in leg.clauses))
    head = f"{deadline.title} ({deadline.name})"
    return _entry(head, more, dict.fromkeys(cited), deadline.origin)


def _overrides(policy: Policy) -> Iterator[Text]:
    for override in policy.overrides:
        direction = f" ({override.direction})" if override.direction else ""
        head = f"{override.what}: {override.was} → {override.now}{direction}"
        more = (f"reason: {override.reason}" if override.reason else "",)
        yield _entry(head, more, override.authority, override.origin)


def _readings(policy: Policy) -> Iterator[Text]:
    for reading in policy.readings.values():
        text = Text(f"• {reading.id}: {reading.question}")
        text.append(f"\n  {reading.answer}", style="dim")
        if reading.others:
            text.append(f"\n  also possible: {', '.join(reading.others)}", style="dim")
        if reading.chosen:
            text.append(f"\n  chosen here: {reading.chosen}", style="yellow")
        yield text


def _entry(head: str, more: Iterable[str], clauses: Iterable[str], origin: Origin) -> Text:
    """Give an entry: its head, what more there is to say, and where it comes from."""
    text = Text(f"• {head}")
    for line in more:
        if line.strip():
            text.append(f"\n  {line.strip()}", style="dim")
    place = f"{origin.place.file}:{origin.place.line}" if origin.place.file else origin.edition
    replaced = f", replaces {origin.replaces}" if origin.replaces else ""
    cited = ", ".join(clauses)
    text.append(f"\n  {f'{cited} ' if cited else ''}({place}{replaced})", style="dim italic")
    return text


def _where(condition: Condition) -> str:
    return "" if condition == ALWAYS else f"where {in_words(condition)}"


def _read_by(readings: Iterable[str]) -> str:
    names = ", ".join(readings)
    return f"reading: {names}" if names else ""


def _plain(template: Template) -> str:
    return "".join(part if isinstance(part, str) else f"<{part.title}>" for part in template)


def _section(heading: str, lines: Iterable[RenderableType]) -> Iterator[RenderableType]:
    content = list(lines)
    if content:
        yield Text(f"\n{heading}", style="bold")
        yield from (Padding(line, (0, 0, 0, 2), expand=False) for line in content)
