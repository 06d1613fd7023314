# SPDX-License-Identifier: MIT
"""The direction of an override follows from the form of what it changes, if from anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import load_policy
from tests.samples.layers import DAY, layered, written_chain

RIGHT = "authority: WAIVER-1/a, reason: The Board lets us."
BASE = """
scope:
  record/data_entry: {clauses: [BASE-1/a]}
readings:
  clock: {question: Which?, answer: This., others: [kind, harsh, odd]}
parameters:
  limit:
    value: 30 days
    reading: clock
    instead: {kind: 40 days, harsh: 20 days}
    clauses: [BASE-1/a]
  warning: {value: 9 days, clauses: [BASE-1/a]}
  idle: {value: 9 days, clauses: [BASE-1/a]}
  declared: {value: 9 days, stricter: lower, clauses: [BASE-1/a]}
lists:
  free: [edd, county]
  needed: [blue, green]
calendar:
  saturdays: {title: Saturday, on: every Saturday}
exempt:
  some: {about: request/create, when: {request.privileges: {has_only: free}}, clauses: [BASE-1/a]}
tables:
  strict:
    about: request/create
    by: request.change_of
    require: {request.attachments: {has: <form>}}
    say: <name> is missing.
    no_row: return
    clauses: [BASE-1/a]
    rows: {first: {form: blue, name: Blue}}
rules:
  limited:
    about: request/create
    when: {request.office: North}
    require: {request.staff.training_completed_on: {within: limit, before: request.submitted_on}}
    otherwise: return
    reading: clock
    instead: {kind: note, harsh: deny}
    clauses: [BASE-1/a]
  carried:
    about: request/create
    unless: {request.office: North}
    require: {request.attachments: {has_all: needed}}
    clauses: [BASE-1/a]
  entered:
    about: record/data_entry
    require: {record.entered_on: {within: 5 business days, after: record.service_date}}
    clauses: [BASE-1/a]
deadlines:
  due:
    about: account
    title: Due
    earliest:
      made: {when: {account.status: active}, from: account.created_on, count: limit}
      kept: {from: account.created_on, count: 90 days}
    warning: warning
    clauses: [BASE-1/a]
  plain:
    about: account
    title: Plain
    from: account.created_on
    count: 30 days
    missed: none
    clauses: [BASE-1/a]
  excused:
    about: account
    title: Excused
    from: account.created_on
    count: 30 days
    missed: none
    clauses: [BASE-1/a]
duties:
  open:
    about: account
    when: {account.status: active}
    who: helper
    what: Do it.
    done_by: account.deactivated_on
    while_open: attention
    clauses: [BASE-1/b]
guides:
  good: {say: It is good to know., clauses: [BASE-1/a]}
