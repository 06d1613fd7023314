# SPDX-License-Identifier: MIT
"""A policy in words: its words, numbers, routes, rules, duties, deadlines, guides and readings."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from caljobs_policy import Policy
from caljobs_policy.report.show import policy_text
from tests.samples.layers import layered
from tests.samples.profiles import EDITION, TABLES_YAML, sample_policy


def shown(policy: Policy, *, keys: bool = False) -> str:
    stream = StringIO()
    console = Console(file=stream, width=200, highlight=False, markup=False, emoji=False)
    console.print(policy_text(policy, keys=keys))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return shown(sample_policy(tmp_path_factory.mktemp("sample_area"), TABLES_YAML))


def entries(text: str) -> Iterator[list[str]]:
    """Return the lines of each entry, without its origin."""
    for part in text.split("\n  • ")[1:]:
        lines = part.split("\n\n")[0].split("\n")
        yield [line.strip() for line in lines if not line.endswith(")") or ".yaml:" not in line]


def entry(text: str, head: str) -> list[str]:
    """Return the other lines of the first entry with a head."""
    return next(lines for head_, *lines in entries(text) if head_ == head)


def test_policy_says_what_it_is_and_what_is_in_force(text: str) -> None:
    first, second, third, *_ = text.split("\n")
    assert first == "Sample Area on 2025-06-02"
    assert second == "In force: sample_area@2025-01-01"
    assert third.startswith("sha256:")


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("A branch", []),
        ("Deputy", ["counts as Boss"]),
        ("Help Desk", ["desk@example.org", "555-0100"]),
        ("Form One", []),
        ("Statement A", []),
        ("The area itself", []),
        ("30 days: days of grace", ["reading: count"]),
        (
            "A branch: Boss → Help Desk",
            [
                "sent to: desk@example.org",
                "copy to: Auditor",
                "subject line: “New account at <name of the office>”",
                "if it comes from anyone else: return",
                "if it goes to anyone else: return (SAMPLE-1/b too)",
            ],
        ),
        (
            "A partner: Auditor or Boss → Auditor",
            ["if it comes from anyone else: return", "if it goes to anyone else: return"],
        ),
        ("Required: the organization type is a branch or a partner", ["if not: return"]),
        (
            "Required: the day the training was completed is at most 30 days before the date of"
            " the request",
            [
                "if not: return",
                "if missing: “There is no training.”",
                "if later: “The training comes too late.”",
                "if too old: “The training is older than 30 days.”",
                "reading: count",
            ],
        ),
        (
            "Not allowed: the requestor's name is the same as the staff member's name",
            ["if so: deny", "says: “<requestor's name> asks for <staff member's name>.”"],
        ),
        (
            "Noted: the proposed password contains “word”",
            ["if so: a note", "says: “The password <proposed password> is weak.”"],
        ),
        (
            "Not allowed: several persons used the account",
            ["if so: violation", "says: “The account is shared.”"],
        ),
        (
            "Required: the Form Two is attached",
            [
                "where the staff member's employer is not the area itself",
                "if not: return",
                "says: “The Form Two is not attached.”",
            ],
        ),
        (
            "Required: the approval of the Auditor is on file",
            [
                "where the request asks for privileges",
                "if not: await approval",
                "says: “The approval of Auditor is not on file.”",
            ],
        ),
        ("Coordinator: Make the account.", ["with the outcome accept or await approval"]),
        (
            "Coordinator to requestor (copy to Auditor), at once: Tell the staff member.",
            ["by the deadline “Training ends”", "with the outcome accept or await approval"],
        ),
        ("Training ends", ["30 days after the day the training was completed", "reading: count"]),
        ("Be kind.", []),
        (
            "Out of scope where a privilege group is asked for and the privilege group asked for"
            " is “tiny”",
            ["says: “A tiny group is outside.”"],
        ),
    ],
)
def test_entry_is_shown(text: str, head: str, lines: list[str]) -> None:
    assert entry(text, head) == lines


def test_entry_names_clauses_and_origin(text: str) -> None:
    line = TABLES_YAML.splitlines().index("  training:") + 2
    assert f"SAMPLE-1/a ({_folder(text)}/{EDITION}/tables.yaml:{line})" in text


def _folder(text: str) -> str:
    return text.partition("• Boss\n")[2].partition("(")[2].partition(f"/{EDITION}")[0]


def test_the_scope_is_shown_with_its_clauses(text: str) -> None:
    assert f"\nAccount\nIn scope by SAMPLE-1/a ({_folder(text)}/{EDITION}/words.yaml:" in text


def test_each_type_of_request_has_its_routes(text: str) -> None:
    create, change = text.split("Request to create an account\n")[1].split(
        "Request to change access\n"
    )
    assert "if it goes to anyone else: return" in entry(create, "A branch: Boss → Help Desk")[-1]
    assert entry(change, "A branch: Boss → Help Desk")[-1] == (
        "shown with the answer, but not checked"
    )


def test_an_account_is_coordinated_by_whom_the_routing_names(text: str) -> None:
    account = text.split("\nAccount\n")[1]
    assert entry(account, "A branch: Help Desk") == []


def test_sections_stand_in_order(text: str) -> None:
    headings = [
        "Organizations",
        "Roles",
        "Forms",
        "Statements",
        "Employers",
        "Numbers",
        "Request to create an account",
        "Out of scope",
        "Who requests, and to whom",
        "Papers",
        "Rules",
        "Approvals",
        "Duties",
        "Deadlines",
        "Request to change access",
        "Account",
        "Closure form",
        "Shown, not enforced",
        "How open questions are read",
    ]
    places = [text.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)


def test_keys_are_shown_to_who_asks_for_them(tmp_path: Path) -> None:
    text = shown(sample_policy(tmp_path, TABLES_YAML), keys=True)
    for line in (
        "Deputy [deputy]",
        "30 days: days of grace [grace]",
        "Request to create an account [request/create]",
        "A branch: Boss → Help Desk [routing/branch]",
        "Required: the Form Two is attached [papers/create/form_two]",
        "Coordinator: Make the account. [duties/make]",
        "Training ends [training_ends]",
    ):
        assert f"{line}\n" in text


def test_reading_shows_its_choices(tmp_path: Path) -> None:
    tables = """
