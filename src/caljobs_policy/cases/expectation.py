# SPDX-License-Identifier: MIT
"""What a worked case expects of its decision, as it is written under `expect`."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, TypeAlias

from attrs import fields, frozen

from caljobs_policy.cases.case_hooks import CasePart
from caljobs_policy.dates.durations import Moment
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.outcome import FOUND_RESULTS, Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import ANYONE, DEADLINES, PARTIES
from caljobs_policy.subjects.facts import model_facts
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.unknown import UNKNOWN, Unknown


@frozen
class Names:
    """What a field takes: words of a policy, with what messages call one of them, or any text."""

    what: str = ""
    also: tuple[str, ...] = ()
    """More words that may be named; as a key, only if null stands under it."""
    several: bool = False
    nullable: bool = False


Clauses: TypeAlias = Annotated[tuple[str, ...], Names("clause", several=True)]
Rule: TypeAlias = Annotated[str, Names("rule")]
Contribution: TypeAlias = Annotated[str, Names("outcome", (str(Outcome.NOTE),))]
Result: TypeAlias = Annotated[str, Names("result")]
Facts: TypeAlias = Annotated[tuple[str, ...], Names("fact", several=True)]
Role: TypeAlias = Annotated[str | None, Names("role", (ANYONE,), nullable=True)]
Roles: TypeAlias = Annotated[tuple[str, ...], Names("role", (ANYONE,), several=True)]
Party: TypeAlias = Annotated[str | None, Names("role", PARTIES, nullable=True)]
Parties: TypeAlias = Annotated[tuple[str, ...], Names("role", PARTIES, several=True)]
Text: TypeAlias = Annotated[str | None, Names(nullable=True)]
Texts: TypeAlias = Annotated[tuple[str, ...], Names(several=True)]
Due: TypeAlias = Annotated[Moment, Holds(Kind.DAY_OR_TIME, "when it is due", nullable=False)]
DueIfEver: TypeAlias = Annotated[Moment | None, Holds(Kind.DAY_OR_TIME, "when it is due")]
DeadlineName: TypeAlias = Annotated[str, Names("deadline", DEADLINES)]
"""A shipped name may also be one that the policy does not have, to say that it is not listed."""


@frozen
class Expected(CasePart):
    """What is expected of a part of a decision; what is not named is not compared."""

    @property
    def named(self) -> Mapping[str, Any]:
        """The values that are named, by their keys; null says that there is none."""
        values = {field.name: getattr(self, field.name) for field in fields(type(self))}
        return {key: value for key, value in values.items() if value is not UNKNOWN}


@frozen
class ExpectedRoute(Expected):
    """Who requests and coordinates, and where the request goes."""

    noun: ClassVar = "a route"
    requestors: Roles | Unknown = UNKNOWN
    coordinator: Role | Unknown = UNKNOWN
    submit_to: Roles | Unknown = UNKNOWN
    send_to: Texts | Unknown = UNKNOWN
    cc: Roles | Unknown = UNKNOWN
    subject: Text | Unknown = UNKNOWN
    clauses: Clauses | Unknown = UNKNOWN


@frozen
class ExpectedDuty(Expected):
    """A duty that has to arise, or must not: one with all these clauses and values."""

    noun: ClassVar = "a duty"
    shorthand: ClassVar = "clauses"
    empty: ClassVar = "the duty is empty"
    clauses: Clauses = ()
    who: Party | Unknown = UNKNOWN
    what: Text | Unknown = UNKNOWN
    to: Party | Unknown = UNKNOWN
    cc: Parties | Unknown = UNKNOWN
    promptness: Text | Unknown = UNKNOWN
    due: DueIfEver | Unknown = UNKNOWN


@frozen
class ExpectedDeadline(Expected):
    """A deadline that has to be listed: with these clauses, and due then if that is named."""

    noun: ClassVar = "a deadline"
    shorthand: ClassVar = "due"
    empty: ClassVar = "the deadline is empty"
    due: Due | None = None
    clauses: Clauses = ()


@frozen(kw_only=True)
class ExpectedFinding(Expected):
    """A finding that is not met or pending: with all these clauses, and with these values."""

    noun: ClassVar = "a finding"
    shorthand: ClassVar = "rule"
    empty: ClassVar = "the finding is empty"
    rule: Rule | Unknown = UNKNOWN
    outcome: Contribution | Unknown = UNKNOWN
    result: Result | Unknown = UNKNOWN
    clauses: Clauses = ()


@frozen(kw_only=True)
class Expectation(Expected):
    """What a case expects."""

    noun: ClassVar = "an expectation"
    empty: ClassVar = "nothing is expected"
    outcome: Annotated[str | None, Names("outcome")] = None
    clauses: Clauses = ()
    """Each is among the clauses of the findings that are not met."""
    not_clauses: Clauses = ()
    pending: Clauses = ()
    findings: tuple[ExpectedFinding, ...] = ()
    not_findings: tuple[ExpectedFinding, ...] = ()
    needs: Facts | None = None
    route: ExpectedRoute = ExpectedRoute()
    deadlines: Mapping[DeadlineName, ExpectedDeadline | None] = FrozenDict()
    """None stands for one that must not be listed."""
    duties: tuple[ExpectedDuty, ...] = ()
    not_duties: tuple[ExpectedDuty, ...] = ()
    approvals: Mapping[Annotated[str, Names("role")], bool] = FrozenDict()


def expected_clauses(expect: Expectation) -> Iterable[str]:
    """Yield the clauses that an expectation names as broken, pending, owed or due."""
    yield from expect.clauses
    yield from expect.pending
    if not isinstance(expect.route.clauses, Unknown):
        yield from expect.route.clauses
    for finding in expect.findings:
        yield from finding.clauses
    for duty in expect.duties:
        yield from duty.clauses
    for deadline in expect.deadlines.values():
        yield from deadline.clauses if deadline else ()


def known_words(policy: Policy | None) -> Mapping[str, Collection[str]]:
    """Return the words that an expectation may name, by what messages call one of them."""
    outcomes = [str(one) for one in Outcome if one is not Outcome.NOTE]
    known = {"outcome": outcomes, "result": sorted(map(str, FOUND_RESULTS))}
    if policy is None:
        return known
    return {
        **known,
        "rule": rules_of(policy),
        "clause": policy.clauses,
        "fact": {*_asked_for(), *policy.facts},
        "role": policy.words["roles"],
        "deadline": {rule.name for plan in policy.plans.values() for rule in plan.deadlines},
    }


def rules_of(policy: Policy) -> Collection[str]:
    """Return the names of what finds something, or could if it were written otherwise."""
    found: set[str] = set()
    for plan in policy.plans.values():
        found |= {check.id for check in plan.checks}
        found |= {duty.id for duty in plan.duties} | {rule.id for rule in plan.deadlines}
    return found


@cache
def _asked_for() -> frozenset[str]:
    """Return the facts that a decision may ask for, by their paths."""
    found = set()
    for path, fact in model_facts().items():
        below = fields_of(fact.holds.part or object) if fact.kind is Kind.STATEMENTS else ()
        found |= {path, *(f"{path}.{name}" for name in below)}
    return frozenset(found)
