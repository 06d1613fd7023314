# SPDX-License-Identifier: MIT
"""What is said of a request that does not keep a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from benchmarks.twins.parts import Broken, Rule, iso, without_names
from benchmarks.twins.request.checks import ROLES, TABLE_1
from caljobs_policy import Request
from caljobs_policy.errors.privacy import WITHHELD
from caljobs_policy.policy.outcome import Outcome

OF_EDD: Final = "Employee Confidentiality Statement (DE 7410)"


OF_OTHERS: Final = "Vendor/Contractor Confidentiality Statement (Attachment E-1)"


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


def found_in(request: Request, rules: tuple[str, ...], outcome: Outcome) -> list[Broken]:
    """Return what is said of each rule that is not kept; out of scope, why it is."""
    if outcome is Outcome.OUT_OF_SCOPE:
        return [_cash_only(request)]
    return [_BROKEN[rule](request) for rule in rules]
