# SPDX-License-Identifier: MIT
"""An exception of a routing row says what it changes, and what that rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caljobs_policy import Decision, Policy, Request, Requestor, evaluate, load_policy
from tests.samples.profiles import DAY, WORDS_YAML, sample_policy, sound_profile

ROUTING = """
readings:
  big: {question: Who does big ones?, answer: The auditor.}
  usual: {question: Who does the others?, answer: The desk.}
routing:
  branch:
    requestors: REQUESTORS
    coordinator: desk
    reading: usual
    clauses: [SAMPLE-1/a]
    except:
      large:
        when: {request.privilege_group: large}
        coordinator: auditor
        reading: big
        clauses: [SAMPLE-1/b]
      mailed:
        when: {request.privilege_group: mailed}
        requestors: deputy
        send_to: [one@example.org, two@example.org]
        clauses: [SAMPLE-1/c]
      by-hand: {when: {request.privilege_group: by_hand}, send_to: none}
  partner: {requestors: anyone, coordinator: desk, clauses: [SAMPLE-1/a]}
submission:
  create: {clauses: [SAMPLE-1/d]}
"""


def policy(folder: Path, requestors: str) -> Policy:
    return sample_policy(folder, ROUTING.replace("REQUESTORS", requestors))


def decided(policy: Policy, group: str, to: str) -> Decision:
    request = Request(
        type="create",
        submitted_on=date(2025, 6, 2),
        organization="branch",
        requestor=Requestor(role="deputy"),
        submitted_to=(to,),
        privilege_group=group,
    )
    return evaluate(policy, request)


@pytest.mark.parametrize(
    ("group", "to", "send_to", "clauses"),
    [
        ("small", "desk", ("desk@example.org",), ("SAMPLE-1/a",)),
        ("large", "auditor", (), ("SAMPLE-1/b",)),
        ("mailed", "desk", ("one@example.org", "two@example.org"), ("SAMPLE-1/c",)),
        ("by_hand", "desk", (), ("SAMPLE-1/a",)),
    ],
)
def test_exception_says_where_it_is_sent_and_by_which_clauses(
    tmp_path: Path, group: str, to: str, send_to: tuple[str, ...], clauses: tuple[str, ...]
) -> None:
    decision = decided(policy(tmp_path, "anyone"), group, to)
    assert decision.outcome == "accept"
    assert decision.route is not None
    assert (decision.route.send_to, decision.route.clauses) == (send_to, clauses)


def test_row_is_cited_where_it_still_says_who_requests(tmp_path: Path) -> None:
    by_row = policy(tmp_path, "deputy")
    assert decided(by_row, "large", "auditor").route.clauses == ("SAMPLE-1/a", "SAMPLE-1/b")  # type: ignore[union-attr]
    # This one says itself who requests.
    assert decided(by_row, "mailed", "desk").route.clauses == ("SAMPLE-1/c",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("group", "clauses"),
    [
        ("small", ("SAMPLE-1/a", "SAMPLE-1/d")),
        ("large", ("SAMPLE-1/b",)),
        ("mailed", ("SAMPLE-1/c", "SAMPLE-1/d")),
        ("by_hand", ("SAMPLE-1/a", "SAMPLE-1/d")),
    ],
)
def test_request_that_went_elsewhere_breaks_what_its_case_rests_on(
    tmp_path: Path, group: str, clauses: tuple[str, ...]
) -> None:
    (finding,) = decided(policy(tmp_path, "anyone"), group, "boss").findings
    assert finding.clauses == clauses


def test_readings_are_those_of_the_case_that_applies(tmp_path: Path) -> None:
    found = policy(tmp_path, "anyone")
    assert decided(found, "small", "desk").readings == ("usual",)
    assert decided(found, "large", "auditor").readings == ("big",)


PARTS = """
readings:
  who-asks: {question: Who asks?, answer: The boss.}
  who-does: {question: Who does it?, answer: The desk.}
  who-deputizes: {question: May a deputy ask?, answer: Yes.}
  all-of-it: {question: Is the table complete?, answer: Yes.}
  large-ones: {question: Who asks for large ones?, answer: The auditor.}
  where-to: {question: Where is it sent?, answer: To the desk.}
routing:
  branch:
    requestors: boss
    coordinator: desk
    reading: all-of-it
    clauses: [SAMPLE-1/a]
    where:
      requestors: {reading: who-asks, clauses: [SAMPLE-1/b]}
      coordinator: {reading: who-does, clauses: [SAMPLE-1/c]}
    except:
      large:
        when: {request.privilege_group: large}
        requestors: auditor
        where: {requestors: {reading: large-ones}}
        clauses: [SAMPLE-1/d]
  partner: {requestors: anyone, coordinator: desk, clauses: [SAMPLE-1/a]}
submission:
  create: {clauses: [SAMPLE-1/d]}
"""
WORDS = WORDS_YAML.replace("counts_as: boss", "counts_as: boss, reading: who-deputizes").replace(
    "title: Help Desk", "title: Help Desk, reading: where-to"
)


def asked(
    folder: Path, role: str, to: str, group: str | None = None, tables: str = PARTS
) -> Decision:
    request = Request(
        type="create",
        submitted_on=DAY,
        organization="branch",
        requestor=Requestor(role=role),
        submitted_to=(to,),
        privilege_group=group,
    )
    policy = load_policy(sound_profile(folder, tables, words=WORDS), DAY)
    return evaluate(policy, request)


@pytest.mark.parametrize(
    ("role", "to", "clauses", "reading"),
    [
        ("auditor", "desk", {"SAMPLE-1/b"}, "who-asks"),
        ("boss", "auditor", {"SAMPLE-1/c", "SAMPLE-1/d"}, "who-does"),
    ],
)
def test_finding_about_one_part_rests_on_that_part(
    tmp_path: Path, role: str, to: str, clauses: set[str], reading: str
) -> None:
    (found,) = asked(tmp_path, role, to).findings
    assert set(found.clauses) == clauses
    assert set(found.readings) == {"all-of-it", reading}


def test_exception_that_names_requestors_says_what_others_break(tmp_path: Path) -> None:
    (found,) = asked(tmp_path, "boss", "desk", "large").findings
    assert found.rule == "routing/branch/requestor/1"
    assert found.clauses == ("SAMPLE-1/d",)
    assert found.readings == ("large-ones",)


def test_route_that_names_a_role_rests_on_no_reading_by_which_it_counts(tmp_path: Path) -> None:
    named = PARTS.replace("requestors: boss", "requestors: [boss, deputy]")
    decision = asked(tmp_path, "deputy", "desk", tables=named)
    assert decision.outcome == "accept"
    assert "who-deputizes" not in decision.readings


@pytest.mark.parametrize(("role", "more"), [("boss", set()), ("deputy", {"who-deputizes"})])
def test_route_rests_on_the_reading_by_which_a_role_counts(
    tmp_path: Path, role: str, more: set[str]
) -> None:
    decision = asked(tmp_path, role, "desk")
    assert decision.outcome == "accept"
    assert set(decision.readings) == {"all-of-it", "who-asks", "who-does", "where-to", *more}
