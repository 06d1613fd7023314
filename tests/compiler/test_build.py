# SPDX-License-Identifier: MIT
"""A policy is built whole: plans, routes, duties, deadlines, guides and its digest."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import (
    UNKNOWN,
    Account,
    Closure,
    Policy,
    ProfileError,
    Request,
    Requestor,
    Staff,
    Statement,
    evaluate,
    load_policy,
)
from tests.samples.layers import written_chain
from tests.samples.profiles import (
    DAY,
    EDITION,
    EDITION_YAML,
    PROFILE_YAML,
    SOUND,
    TABLES_YAML,
    faults_of,
    sample_policy,
    sound_profile,
    written_profile,
)

NOON = datetime(2025, 6, 2, 12)
JUNE = date(2025, 6, 2)


def test_policy_says_where_and_when_it_holds(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, TABLES_YAML)
    assert policy.jurisdiction == "sample_area"
    assert policy.title == "Sample Area"
    assert policy.day == DAY
    assert policy.editions == ("sample_area@2025-01-01",)
    assert policy.zone == ZoneInfo("America/Los_Angeles")
    assert policy.digest.startswith("sha256:")
    assert repr(policy) == "<Policy sample_area on 2025-06-02: sample_area@2025-01-01>"


def test_subject_out_of_scope_has_no_plan(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, "")
    assert "request/reset" not in policy.plans
    decision = evaluate(policy, Request(type="reset"))
    assert decision.outcome.value == "out_of_scope"
    (finding,) = decision.findings
    assert finding.message == "No rule of this policy is about a request to reset a password."
    assert finding.outcome.value == "out_of_scope"


def test_edition_of_the_day_is_the_one_that_counts(tmp_path: Path) -> None:
    files = {
        **SOUND,
        f"{EDITION}/rules.yaml": "parameters: {grace: {value: 9 days, clauses: [SAMPLE-1/a]}}\n",
        "2025-07-01/edition.yaml": EDITION_YAML.replace("2025-01-01", "2025-07-01"),
        "2025-07-01/words.yaml": SOUND[f"{EDITION}/words.yaml"],
        "2025-07-01/rules.yaml": "parameters: {grace: {value: 7 days, clauses: [SAMPLE-1/a]}}\n",
    }
    folder = written_profile(tmp_path, files)
    before, after = (load_policy(folder, date(2025, month, 1)) for month in (6, 7))
    assert str(before.parameters["grace"].value) == "9 days"
    assert str(after.parameters["grace"].value) == "7 days"
    assert before.digest != after.digest


# Routes


def asked(organization: str | None, office: str | None = "North") -> Request:
    return Request(type="create", organization=organization or UNKNOWN, office=office)


def test_route_is_that_of_the_organizations_row(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, TABLES_YAML)
    route = evaluate(policy, asked("branch")).route
    assert route is not None
    assert route.to_dict() == {
        "requestors": ["boss"],
        "coordinator": "desk",
        "submit_to": ["desk"],
        "send_to": ["desk@example.org"],
        "cc": ["auditor"],
        "subject": "New account at North",
        "clauses": ["SAMPLE-1/a"],
    }
    other = evaluate(policy, asked("partner")).route
    assert other is not None
    assert other.requestors == ("auditor", "boss")
    assert (other.send_to, other.cc, other.subject) == ((), (), None)


def test_route_is_not_given_where_it_is_not_known_which(tmp_path: Path) -> None:
    assert evaluate(sample_policy(tmp_path, TABLES_YAML), asked(None)).route is None


@pytest.mark.parametrize(("office", "routed"), [("North", True), ("South", False), (None, False)])
def test_row_may_hold_for_some_requests_only(
    tmp_path: Path, office: str | None, routed: bool
) -> None:
    tables = """
routing:
  branch:
    when: {request.office: North}
    requestors: boss
    coordinator: desk
    clauses: [SAMPLE-1/a]
  partner: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
