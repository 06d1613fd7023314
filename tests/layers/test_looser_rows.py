# SPDX-License-Identifier: MIT
"""Rows, their exceptions and roles that count as others are compared with the rows above."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import Policy, ProfileError, load_policy
from tests.samples.layers import CHAIN, DAY, written_chain
from tests.samples.profiles import EDITION

RIGHT = "authority: WAIVER-1/a, reason: The Board lets us."
BASE_ROW = "  north: {requestors: asker, coordinator: helper, cc: checker, clauses: [BASE-1/a]}\n"
EXCEPTING = """\
  north:
    requestors: asker
    coordinator: helper
    clauses: [BASE-1/a]
    except:
      pier: {when: {request.office: Pier}, coordinator: checker, clauses: [BASE-1/a]}
"""
ROW = "routing:\n  office: {requestors: chief, coordinator: desk, clauses: [LOCAL-1/a]%s}\n"
EXCEPTION = """
routing:
  office:
    requestors: chief
    coordinator: desk
    clauses: [LOCAL-1/a]
    except:
      %s
"""


def policy(folder: Path, local: str, row: str = BASE_ROW, more: str = "") -> Policy:
    """Load the local policy over a base with a row for its organization."""
    words = CHAIN[f"base/{EDITION}/words.yaml"]
    assert BASE_ROW in words
    files = {"base/words.yaml": words.replace(BASE_ROW, row), "local/tables.yaml": local}
    return load_policy(written_chain(folder, {**files, "base/more.yaml": more or "{}"}), DAY)


def refused(folder: Path, local: str, row: str = BASE_ROW, more: str = "") -> list[str]:
    with pytest.raises(ProfileError) as caught:
        policy(folder, local, row, more)
    return [problem.message for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("key", "how"),
    [
        ("unless: {request.office: Pier}", "holds for some requests of `office`, and"),
        ("when: {request.office: Pier}", "holds for some requests of `office`, and"),
        ("otherwise: note", "is more lenient on a wrong requestor for `office` than"),
    ],
)
def test_row_that_holds_for_less_is_looser(key: str, how: str, tmp_path: Path) -> None:
    (message,) = refused(tmp_path, ROW % f", {key}")
    assert message.startswith(f"`routing/office` {how} base@2025-01-01")
    (difference,) = policy(tmp_path, ROW % f", {key}, {RIGHT}").differences
    assert difference.direction == "looser"


@pytest.mark.parametrize("organization", ["office", "shore"])
def test_row_that_is_looser_takes_a_clause_whichever_rows_stand_above(
    organization: str, tmp_path: Path
) -> None:
    more = """
