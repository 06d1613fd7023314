# SPDX-License-Identifier: MIT
"""Every table of requirements becomes checks that do as its rows say."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Closure,
    Decision,
    Participant,
    Policy,
    Request,
    Requestor,
    Staff,
    Statement,
    evaluate,
)
from caljobs_policy.subjects.facts import Subject
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import faults_of, sample_policy

NOON = datetime(2025, 6, 2, 12)
JUNE = date(2025, 6, 2)


def found(policy: Policy, subject: Subject, at: datetime = NOON) -> dict[str, str]:
    """Return the result of every check that is unmet or `cannot_tell`, by any engine."""
    decisions = [evaluate(policy, subject, at, engine=engine) for engine in ENGINES_HERE]
    first = decisions[0].to_dict(everything=True)
    assert all(decision.to_dict(everything=True) == first for decision in decisions)
    return {finding.rule: finding.result.value for finding in decisions[0].findings}


def outcome(policy: Policy, subject: Subject) -> str:
    return evaluate(policy, subject, NOON).outcome.value


def broken(decision: Decision) -> set[str]:
    """Return the clauses of every unmet check."""
    return {clause for finding in decision.findings for clause in finding.clauses}


RULES = """
rules:
  active:
    about: account
    require: {account.status: active}
    clauses: [SAMPLE-1/a]
  not-shared:
    about: account
    when: {account.status: active}
    unless: {account.username: {starts_with: pool_}}
    forbid: {account.shared: true}
    otherwise: note
    clauses: [SAMPLE-1/b]
"""


@pytest.mark.parametrize(
    ("account", "results", "comes_to"),
    [
        (Account(status="active", username="x"), {}, "compliant"),
        (Account(status="deactivated", shared=True), {"active": "not_met"}, "violation"),
        (
            Account(status="active", username="x", shared=True),
            {"not-shared": "not_met"},
            "compliant",
        ),
        (Account(status="active", username="pool_1", shared=True), {}, "compliant"),
        (Account(shared=False), {"active": "cannot_tell"}, "cannot_tell"),
    ],
)
def test_rule_applies_when_and_unless(
    tmp_path: Path, account: Account, results: dict[str, str], comes_to: str
) -> None:
    policy = sample_policy(tmp_path, RULES)
    assert found(policy, account) == results
    assert outcome(policy, account) == comes_to


def test_fact_that_cannot_change_the_outcome_is_not_asked_for(tmp_path: Path) -> None:
    decision = evaluate(sample_policy(tmp_path, RULES), Account(status="active", shared=True), NOON)
    assert decision.outcome.value == "compliant"
    assert decision.needs == ()
    (finding,) = decision.findings
    assert (finding.rule, finding.needs) == ("not-shared", ("account.username",))


@pytest.mark.parametrize(
    ("maintained", "results"),
    [
        (date(2025, 3, 4), {}),
        (date(2025, 3, 3), {"maintained": "not_met"}),
        (date(2025, 6, 2), {}),
        (date(2025, 6, 3), {"maintained": "not_met"}),
        (None, {"maintained": "not_met"}),
    ],
)
def test_rule_about_accounts_counts_from_the_moment(
    tmp_path: Path, maintained: date | None, results: dict[str, str]
) -> None:
    tables = """
rules:
  maintained:
    about: account
    require: {account.last_maintenance_on: {within: 90 days, before: at}}
    clauses: [SAMPLE-1/a]
"""
    policy = sample_policy(tmp_path, tables)
    assert found(policy, Account(last_maintenance_on=maintained)) == results


def test_rule_about_records_is_about_all_types_in_scope(tmp_path: Path) -> None:
    tables = """
rules:
  ended:
    about: record
    require: {record.exited_on: {given: true}}
    clauses: [SAMPLE-1/a]
  complete:
    about: record/closure
    require: {record.all_fields_completed: true}
    otherwise: deny
    clauses: [SAMPLE-1/b]