"""
NAMED = {
    "BLUE": "{form: blue, name: Blue}",
    "KEPT": "{from: account.created_on, count: 90 days}",
    "HELD": "{request.privileges: {has_only: free}}",
    "FREE": (
        "{about: request/create, when: {request.privileges: {has_only: free}}, clauses: [BASE-1/a]}"
    ),
}
STRICTER, LOOSER, UNCLEAR, NONE = "stricter", "looser", "direction unknown", ""


@pytest.fixture
def direction(tmp_path: Path, change: str) -> str:
    for name, text in NAMED.items():
        change = change.replace(name, text)
    local = f"overrides:\n  - {{what: {change}, {RIGHT}}}\n"
    (found,) = layered(tmp_path, local, base=BASE).overrides
    return found.direction


CHANGES = {
    # Numbers
    "parameters/limit, was: 30 days, now: 20 days": STRICTER,
    "parameters/limit/value, was: 30 days, now: 31 days": LOOSER,
    "parameters/limit/instead/kind, was: 40 days, now: 50 days": LOOSER,
    "parameters/limit/instead/odd, was: none, now: 9 days": STRICTER,
    "parameters/limit, was: 30 days, now: 1 month": UNCLEAR,
    "parameters/idle, was: 9 days, now: 8 days": UNCLEAR,
    "parameters/declared, was: 9 days, now: 8 days": STRICTER,
    "parameters/declared, was: 9 days, now: 10 days": LOOSER,
    "parameters/warning, was: 9 days, now: 8 days": LOOSER,
    # Lists
    "lists/free, was: [edd, county], now: [edd, county, city]": LOOSER,
    "lists/free, was: [edd, county], now: edd": STRICTER,
    "lists/free, was: [edd, county], now: [edd, city]": UNCLEAR,
    "lists/needed, was: [blue, green], now: blue": LOOSER,
    # Outcomes
    "rules/limited/otherwise, was: return, now: none": NONE,
    "rules/limited/otherwise, was: return, now: deny": STRICTER,
    "rules/limited/otherwise, was: return, now: note": LOOSER,
    "rules/limited/instead/kind, was: note, now: return": STRICTER,
    "rules/limited/instead/harsh, was: deny, now: none": LOOSER,
    "rules/carried/otherwise, was: none, now: await_approval": LOOSER,
    "approvals/agreed/otherwise, was: none, now: return": STRICTER,
    "approvals/agreed/otherwise, was: none, now: note": LOOSER,
    "deadlines/due/missed, was: none, now: attention": LOOSER,
    "deadlines/plain/missed, was: none, now: violation": STRICTER,
    "duties/open/while_open, was: attention, now: violation": STRICTER,
    "duties/open/while_open, was: attention, now: none": LOOSER,
    "tables/strict/no_row, was: return, now: none": LOOSER,
    "tables/strict/no_row, was: return, now: deny": STRICTER,
    # When an entry applies
    "rules/limited/when, was: {request.office: North}, now: none": STRICTER,
    "rules/limited/unless, was: none, now: {request.office: South}": LOOSER,
    "rules/limited/when, was: {request.office: North}, now: {request.office: South}": UNCLEAR,
    "rules/carried/unless, was: {request.office: North}, now: none": STRICTER,
    "rules/carried/when, was: none, now: {request.office: North}": LOOSER,
    "duties/open/when, was: {account.status: active}, now: none": STRICTER,
    "exempt/some/when, was: HELD, now: {request.office: A}": UNCLEAR,
    # What an entry is
    "exempt/some, was: FREE, now: none": STRICTER,
    "rules/limited/when, was: {request.office: North}, now: {request.office: A}": UNCLEAR,
    "papers/create/blue, was: {clauses: [BASE-1/a]}, now: none": LOOSER,
    "papers/create/blue/form, was: none, now: green": UNCLEAR,
    "submission/create, was: {clauses: [BASE-1/a]}, now: none": LOOSER,
    "calendar/saturdays/on, was: every Saturday, now: every Sunday": UNCLEAR,
    "guides/good, was: {say: It is good to know., clauses: [BASE-1/a]}, now: none": NONE,
    "clauses/BASE-1/a/says, was: Something has to be so., now: It has to be so.": NONE,
    "rules/alone/clauses, was: BASE-1/a, now: BASE-1/b": UNCLEAR,
    # Rows of lookup tables
    "tables/strict/rows/first, was: BLUE, now: {form: green, name: It}": UNCLEAR,
    "tables/strict/rows/second, was: none, now: {form: green, name: It}": UNCLEAR,
    "tables/strict/rows/first/form, was: blue, now: green": UNCLEAR,
    "tables/strict/rows/first/name, was: Blue, now: Form": NONE,
    "tables/strict/rows/first/otherwise, was: none, now: deny": STRICTER,
    "tables/strict/rows/first/otherwise, was: none, now: note": LOOSER,
    "tables/forms/rows/inside, was: none, now: {form: blue}": STRICTER,
    "tables/forms/rows/outside/when, was: none, now: {request.office: A}": LOOSER,
    # Deadlines
    "deadlines/plain/count, was: 30 days, now: 20 days": STRICTER,
    "deadlines/plain/count, was: 30 days, now: limit": UNCLEAR,
    "deadlines/plain/reached_is_missed, was: none, now: true": STRICTER,
    "deadlines/plain/warning, was: none, now: 9 days": STRICTER,
    "deadlines/plain/when, was: none, now: {account.status: active}": LOOSER,
    "deadlines/plain/met_by, was: none, now: account.deactivated_on": UNCLEAR,
    "deadlines/due/warning, was: warning, now: none": LOOSER,
    "deadlines/due/warning, was: warning, now: 10 days": STRICTER,
    "deadlines/due/earliest/kept/count, was: 90 days, now: 100 days": LOOSER,
    "deadlines/due/earliest/kept, was: KEPT, now: none": LOOSER,
    "deadlines/due/earliest/more, was: none, now: KEPT": STRICTER,
    "deadlines/due/earliest/made/when, was: {account.status: active}, now: none": UNCLEAR,
    # Readings
    "readings/clock/chosen, was: none, now: kind": LOOSER,
    "readings/clock/chosen, was: none, now: harsh": STRICTER,
    "readings/clock/chosen, was: none, now: odd": NONE,
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.items())
def test_direction_of_a_change(direction: str, expected: str) -> None:
    assert direction == expected


# What a direction is told by


def overridden(folder: Path, change: str, local: str = "{}", base: str = BASE) -> list[str]:
    text = f"overrides:\n  - {{what: {change}, {RIGHT}}}\n"
    files = {"base/more.yaml": base, "local/more.yaml": local, "local/tables.yaml": text}
    policy = load_policy(written_chain(folder, files), DAY)
    return [one.direction for one in policy.overrides]


ASK = """\
  ask:
    about: account
    %s
    require: {account.shared: false}
    clauses: [BASE-1/a]