organizations: {south: {title: the South}}
routing: {south: {requestors: asker, coordinator: helper, clauses: [BASE-1/a]}}
"""
    row = (ROW % ", otherwise: note, reason: It is only a note.").replace("office", organization)
    local = "organizations: {shore: {title: the Shore, stands_for: south}}\n" + row
    with pytest.raises(ProfileError) as caught:
        policy(tmp_path, local, more=more)
    (problem,) = caught.value.problems
    assert problem.help == (
        "cite under `authority` a clause that Base Board issued, and give the `reason`"
    )


def test_row_that_holds_for_others_is_not_told(tmp_path: Path) -> None:
    row = BASE_ROW.replace("cc: checker", "when: {request.office: Pier}")
    local = ROW % ", when: {request.office: Quay}, authority: LOCAL-1/b, reason: So."
    (difference,) = policy(tmp_path, local, row).differences
    assert difference.direction == "direction unknown"


def test_stricter_row_needs_no_right(tmp_path: Path) -> None:
    assert policy(tmp_path, ROW % ", otherwise: deny").differences == ()


@pytest.mark.parametrize(
    ("exception", "does"),
    [
        ("requestors: anyone", "lets `anyone` request for `office`"),
        ("requestors: [chief, desk]", "lets `desk` request for `office`"),
        ("coordinator: checker", "sends requests of `office` to `checker`"),
    ],
)
def test_exception_is_compared_with_the_row_above(
    exception: str, does: str, tmp_path: Path
) -> None:
    written = f"urgent: {{when: {{request.office: Quay}}, {exception}, clauses: [LOCAL-1/a]%s}}"
    assert refused(tmp_path, EXCEPTION % written % "") == [
        f"`routing/office/except/urgent` {does}, which base@2025-01-01 does not"
    ]
    (difference,) = policy(tmp_path, EXCEPTION % written % f", {RIGHT}").differences
    assert difference.what == "routing/office/except/urgent"


def test_exception_that_lets_and_sends_as_the_row_above_does_needs_no_right(tmp_path: Path) -> None:
    exception = "urgent: {when: {request.office: Quay}, also: checker, clauses: [LOCAL-1/a]}"
    assert policy(tmp_path, EXCEPTION % exception).differences == ()


def test_exception_is_compared_with_those_above(tmp_path: Path) -> None:
    exception = "urgent: {when: {request.subject: Urgent}, clauses: [LOCAL-1/a]}"
    assert refused(tmp_path, EXCEPTION % exception, EXCEPTING) == [
        "`routing/office/except/urgent` sends requests of `office` to `desk`, "
        "which base@2025-01-01 (`pier`) does not"
    ]


def test_exception_above_that_goes_on_is_compared_with_itself(tmp_path: Path) -> None:
    assert policy(tmp_path, ROW % "", EXCEPTING).differences == ()


def test_exception_that_is_named_anew_is_compared_with_the_row_and_its_namesake(
    tmp_path: Path,
) -> None:
    exception = "pier: {when: {request.office: Quay}, coordinator: checker, clauses: [LOCAL-1/a]}"
    assert refused(tmp_path, EXCEPTION % exception, EXCEPTING) == [
        "`routing/office` sends requests of `office` to `desk`, "
        "which base@2025-01-01 (`pier`) does not",
        "`routing/office/except/pier` sends requests of `office` to `checker`, "
        "which base@2025-01-01 does not",
    ]


def test_exception_for_requests_that_need_no_coordinator_above_needs_no_right(
    tmp_path: Path,
) -> None:
    scope = "scope: {request/reset: {clauses: [BASE-1/a]}}\n"
    exception = "reset: {about: request/reset, requestors: anyone, clauses: [LOCAL-1/a]}"
    assert policy(tmp_path, EXCEPTION % exception, more=scope).differences == ()
    submitted = f"{scope}submission: {{reset: {{clauses: [BASE-1/a]}}}}\n"
    (message,) = refused(tmp_path, EXCEPTION % exception, more=submitted)
    assert message.startswith("`routing/office/except/reset` lets `anyone` request")


def test_anybody_may_request_where_anybody_may_above(tmp_path: Path) -> None:
    row = BASE_ROW.replace("requestors: asker", "requestors: anyone")
    local = (ROW % "").replace("requestors: chief", "requestors: [chief, desk]")
    assert policy(tmp_path, local, row).differences == ()


# Roles that count as others


def test_role_that_counts_as_a_requestor_is_compared_with_the_row_above(tmp_path: Path) -> None:
    assert refused(tmp_path, "roles: {deputy: {title: Deputy, counts_as: chief}}\n") == [
        "`roles/deputy` may request for `office` by its `counts_as`, "
        "which base@2025-01-01 does not allow"
    ]


@pytest.mark.parametrize(
    "role",
    [
        "deputy: {title: Deputy, stands_for: asker, counts_as: chief}",
        "deputy: {title: Deputy, counts_as: desk}",
    ],
)
def test_role_that_may_request_above_or_counts_as_no_requestor_needs_no_right(
    role: str, tmp_path: Path
) -> None:
    assert policy(tmp_path, f"roles:\n  {role}\n").differences == ()


LEAD = "roles: {lead: {title: Lead, counts_as: asker}}\n"


def test_what_stands_for_a_role_that_counts_above_counts_here(tmp_path: Path) -> None:
    local = policy(tmp_path, "roles: {head: {title: Head, stands_for: lead}}\n", more=LEAD)
    assert local.differences == ()
    (check,) = (
        c for c in local.plans["request/create"].checks if c.id == "routing/office/requestor"
    )
    assert check.require.operator.mentions() == ("chief", "clerk", "head")  # type: ignore[union-attr]


def test_row_of_its_own_that_names_such_a_role_needs_no_right(tmp_path: Path) -> None:
    local = """
roles: {head: {title: Head, stands_for: lead}}
routing:
  office: {requestors: [chief, head], coordinator: desk, clauses: [LOCAL-1/a]}
"""
    assert policy(tmp_path, local, more=LEAD).differences == ()


# Rows from above that are changed


@pytest.mark.parametrize(
    ("change", "direction"),
    [
        ("routing/north/requestors, was: asker, now: [asker, checker]", "looser"),
        ("routing/north/coordinator, was: helper, now: checker", "looser"),
        ("routing/north/otherwise, was: none, now: note", "looser"),
        ("routing/north/otherwise, was: none, now: deny", "stricter"),
        ("routing/north/unless, was: none, now: {request.office: Pier}", "looser"),
        ("routing/north/cc, was: checker, now: none", "direction unknown"),
    ],
)
def test_change_of_a_row_above_has_its_direction(
    change: str, direction: str, tmp_path: Path
) -> None:
    local = f"overrides:\n  - {{what: {change}, {RIGHT}}}\n"
    (difference,) = policy(tmp_path, local).differences
    assert (difference.what.split("/")[0], difference.direction) == ("routing", direction)


def test_row_above_that_lets_fewer_request_is_stricter(tmp_path: Path) -> None:
    row = BASE_ROW.replace("requestors: asker", "requestors: [asker, checker]")
    change = "what: routing/north/requestors, was: [asker, checker], now: asker"
    (difference,) = policy(tmp_path, f"overrides:\n  - {{{change}}}\n", row).differences
    assert difference.direction == "stricter"


def test_row_above_cannot_be_widened_by_a_clause_of_its_own(tmp_path: Path) -> None:
    change = "what: routing/north/requestors, was: asker, now: [asker, checker]"
    local = f"overrides:\n  - {{{change}, authority: LOCAL-1/b, reason: So.}}\n"
    assert refused(tmp_path, local) == [
        "`LOCAL-1/b` gives no authority to loosen what Base Board issued"
    ]
