# SPDX-License-Identifier: MIT
"""A request for a new account: the checks of the directive, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from benchmarks.twins.parts import (
    YEAR,
    Answer,
    Broken,
    Due,
    Reasons,
    Rule,
    Twin,
    a_year_after,
    asked,
    iso,
    sorted_readings,
    without_names,
)
from benchmarks.twins.reading import read_request
from caljobs_policy import Request
from caljobs_policy.decisions.reasons import DeadlineSet, DutyArisen, Finding, RouteTaken
from caljobs_policy.errors.privacy import WITHHELD
from caljobs_policy.policy.operators.texts import loosened
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy

CASH: Final = frozenset({"cash", "cash_request", "cash_draw", "cash_module"})
MANAGERS: Final = frozenset({"manager_supervisor", "project_manager"})
ROLES: Final = {
    "manager_supervisor": "Manager/Supervisor",
    "project_manager": "Project Manager",
    "mis_administrator": "MIS Administrator",
    "wsb_spoc": "WSB CalJOBS SPOC",
    "operations_unit": "CalJOBS Operations Unit",
    "staff": "staff member",
}
TABLE_1: Final = {
    "local_area": (MANAGERS, "manager_supervisor", "mis_administrator", 1, "a Local Area"),
    "wsb_field_division": (MANAGERS, "manager_supervisor", "wsb_spoc", 2, "a WSB field division"),
    "community_based_organization": (
        frozenset({"project_manager"}),
        *("project_manager", "operations_unit", 3, "a community-based organization"),
    ),
    "other": (MANAGERS, "manager_supervisor", "operations_unit", 4, "all other staff"),
}
"""Who requests, the role that is named, who coordinates, and the row's number and title."""
OF_EDD: Final = "Employee Confidentiality Statement (DE 7410)"
OF_OTHERS: Final = "Vendor/Contractor Confidentiality Statement (Attachment E-1)"
_CREDENTIALS: Final = "Give the user name and the temporary password to the staff member."
_REMINDER: Final = "Remind the staff member that user name and password are confidential."
_FIRST_LOGIN: Final = (
    "Log in before the temporary password expires, 24 hours after it was issued, "
    "and set a new password at the first login."
)


def verdict(request: Request, at: datetime) -> tuple[str, ...]:
    """Return the rules that are not kept."""
    sent: Any = request
    staff: Any = request.staff
    found = []
    if (
        (staff.privileges or sent.privileges)
        and CASH.issuperset(staff.privileges or ())
        and CASH.issuperset(sent.privileges or ())
        and not (sent.privilege_group or "").strip()
    ):
        found.append("exempt/cash-only")
    role = sent.requestor.role
    requestors, _, coordinator, _, _ = TABLE_1[sent.organization]
    if role not in requestors:
        found.append(f"routing/{sent.organization}/requestor")
    if coordinator not in sent.submitted_to:
        found.append(f"routing/{sent.organization}/coordinator")
    if "access_request_form" not in sent.attachments:
        found.append("papers/create/access_request_form")
    if staff.employer == "edd":
        signed, row = staff.signed.get("de7410"), "edd"
    else:
        signed, row = staff.signed.get("e1"), "else"
        if "confidentiality_statement" not in sent.attachments:
            found.append("papers/create/confidentiality_statement")
        if "training_certificate" not in sent.attachments:
            found.append("papers/create/training_certificate")
    if signed is None or not 0 <= (sent.submitted_on - signed).days <= 365:
        found.append(f"tables/create-statement/{row}")
    trained = staff.training_completed_on
    if trained is None or not 0 <= (sent.submitted_on - trained).days <= 365:
        found.append("create-training-current")
    if staff.business_need is not True:
        found.append("create-business-need")
    if role not in MANAGERS:
        found.append("requestor-oversees")
    if sent.requestor.name and staff.name:
        name = loosened(sent.requestor.name)
        if name and name == loosened(staff.name):
            found.append("not-for-oneself")
    if sent.answer.granted is False:
        found.append("create-refused")
    return tuple(found)


DENYING: Final = frozenset({"create-business-need", "create-refused"})


def outcome_of(rules: tuple[str, ...]) -> Outcome:
    """Return what the rules that are not kept come to."""
    if not rules:
        return Outcome.ACCEPT
    if rules[0] == "exempt/cash-only":
        return Outcome.OUT_OF_SCOPE
    return Outcome.RETURN if DENYING.isdisjoint(rules) else Outcome.DENY


