# SPDX-License-Identifier: MIT
"""How a decision differs from what a worked case expects of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from attrs import frozen

from caljobs_policy.cases.expectation import (
    Expectation,
    Expected,
    ExpectedDuty,
    ExpectedFinding,
    ExpectedRoute,
    Names,
)
from caljobs_policy.dates.durations import in_zone
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import DutyArisen, Finding
from caljobs_policy.errors.privacy import WITHHELD
from caljobs_policy.policy.outcome import FOUND_RESULTS, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.syntax.declaration import annotation, declared

_FREE: Final = frozenset(
    key
    for cls in (ExpectedRoute, ExpectedDuty)
    for key, field in declared(cls).items()
    if annotation(field.type) in {Names(nullable=True), Names(several=True)}
)
"""The keys of a route or a duty whose values are not words of the policy."""


@frozen
class Mismatch:
    """One thing in which a decision is not as expected, in a sentence."""

    said: str
    clauses: tuple[str, ...] = ()
    """The clauses that it is about."""

    def __str__(self) -> str:
        return self.said


def differences(expected: Expectation, decision: Decision) -> tuple[Mismatch, ...]:
    """Return every difference; none where the expectation holds."""
    return (
        *_outcome(expected, decision),
        *_clauses(expected, decision),
        *_findings(expected, decision),
        *_needs(expected, decision),
        *_route(expected, decision),
        *_deadlines(expected, decision),
        *_duties(expected, decision),
        *_approvals(expected, decision),
    )


def _outcome(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    if expected.outcome not in {None, decision.outcome.value}:
        said = f"outcome: expected {expected.outcome}, got {decision.outcome.value}"
        yield Mismatch(said, deciding_clauses(decision))


def deciding_clauses(decision: Decision) -> tuple[str, ...]:
    """Return the clauses of the findings that lead to the outcome of a decision."""
    deciding = (one for one in decision.findings if one.outcome is decision.outcome)
    return tuple(dict.fromkeys(clause for one in deciding for clause in one.clauses))


def _clauses(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    if expected.clauses or expected.not_clauses:
        unmet = _cited(decision, Result.NOT_MET)
        yield from _uncited("clauses", expected.clauses, "those not met", unmet)
        for clause in expected.not_clauses:
            if clause in unmet:
                said = f"not_clauses: {clause} is not met, by {_list(unmet[clause])}"
                yield Mismatch(said, (clause,))
    if expected.pending:
        pending = _cited(decision, Result.PENDING)
        yield from _uncited("pending", expected.pending, "those pending", pending)


def _cited(decision: Decision, result: Result) -> Mapping[str, list[str]]:
    """Return the rules with a result by the clauses that they cite, in order."""
    found = [finding for finding in decision.findings if finding.result is result]
    clauses = sorted({clause for finding in found for clause in finding.clauses})
    return {clause: [f.rule for f in found if clause in f.clauses] for clause in clauses}


def _uncited(
    key: str, named: Iterable[str], among: str, cited: Collection[str]
) -> Iterator[Mismatch]:
    for clause in named:
        if clause not in cited:
            yield Mismatch(f"{key}: {clause} is not among {among}: {_list(cited)}", (clause,))


def _findings(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    if not expected.findings and not expected.not_findings:
        return
    found = [one for one in decision.findings if one.result in FOUND_RESULTS]
    for finding in expected.findings:
        if not any(_is_found(finding, one, decision.policy) for one in found):
            rules = _list(one.rule for one in found)
            said = f"findings: {_named(finding)} was not found; what was: {rules}"
            yield Mismatch(said, finding.clauses)
    for finding in expected.not_findings:
        for one in found:
            if _is_found(finding, one, decision.policy):
                yield Mismatch(f"not_findings: {_named(finding)} was found", one.clauses)
                break


def _is_found(finding: ExpectedFinding, found: Finding, policy: Policy) -> bool:
    return _has(finding, found, policy) and set(finding.clauses) <= set(found.clauses)


def _needs(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    if expected.needs is not None and set(expected.needs) != set(decision.needs):
        yield Mismatch(f"needs: expected {_list(expected.needs)}, got {_list(decision.needs)}")


def _route(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    named = expected.route.named
    found = decision.route.to_dict() if named and decision.route else {}
    for key, value in named.items():
        if not agrees(found.get(key), value, decision.policy):
            said = f"route.{key}: expected {_repeated(key, value)}, got {_said(found.get(key))}"
            yield Mismatch(said, decision.route.clauses if decision.route else ())


def _deadlines(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    listed = {d.name: d for d in decision.deadlines} if expected.deadlines else {}
    for name, deadline in expected.deadlines.items():
        found, key = listed.get(name), f"deadlines.{name}"
        due = found.due if found else None
        wanted = _placed(deadline.due if deadline else None, decision.policy)
        if deadline is not None and wanted is None and found is None:
            yield Mismatch(f"{key}: expected to be listed, got none", deadline.clauses)
        elif (deadline is None or wanted) and not agrees(due, wanted, decision.policy):
            clauses = found.clauses if found else ()
            yield Mismatch(f"{key}: expected {_said(wanted)}, got {_said(due)}", clauses)
        if deadline and found:
            yield from _uncited(key, deadline.clauses, "its clauses", found.clauses)


def _duties(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    arisen = decision.duties if expected.duties or expected.not_duties else ()
    for duty in expected.duties:
        if not any(fits(duty, found, decision.policy) for found in arisen):
            clauses = [clause for found in arisen for clause in found.clauses]
            said = f"duties: {_named(duty)} did not arise; what did: {_list(clauses)}"
            yield Mismatch(said, duty.clauses)
    for duty in expected.not_duties:
        if any(fits(duty, found, decision.policy) for found in arisen):
            yield Mismatch(f"not_duties: {_named(duty)} arose", duty.clauses)


def _approvals(expected: Expectation, decision: Decision) -> Iterator[Mismatch]:
    sought = {a.role: a for a in decision.approvals} if expected.approvals else {}
    for role, given in expected.approvals.items():
        found = sought.get(role)
        got = found.given if found else None
        if got is not given:
            said = f"approvals.{role}: expected {_said(given)}, got {_said(got)}"
            yield Mismatch(said, found.clauses if found else ())


def _placed(due: Any, policy: Policy) -> Any:
    """Return a due time with its offset; one without is local to the policy."""
    return in_zone(due, policy.zone) if isinstance(due, datetime) else due


def agrees(got: Any, value: Any, policy: Policy) -> bool:
    """Return whether what is there is as expected; lists may stand in any order."""
    if isinstance(value, tuple):
        return sorted(value) == sorted(got or ())
    if isinstance(value, datetime) and isinstance(got, datetime):
        # Two zones never agree on an hour that the clocks repeat, but in UTC.
        return in_zone(value, policy.zone).astimezone(UTC) == got.astimezone(UTC)
    return isinstance(got, type(value)) and bool(got == value)


def fits(duty: ExpectedDuty, found: DutyArisen, policy: Policy) -> bool:
    """Return whether a duty that arose is as expected in all that is named of it."""
    return _has(duty, found, policy) and set(duty.clauses) <= set(found.clauses)


def _has(expected: Expected, found: Finding | DutyArisen, policy: Policy) -> bool:
    """Return whether something has all that is named of it besides its clauses."""
    besides = _besides(expected)
    return all(agrees(getattr(found, key), value, policy) for key, value in besides)


def _named(expected: ExpectedFinding | ExpectedDuty) -> str:
    more = [f"{key} {_repeated(key, value)}" for key, value in _besides(expected)]
    return ", ".join([*expected.clauses, *more])


def _besides(expected: Expected) -> list[tuple[str, Any]]:
    """Return what is named of a finding or a duty besides its clauses."""
    return [(key, value) for key, value in expected.named.items() if key != "clauses"]


def _repeated(key: str, value: Any) -> str:
    """Return an expected value as it may be shown: a free text may name somebody."""
    return WITHHELD if key in _FREE and value is not None else _said(value)


def _list(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words)) or "none"


def _said(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return _list(value) if isinstance(value, tuple | list) else str(value)
