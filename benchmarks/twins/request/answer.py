# SPDX-License-Identifier: MIT
"""The answer about a request: its findings, what follows from them, and all of it as data."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from benchmarks.twins.parts import (
    YEAR,
    Broken,
    Due,
    Reasons,
    Twin,
    a_year_after,
    asked,
    sorted_readings,
)
from benchmarks.twins.reading import read_request
from benchmarks.twins.request.checks import TABLE_1, decision, outcome_of, verdict
from benchmarks.twins.request.findings import found_in
from caljobs_policy import Request
from caljobs_policy.decisions.reasons import DeadlineSet, DutyArisen, Finding, RouteTaken
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy

_CREDENTIALS: Final = "Give the user name and the temporary password to the staff member."


_REMINDER: Final = "Remind the staff member that user name and password are confidential."


_FIRST_LOGIN: Final = (
    "Log in before the temporary password expires, 24 hours after it was issued, "
    "and set a new password at the first login."
)


def findings(request: Request, at: datetime) -> tuple[Finding, ...]:
    """Return what is wrong."""
    rules = verdict(request, at)
    return tuple([one.finding() for one in found_in(request, rules, outcome_of(rules))])


_ROUTES: Final = {
    name: RouteTaken(
        (named,), coordinator, (coordinator,), (), (), None, (f"WSD24-12/routing-{number}",)
    )
    for name, (_, named, coordinator, number, _) in TABLE_1.items()
}


def route(request: Request, at: datetime) -> RouteTaken | None:
    """Return where the request goes."""
    is_out = outcome_of(verdict(request, at)) is Outcome.OUT_OF_SCOPE
    organization: Any = request.organization
    return None if is_out else _ROUTES[organization]


def _duties_of(coordinator: str) -> tuple[DutyArisen, ...]:
    review = "Review the request and create the account."
    login = ("WSD24-12/create-7", "WSD24-12/create-8")
    return (
        DutyArisen(
            *(coordinator, review, None, (), None, None),
            ("WSD24-12/coordinator-2",),
            "duties/create-process",
        ),
        DutyArisen(
            *(coordinator, _CREDENTIALS, "staff", ("requestor",), None, None),
            ("WSD24-12/create-6",),
            "duties/create-credentials",
        ),
        DutyArisen(
            *(coordinator, _REMINDER, "staff", (), None, None),
            ("WSD24-12/create-9",),
            "duties/create-confidential",
        ),
        DutyArisen(
            *("staff", _FIRST_LOGIN, None, (), "at once", None), login, "duties/create-first-login"
        ),
    )


_DUTIES: Final = {
    name: _duties_of(coordinator) for name, (_, _, coordinator, *_) in TABLE_1.items()
}


def duties(request: Request, at: datetime) -> tuple[DutyArisen, ...]:
    """Return what somebody has to do once the request is accepted."""
    organization: Any = request.organization
    accepted = outcome_of(verdict(request, at)) is Outcome.ACCEPT
    return _DUTIES[organization] if accepted else ()


def _due(request: Any) -> list[Due]:
    staff = request.staff
    found = []
    if (trained := staff.training_completed_on) is not None:
        end = a_year_after(trained)
        counts = [("request.staff.training_completed_on", trained, YEAR, end)]
        found.append(Due(*_TRAINING_EXPIRES, counts, end))
    form = "de7410" if staff.employer == "edd" else "e1"
    if (signed := staff.signed.get(form)) is not None:
        end = a_year_after(signed)
        counts = [(f"request.staff.statement.{form}", signed, YEAR, end)]
        found.append(Due(*_STATEMENT_EXPIRES, counts, end))
    return found


_TRAINING_EXPIRES: Final = (
    "training_expires",
    "ISPA training expires",
    "deadlines/create-training-expires",
    ("WSD24-12/manager-1",),
)


_STATEMENT_EXPIRES: Final = (
    "statement_expires",
    "Confidentiality statement expires",
    "deadlines/create-statement-expires",
    ("WSD24-12/staff-3",),
)


def deadlines(request: Request, at: datetime) -> tuple[DeadlineSet, ...]:
    """Return when the training and the statement expire."""
    if outcome_of(verdict(request, at)) is Outcome.OUT_OF_SCOPE:
        return ()
    return tuple([one.deadline() for one in _due(request)])


_READINGS_OF_ROUTES: Final[dict[str, tuple[str, ...]]] = {
    "community_based_organization": ("cbo-requestor", "mailing-cbo"),
    "other": ("mailing-cbo",),
}


def _readings(request: Any, outcome: Outcome, found: list[Broken], due: list[Due]) -> Any:
    of_findings = [reading for one in found for reading in one.rule.readings]
    if outcome is Outcome.OUT_OF_SCOPE:
        return sorted_readings(of_findings)
    organization = request.organization
    is_named = organization == "community_based_organization"
    as_manager = request.requestor.role == "project_manager" and not is_named
    return sorted_readings(
        of_findings,
        _READINGS_OF_ROUTES.get(organization, ()),
        ("project-manager-role",) if as_manager else (),
        ("annual-clock",) if due else (),
        ("twenty-four-hours",) if outcome is Outcome.ACCEPT else (),
    )


def readings(request: Request, at: datetime) -> tuple[str, ...]:
    """Return the readings that the answer rests on."""
    rules = verdict(request, at)
    outcome = outcome_of(rules)
    found: tuple[str, ...] = _readings(
        request, outcome, found_in(request, rules, outcome), _due(request)
    )
    return found


def reasons(request: Request, at: datetime) -> Reasons:
    """Return all parts of the answer."""
    rules = verdict(request, at)
    outcome = outcome_of(rules)
    found = found_in(request, rules, outcome)
    told = tuple([one.finding() for one in found])
    if outcome is Outcome.OUT_OF_SCOPE:
        return told, None, (), (), _readings(request, outcome, found, [])
    organization: Any = request.organization
    due = _due(request)
    return (
        told,
        _ROUTES[organization],
        _DUTIES[organization] if outcome is Outcome.ACCEPT else (),
        tuple([one.deadline() for one in due]),
        _readings(request, outcome, found, due),
    )


def _written_duties(coordinator: str) -> list[dict[str, Any]]:
    return [
        {
            "who": coordinator,
            "what": "Review the request and create the account.",
            "to": None,
            "cc": [],
            "promptness": None,
            "due": None,
            "clauses": ["WSD24-12/coordinator-2"],
        },
        {
            "who": coordinator,
            "what": _CREDENTIALS,
            "to": "staff",
            "cc": ["requestor"],
            "promptness": None,
            "due": None,
            "clauses": ["WSD24-12/create-6"],
        },
        {
            "who": coordinator,
            "what": _REMINDER,
            "to": "staff",
            "cc": [],
            "promptness": None,
            "due": None,
            "clauses": ["WSD24-12/create-9"],
        },
        {
            "who": "staff",
            "what": _FIRST_LOGIN,
            "to": None,
            "cc": [],
            "promptness": "at once",
            "due": None,
            "clauses": ["WSD24-12/create-7", "WSD24-12/create-8"],
        },
    ]


def to_dict(policy: Policy, request: Request, at: datetime) -> dict[str, Any]:
    """Return the whole answer as plain data."""
    rules = verdict(request, at)
    outcome = outcome_of(rules)
    found = found_in(request, rules, outcome)
    is_out = outcome is Outcome.OUT_OF_SCOPE
    organization: Any = request.organization
    _, named, coordinator, number, _ = TABLE_1[organization]
    due = [] if is_out else _due(request)
    return {
        "policy": asked(policy),
        "subject": "request/create",
        "outcome": outcome.value,
        "findings": [one.to_dict() for one in found],
        "route": None
        if is_out
        else {
            "requestors": [named],
            "coordinator": coordinator,
            "submit_to": [coordinator],
            "send_to": [],
            "cc": [],
            "subject": None,
            "clauses": [f"WSD24-12/routing-{number}"],
        },
        "approvals": [],
        "duties": _written_duties(coordinator) if outcome is Outcome.ACCEPT else [],
        "deadlines": [one.to_dict() for one in due],
        "needs": [],
        "readings": [*_readings(request, outcome, found, due)],
    }


REQUEST_BY_HAND: Final = Twin(
    read_request,
    verdict,
    decision,
    findings,
    route,
    duties,
    deadlines,
    readings,
    reasons,
    to_dict,
)
