# SPDX-License-Identifier: MIT
"""The plan of one sort of subject in words: rules, routes, duties, deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.conditions import NEVER, AnyOf, Not, exists
from caljobs_policy.policy.outcome import Outcome, good_outcome, outcomes_for
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import (
    ELSE,
    NEAR,
    OPEN,
    Check,
    DeadlineRule,
    DutyRule,
    Leg,
    Plan,
    Route,
    Template,
)
from caljobs_policy.policy.sentences import in_words, simplified
from caljobs_policy.policy.speech import with_article
from caljobs_policy.report.layout import (
    condition_lines,
    entry,
    in_brackets,
    in_general,
    read_by,
    section,
    source,
    upper,
)
from caljobs_policy.subjects.facts import Fact, subject_title

_KINDS: Final = {
    "missing": "if missing",
    "later": "if later",
    "earlier": "if earlier",
    "too_old": "if too old",
    "too_late": "if too late",
    OPEN: "if still open",
    ELSE: "says",
}


class PlanText:
    """What a policy says about one sort of subject; `keys` adds the keys of its entries."""

    def __init__(self, policy: Policy, plan: Plan, *, keys: bool) -> None:
        self.policy = policy
        self.plan = plan
        self.keys = keys
        self.speech = policy.speech(plan)
        self.checks: Mapping[str, Check] = {check.id: check for check in plan.checks}

    def parts(self) -> Iterator[RenderableType]:
        """Yield the heading, and a section for each sort of entry."""
        plan = self.plan
        title = subject_title(plan.key, self.policy.title_of).partition(" ")[2]
        yield Text(f"\n{upper(title)}{self._key(plan.key)}", style="bold underline")
        yield Text(f"In scope by {source(plan.scope, plan.scope_origin)}", style="dim italic")
        yield from section("Out of scope", map(self._exemption, self._sorted("exempt")))
        yield from section("Who requests, and to whom", self._routes())
        yield from section("Who coordinates", self._coordinators())
        for heading, sort in (("Papers", "papers"), ("Rules", "rules"), ("Approvals", "approvals")):
            yield from section(heading, map(self._check, self._sorted(sort)))
        yield from section("Duties", map(self._duty, plan.duties))
        yield from section("Deadlines", map(self._deadline, plan.deadlines))
        yield from section("Terms used above", self._terms())

    def _sorted(self, sort: str) -> Iterator[Check]:
        return (check for check in self.plan.checks if _sort(check) == sort)

    def _key(self, key: str) -> str:
        return f" [{key}]" if self.keys else ""

    def _exemption(self, check: Check) -> RenderableType:
        head, *more = condition_lines("Out of scope where", Not(check.require), self.speech)
        lines = (*more, *self._texts(check), read_by(check.readings))
        return entry(f"{head}{self._key(check.id)}", lines, check.clauses, check.origin)

    def _check(self, check: Check) -> RenderableType:
        required, *more = self._required(check)
        end = f"{'if so' if forbids(check) else 'if not'}: {outcome(check.outcome)}"
        lines = (
            *more,
            *condition_lines("where", check.when, self.speech),
            end,
            *self._texts(check),
            read_by(check.readings),
        )
        return entry(f"{required}{self._key(check.id)}", lines, check.clauses, check.origin)

    def _required(self, check: Check) -> Iterator[str]:
        if check.stated:
            yield f"Required: {check.stated}"
        elif isinstance(check.require, Not):
            begin = "Noted:" if check.outcome is Outcome.NOTE else "Not allowed:"
            yield from condition_lines(begin, check.require.part, self.speech)
        else:
            begin = "Expected:" if check.outcome is Outcome.NOTE else "Required:"
            yield from condition_lines(begin, check.require, self.speech)

    def _texts(self, check: Check) -> Iterator[str]:
        """Yield the text for each kind of failure, with its own clauses and readings."""
        for kind in dict.fromkeys((*check.say, *check.clauses_if, *check.readings_if)):
            text = self._plain(check.say.get(kind, ()))
            said = f" “{text}”" if text else ""
            clauses = ", ".join(check.clauses_if.get(kind, ()))
            more = (clauses and f"{clauses} too", read_by(check.readings_if.get(kind, ())))
            yield f"{_KINDS[kind]}:{said}{in_brackets(*more)}"

    def _routes(self) -> Iterator[RenderableType]:
        told: set[str] = set()
        for route in self.plan.routes:
            if simplified(route.when, self.speech) == NEVER:
                continue
            where = [*condition_lines("where", route.case, self.speech)]
            if not where and route.organization in told:
                where.append("in all other cases")
            told.add(route.organization)
            yield self._route(route, where)
        rest = self.checks.get("routing")
        if rest is not None:
            lines = (f"if not: {outcome(rest.outcome)}", read_by(rest.readings))
            head = f"Required: {in_words(rest.require, self.speech)}{self._key(rest.id)}"
            yield entry(head, lines, rest.clauses, rest.origin)

    def _coordinators(self) -> Iterator[RenderableType]:
        """Yield the coordinator of each organization, for subjects other than requests."""
        known = (route for plan in self.policy.plans.values() for route in plan.routes)
        rows = {route.id: route for route in known}
        for organization, role in self.plan.coordinators.items():
            row = rows.get(organization)
            head = (
                f"{upper(self.policy.title_of('organizations', organization))}: {self._role(role)}"
            )
            yield entry(head, (), row.clauses if row else (), row.origin if row else None)

    def _route(self, route: Route, where: Iterable[str]) -> RenderableType:
        organization = upper(self.policy.title_of("organizations", route.organization))
        requestors = " or ".join(map(self._role, route.requestors))
        head = f"{organization}: {requestors} → {self._roles(route.submit_to)}"
        lines = (
            *where,
            f"sent to: {', '.join(route.send_to)}" if route.send_to else "",
            f"copy to: {self._roles(route.cc)}" if route.cc else "",
            f"subject line: “{self._plain(route.subject)}”" if route.subject else "",
            *self._route_checks(route),
            read_by(route.readings),
            *self._counting(route),
        )
        key = self._key(f"routing/{route.organization}")
        return entry(f"{head}{key}", lines, route.clauses, route.origin)

    def _counting(self, route: Route) -> Iterator[str]:
        """Yield the readings that let further roles request."""
        known = ((role, read_by(readings)) for role, readings in route.readings_by.items())
        yield from (f"where {self._role(role)} requests: {read}" for role, read in known if read)

    def _route_checks(self, route: Route) -> Iterator[str]:
        """Yield the outcome of a request that comes from, or goes to, the wrong role."""
        number = route.id.partition("/")[2]
        end = f"/{number}" if number else ""
        checks = [
            (what, self.checks.get(f"routing/{route.organization}/{name}{end}"))
            for what, name in (("comes from", "requestor"), ("goes to", "coordinator"))
        ]
        for what, check in checks:
            if check is not None:
                more = ", ".join(c for c in check.clauses if c not in route.clauses)
                also = f" ({more} too)" if more else ""
                yield f"if it {what} anyone else: {outcome(check.outcome)}{also}"
        if not any(check for _, check in checks):
            yield "shown with the answer, but not checked"

    def _duty(self, duty: DutyRule) -> RenderableType:
        to = f" to {self._role(duty.to)}" if duty.to else ""
        cc = f" (copy to {self._roles(duty.cc)})" if duty.cc else ""
        prompt = f", {duty.promptness}" if duty.promptness else ""
        head = f"{upper(self._role(duty.who))}{to}{cc}{prompt}: {self._plain(duty.what)}"
        titles = {rule.name: rule.title for rule in self.plan.deadlines}
        check = self.checks.get(duty.id)
        lines = (
            *condition_lines("where", duty.when, self.speech),
            f"by the deadline “{titles[duty.by]}”" if duty.by in titles else "",
            self._arises(duty),
            f"while it is not done: {outcome(check.outcome)}" if check else "",
            read_by(duty.readings),
        )
        clauses = dict.fromkeys((*duty.clauses, *(check.clauses if check else ())))
        return entry(f"{head}{self._key(duty.id)}", lines, clauses, duty.origin)

    def _arises(self, duty: DutyRule) -> str:
        """Return the line that names the outcomes with which a duty arises."""
        key = self.plan.key
        if duty.arises >= {*outcomes_for(key), good_outcome(key), Outcome.CANNOT_TELL}:
            return "whatever the outcome"
        found = sorted(outcome(one) for one in duty.arises if one is not Outcome.NOTE)
        return f"with the outcome {' or '.join(found)}"

    def _deadline(self, rule: DeadlineRule) -> RenderableType:
        legs = [line for leg in rule.legs for line in self._leg(leg)]
        missed, near = self.checks.get(rule.id), self.checks.get(f"{rule.id}/{NEAR}")
        lines = [
            *legs,
            "the earliest of these" if len(rule.legs) > 1 else "",
            f"met by {self._first_of(rule.met_by)}" if rule.met_by else "",
            *self._met_when(rule),
            *condition_lines("where", rule.when, self.speech),
            "missed as soon as it is reached" if rule.reached_is_missed else "",
            *self._found(missed, "once it is missed", rule),
            *self._found(near, f"from {rule.warning} days before", rule),
            read_by(rule.readings),
        ]
        cited = (clause for check in (missed, near) if check for clause in check.clauses)
        clauses = dict.fromkeys((*rule.clauses, *cited))
        return entry(f"{rule.title}{self._key(rule.name)}", lines, clauses, rule.origin)

    def _found(self, check: Check | None, when: str, rule: DeadlineRule) -> Iterator[str]:
        if check is not None:
            more = read_by(r for r in check.readings if r not in rule.readings)
            yield f"{when}: {outcome(check.outcome)}{in_brackets(more)}"
            yield from (f"  {line}" for line in self._texts(check))

    def _leg(self, leg: Leg) -> Iterator[str]:
        text = after(leg.count, self._first_of(leg.triggers))
        where = list(condition_lines("where", leg.when, self.speech))
        more = in_brackets(", ".join(leg.clauses), read_by(leg.readings))
        yield f"{text}, {where[0]}{more}" if where else f"{text}{more}"
        yield from where[1:]

    def _met_when(self, rule: DeadlineRule) -> Iterator[str]:
        """Yield when a deadline is met, unless it is enough that one of its facts exists."""
        usual = AnyOf(tuple(exists(fact) for fact in rule.met_by))
        if rule.met_by and rule.met_when not in (usual, NEVER):
            yield from condition_lines("met where", rule.met_when, self.speech)

    def _first_of(self, facts: Iterable[Fact]) -> str:
        return " or, where there is none, ".join(with_article(self.speech.fact(f)) for f in facts)

    def _terms(self) -> Iterator[RenderableType]:
        """Yield the meaning of the terms that sentences call by their titles."""
        known = {rule.missed for rule in self.plan.deadlines}
        known |= {rule.near for rule in self.plan.deadlines}
        for condition, name in self.plan.names.items():
            if condition not in known:
                others = {c: n for c, n in self.plan.names.items() if c != condition}
                speech = self.policy.speech().with_names(others)
                head, *more = condition_lines(f"{upper(name.said)}:", condition, speech)
                yield entry(head, more, (), None)

    def _role(self, role: str) -> str:
        return self.policy.title_of("roles", role)

    def _roles(self, roles: Iterable[str]) -> str:
        return " and ".join(map(self._role, roles))

    def _plain(self, template: Template) -> str:
        return in_general(template, self.speech)


def _sort(check: Check) -> str:
    """Return the section that a check belongs in; rows of tables count as rules."""
    table = check.id.partition("/")[0]
    if check.exempts:
        return "exempt"
    known = {"routing", "papers", "approvals", "duties", "deadlines"}
    return table if table in known and (table != check.id or table == "routing") else "rules"


def forbids(check: Check) -> bool:
    """Return whether a check says what is not allowed, and not what is required."""
    return isinstance(check.require, Not) and not check.stated


def after(count: Duration, start: str) -> str:
    """Return in words the end of a duration that starts with something."""
    if count.is_none:
        return f"at {start}"
    if count.unit is Unit.QUARTERS:
        which = ("", " after that", f" {count} after that")[min(count.amount, 2)]
        return f"the end of the calendar quarter{which} of {start}"
    return f"{count} after {start}"


def outcome(value: Outcome) -> str:
    """Return an outcome as a word or two."""
    return "a note" if value is Outcome.NOTE else value.value.replace("_", " ")
