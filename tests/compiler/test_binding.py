# SPDX-License-Identifier: MIT
"""Conditions as written become facts, operators and values."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import Policy
from caljobs_policy.policy.sentences import in_words
from tests.samples.profiles import faults_of, sample_policy

NAMES = """
lists:
  some: [inside, outside]
  cash: [cash*]
parameters:
  grace: {value: 30 days, clauses: [SAMPLE-1/a]}
terms:
  in_use: {when: {account.status: active}}
  idle: {when: {not: in_use}}
  either: {when: {any: [in_use, idle]}}
"""
USES = """
  uses-every-name:
    about: record/closure
    require:
      any:
        - {record.all_fields_completed: true}
        - {record.exited_on: {within: grace, before: at}}
    clauses: [SAMPLE-1/a]
  uses-every-term:
    about: account
    when: {account.staff.privileges: {has_only: cash}, account.staff.employer: {in: some}}
    require: either
    clauses: [SAMPLE-1/a]
"""


def rule(about: str, condition: str) -> str:
    return f"""
rules:
  one:
    about: {about}
    require: {condition}
    clauses: [SAMPLE-1/a]
{USES}
{NAMES}
"""


def bound(policy: Policy, key: str) -> str:
    (check,) = (check for check in policy.plans[key].checks if check.id == "one")
    return in_words(check.require)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("{account.status: active}", "the status of the account is active"),
        ("{account.status: {is: active}}", "the status of the account is active"),
        (
            "{account.status: [active, deactivated]}",
            "the status of the account is active or deactivated",
        ),
        ("{account.status: {not_in: [active]}}", "the status of the account is not active"),
        ("{account.shared: true}", "several persons used the account"),
        ("{account.shared: false}", "one person at most used the account"),
        ("{account.username: {given: true}}", "the user name of the account is stated"),
        ("{account.username: {given: false}}", "the user name of the account is not stated"),
        (
            "{account.username: {starts_with: x_}}",
            "the user name of the account begins with “x_”",
        ),
        (
            "{account.username: {contains_loosely: sample}}",
            "the user name of the account contains “sample”",
        ),
        (
            "{account.username: {contains_words: sample}}",
            "the user name of the account contains “sample” as whole words",
        ),
        (
            "{account.username: {same_as: account.staff.name}}",
            "the user name of the account is the same as the staff member's name",
        ),
        (
            "{account.created_on: {before: account.separated_on}}",
            "the day the account was created is before the time of the separation",
        ),
        (
            "{account.created_on: {after: at}}",
            "the day the account was created lies ahead",
        ),
        (
            "{account.created_on: {within: 90 days, before: at}}",
            (
                "the day the account was created is at most 90 days before the moment"
                " of the evaluation"
            ),
        ),
        (
            "{account.created_on: {more_than: grace, after: account.separated_on}}",
            "the day the account was created is more than 30 days after the time of the separation",
        ),
        (
            "{account.staff.statement.paper_a: {given: true}}",
            "the paper_a was signed",
        ),
        (
            "{account.staff.employer: {in: some}}",
            "the staff member's employer is inside or outside",
        ),
        (
            "{account.staff.privileges: {has: cash_1}}",
            "the staff member holds “cash_1”",
        ),
        (
            "{account.staff.privileges: {has_all: [a, b]}}",
            "the staff member holds “a” and “b”",
        ),
        (
            "{account.staff.privileges: {has_only: cash}}",
            "the staff member holds nothing but “cash…”",
        ),
        (
            "{account.staff.privileges: {exactly: [a]}}",
            "the staff member holds “a”, and nothing else",
        ),
        (
            "{account.username: {given: true, starts_with: x_}}",
            "the user name of the account is stated and begins with “x_”",
        ),
        (
            "{account.shared: false, account.status: active}",
            "one person at most used the account and the status of the account is active",
        ),
        (
            "{all: [{account.shared: false}, in_use]}",
            "one person at most used the account and the status of the account is active",
        ),
        (
            "{any: [{account.shared: false}, in_use]}",
            "one person at most used the account or the status of the account is active",
        ),
        ("in_use", "the status of the account is active"),
        ("idle", "the status of the account is not active"),
        ("{not: idle}", "the status of the account is active"),
        (
            "either",
            "the status of the account is active or is not active",
        ),
        (
            "{not: {account.shared: true, account.status: active}}",
            (
                "it is not the case that (several persons used the account and the status of the"
                " account is active)"
            ),
        ),
    ],
)
def test_condition_is_bound(tmp_path: Path, condition: str, words: str) -> None:
    assert bound(sample_policy(tmp_path, rule("account", condition)), "account") == words


def test_count_is_bound_as_a_number(tmp_path: Path) -> None:
    tables = rule("office", "{office.accounts: 012}") + "scope: {office: {clauses: [SAMPLE-1/a]}}\n"
    assert bound(sample_policy(tmp_path, tables), "office") == "the number of accounts is 12"


def test_condition_about_a_kind_is_bound_for_each_type(tmp_path: Path) -> None:
    policy = sample_policy(tmp_path, rule("request", "{request.staff.employer: inside}"))
    assert bound(policy, "request/create") == bound(policy, "request/change")


def test_term_is_bound_for_each_sort_of_subject_that_refers_to_it(tmp_path: Path) -> None:
    tables = """
