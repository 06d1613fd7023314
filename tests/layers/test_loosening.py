# SPDX-License-Identifier: MIT
"""Local entries that can make an outcome better than above are found, and need authority."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import Account, Policy, ProfileError, Request, Requestor, evaluate, load_policy
from tests.samples.layers import CHAIN, DAY, layered, written_chain
from tests.samples.profiles import EDITION

RIGHT = "authority: WAIVER-1/a, reason: The Board lets us."
BUSINESS_DAYS = """
scope:
  record/data_entry: {clauses: [BASE-1/a]}
calendar:
  saturdays: {title: Saturday, on: every Saturday}
deadlines:
  entry:
    about: record/data_entry
    title: Data is to be entered
    from: record.service_date
    count: 5 business days
    missed: return
    clauses: [BASE-1/a]
"""
EXEMPT = """
exempt:
  free: {about: account, when: {account.status: active}, clauses: [LOCAL-1/a]%s}
"""
OUTSIDE = "organizations:\n  annex: {title: the Annex, stands_for: north, outside: true%s}\n"
UNMAPPED = """
organizations:
  annex: {title: the Annex%s}
routing:
  annex: {requestors: chief, coordinator: desk, clauses: [LOCAL-1/a]}
"""
COUNTING = "roles:\n  deputy: {title: Deputy, counts_as: chief%s}\n"
CLOSED = "calendar:\n  fair: {title: Fair, on: June 6%s}\n"
EXCEPTION = """
routing:
  office:
    requestors: chief
    coordinator: desk
    clauses: [LOCAL-1/a]
    except:
      urgent: {when: {request.office: Pier}, coordinator: checker, clauses: [LOCAL-1/a]%s}
"""
KINDS = {
    "exempt/free": EXEMPT,
    "organizations/annex": OUTSIDE,
    "organizations/annex stands for no word above": UNMAPPED,
    "roles/deputy": COUNTING,
    "calendar/fair": CLOSED,
    "routing/office/except/urgent": EXCEPTION,
}


def loosened(folder: Path, local: str, base: str = BUSINESS_DAYS) -> list[str]:
    """Return what a local profile is found to loosen, by no right."""
    with pytest.raises(ProfileError) as caught:
        layered(folder, local, base=base)
    return [problem.message for problem in caught.value.problems]


def allowed(folder: Path, local: str, base: str = BUSINESS_DAYS) -> Policy:
    return layered(folder, local, base=base)


@pytest.mark.parametrize("kind", KINDS)
def test_loosening_needs_authority_and_reason(kind: str, tmp_path: Path) -> None:
    (message,) = loosened(tmp_path, KINDS[kind] % "")
    name, _, rest = kind.partition(" ")
    assert message.startswith(f"`{name}` {rest}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half", ["reason: The Board lets us.", "authority: WAIVER-1/a"])
def test_half_a_right_is_none(kind: str, half: str, tmp_path: Path) -> None:
    (message,) = loosened(tmp_path, KINDS[kind] % f", {half}")
    assert message.startswith(f"`{kind.partition(' ')[0]}` ")


@pytest.mark.parametrize("kind", KINDS)
def test_loosening_by_a_clause_of_its_own_is_refused(kind: str, tmp_path: Path) -> None:
    (message,) = loosened(tmp_path, KINDS[kind] % ", authority: LOCAL-1/b, reason: We like it.")
    assert message == "`LOCAL-1/b` gives no authority to loosen what Base Board issued"


@pytest.mark.parametrize("kind", KINDS)
def test_loosening_by_right_stands_among_the_differences(kind: str, tmp_path: Path) -> None:
    policy = allowed(tmp_path, KINDS[kind] % f", {RIGHT}")
    (difference,) = policy.differences
    assert difference.what == kind.partition(" ")[0]
    assert difference.direction == "looser"
    assert difference.authority == ("WAIVER-1/a",)
    assert difference.reason == "The Board lets us."
    assert difference.origin.edition == "local@2025-01-01"
    assert difference.place.line > 0


@pytest.mark.parametrize("kind", KINDS)
def test_reason_alone_loosens_what_binds_nobody(kind: str, tmp_path: Path) -> None:
    free = "edition: {from: 2025-01-01, title: First edition, binding: false}\n"
    files = {
        "base/edition.yaml": free,
        "base/more.yaml": BUSINESS_DAYS,
        "local/tables.yaml": KINDS[kind] % ", reason: It was advice.",
    }
    policy = load_policy(written_chain(tmp_path, files), DAY)
    assert [one.authority for one in policy.differences] == [()]


def test_profile_that_loosens_nothing_differs_in_nothing(tmp_path: Path) -> None:
    assert allowed(tmp_path, "{}").differences == ()


# Only where the profile above has something that can be loosened


def test_exemption_of_what_is_not_judged_above_loosens_nothing(tmp_path: Path) -> None:
    local = """
