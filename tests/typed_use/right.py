# SPDX-License-Identifier: MIT
# pyright: strict, reportWildcardImportFromLibrary=false
"""Uses of the library as its pages show them; type checkers have to pass every line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import caljobs_policy
from caljobs_policy import (
    UNKNOWN,
    Account,
    Code,
    DataEntry,
    Decision,
    DecisionRecord,
    FieldInfo,
    Finding,
    Incident,
    Office,
    Outcome,
    Participant,
    PlannedBreak,
    Policy,
    PolicyError,
    PolicyStore,
    Problem,
    PseudoSsn,
    Record,
    RecordError,
    Request,
    Requestor,
    RosterEntry,
    Staff,
    Statement,
    Subject,
    SubjectError,
    TemporaryPassword,
    Unknown,
    case_schema,
    check_subject,
    decide,
    decide_many,
    evaluate,
    fields,
    load_policy,
    load_profile,
    review,
)

POLICY: Policy = load_policy("state", date(2025, 6, 2))
LISTED = Request(
    type="create",
    submitted_on=date(2025, 6, 2),
    organization="local_area",
    requestor=Requestor(role="manager_supervisor", name=None),
    submitted_to="mis_administrator",
    sent_to={"one@example.org", "two@example.org"},
    attachments=["access_request_form"],
    staff=Staff(
        employer="county",
        training_completed_on=UNKNOWN,
        statement=[Statement(form="e1", signed_on=None)],
        privileges=frozenset({"cash_draw"}),
        duties=("view_only",),
    ),
    approvals=[],
    separates_on=datetime(2025, 6, 2, 9),
)
BLANK = Request(type="reset", requestor=None, staff=UNKNOWN, answer=None, own={})
ACCOUNT = Account(
    staff=Staff(statement=Statement(form="e1")),
    temporary_password=TemporaryPassword(issued_at=datetime(2025, 6, 2, 9)),
    incident=Incident(investigated_on=date(2025, 6, 2)),
)
RECORDS: list[Record] = [
    DataEntry(approvals="supervisor"),
    PlannedBreak(approvals=["supervisor"], future_activity=None),
    Participant(last_service_on=date(2025, 6, 2)),
    PseudoSsn(value=UNKNOWN),
]


def outcome_of(subject: Subject, at: datetime | None = None) -> Outcome:
    decision: Decision = evaluate(POLICY, subject, at, engine="naive")
    return decision.outcome


def first_remedy(decision: Decision) -> str | None:
    findings: tuple[Finding, ...] = decision.findings
    because: Mapping[str, object] = findings[0].because if findings else {}
    return findings[0].remedy if because else None


def employer(staff: Staff) -> str | None:
    stated = staff.employer
    return None if isinstance(stated, Unknown) else stated


def problems(jurisdiction: str | Path, day: date) -> Sequence[Problem]:
    try:
        load_policy(jurisdiction, day)
    except PolicyError as error:
        return error.problems
    return ()


def beside_fields(error: PolicyError) -> dict[str, str]:
    return {one.pointer: one.message for one in error.problems if one.code is Code.UNKNOWN_WORD}


def may_go_on(subject: Subject) -> bool:
    unknown: tuple[Problem, ...] = check_subject(POLICY, subject)
    return not unknown and evaluate(POLICY, subject).permits(out_of_scope=False)


def names(rows: list[Account]) -> Iterator[str | None]:
    entries: Iterator[RosterEntry] = review(POLICY, rows, within=60)
    return (entry.username for entry in entries)


STORE = PolicyStore([Path("profiles")] if Path("nowhere").exists() else (), ["state"], "never")


def last_day(policy: Policy) -> date | None:
    return policy.until


def stored(day: date, moment: datetime) -> tuple[Policy, Policy]:
    return STORE.get("state", day), STORE.at("state", moment)


def decided(body: Mapping[str, object], rows: list[Mapping[str, object]]) -> list[str]:
    one: Decision = decide("state", {"request": body}, datetime(2025, 6, 2, 9))
    many: Iterator[Decision | SubjectError] = decide_many(
        POLICY, [*rows, ACCOUNT], none_is_blank=True
    )
    told = [str(found) if isinstance(found, SubjectError) else found.outcome for found in many]
    kept: Decision = decide("state", ACCOUNT, store=STORE)
    return [one.outcome, *told, kept.outcome, decide(Path("profiles/state"), ACCOUNT).outcome]


def form(kind: str) -> dict[str, tuple[str, Mapping[str, str]]]:
    listed: tuple[FieldInfo, ...] = fields(kind, POLICY)
    return {one.path: (one.title, one.choices) for one in listed if not one.private}


schemas: list[dict[str, object]] = [case_schema(), case_schema(POLICY)]


def kept(decision: Decision) -> dict[str, object]:
    record: DecisionRecord = decision.record(private=True)
    data: dict[str, object] = record.to_dict()
    try:
        again: DecisionRecord = DecisionRecord.from_dict(data)
    except RecordError as error:
        return {problem.pointer: problem.message for problem in error.problems}
    digest: str = again.policy.digest
    findings: tuple[Finding, ...] = again.findings
    return {digest: findings}


def beside(decision: Decision) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for finding in decision.findings:
        for field in finding.fields:
            told.setdefault(field, []).append(finding.message)
    return told


def logged(decision: Decision) -> str:
    kept: dict[str, object] = decision.to_log()
    return str(kept)


verb: Callable[..., Decision] = caljobs_policy.evaluate
zone: str = load_profile("state").zone
offices: list[Subject] = [Office(accounts=3), ACCOUNT, LISTED, BLANK, *RECORDS]