def decision(request: Request, at: datetime) -> Answer:
    """Decide, without reasons."""
    rules = verdict(request, at)
    return Answer(request, at, outcome_of(rules), rules)


def _cash_only(request: Any) -> Broken:
    names = (request.requestor.name, request.staff.name, request.password)
    because = {
        "request.staff.privileges": without_names(names, request.staff.privileges),
        "request.privileges": without_names(names, request.privileges),
        "request.privilege_group": request.privilege_group,
    }
    return Broken(_CASH_ONLY, because, ())


_CASH_ONLY: Final = Rule(
    "exempt/cash-only",
    Outcome.OUT_OF_SCOPE,
    ("WSD24-12/scope-2",),
    "The person has cash privileges only, which are outside the directive; see WSD16-17.",
    readings=("cash-only",),
)


def _wrong_requestor(request: Any) -> Broken:
    _, named, _, number, title = TABLE_1[request.organization]
    role = request.requestor.role
    rule = Rule(
        f"routing/{request.organization}/requestor",
        Outcome.RETURN,
        (f"WSD24-12/routing-{number}",),
        f"For {title}, the role that requests is {ROLES[named]}; "
        f"this request came from {ROLES[role]}.",
        f"Have it requested by the role {ROLES[named]}.",
        ("cbo-requestor",) if named == "project_manager" else (),
    )
    because = {"request.requestor.role": role, "request.organization": request.organization}
    return Broken(rule, because, ("requestor.role",))


def _wrong_coordinator(request: Any) -> Broken:
    _, _, coordinator, number, title = TABLE_1[request.organization]
    went_to = ", ".join([ROLES[role] for role in request.submitted_to]) or "(none)"
    rule = Rule(
        f"routing/{request.organization}/coordinator",
        Outcome.RETURN,
        (f"WSD24-12/routing-{number}", "WSD24-12/create-3"),
        f"The request went to {went_to}; for {title} it goes to {ROLES[coordinator]}.",
        f"Send it to {ROLES[coordinator]}.",
    )
    because = {
        "request.submitted_to": [*request.submitted_to],
        "request.organization": request.organization,
    }
    return Broken(rule, because, ("submitted_to",))


def _paper(form: str, title: str, clause: str) -> Callable[[Any], Broken]:
    rule = Rule(
        f"papers/create/{form}",
        Outcome.RETURN,
        (clause,),
        f"The {title} is not attached.",
        f"Attach the {title}.",
        form=form,
    )
    by_employer = form != "access_request_form"

    def broken(request: Any) -> Broken:
        because = {"request.attachments": [*request.attachments]}
        if by_employer:
            because["request.staff.employer"] = request.staff.employer
        return Broken(rule, because, ("attachments",))

    return broken


def _statement(row: str, form: str, title: str, clause: str) -> Callable[[Any], Broken]:
    missing = Rule(
        f"tables/create-statement/{row}",
        Outcome.RETURN,
        ("WSD24-12/create-2", clause),
        f"The {title} is not signed.",
        f"Have the staff member sign the {title}, then state the date of the signature.",
    )
    later = missing._replace(
        clauses=("WSD24-12/create-2",),
        message=f"The {title} is signed after the date of the request.",
        remedy="Submit the request on or after the day of the signature.",
        readings=("done-before",),
    )
    too_old = later._replace(
        message=f"The {title} was signed more than 365 days before the request.",
        remedy=f"Have the staff member sign the {title} again.",
        readings=("day-count",),
    )

    def broken(request: Any) -> Broken:
        signed = request.staff.signed.get(form)
        because = {
            f"request.staff.statement.{form}": iso(signed),
            "request.submitted_on": iso(request.submitted_on),
            "request.staff.employer": request.staff.employer,
        }
        rule = _of_kind(signed, request.submitted_on, missing, later, too_old)
        return Broken(rule, because, ("staff.statement",))

    return broken


def _of_kind(done: date | None, day: date, missing: Rule, later: Rule, too_old: Rule) -> Rule:
    if done is None:
        return missing
    return later if done > day else too_old