"""
    policy = sample_policy(tmp_path, tables)
    assert (evaluate(policy, asked("branch", office)).route is not None) is routed


# Duties


DUTIES = """
duties:
  third: {about: request, after: second, who: desk, what: Three., clauses: [SAMPLE-1/b]}
  first: {about: request, who: coordinator, what: One., to: requestor, clauses: [SAMPLE-1/b]}
  second: {about: request, after: first, who: desk, what: Two., clauses: [SAMPLE-1/b]}
  denied: {about: request, who: desk, what: No., arises: deny, clauses: [SAMPLE-1/b]}
  always: {about: request, who: desk, what: Ever., arises: always, clauses: [SAMPLE-1/b]}
  north:
    about: request
    when: {request.office: North}
    unless: {request.subject: secret}
    who: desk
    what: North.
    arises: always
    clauses: [SAMPLE-1/b]
rules:
  named:
    about: request
    forbid: {request.requestor.role: desk}
    otherwise: deny
    clauses: [SAMPLE-1/a]
  trained:
    about: request
    require: {request.training_confirmed: true}
    otherwise: await_approval
    clauses: [SAMPLE-1/a]
"""


def duties(policy: Policy, request: Request) -> list[str]:
    return [duty.what for duty in evaluate(policy, request).duties]


def confirmed(role: str, confirmed: bool | None = True, office: str = "South") -> Request:
    return Request(
        type="create",
        requestor=Requestor(role=role),
        training_confirmed=confirmed,
        office=office,
        subject="a request",
    )


def test_duties_stand_in_the_order_in_which_they_follow(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, DUTIES)
    assert duties(policy, confirmed("boss")) == ["One.", "Two.", "Three.", "Ever."]


def test_duties_arise_with_their_outcomes(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, DUTIES)
    assert duties(policy, confirmed("boss", False)) == ["One.", "Two.", "Three.", "Ever."]
    assert duties(policy, confirmed("desk")) == ["No.", "Ever."]
    unknown = Request(type="create", office="South", subject="a request")
    assert evaluate(policy, unknown).outcome.value == "cannot_tell"
    assert duties(policy, unknown) == ["Ever."]


def test_duty_arises_when_and_unless(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, DUTIES)
    assert "North." in duties(policy, confirmed("boss", office="North"))
    secret = Request(type="create", office="North", subject="secret")
    assert "North." not in duties(policy, secret)


def test_duty_names_the_coordinator_of_the_route(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, TABLES_YAML)
    request = Request(
        type="create",
        submitted_on=JUNE,
        organization="branch",
        requestor=Requestor(role="boss"),
        submitted_to=("desk",),
        attachments=("form_one",),
        staff=Staff(employer="inside", training_completed_on=JUNE),
    )
    make, tell = evaluate(policy, request).duties
    assert (make.who, make.to, make.promptness, make.due) == ("desk", None, None, None)
    assert tell.to_dict() == {
        "who": "desk",
        "what": "Tell the staff member.",
        "to": "requestor",
        "cc": ["auditor"],
        "promptness": "at once",
        "due": "2025-07-02",
        "clauses": ["SAMPLE-1/b"],
    }


def test_duty_of_an_unrouted_request_is_the_coordinators_whoever_that_is(tmp_path: Path) -> None:
    first, *_ = evaluate(sample_policy(tmp_path, DUTIES), confirmed("boss")).duties
    assert (first.who, first.to) == ("coordinator", "requestor")


def test_duties_about_accounts_arise_whatever_comes_out(tmp_path: Path) -> None:
    tables = """
rules: {shared: {about: account, forbid: {account.shared: true}, clauses: [SAMPLE-1/a]}}
duties: {look: {about: account, who: desk, what: Look., clauses: [SAMPLE-1/b]}}
"""
    policy = sample_policy(tmp_path, tables)
    for shared in (True, False, UNKNOWN):
        decision = evaluate(policy, Account(shared=shared), NOON)
        assert [duty.what for duty in decision.duties] == ["Look."]


# Deadlines


def deadline(policy: Policy, account: Account) -> tuple[str, tuple[str, ...]] | None:
    found = evaluate(policy, account, NOON).deadlines
    return (found[0].due.isoformat(), found[0].derivation) if found else None


def test_single_deadline_counts_from_its_fact(tmp_path: Path) -> None:
    tables = """
parameters: {grace: {value: 1 month, clauses: [SAMPLE-1/a]}}
deadlines:
  ends:
    about: account
    title: It ends
    from: account.created_on
    count: grace
    clauses: [SAMPLE-1/c]