readings:
  open: {question: Which?, answer: This., others: [that]}
  taken: {question: What?, answer: So., others: [thus], chosen: thus}
"""
    text = shown(sample_policy(tmp_path, tables))
    assert "• open: Which?\n    This.\n    also possible: that\n" in text
    assert "• taken: What?\n    So.\n    also possible: thus\n    chosen here: thus" in text


ROUTES = """
routing:
  branch:
    requestors: boss
    coordinator: desk
    clauses: [SAMPLE-1/a]
    except:
      north: {when: {request.office: North}, coordinator: auditor, clauses: [SAMPLE-1/b]}
      access:
        about: request/change
        requestors: anyone
        also: auditor
        clauses: [SAMPLE-1/c]
  partner: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/a]}
submission:
  create: {clauses: [SAMPLE-1/d]}
"""


def test_a_route_is_shown_with_its_exceptions(tmp_path: Path) -> None:
    create = shown(sample_policy(tmp_path, ROUTES)).split("Request to create an account\n")[1]
    found = [lines for lines in entries(create) if "→" in lines[0]]
    assert found[:3] == [
        [
            "A branch: Boss → Auditor",
            "where the name of the office is “North”",
            "if it comes from anyone else: return",
            "if it goes to anyone else: return",
        ],
        [
            "A branch: Boss → Help Desk",
            "in all other cases",
            "sent to: desk@example.org",
            "if it comes from anyone else: return",
            "if it goes to anyone else: return (SAMPLE-1/d too)",
        ],
        [
            "A partner: Boss → Help Desk",
            "sent to: desk@example.org",
            "if it comes from anyone else: return",
            "if it goes to anyone else: return (SAMPLE-1/d too)",
        ],
    ]
    assert "SAMPLE-1/a, SAMPLE-1/b (" in create.partition("A branch: Boss → Auditor")[2]


def test_an_exception_without_a_condition_leaves_no_other_case(tmp_path: Path) -> None:
    change = shown(sample_policy(tmp_path, ROUTES)).split("Request to change access\n")[1]
    heads = [lines[0] for lines in entries(change.partition("\nAccount\n")[0])]
    assert heads == [
        "A branch: Boss → Auditor",
        "A branch: anyone → Help Desk and Auditor",
        "A partner: Boss → Help Desk",
    ]


def test_clauses_of_one_kind_of_failure_stand_beside_its_text(tmp_path: Path) -> None:
    tables = """