"""
    policy = sample_policy(tmp_path, tables)
    closure = Closure(exited_on=None, all_fields_completed=False)
    assert found(policy, closure) == {"ended": "not_met", "complete": "not_met"}
    assert outcome(policy, closure) == "deny"
    assert found(policy, Participant()) == {"ended": "not_met"}
    assert outcome(policy, Participant()) == "violation"
    assert outcome(policy, Closure(exited_on=JUNE, all_fields_completed=True)) == "accept"


def test_failure_chooses_text_remedy_and_further_clauses(tmp_path: Path) -> None:
    tables = """
rules:
  trained:
    about: request/create
    require: {request.staff.training_completed_on: {within: 30 days, before: request.submitted_on}}
    say: {missing: Nothing is on file., later: It is too late., else: It is wrong.}
    remedy: {missing: File it., else: Do it again.}
    where: {missing: {clauses: SAMPLE-1/b}}
    clauses: [SAMPLE-1/a]
"""
    policy = sample_policy(tmp_path, tables)

    def told(trained: date | None) -> tuple[str, str | None, tuple[str, ...]]:
        staff = Staff(training_completed_on=trained)
        request = Request(type="create", submitted_on=JUNE, staff=staff)
        (finding,) = evaluate(policy, request).findings
        return finding.message, finding.remedy, finding.clauses

    assert told(None) == ("Nothing is on file.", "File it.", ("SAMPLE-1/a", "SAMPLE-1/b"))
    assert told(date(2025, 6, 3)) == ("It is too late.", "Do it again.", ("SAMPLE-1/a",))
    assert told(date(2025, 5, 2)) == ("It is wrong.", "Do it again.", ("SAMPLE-1/a",))


LOOKUP = """
tables:
  statement:
    about: request/create
    by: request.staff.employer
    require: {request.staff.statement.<form>: {within: <days>, before: request.submitted_on}}
    say: The <title> is missing.
    remedy: {else: Sign the <title>.}
    clauses: [SAMPLE-1/a]
    rows:
      inside: {form: paper_a, title: Paper A, days: 10 days}
      REST
    NO_ROW
"""
ELSE = "else: {form: paper_b, title: Paper B, days: 20 days, otherwise: deny, clauses: SAMPLE-1/b}"


def signed(employer: str, form: str | None, day: date = JUNE) -> Request:
    statement = Statement(form=form, signed_on=day) if form else None
    staff = Staff(employer=employer, statement=(statement,) if statement else ())
    return Request(type="create", submitted_on=JUNE, staff=staff)


def lookup(rest: str = "", no_row: str = "") -> str:
    return LOOKUP.replace("REST", rest).replace("NO_ROW", no_row)


@pytest.mark.parametrize(
    ("request_", "rules", "comes_to"),
    [
        (signed("inside", "paper_a"), [], "accept"),
        (signed("inside", "paper_b"), ["tables/statement/inside"], "return"),
        (signed("inside", "paper_a", date(2025, 5, 22)), ["tables/statement/inside"], "return"),
        (signed("outside", "paper_b", date(2025, 5, 22)), [], "accept"),
        (signed("outside", "paper_a"), ["tables/statement/else"], "deny"),
    ],
)
def test_lookup_requires_what_the_row_says(
    tmp_path: Path, request_: Request, rules: list[str], comes_to: str
) -> None:
    policy = sample_policy(tmp_path, lookup(ELSE))
    assert list(found(policy, request_)) == rules
    assert outcome(policy, request_) == comes_to


def test_row_of_a_lookup_fills_its_columns_into_texts_and_adds_to_its_clauses(
    tmp_path: Path,
) -> None:
    policy = sample_policy(tmp_path, lookup(ELSE))
    (inside,) = evaluate(policy, signed("inside", None)).findings
    assert (inside.message, inside.remedy) == ("The Paper A is missing.", "Sign the Paper A.")
    assert inside.clauses == ("SAMPLE-1/a",)
    (outside,) = evaluate(policy, signed("outside", None)).findings
    assert outside.message == "The Paper B is missing."
    assert outside.clauses == ("SAMPLE-1/a", "SAMPLE-1/b")


def test_row_of_a_lookup_may_have_conditions_of_its_own(tmp_path: Path) -> None:
    rest = "outside: {form: paper_b, title: P, days: 9 days, when: {request.office: North}}"
    policy = sample_policy(tmp_path, lookup(rest))
    south = Request(type="create", office="South", staff=Staff(employer="outside", statement=()))
    assert found(policy, south) == {}


def test_value_without_a_row_is_judged_only_where_the_table_says_so(tmp_path: Path) -> None:
    assert found(sample_policy(tmp_path / "a", lookup()), signed("outside", None)) == {}
    policy = sample_policy(tmp_path / "b", lookup(no_row="no_row: deny"))
    assert found(policy, signed("outside", None)) == {"tables/statement": "not_met"}
    assert outcome(policy, signed("outside", None)) == "deny"
    (finding,) = evaluate(policy, signed("outside", None)).findings
    assert finding.message == "No row fits the staff member's employer, somebody else."
    assert found(policy, signed("inside", "paper_a")) == {}


ROUTING = """
routing:
  branch: {requestors: [boss], coordinator: desk, clauses: [SAMPLE-1/a]}
  partner:
    requestors: [auditor, boss]
    coordinator: auditor
    otherwise: deny
    say: Wrong person.
    clauses: [SAMPLE-1/b]