"""
    policy = sample_policy(tmp_path, tables)
    assert deadline(policy, Account(created_on=date(2025, 1, 31))) == (
        "2025-02-28",
        ("account.created_on 2025-01-31 + 1 month = 2025-02-28",),
    )
    assert deadline(policy, Account()) is None
    assert deadline(policy, Account(created_on=None)) is None
    (found,) = evaluate(policy, Account(created_on=JUNE), NOON).deadlines
    assert (found.name, found.title, found.clauses) == ("ends", "It ends", ("SAMPLE-1/c",))


def test_deadline_counts_from_the_first_fact_that_exists(tmp_path: Path) -> None:
    tables = """
deadlines:
  next:
    about: account
    title: Next
    from: [account.last_maintenance_on, account.created_on]
    count: 10 days
    clauses: [SAMPLE-1/c]
"""
    policy = sample_policy(tmp_path, tables)
    both = Account(last_maintenance_on=date(2025, 5, 1), created_on=date(2025, 1, 1))
    assert deadline(policy, both) == (
        "2025-05-11",
        ("account.last_maintenance_on 2025-05-01 + 10 days = 2025-05-11",),
    )
    created = deadline(policy, Account(created_on=date(2025, 1, 1)))
    assert created is not None
    assert created[0] == "2025-01-11"
    assert deadline(policy, Account(last_maintenance_on=UNKNOWN, created_on=JUNE)) is None


EARLIEST = """
deadlines:
  ends:
    about: account
    name: account_ends
    title: It ends
    when: {account.status: active}
    earliest:
      made: {from: account.created_on, count: 30 days}
      signed:
        when: {account.staff.employer: inside}
        from: account.staff.statement.paper_a
        count: 1 month
      left: {from: account.separated_on, count: 24 hours}
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize(
    ("signed", "left", "due", "steps"),
    [
        (None, None, "2025-05-31", 1),
        (date(2025, 4, 15), None, "2025-05-15", 3),
        (date(2025, 4, 30), None, "2025-05-30", 3),
        (None, datetime(2025, 5, 1, 9), "2025-05-02T09:00:00-07:00", 3),
        (None, date(2025, 5, 1), "2025-05-02", 3),
    ],
)
def test_earliest_of_several_dates_is_the_deadline(
    tmp_path: Path, signed: date | None, left: date | None, due: str, steps: int
) -> None:
    policy = sample_policy(tmp_path, EARLIEST)
    statement = (Statement(form="paper_a", signed_on=signed),) if signed else ()
    account = Account(
        status="active",
        created_on=date(2025, 5, 1),
        separated_on=left,
        staff=Staff(employer="inside", statement=statement),
    )
    found = deadline(policy, account)
    assert found is not None
    assert found[0] == due
    assert len(found[1]) == steps
    if steps > 1:
        assert found[1][-1] == f"the earliest of these is {due}"


def test_deadline_waits_until_all_of_its_dates_are_known(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, EARLIEST)
    outside = Staff(employer="outside")
    day = date(2025, 5, 1)
    known = Account(status="active", created_on=day, staff=outside)
    assert deadline(policy, known) is not None
    assert deadline(policy, Account(status="deactivated", created_on=day, staff=outside)) is None
    assert deadline(policy, Account(created_on=day, staff=outside)) is None
    assert deadline(policy, Account(status="active", created_on=day)) is None
    assert deadline(policy, Account(status="active", staff=outside)) is None
    inside = Staff(employer="inside")
    assert deadline(policy, Account(status="active", created_on=day, staff=inside)) is None


def test_deadline_about_a_record_is_listed(tmp_path: Path) -> None:
    tables = """
deadlines:
  files: {about: record, title: F, from: record.exited_on, count: 3 days, clauses: [SAMPLE-1/c]}
"""
    decision = evaluate(sample_policy(tmp_path, tables), Closure(exited_on=JUNE), NOON)
    assert [d.due for d in decision.deadlines] == [date(2025, 6, 5)]


# Guides, notes and the digest