scope: {office: {clauses: [LOCAL-1/a]}}
exempt:
  small: {about: office, when: {office.accounts: {fewer_than: 2}}, clauses: [LOCAL-1/a]}
"""
    assert allowed(tmp_path, local).differences == ()


def test_exemption_of_a_whole_kind_names_what_is_judged_above(tmp_path: Path) -> None:
    base = "scope: {office: {clauses: [BASE-1/a]}}\n"
    local = """
exempt:
  free: {about: [request, office], when: {at: {given: true}}, clauses: [LOCAL-1/a]}
"""
    assert loosened(tmp_path, local, base) == [
        "`exempt/free` exempts `request/create`, which base@2025-01-01 evaluates"
    ]


def test_organization_outside_loosens_nothing_where_it_is_outside_above(tmp_path: Path) -> None:
    base = "organizations:\n  south: {title: the South, outside: true}\n"
    local = "organizations:\n  dock: {title: a Dock, outside: true, stands_for: south}\n"
    assert allowed(tmp_path, local, base).differences == ()


def test_organization_outside_for_one_inside_loosens_though_another_is_outside(
    tmp_path: Path,
) -> None:
    base = "organizations:\n  south: {title: the South, outside: true}\n"
    local = "organizations:\n  dock: {title: a Dock, outside: true, stands_for: [south, north]}\n"
    (message,) = loosened(tmp_path, local, base)
    assert message == (
        "`organizations/dock` is left outside, but base@2025-01-01 evaluates its requests "
        "and accounts"
    )


def test_organization_without_stand_in_is_as_one_that_is_outside_above(tmp_path: Path) -> None:
    base = "organizations:\n  south: {title: the South, outside: true}\n"
    assert allowed(tmp_path, UNMAPPED % "", base).differences == ()


def test_role_without_stand_in_is_as_one_that_no_rule_above_names(tmp_path: Path) -> None:
    assert allowed(tmp_path, "roles: {porter: {title: Porter}}\n").differences == ()


def test_role_without_stand_in_escapes_rules_that_name_every_role(tmp_path: Path) -> None:
    base = """
rules:
  askers-sign:
    about: request/create
    when: {request.requestor.role: asker}
    require: {request.signed_by_requestor: true}
    clauses: [BASE-1/a]
  others-sign:
    about: request/create
    when: {request.requestor.role: [helper, checker]}
    require: {request.signed_by_requestor: true}
    clauses: [BASE-1/a]
"""
    (message,) = loosened(tmp_path, "roles: {porter: {title: Porter}}\n", base)
    assert message == (
        "`roles/porter` stands for no word above, so `askers-sign` of base@2025-01-01 lets it pass"
    )


def test_role_that_stands_for_two_whose_approval_is_asked_loosens(tmp_path: Path) -> None:
    base = """
roles: {auditor: {title: Auditor}}
approvals:
  audited: {about: request/create, role: auditor, clauses: [BASE-1/a]}
"""
    words = CHAIN[f"local/{EDITION}/words.yaml"].replace("uses:\n  roles: checker\n", "")
    both = words.replace(
        "  desk:", "  board: {title: Board, stands_for: [auditor, checker]}\n  desk:"
    )
    files = {"base/more.yaml": base, "local/words.yaml": both}
    with pytest.raises(ProfileError) as caught:
        load_policy(written_chain(tmp_path, files), DAY)
    (problem,) = caught.value.problems
    assert problem.message.startswith(
        "`roles/board` stands for `auditor` and `checker` at once, so `approvals/a"
    )


def test_new_word_of_a_shared_table_escapes_a_table_without_a_row_for_it(tmp_path: Path) -> None:
    base = """
designations: {first: {title: first}, second: {title: second}}
tables:
  by-designation:
    about: request/create
    by: request.change_of
    require: {request.attachments: {has: <form>}}
    clauses: [BASE-1/a]
    rows: {first: {form: blue}, second: {form: green}}