submission:
  create: {clauses: [SAMPLE-1/c]}
"""


def sent(organization: str, role: str, *to: str, type_: str = "create") -> Request:
    return Request(
        type=type_,
        organization=organization,
        requestor=Requestor(role=role),
        submitted_to=to,
    )


@pytest.mark.parametrize(
    ("request_", "rules"),
    [
        (sent("branch", "boss", "desk"), []),
        (sent("branch", "deputy", "desk"), []),
        (sent("branch", "auditor", "desk"), ["routing/branch/requestor"]),
        (sent("branch", "boss", "auditor"), ["routing/branch/coordinator"]),
        (sent("branch", "boss", "auditor", "desk"), []),
        (sent("branch", "boss"), ["routing/branch/coordinator"]),
        (sent("partner", "auditor", "auditor"), []),
        (sent("partner", "desk", "auditor"), ["routing/partner/requestor"]),
        (sent("branch", "auditor", "auditor", type_="change"), []),
    ],
)
def test_request_comes_from_and_goes_to_the_roles_of_its_row(
    tmp_path: Path, request_: Request, rules: list[str]
) -> None:
    assert list(found(sample_policy(tmp_path, ROUTING), request_)) == rules


def test_routing_says_who_and_where_with_the_clauses_of_both(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, ROUTING)
    requestor, coordinator = evaluate(policy, sent("branch", "auditor", "auditor")).findings
    assert requestor.message == (
        "For a branch, the role that requests is Boss; this request came from Auditor."
    )
    assert requestor.remedy == "Have it requested by the role Boss."
    assert requestor.clauses == ("SAMPLE-1/a",)
    assert coordinator.message == "The request went to Auditor; for a branch it goes to Help Desk."
    assert coordinator.remedy == "Send it to Help Desk."
    assert coordinator.clauses == ("SAMPLE-1/a", "SAMPLE-1/c")
    (own,) = evaluate(policy, sent("partner", "desk", "auditor")).findings
    assert (own.message, own.outcome.value) == ("Wrong person.", "deny")


def test_organization_that_is_not_known_leaves_the_routing_open(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, ROUTING)
    decision = evaluate(policy, Request(type="create"))
    assert decision.outcome.value == "cannot_tell"
    assert decision.needs == (
        "request.organization",
        "request.requestor.role",
        "request.submitted_to",
    )


PAPERS = """
papers:
  create:
    form_one: {clauses: [SAMPLE-1/a]}
    form_two:
      unless: {request.staff.employer: inside}
      otherwise: deny
      say: No second form.
      remedy: Add the second form.
      clauses: [SAMPLE-1/b]