terms:
  today: {when: {at: {given: true}}}
rules:
  one: {about: [account, request], require: today, clauses: [SAMPLE-1/a]}
"""
    policy = sample_policy(tmp_path, tables)
    assert bound(policy, "account") == bound(policy, "request/create")


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("[{account.shared: true}]", "a list is not a condition"),
        ("{}", "the condition is empty"),
        ("{account.shared: {}}", "there is no operator here"),
        ("{account.shared: {is: {}}}", "`is` takes a value that the fact can hold"),
        ("{account.status: {in: {a: b}}}", "a list of words or the name of one is expected here"),
        ("{account.status: null}", "a condition cannot ask for null"),
        ("{account.status: {in: []}}", "the list is empty"),
        ("{account.status: {in: [[active]]}}", "a text is expected here"),
        ("{account.status: {in: [gone]}}", "`account.status` has no value `gone`"),
        ("{account.shared: maybe}", "true or false is expected here"),
        ("{account.shared: 'true'}", "true or false is expected here"),
        ("{account.username: {given: maybe}}", "true or false is expected here"),
        ("{account.username: {starts_with: ''}}", "a text is expected here"),
        ("{account.statsu: active}", "there is no fact `account.statsu` about accounts"),
        ("{request.office: x}", "there is no fact `request.office` about accounts"),
        ("{before: at}", "`before` is an operator, and a fact is expected here"),
        ("{not: [in_use]}", "a list is not a condition"),
        ("{not: {account.status: gone}}", "`account.status` has no value `gone`"),
        ("{any: in_use}", "`any` takes a list of conditions"),
        ("{all: [in_use, unheard_of]}", "there is no term `unheard_of`"),
        ("account.shared", "the fact `account.shared` has no test here"),
        (
            "{account.staff.statement: {given: true}}",
            "`account.staff.statement` needs the form that was signed",
        ),
        ("{account.staff.statement.x: {given: true}}", "there is no statement `x`"),
        ("{account.created_on: {within: soon, before: at}}", "there is no parameter `soon`"),
        ("{account.created_on: {within: 9 moons, before: at}}", "`9 moons` is not a duration"),
        (
            "{account.created_on: {within: [9 days], before: at}}",
            "`within` takes a duration, or the name of a parameter, beside `before` or `after`",
        ),
        ("{account.created_on: {within: 9 days}}", "`within` needs a fact to compare with"),
        (
            "{account.created_on: {within: 9 days, before: at, after: at}}",
            "`within` takes `before` or `after`, not both",
        ),
        (
            "{account.created_on: {within: 9 days, before: [at]}}",
            "the name of a fact is expected here",
        ),
        (
            "{account.created_on: {within: 9 days, before: account.username}}",
            "`account.created_on` cannot be compared with `account.username`, which holds a text",
        ),
        (
            "{account.username: {same_as: account.shared}}",
            (
                "`account.username` cannot be compared with `account.shared`, which"
                " holds true or false"
            ),
        ),
        (
            "{account.shared: {has: x}}",
            "`has` cannot test `account.shared`, which holds true or false",
        ),
        (
            "{account.staff.privileges: [a]}",
            "`account.staff.privileges` holds a list of words and needs an operator",
        ),
    ],
)
def test_condition_that_cannot_be_bound_is_told_once(
    tmp_path: Path, condition: str, message: str
) -> None:
    assert faults_of(tmp_path, rule("account", condition)) == [message]


def test_fault_in_a_condition_about_all_requests_is_told_once(tmp_path: Path) -> None:
    assert faults_of(tmp_path, rule("request", "{request.offcie: x}")) == [
        "there is no fact `request.offcie` about requests"
    ]


def test_words_of_a_list_are_checked_where_it_is_used(tmp_path: Path) -> None:
    tables = rule("account", "{account.status: {in: some}}")
    assert faults_of(tmp_path, tables) == [
        "`account.status` has no value `inside`",
        "`account.status` has no value `outside`",
    ]


def test_circle_of_terms_is_told_once(tmp_path: Path) -> None:
    tables = """
terms:
  one: {when: {all: [two]}}
  two: {when: {not: one}}
rules:
  r: {about: account, require: one, when: two, clauses: [SAMPLE-1/a]}
"""
    assert faults_of(tmp_path, tables) == ["the term refers to itself: one → two → one"]