rules:
  trained:
    about: request/create
    require: {request.staff.training_completed_on: {before: request.submitted_on}}
    say: {missing: There is none.}
    clauses: [SAMPLE-1/a]
    where: {missing: {clauses: [SAMPLE-1/b]}, later: {clauses: [SAMPLE-1/c]}}
"""
    text = shown(sample_policy(tmp_path, tables))
    head = "Required: the day the training was completed is before the date of the request"
    assert entry(text, head) == [
        "if not: return",
        "if missing: “There is none.” (SAMPLE-1/b too)",
        "if later: (SAMPLE-1/c too)",
    ]


def test_organizations_of_which_a_directive_does_not_speak_are_named(tmp_path: Path) -> None:
    tables = """
organizations:
  stranger: {title: a stranger, outside: true, clauses: [SAMPLE-1/d]}
"""
    text = shown(sample_policy(tmp_path, tables))
    lines = entry(text, "Out of scope where the organization type is a stranger")
    assert lines == ["says: “The directive does not cover <organization type>.”"]


DEADLINES = """
terms:
  made:
    title: the account was made
    when: {account.created_on: {given: true}, account.status: active}
deadlines:
  ends:
    about: account
    title: It ends
    when: made
    earliest:
      made: {from: [account.last_maintenance_on, account.created_on], count: 30 days}
      left: {when: {account.shared: true}, from: account.separated_on, count: 0 days}
      quarter: {from: account.need_ended_on, count: 1 quarter}
    met_by: account.deactivated_on
    reached_is_missed: true
    warning: 10 days
    say: {missed: It ended., near: It will end <due>.}
    clauses: [SAMPLE-1/c]
rules:
  in-time:
    about: account
    forbid: {missed: ends}
    unless: {not: made}
    say: Too late.
    clauses: [SAMPLE-1/a]
duties:
  mend:
    about: account
    when: {account.status: active, near: ends}
    who: staff_member
    what: End it.
    by: ends
    done_by: account.deactivated_on
    while_open: attention
    clauses: [SAMPLE-1/b]
roles:
  staff_member: {title: staff member}
"""


def test_a_deadline_is_shown_with_its_legs_and_with_what_is_found(tmp_path: Path) -> None:
    assert entry(shown(sample_policy(tmp_path, DEADLINES)), "It ends") == [
        "30 days after the day of the last annual maintenance or, where there is none, the day the"
        " account was created",
        "at the time of the separation, where several persons used the account",
        "the end of the calendar quarter after that of the end of the business need",
        "the earliest of these",
        "met by the time of the deactivation",
        "where the account was made",
        "missed as soon as it is reached",
        "once it is missed: violation",
        "says: “It ended.”",
        "from 10 days before: attention",
        "says: “It will end <due>.”",
    ]


def test_deadlines_and_terms_go_by_their_titles_in_conditions(tmp_path: Path) -> None:
    text = shown(sample_policy(tmp_path, DEADLINES))
    assert entry(text, "Not allowed: the deadline “It ends” is missed") == [
        "where the account was made",
        "if so: violation",
        "says: “Too late.”",
    ]
    assert entry(text, "Staff member: End it.") == [
        "where the deadline “It ends” is near",
        "by the deadline “It ends”",
        "whatever the outcome",
        "while it is not done: attention",
    ]
    meant = text.partition("Terms used above\n")[2].splitlines()[0].strip()
    assert meant == (
        "• The account was made: the day the account was created is stated and the status of the"
        " account is active"
    )


def test_a_long_condition_is_taken_apart(tmp_path: Path) -> None:
    tables = """