"""
    local = "designations: {third: {title: third%s}}\n"
    (message,) = loosened(tmp_path, local % "", base)
    assert message == (
        "`designations/third` is not a word of the profile above, so "
        "`tables/by-designation/first` of base@2025-01-01 lets it pass"
    )
    (difference,) = allowed(tmp_path, local % f", {RIGHT}", base).differences
    assert difference.what == "designations/third"


def test_new_word_loosens_nothing_where_a_word_above_is_treated_so(tmp_path: Path) -> None:
    assert allowed(tmp_path, "employers: {guild: {title: a guild}}\n").differences == ()


def test_closed_day_loosens_nothing_where_nothing_counts_business_days(tmp_path: Path) -> None:
    assert allowed(tmp_path, CLOSED % "", "{}").differences == ()


def test_closed_day_is_stricter_where_a_longer_time_is(tmp_path: Path) -> None:
    base = """
calendar: {saturdays: {title: Saturday, on: every Saturday}}
rules:
  waited:
    about: account
    require: {account.created_on: {more_than: 3 business days, before: at}}
    clauses: [BASE-1/a]
"""
    assert allowed(tmp_path, CLOSED % "", base).differences == ()


def test_closed_day_whose_direction_is_not_told_takes_a_clause_of_its_own(tmp_path: Path) -> None:
    base = """
calendar: {saturdays: {title: Saturday, on: every Saturday}}
deadlines:
  entry:
    about: account
    title: Entry
    earliest:
      only:
        when: {account.created_on: {within: 3 business days, before: at}}
        from: account.created_on
        count: 3 days
    clauses: [BASE-1/a]
"""
    policy = allowed(tmp_path, CLOSED % ", authority: LOCAL-1/b, reason: So.", base)
    assert [one.direction for one in policy.differences] == ["direction unknown"]


# Time zones


ZONE = (
    "profile: {jurisdiction: local, title: Local, time_zone: Pacific/Honolulu, extends: base%s}\n"
)


def test_another_time_zone_needs_a_clause_and_a_reason(tmp_path: Path) -> None:
    profile = {"local/profile.yaml": ZONE % ""}
    with pytest.raises(ProfileError) as caught:
        load_policy(written_chain(tmp_path, profile), DAY)
    (problem,) = caught.value.problems
    assert problem.message == (
        "`time_zone` is Pacific/Honolulu, but base@2025-01-01 counts days in UTC"
    )
    right = ", authority: LOCAL-1/b, reason: We live there."
    policy = load_policy(written_chain(tmp_path, {"local/profile.yaml": ZONE % right}), DAY)
    (difference,) = policy.differences
    assert (difference.what, difference.direction) == ("time_zone", "direction unknown")


def test_another_name_of_the_same_time_zone_is_no_other(tmp_path: Path) -> None:
    profile = (ZONE % "").replace("Pacific/Honolulu", "Etc/UCT")
    policy = load_policy(written_chain(tmp_path, {"local/profile.yaml": profile}), DAY)
    assert policy.differences == ()


def test_clause_for_a_time_zone_has_to_exist(tmp_path: Path) -> None:
    profile = ZONE % ", authority: LOCAL-1/z, reason: So."
    with pytest.raises(ProfileError, match="there is no clause `LOCAL-1/z`"):
        load_policy(written_chain(tmp_path, {"local/profile.yaml": profile}), DAY)


# What comes out of it


def test_what_is_loosened_by_right_is_loosened(tmp_path: Path) -> None:
    shared = Account(status="active", shared=True, organization="office")
    assert evaluate(allowed(tmp_path, EXEMPT % f", {RIGHT}"), shared).outcome == "out_of_scope"
    asked = Request(
        type="create",
        submitted_on=DAY,
        organization="office",
        requestor=Requestor(role="deputy"),
        submitted_to=("desk",),
    )
    policy = allowed(tmp_path, COUNTING % f", {RIGHT}")
    found = {finding.rule for finding in evaluate(policy, asked).findings}
    assert "routing/office/requestor" not in found


def test_list_of_a_local_profile_is_no_word_of_above(tmp_path: Path) -> None:
    """A list that is called as a word above does not take the word's place there."""
    base = """
rules:
  blue-attached:
    about: request/create
    require: {request.attachments: {has_all: blue}}
    clauses: [BASE-1/a]
"""
    local = """
lists: {blue: [green]}
rules:
  ours:
    about: request/create
    require: {request.attachments: {has_all: blue}}
    clauses: [LOCAL-1/a]
"""
    policy = allowed(tmp_path, local, base)
    asked = Request(type="create", attachments=("green",))
    found = {finding.rule for finding in evaluate(policy, asked).findings}
    assert "blue-attached" in found
    assert "ours" not in found