"""


def attached(employer: str, *forms: str, type_: str = "create") -> Request:
    return Request(type=type_, attachments=forms, staff=Staff(employer=employer))


@pytest.mark.parametrize(
    ("request_", "rules", "comes_to"),
    [
        (attached("inside", "form_one"), [], "accept"),
        (attached("inside"), ["papers/create/form_one"], "return"),
        (attached("outside", "form_one"), ["papers/create/form_two"], "deny"),
        (attached("outside", "form_two", "form_one"), [], "accept"),
        (attached("outside", type_="change"), [], "accept"),
    ],
)
def test_papers_go_along_with_requests_of_their_type(
    tmp_path: Path, request_: Request, rules: list[str], comes_to: str
) -> None:
    policy = sample_policy(tmp_path, PAPERS)
    assert list(found(policy, request_)) == rules
    assert outcome(policy, request_) == comes_to


def test_paper_says_its_title_unless_it_has_a_text(tmp_path: Path) -> None:
    one, two = evaluate(sample_policy(tmp_path, PAPERS), attached("outside")).findings
    assert (one.message, one.remedy) == ("The Form One is not attached.", "Attach the Form One.")
    assert (two.message, two.remedy) == ("No second form.", "Add the second form.")


APPROVALS = """
approvals:
  second:
    about: request/create
    when: {request.privileges: {given: true}}
    role: auditor
    clauses: [SAMPLE-1/b]
"""


@pytest.mark.parametrize(
    ("privileges", "approvals", "comes_to", "sought"),
    [
        ((), (), "accept", []),
        (("big",), (), "await_approval", [("auditor", False)]),
        (("big",), ("auditor",), "accept", [("auditor", True)]),
        (("big",), ("boss",), "await_approval", [("auditor", False)]),
    ],
)
def test_approval_is_awaited_until_it_is_on_file(
    tmp_path: Path,
    privileges: tuple[str, ...],
    approvals: tuple[str, ...],
    comes_to: str,
    sought: list[tuple[str, bool]],
) -> None:
    request = Request(type="create", privileges=privileges, approvals=approvals)
    decision = evaluate(sample_policy(tmp_path, APPROVALS), request)
    assert decision.outcome.value == comes_to
    assert [(approval.role, approval.given) for approval in decision.approvals] == sought
    for finding in decision.findings:
        assert finding.message == "The approval of Auditor is not on file."
        assert finding.remedy == "Ask Auditor for approval."
        assert finding.outcome.value == "await_approval"


def test_record_that_is_planned_can_have_approvals(tmp_path: Path) -> None:
    tables = """
scope: {record/data_entry: {clauses: [SAMPLE-1/a]}}
approvals:
  late: {about: [record/data_entry], role: auditor, clauses: [SAMPLE-1/b]}
"""
    policy = sample_policy(tmp_path, tables)
    check = policy.plans["record/data_entry"].checks[-1]
    assert (check.id, check.approval) == ("approvals/late", "auditor")


EXEMPT = """
exempt:
  tiny:
    about: [request, account]
    when: {at: {given: true}}
    say: It is <roles.desk> that cares.
    clauses: [SAMPLE-1/d]
rules:
  never: {about: account, require: {account.status: active}, clauses: [SAMPLE-1/a]}
"""


def test_exemption_puts_a_subject_outside_before_all_else(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, EXEMPT)
    decision = evaluate(policy, Account(status="deactivated"), NOON)
    assert decision.outcome.value == "out_of_scope"
    (finding,) = decision.all_findings
    assert finding.rule == "exempt/tiny"
    assert finding.message == "It is Help Desk that cares."
    assert finding.clauses == ("SAMPLE-1/d",)
    assert decision.route is None
    assert (decision.duties, decision.deadlines, decision.approvals) == ((), (), ())


def test_exemption_that_is_not_shown_does_not_exempt(tmp_path: Path) -> None:
    tables = EXEMPT.replace("{at: {given: true}}", "small").replace("[request, account]", "account")
    policy = sample_policy(tmp_path, tables + "terms: {small: {when: {account.shared: true}}}\n")
    assert outcome(policy, Account(status="deactivated", shared=None)) == "violation"
    assert outcome(policy, Account(status="deactivated", shared=True)) == "out_of_scope"
    assert outcome(policy, Account(status="deactivated", shared=UNKNOWN)) == "cannot_tell"


READING = """
readings:
  strictly: {question: How strictly?, answer: Strictly., others: [mildly, not-at-all]CHOSEN}
parameters:
  grace: {value: 9 days, reading: strictly, instead: {mildly: 1 month}, clauses: [SAMPLE-1/a]}