def test_guides_are_kept_and_enforce_nothing(tmp_path: Path) -> None:
    tables = """
guides:
  kind: {say: Be kind., about: account, clauses: [SAMPLE-1/d]}
"""
    policy = sample_policy(tmp_path, tables)
    (guide,) = policy.guides
    assert (guide.id, guide.say, guide.about) == ("kind", "Be kind.", ("account",))
    assert guide.clauses == ("SAMPLE-1/d",)
    assert evaluate(policy, Account(), NOON).all_findings == ()


def test_digest_is_that_of_what_is_in_force(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path / "a", TABLES_YAML)
    same = sample_policy(tmp_path / "b", f"# A comment.\n\n{TABLES_YAML}")
    assert policy == same
    assert hash(policy) == hash(same)
    changed = sample_policy(tmp_path / "c", TABLES_YAML.replace("value: 30 days", "value: 31 days"))
    assert policy.digest != changed.digest
    assert policy != changed
    assert policy != policy.digest


def test_digest_does_not_depend_on_the_order_of_keys(tmp_path: Path) -> None:
    one = "roles: {a: {title: A, email: [x, y]}, b: {title: B}}"
    other = "roles: {b: {title: B}, a: {email: [x, y], title: A}}"
    swapped = "roles: {a: {title: A, email: [y, x]}, b: {title: B}}"
    digests = [
        sample_policy(tmp_path / str(n), text).digest
        for n, text in enumerate((one, other, swapped))
    ]
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.parametrize(
    ("tables", "messages"),
    [
        (
            "rules: {r: {about: zebra, forbid: {at: {given: true}}, clauses: [SAMPLE-1/a]}}",
            ["there is no sort of subject `zebra`"],
        ),
        (
            "rules: {r: {about: office, forbid: {at: {given: true}}, clauses: [SAMPLE-1/a]}}",
            ["`office` is not in the scope of this edition"],
        ),
        (
            "duties: {d: {about: account, who: nobody, what: W., clauses: [SAMPLE-1/b]}}",
            ["there is no role `nobody`"],
        ),
        ("duties: {d: {about: account, who: desk, what: W.}}", ["`d` cites no clause"]),
        (
            "duties: {d: {about: account, who: desk, what: W., after: e, clauses: [SAMPLE-1/b]}}",
            ["there is no duty `e`"],
        ),
        (
            "duties: {d: {about: account, who: desk, what: W., after: d, clauses: [SAMPLE-1/b]}}",
            ["these duties go in a circle: d after d"],
        ),
        (
            "duties: {d: {about: account, who: desk, what: W., by: e, clauses: [SAMPLE-1/b]}}",
            ["there is no deadline `e`"],
        ),
        (
            (
                "duties: {d: {about: account, who: desk, what: W., arises: deny,"
                " clauses: [SAMPLE-1/b]}}"
            ),
            ["there is no outcome `deny`"],
        ),
        (
            "deadlines: {d: {about: account, title: T, clauses: [SAMPLE-1/c]}}",
            ["the deadline `d` needs either `from` and `count`, or `earliest`"],
        ),
        (
            "deadlines: {d: {about: account, title: T, from: account.created_on, count: 3 days}}",
            ["`d` cites no clause"],
        ),
        (
            "deadlines: {d: {about: account, title: T, from: account.shared, count: 3 days,"
            " clauses: [SAMPLE-1/c]}}",
            ["a deadline cannot be counted from `account.shared`, which holds true or false"],
        ),
        (
            "scope: {record/pseudo_ssn: {clauses: [SAMPLE-1/a]}}\n"
            "deadlines: {d: {about: record/pseudo_ssn, title: T, from: record.birth_date,"
            " count: 3 days, clauses: [SAMPLE-1/c]}}",
            ["a deadline cannot be counted from `record.birth_date`, which is never shown"],
        ),
        (
            "deadlines: {d: {about: account, title: T, from: account.created_on, count: grace,"
            " clauses: [SAMPLE-1/c]}}",
            ["there is no parameter `grace`"],
        ),
        ("guides: {g: {say: S.}}", ["the guide `g` lacks `clauses`"]),
        ("guides: {g: {clauses: [SAMPLE-1/d]}}", ["the guide `g` lacks `say`"]),
        (
            "routing: {branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}}",
            ["`routing` has no row for the organization `partner`"],
        ),
    ],
)
def test_entry_that_could_never_work_is_refused(
    tmp_path: Path, tables: str, messages: list[str]
) -> None:
    assert faults_of(tmp_path, tables) == messages