"""
CHANGE = "parameters/limit, was: 30 days, now: 31 days"


def test_local_use_of_a_number_does_not_blur_its_direction(tmp_path: Path) -> None:
    local = """
rules:
  ours:
    about: account
    forbid: {account.created_on: {within: limit, before: at}}
    clauses: [LOCAL-1/a]
"""
    assert overridden(tmp_path, CHANGE, local) == [LOOSER]


def test_what_is_stricter_cannot_be_turned_by_another_override(tmp_path: Path) -> None:
    for what, stricter in (("declared", "lower"), ("limit", "none")):
        was = "9 days" if what == "declared" else "30 days"
        change = (
            f"parameters/{what}/stricter, was: {stricter}, now: higher, {RIGHT}}}\n"
            f"  - {{what: parameters/{what}, was: {was}, now: 100 days"
        )
        assert overridden(tmp_path, change) == [UNCLEAR, LOOSER]


def test_number_that_is_looser_in_one_use_is_looser(tmp_path: Path) -> None:
    base = f"""{BASE}
terms:
  settled: {{when: {{account.created_on: {{more_than: limit, before: at}}}}}}
"""
    rule = "  settled: {about: account, require: settled, clauses: [BASE-1/a]}\n"
    both = base.replace("rules:\n", f"rules:\n{rule}", 1)
    assert overridden(tmp_path, "parameters/limit, was: 30 days, now: 29 days", base=both) == [
        LOOSER
    ]


@pytest.mark.parametrize(
    ("asked", "direction"),
    [
        ("unless: {missed: excused}", LOOSER),
        ("when: {missed: excused}", STRICTER),
        ("when: {not: {missed: excused}}", LOOSER),
    ],
)
def test_deadline_is_stricter_as_conditions_ask_for_it(
    asked: str, direction: str, tmp_path: Path
) -> None:
    base = BASE.replace("rules:\n", f"rules:\n{ASK % asked}", 1)
    change = "deadlines/excused/count, was: 30 days, now: 20 days"
    assert overridden(tmp_path, change, base=base) == [direction]
    named = "count: idle".join(base.rsplit("count: 30 days", 1))
    change = "parameters/idle, was: 9 days, now: 8 days"
    assert overridden(tmp_path, change, base=named) == [direction]


@pytest.mark.parametrize(
    ("asked", "direction"),
    [("when: {near: due}", STRICTER), ("unless: {near: due}", LOOSER)],
)
def test_warning_time_is_stricter_as_conditions_ask_for_it(
    asked: str, direction: str, tmp_path: Path
) -> None:
    base = BASE.replace("rules:\n", f"rules:\n{ASK % asked}", 1)
    change = "parameters/warning, was: 9 days, now: 10 days"
    assert overridden(tmp_path, change, base=base) == [direction]


def test_row_gone_is_looser_unless_others_are_for_its_values(tmp_path: Path) -> None:
    change = "tables/strict/rows/first, was: {form: blue, name: Blue}, now: none"
    two = BASE.replace("name: Blue}}", "name: Blue}, second: {form: green, name: It}}")
    assert overridden(tmp_path, change, base=two) == [UNCLEAR]
    alone = two.replace("    no_row: return\n", "")
    assert overridden(tmp_path, change, base=alone) == [LOOSER]


def test_calendar_with_fewer_closed_days_is_stricter(tmp_path: Path) -> None:
    base = BASE.replace("calendar:\n", "calendar:\n  fair: {title: Fair, on: June 6}\n")
    change = "calendar/fair, was: {title: Fair, on: June 6}, now: none"
    assert overridden(tmp_path, change, base=base) == [STRICTER]