_UNTRAINED: Final = Rule(
    "create-training-current",
    Outcome.RETURN,
    ("WSD24-12/create-1", "WSD24-12/manager-1"),
    "ISPA training is missing; none is completed.",
    "Have the staff member complete ISPA training before the request.",
    ("missing-is-not-expired",),
)
_TRAINED_LATER: Final = _UNTRAINED._replace(
    clauses=("WSD24-12/create-1",),
    message="ISPA training was completed after the date of the request.",
    remedy="Submit the request on or after the day the training was completed.",
    readings=("done-before",),
)
_TRAINED_LONG_AGO: Final = _TRAINED_LATER._replace(
    message="ISPA training was completed more than 365 days before the request.",
    remedy="Have the staff member complete ISPA training again.",
    readings=("day-count",),
)


def _training(request: Any) -> Broken:
    trained, day = request.staff.training_completed_on, request.submitted_on
    because = {
        "request.staff.training_completed_on": iso(trained),
        "request.submitted_on": iso(day),
    }
    rule = _of_kind(trained, day, _UNTRAINED, _TRAINED_LATER, _TRAINED_LONG_AGO)
    return Broken(rule, because, ("staff.training_completed_on",))


_NO_NEED: Final = Rule(
    "create-business-need",
    Outcome.DENY,
    ("WSD24-12/manager-2",),
    "The staff member has no business need for access.",
    readings=("business-need-when",),
)
_OVERSEES: Final = Rule(
    "requestor-oversees",
    Outcome.RETURN,
    ("WSD24-12/manager-4",),
    "",
    "Let the staff member's manager or supervisor make the request.",
    ("no-own-request",),
)
_ONESELF: Final = _OVERSEES._replace(
    id="not-for-oneself", message="The requestor and the staff member are the same person."
)
_REFUSED: Final = Rule(
    "create-refused",
    Outcome.DENY,
    ("WSD24-12/coordinator-2",),
    "The request was refused.",
    readings=("denied-change",),
)


def _no_need(request: Any) -> Broken:
    because = {"request.staff.business_need": request.staff.business_need}
    return Broken(_NO_NEED, because, ("staff.business_need",))


def _oversees(request: Any) -> Broken:
    role = request.requestor.role
    message = f"A request is made by the manager or supervisor, not by {ROLES[role]}."
    because = {"request.requestor.role": role}
    return Broken(_OVERSEES, because, ("requestor.role",), message)


def _oneself(request: Any) -> Broken:
    because = {"request.requestor.name": WITHHELD, "request.staff.name": WITHHELD}
    return Broken(_ONESELF, because, ("requestor.name",))


def _refused(request: Any) -> Broken:
    return Broken(_REFUSED, {"request.answer.granted": False}, ("answer.granted",))


_PAPERS: Final = (
    ("access_request_form", "CalJOBS System Access Request Form (Attachment 1)", "create-3"),
    (
        "confidentiality_statement",
        "signed Vendor/Contractor Confidentiality Statement (Attachment E-1)",
        "create-4",
    ),
    ("training_certificate", "ISPA training certificate", "create-5"),
)
_BROKEN: Final[dict[str, Callable[[Any], Broken]]] = {
    "exempt/cash-only": _cash_only,
    **{f"routing/{name}/requestor": _wrong_requestor for name in TABLE_1},
    **{f"routing/{name}/coordinator": _wrong_coordinator for name in TABLE_1},
    **{
        f"papers/create/{form}": _paper(form, title, f"WSD24-12/{clause}")
        for form, title, clause in _PAPERS
    },
    "tables/create-statement/edd": _statement("edd", "de7410", OF_EDD, "WSD24-12/staff-1"),
    "tables/create-statement/else": _statement("else", "e1", OF_OTHERS, "WSD24-12/staff-2"),
    "create-training-current": _training,
    "create-business-need": _no_need,
    "requestor-oversees": _oversees,
    "not-for-oneself": _oneself,
    "create-refused": _refused,
}


def _found(request: Request, rules: tuple[str, ...], outcome: Outcome) -> list[Broken]:
    if outcome is Outcome.OUT_OF_SCOPE:
        return [_cash_only(request)]
    return [_BROKEN[rule](request) for rule in rules]


def findings(request: Request, at: datetime) -> tuple[Finding, ...]:
    """Return what is wrong."""
    rules = verdict(request, at)
    return tuple([one.finding() for one in _found(request, rules, outcome_of(rules))])


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
        request, outcome, _found(request, rules, outcome), _due(request)
    )
    return found


def reasons(request: Request, at: datetime) -> Reasons:
    """Return all parts of the answer."""
    rules = verdict(request, at)
    outcome = outcome_of(rules)
    found = _found(request, rules, outcome)
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
    found = _found(request, rules, outcome)
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
