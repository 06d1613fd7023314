# SPDX-License-Identifier: MIT
"""A small system that knows nothing of caljobs_policy: it decides on requests for new accounts.

It has three faults, which `caljobs-policy conform` finds.
"""

import json
import sys
from datetime import date

COORDINATORS = {
    "local_area": "mis_administrator",
    "wsb_field_division": "wsb_spoc",
    "community_based_organization": "operations_unit",
    "other": "operations_unit",
}
MANAGERS = {"manager_supervisor", "project_manager"}
TRAINING_DAYS = 366
STATEMENT_DAYS = 365


def decide(case):
    """Answer a case, or None for what this system does not do."""
    request = case.get("request", {})
    if request.get("type") != "create" or case["date"] < "2025-03-01":
        return None
    if "privileges" in request or "answer" in request:
        return None  # those are other desks
    try:
        return {"outcome": outcome_of(request)}
    except (KeyError, TypeError):
        return None  # some field is empty: a clerk asks for it first


def outcome_of(request):
    """Decide on a request with all fields filled in."""
    staff = request["staff"]
    is_right = [
        request["requestor"]["role"] in MANAGERS,
        not is_for_oneself(request),
        COORDINATORS[request["organization"]] in request["submitted_to"],
        forms_of(staff) <= set(request["attachments"]),
        is_within(TRAINING_DAYS, staff["training_completed_on"], request),
        is_within(STATEMENT_DAYS, signed_on(staff), request),
    ]
    if not staff["business_need"]:
        return "deny"
    return "accept" if all(is_right) else "return"


def is_for_oneself(request):
    """Tell whether somebody asks for an account of their own."""
    name = request["requestor"].get("name")
    return name is not None and name == request["staff"].get("name")


def forms_of(staff):
    """Return the forms that have to be attached."""
    forms = {"access_request_form", "training_certificate"}
    return forms if staff["employer"] == "edd" else forms | {"confidentiality_statement"}


def signed_on(staff):
    """Return the last day on which the statement was signed that fits the employer."""
    form = "de7410" if staff["employer"] == "edd" else "e1"
    days = [one["signed_on"] for one in staff["statement"] or [] if one["form"] == form]
    return max(days, default=None)


def is_within(days, day, request):
    """Tell whether a day lies so many days before the request at most."""
    if day is None:
        return False
    age = date.fromisoformat(request["submitted_on"]) - date.fromisoformat(day)
    return 0 <= age.days <= days


if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps({"id": asked["id"], "answer": decide(asked["case"])}), flush=True)