def test_faults_of_shape_and_of_meaning_are_told_in_one_run(tmp_path: Path) -> None:
    tables = """
roles:
  clerk: {titel: Clerk}
rules:
  one: {about: acount, forbid: {account.shared: true}, clauses: [SAMPLE-1/a]}
duties:
  two: {about: account, who: clerk, what: It., clauses: [SAMPLE-1/b]}
"""
    assert faults_of(tmp_path, tables) == [
        "`titel` is not a key of this entry",
        "there is no sort of subject `acount`",
    ]


def test_entry_that_cannot_be_read_hides_no_other_of_its_name(tmp_path: Path) -> None:
    """What is wrong with the duty `boz` was told; that there is no role `boz` was not."""
    tables = """
duties:
  boz: Make it.
approvals:
  agreed: {about: request/create, role: boz, clauses: [SAMPLE-1/a]}
"""
    assert faults_of(tmp_path, tables) == ["`boz` takes a mapping", "there is no role `boz`"]


def test_entry_with_a_fault_is_not_told_to_be_missing(tmp_path: Path) -> None:
    tables = """
clauses:
  SAMPLE-1/e: {at: Section E, kind: check}
readings:
  clock: {question: From when?, others: [noon]}
roles:
  clerk: Clerk
lists:
  some: []
parameters:
  grace: {value: long, clauses: [SAMPLE-1/e]}
terms:
  shared: {}
facts:
  account.badge: {title: Badge, type: number}
duties:
  tell: {about: account, who: clerk, clauses: [SAMPLE-1/e]}
  then: {about: account, who: clerk, what: Do., after: tell, clauses: [SAMPLE-1/e]}
rules:
  one:
    about: account
    require: {all: [shared, {account.badge: a}, {account.staff.employer: {in: some}}]}
    when: {account.created_on: {within: grace, before: at}}
    say: Within <grace>, <account.badge>.
    reading: clock
    instead: {noon: note}
    clauses: [SAMPLE-1/e]
"""
    assert faults_of(tmp_path, tables) == [
        "`SAMPLE-1/e` lacks `says`",
        "`clock` lacks `answer`",
        "`clerk` takes a mapping",
        "the list is empty",
        "`long` is not a duration",
        "`shared` lacks `when`",
        "there is no type of fact `number`",
        "`tell` lacks `what`",
    ]


def test_file_that_cannot_be_read_may_hold_what_is_missing(tmp_path: Path) -> None:
    tables = """
rules:
  one: {about: account, forbid: {account.shred: true}, otherwise: deny, clauses: [SAMPLE-1/a]}
"""
    folder = sound_profile(tmp_path, tables)
    words = (folder / EDITION / "words.yaml").read_text(encoding="utf-8")
    written_profile(folder, {f"{EDITION}/words.yaml": f"{words}roles: ["})
    with pytest.raises(ProfileError) as caught:
        load_policy(folder, DAY)
    assert all("words.yaml" in str(problem.place) for problem in caught.value.problems[1:])
    assert caught.value.problems[0].message == "there is no outcome for account `deny`"


@pytest.mark.parametrize("unread", ["base", "local"])
def test_file_that_cannot_be_read_may_stand_in_any_profile_of_a_chain(
    tmp_path: Path, unread: str
) -> None:
    rule = "rules:\n  ours: {about: account, forbid: lost, clauses: [LOCAL-1/a]}\n"
    files = {"local/rules.yaml": rule, f"{unread}/terms.yaml": "terms: ["}
    with pytest.raises(ProfileError) as caught:
        load_policy(written_chain(tmp_path, files), DAY)
    assert {Path(problem.place.file).name for problem in caught.value.problems} == {"terms.yaml"}


def test_time_zone_that_there_is_not_is_refused(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path)
    zone = PROFILE_YAML.replace("America/Los_Angeles", "Nowhere/Else")
    written_profile(folder, {"profile.yaml": zone})
    with pytest.raises(ProfileError, match="there is no time zone `Nowhere/Else`"):
        load_policy(folder, DAY)
