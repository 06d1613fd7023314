# SPDX-License-Identifier: MIT
"""The reasoning behind a decision: each check that was looked at, down to the facts and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from caljobs_policy.analysis.explaining.asking import QuestionToAsk, questions_to_ask
from caljobs_policy.analysis.explaining.branches import Branch, Branches
from caljobs_policy.analysis.explaining.deciding import deciding
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.decisions.reasons import Finding
from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.mappings import frozen_plain
from caljobs_policy.plain.written import When, Written, key, written_all
from caljobs_policy.policy.conditions import ALWAYS
from caljobs_policy.policy.outcome import Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check


@frozen
class ClauseCited(Written):
    """A clause that a check rests on, with its text."""

    id: str
    document: str
    at: str
    """The section that it stands in."""
    says: str


@frozen
class ReadingTaken(Written):
    """How a passage is read that can be read in several ways."""

    id: str
    question: str
    answer: str


@frozen
class ChangeMade(Written):
    """What a profile changes of what one above it says."""

    what: str
    was: str
    now: str
    authority: tuple[str, ...]
    reason: str


@frozen
class NumberUsed(Written):
    """A number of the policy that a check counts with."""

    name: str
    title: str
    value: str
    edition: str
    place: Place
    replaces: str | None = field(metadata=key(when=When.GIVEN))
    """The number of a profile above that it replaces."""
    changes: tuple[ChangeMade, ...] = field(metadata=key(when=When.GIVEN))


@frozen
class CheckLookedAt(Written):
    """A check that was looked at, what came of it, and why."""

    rule: str
    result: Result
    outcome: Outcome
    """What it contributes where it is not met."""
    decides: bool
    """Whether the decision rests on it."""
    message: str
    remedy: str | None
    clauses: tuple[ClauseCited, ...]
    edition: str
    place: Place
    replaces: str | None = field(metadata=key(when=When.GIVEN))
    """The rule of a profile above that it replaces."""
    changes: tuple[ChangeMade, ...] = field(metadata=key(when=When.GIVEN))
    """What the profile changes of that rule."""
    numbers: tuple[NumberUsed, ...]
    readings: tuple[ReadingTaken, ...]
    because: Mapping[str, Any] = field(converter=frozen_plain)
    """The facts that it reads, by name; personal data is withheld."""
    needs: tuple[str, ...] = field(metadata=key(when=When.GIVEN))
    applies: Branch | None
    """When it applies, as a tree; None if always."""
    requires: Branch
    """What it requires, as a tree."""


@frozen(eq=False)
class Reasoning:
    """The reasoning behind a decision."""

    decision: Decision
    checks: tuple[CheckLookedAt, ...]
    """Each check that was looked at; out of scope, no more than what puts the subject there."""
    ask: tuple[QuestionToAsk, ...]
    """What to ask where the outcome cannot be told: first what is likeliest to settle it."""

    def to_dict(self) -> dict[str, Any]:
        """Return the decision in the form of the JSON answer, with its checks."""
        return {
            **self.decision.to_dict(),
            "checks": written_all(CheckLookedAt, self.checks),
            "ask": written_all(QuestionToAsk, self.ask),
        }


def explain(decision: Decision) -> Reasoning:
    """Return the reasoning behind a decision: each check that was looked at, and why it came so.

    Raises a `TypeError` if it is no decision.
    """
    if not isinstance(decision, Decision):
        raise wrong("decision", "a Decision, as `evaluate` returns one", decision)
    explained = Explanation(decision)
    return Reasoning(decision, tuple(_checks(decision, explained)), questions_to_ask(decision))


def _checks(decision: Decision, explained: Explanation) -> Iterator[CheckLookedAt]:
    if explained.plan is None:
        return
    branches, decided = Branches(explained), deciding(decision, explained)
    for number, finding in explained.looked_at.items():
        check = explained.plan.checks[number]
        yield _looked_at(explained.policy, check, finding, branches, decides=number in decided)


def _looked_at(
    policy: Policy, check: Check, finding: Finding, branches: Branches, *, decides: bool
) -> CheckLookedAt:
    return CheckLookedAt(
        finding.rule,
        finding.result,
        finding.outcome,
        decides,
        finding.message,
        finding.remedy,
        tuple(_cited(policy, finding.clauses)),
        finding.edition,
        finding.place,
        finding.replaces,
        tuple(_changes(policy, finding.replaces)),
        tuple(_numbers(policy, check)),
        tuple(_readings(policy, finding.readings)),
        finding.because,
        finding.needs,
        None if check.when == ALWAYS else branches.of(check.when),
        branches.of(check.require),
    )


def _cited(policy: Policy, names: Iterable[str]) -> Iterator[ClauseCited]:
    for name in names:
        clause = policy.clauses.get(name)
        if clause is None:
            yield ClauseCited(name, name.partition("/")[0], "", "")
        else:
            yield ClauseCited(name, clause.document, clause.at, clause.says)


def _readings(policy: Policy, names: Iterable[str]) -> Iterator[ReadingTaken]:
    found = (policy.readings[name] for name in names if name in policy.readings)
    return (ReadingTaken(one.id, one.question, one.answer) for one in found)


def _changes(policy: Policy, replaced: str | None) -> Iterator[ChangeMade]:
    for one in policy.overrides if replaced else ():
        if one.origin.replaces == replaced:
            yield ChangeMade(one.what, one.was, one.now, one.authority, one.reason)


def _numbers(policy: Policy, check: Check) -> Iterator[NumberUsed]:
    """Yield the numbers of a check, which are the very objects that the policy lists."""
    used = {id(test.operator.counted) for test in check.tests}
    for name, one in policy.parameters.items():
        if id(one.value) in used:
            origin = one.origin
            changes = tuple(_changes(policy, origin.replaces))
            where = (origin.edition, origin.place, origin.replaces)
            yield NumberUsed(name, one.title, str(one.value), *where, changes)