rules:
  long:
    about: account
    forbid:
      all:
        - account.created_on: {before: account.last_maintenance_on}
        - any:
            - account.shared: true
            - not: {account.status: active, account.created_on: {given: true}}
        - account.need_ended_on: {before: account.separated_on}
    say: Long.
    clauses: [SAMPLE-1/a]
"""
    assert entry(shown(sample_policy(tmp_path, tables)), "Not allowed: all of this holds:") == [
        "- the day the account was created is before the day of the last annual maintenance",
        "- any of this holds:",
        "- several persons used the account",
        "- it is not the case that all of this holds:",
        "- the status of the account is active",
        "- the day the account was created is stated",
        "- the end of the business need is before the time of the separation",
        "if so: violation",
        "says: “Long.”",
    ]


def test_facts_of_the_profile_are_shown(tmp_path: Path) -> None:
    tables = """
facts:
  account.badge: {title: color of the badge, type: text}
  account.gone: {title: lost badge, type: flag, left_out: none}
"""
    text = shown(sample_policy(tmp_path, tables))
    assert "Facts that it declares\n  • Color of the badge: a text\n" in text
    assert "  • Lost badge: true or false\n    if left out, it has not happened\n" in text


def test_policy_without_tables_is_shown(tmp_path: Path) -> None:
    text = shown(sample_policy(tmp_path, ""))
    assert "Who requests" not in text
    assert "Numbers" not in text


def test_days_that_do_not_count_are_shown_as_they_are_written(tmp_path: Path) -> None:
    tables = """
calendar:
  sundays: {title: Sunday, on: every Sunday}
  founding-day: {title: Founding Day, on: [May 4, 2025-12-24], moves: {sunday: monday}}
deadlines:
  ends:
    about: account
    title: It ends
    from: account.created_on
    count: 3 business days
    clauses: [SAMPLE-1/c]
"""
    lines = [line.strip() for line in shown(sample_policy(tmp_path, tables)).split("\n")]
    assert lines.count("• Sunday: every Sunday") == 1
    assert lines.count("• Founding Day: May 4, 2025-12-24; moves from sunday to monday") == 1


def test_what_is_looser_stands_among_the_differences(tmp_path: Path) -> None:
    local = """
exempt:
  free:
    about: account
    when: {account.status: active}
    clauses: [LOCAL-1/a]
    authority: WAIVER-1/a
    reason: The Board lets us.
"""
    text = shown(layered(tmp_path, local))
    _, _, differences = text.partition("Differences from the profile above")
    assert (
        "• Exemption “free” exempts an account, which base@2025-01-01 evaluates (looser)"
        in differences
    )
    assert "reason: The Board lets us." in differences
    assert "WAIVER-1/a" in differences


def test_what_has_no_denial_of_its_own_is_said_with_unless(tmp_path: Path) -> None:
    tables = """
terms:
  used: {title: several persons use it, when: {account.shared: true}}
rules:
  one:
    about: account
    when: {not: used}
    require: {account.status: active}
    clauses: [SAMPLE-1/a]
"""
    lines = entry(
        shown(sample_policy(tmp_path, tables)), "Required: the status of the account is active"
    )
    assert "unless several persons use it" in lines