rules:
  one:
    about: account
    require: {account.created_on: {within: grace, before: at}}
    say: Older than <grace>.
    reading: strictly
    instead: {mildly: note, not-at-all: none}
    clauses: [SAMPLE-1/a]
"""


@pytest.mark.parametrize(
    ("chosen", "comes_to", "message"),
    [
        ("", "violation", "Older than 9 days."),
        (", chosen: mildly", "compliant", "Older than 1 month."),
        (", chosen: not-at-all", "compliant", None),
    ],
)
def test_choice_of_a_reading_changes_what_rests_on_it(
    tmp_path: Path, chosen: str, comes_to: str, message: str | None
) -> None:
    policy = sample_policy(tmp_path, READING.replace("CHOSEN", chosen))
    decision = evaluate(policy, Account(created_on=date(2025, 4, 1)), NOON)
    assert decision.outcome.value == comes_to
    assert [finding.message for finding in decision.findings] == ([message] if message else [])


def test_readings_of_what_applied_are_named(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, READING.replace("CHOSEN", ""))
    decision = evaluate(policy, Account(created_on=JUNE), NOON)
    assert decision.readings == ()
    assert decision.reasons.all_readings == ("strictly",)


@pytest.mark.parametrize(
    ("tables", "messages"),
    [
        (
            "rules: {one: {about: account, clauses: [SAMPLE-1/a]}}",
            ["rule `one` needs either `require` or `forbid`"],
        ),
        (
            "rules: {one: {about: account, forbid: {account.shared: true}}}",
            ["`one` cites no clause"],
        ),
        (
            "exempt: {one: {about: account, when: {account.shared: true}}}",
            ["`one` cites no clause"],
        ),
        (
            "approvals: {one: {about: account, role: boss, clauses: [SAMPLE-1/a]}}",
            ["no approval can be on file about account"],
        ),
        (
            "approvals: {one: {about: request/create, role: boss}}",
            ["`one` cites no clause"],
        ),
        (
            "papers: {create: {form_one: {}}}",
            ["`create/form_one` cites no clause"],
        ),
        (
            "papers: {reset: {form_one: {clauses: [SAMPLE-1/a]}}}",
            ["`request/reset` is not in the scope of this edition"],
        ),
        (
            "submission: {create: {clauses: [SAMPLE-1/a]}}",
            ["without `routing`, nothing says where a request goes"],
        ),
        (
            ROUTING.replace("coordinator: auditor", "coordinator: requestor"),
            ["there is no role `requestor`"],
        ),
        (
            lookup("outside: {title: P, days: 9 days}"),
            ["the row `outside` lacks the column `form`"],
        ),
        (
            lookup("outside: {form: paper_b, title: P, days: 9 days, mned: x}"),
            ["nothing in the table uses the column `mned`"],
        ),
        (
            lookup("outside: {form: [paper_b], title: P, days: 9 days}"),
            ["this column is filled into a longer text"],
        ),
        (
            lookup(ELSE, "no_row: deny"),
            ["`no_row` never applies beside a row for `else`"],
        ),
        (
            lookup("outsied: {form: paper_b, title: P, days: 9 days}"),
            ["`request.staff.employer` has no value `outsied`"],
        ),
        (
            lookup(no_row="no_row: violation"),
            ["there is no outcome for request/create `violation`"],
        ),
        (
            READING.replace("CHOSEN", "").replace("{mildly: note,", "{midly: note,"),
            ["there is no choice `midly`"],
        ),
        (
            READING.replace("CHOSEN", "").replace("mildly: 1 month", "mildly: a month"),
            ["`a month` is not a duration"],
        ),
        (
            READING.replace("CHOSEN", "").replace("mildly: note", "mildly: nonce"),
            ["there is no outcome for account `nonce`"],
        ),
    ],
)
def test_entry_that_could_never_work_is_refused(
    tmp_path: Path, tables: str, messages: list[str]
) -> None:
    assert faults_of(tmp_path, tables) == messages


def test_row_cites_the_clauses_of_its_table(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, lookup(ELSE))
    assert broken(evaluate(policy, signed("outside", "paper_a"))) == {"SAMPLE-1/a", "SAMPLE-1/b"}
