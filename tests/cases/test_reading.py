# SPDX-License-Identifier: MIT
"""Cases are read with their policy, moment and subject."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import CaseError
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.errors.codes import Code
from caljobs_policy.loader.documents import read_documents
from tests.samples.profiles import sound_profile

LOCAL = ZoneInfo("America/Los_Angeles")
TODAY = date(2025, 6, 2)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area")


def read(text: str, profile: str | None = None) -> Iterator[tuple[str | None, Case | CaseError]]:
    documents = read_documents(text, "case.yaml")
    return cases_in(documents, profile=profile, today=lambda: TODAY, folders=True)


def case(text: str, profile: str | None = None) -> Case:
    ((_, found),) = read(text, profile)
    assert isinstance(found, Case), found
    return found


def reported(text: str, profile: str | None = None) -> list[str]:
    """Return the place and message of every problem of the only case in a text."""
    ((_, error),) = read(text, profile)
    assert isinstance(error, CaseError)
    assert all(problem.help for problem in error.problems)
    return [f"{problem.place}: {problem.message}" for problem in error.problems]


def titles(text: str) -> list[tuple[str | None, bool]]:
    """Return the title of every case of a text, and whether it can be read."""
    return [(title, isinstance(found, Case)) for title, found in read(text)]


def test_case_is_read() -> None:
    found = case(
        """
case: Sample case
profile: sample_area
date: 2025-06-01
at: 2025-06-01T09:00:00-07:00
account: {status: active}
expect: {outcome: compliant}
"""
    )
    assert found.title == "Sample case"
    assert found.policy.jurisdiction == "sample_area"
    assert found.policy.day == date(2025, 6, 1)
    assert found.at == datetime(2025, 6, 1, 9, tzinfo=LOCAL)
    assert found.expect is not None
    assert (found.place.file, found.place.line) == ("case.yaml", 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("date: 2025-05-01\nat: 2025-05-02T09:00\naccount: {}", date(2025, 5, 1)),
        ("date: 2025-05-01\nrequest: {type: create, submitted_on: 2025-05-03}", date(2025, 5, 1)),
        (
            "at: 2025-05-02T09:00\nrequest: {type: create, submitted_on: 2025-05-03}",
            date(2025, 5, 3),
        ),
        ("at: 2025-05-02T09:00\nrequest: {type: create}", date(2025, 5, 2)),
        ("at: 2025-05-02T09:00\naccount: {}", date(2025, 5, 2)),
        ("at: 2025-05-02\naccount: {}", date(2025, 5, 2)),
        ("account: {}", TODAY),
        ("request: {type: create}", TODAY),
    ],
)
def test_policy_is_the_one_in_force_on_the_stated_day(text: str, day: date) -> None:
    assert case(f"profile: sample_area\n{text}").policy.day == day


def test_day_of_a_moment_is_the_local_day_of_the_policy() -> None:
    found = case("profile: sample_area\nat: 2025-05-02T05:00:00Z\naccount: {}")
    assert found.policy.day == date(2025, 5, 1)
    assert found.at == datetime(2025, 5, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("date: 2025-05-01", datetime(2025, 5, 1, 12, tzinfo=LOCAL)),
        ("at: 2025-05-01", datetime(2025, 5, 1, 12, tzinfo=LOCAL)),
        ("date: 2025-05-01\nat: 2025-05-30", datetime(2025, 5, 30, 12, tzinfo=LOCAL)),
        ("at: 2025-05-01T17:30", datetime(2025, 5, 1, 17, 30, tzinfo=LOCAL)),
        ("at: 2025-05-01T17:30Z", datetime(2025, 5, 1, 17, 30, tzinfo=UTC)),
    ],
)
def test_moment_is_noon_unless_a_time_is_stated(text: str, moment: datetime) -> None:
    assert case(f"profile: sample_area\n{text}\naccount: {{}}").at == moment


def test_requested_profile_replaces_the_one_that_a_case_names() -> None:
    assert case("account: {}", "sample_area").policy.jurisdiction == "sample_area"
    assert case("profile: nowhere\naccount: {}", "sample_area").policy.day == TODAY


def test_profile_may_be_a_folder(folder: Path) -> None:
    assert case(f"profile: {folder}\naccount: {{}}").policy.jurisdiction == "sample_area"


def test_each_document_is_a_case_with_its_own_title() -> None:
    text = """
case: One
profile: sample_area
account: {}
---
case: Two
profile: sample_area
account: {statsu: active}
---
profile: sample_area
account: {}
"""
    assert titles(text) == [("One", True), ("Two", False), (None, True)]


def test_listed_cases_share_the_keys_beside_the_list() -> None:
    text = """
profile: sample_area
date: 2025-05-01
cases:
  - case: One
    account: {}
  - case: Two
    date: 2025-05-02
    account: {}
"""
    found = [item for _, item in read(text)]
    assert all(isinstance(item, Case) for item in found)
    assert [item.policy.day.day for item in found if isinstance(item, Case)] == [1, 2]


def test_a_case_that_cannot_be_read_still_has_its_title() -> None:
    text = """
profile: sample_area
cases:
  - case: One
    account: {statsu: active}
  - account
  - case: Three
    account: {}
"""
    assert titles(text) == [("One", False), (None, False), ("Three", True)]


def test_cases_may_be_json() -> None:
    text = '{"profile": "sample_area", "date": "2025-05-01", "account": {"shared": false}}'
    assert case(text).policy.day == date(2025, 5, 1)
    assert len(list(read(f"{text}\n{text}\n"))) == 2


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["case.yaml:1:1: the text is empty"]),
        ("case", ["case.yaml:1:1: a case has to be a mapping"]),
        ("- case: One", ["case.yaml:1:1: a case has to be a mapping"]),
        (
            "{}",
            [
                "case.yaml:1:1: the case has no subject",
                "case.yaml:1:1: the case names no profile",
            ],
        ),
        ("profile: sample_area", ["case.yaml:1:1: the case has no subject"]),
        ("account: {}", ["case.yaml:1:1: the case names no profile"]),
        ("profile: [a]\naccount: {}", ["case.yaml:1:10: `profile` takes a text"]),
        ("profile: null\naccount: {}", ["case.yaml:1:10: `profile` must not be null"]),
        (
            "profile: sampel_area\naccount: {}",
            ["case.yaml:1:10: there is no such profile"],
        ),
        (
            "profile: sample_area\nacount: {}",
            [
                "case.yaml:1:1: the case has no subject",
                "case.yaml:2:1: a case has no key `acount`",
            ],
        ),
        (
            "profile: sample_area\nrequest: {type: create}\naccount: {}",
            ["case.yaml:3:1: a case has only one subject; this one has `request` and `account`"],
        ),
        (
            "profile: sample_area\ncase: [x]\naccount: {}",
            ["case.yaml:2:7: `case` takes a text"],
        ),
        (
            "profile: sample_area\ndate: 2025-06-31\naccount: {}",
            ["case.yaml:2:7: `date` is a day that does not exist"],
        ),
        (
            "profile: sample_area\ndate: 2025-06-01T09:00\naccount: {}",
            ["case.yaml:2:7: `date` has a time of day"],
        ),
        (
            "profile: sample_area\ndate: [2025]\naccount: {}",
            ["case.yaml:2:7: `date` takes a date"],
        ),
        (
            "profile: sample_area\ndate: null\naccount: {}",
            ["case.yaml:2:7: `date` must not be null"],
        ),
        ("profile: sample_area\nat: now\naccount: {}", ["case.yaml:2:5: `at` is not a date"]),
        (
            "profile: sample_area\nat: 2025-06-01T25:00\naccount: {}",
            ["case.yaml:2:5: `at` has a time that does not exist"],
        ),
        ("profile: sample_area\nat:\naccount: {}", ["case.yaml:2:4: `at` must not be null"]),
        (
            "profile: sample_area\nat: {a: b}\naccount: {}",
            ["case.yaml:2:5: `at` takes a date, with or without time"],
        ),
        ("profile: sample_area\naccount:", ["case.yaml:2:9: `account` takes a mapping"]),
        (
            "profile: sample_area\naccount: {}\nexpect: compliant",
            ["case.yaml:3:9: a mapping is expected here"],
        ),
        (
            "profile: sample_area\naccount: {}\nexpect:",
            ["case.yaml:3:8: a mapping is expected here"],
        ),
    ],
)
def test_problem_has_its_place_and_help(text: str, problems: list[str]) -> None:
    assert reported(text) == problems


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("date: 2024-12-31\naccount: {}", "case.yaml:2:7"),
        ("at: 2024-12-31T09:00\naccount: {}", "case.yaml:2:5"),
        ("request: {type: create, submitted_on: 2024-12-31}", "case.yaml:2:39"),
    ],
)
def test_missing_edition_is_reported_where_the_day_is_stated(text: str, place: str) -> None:
    message = "`sample_area` has no edition on 2024-12-31: its first begins on 2025-01-01"
    assert reported(f"profile: sample_area\n{text}") == [f"{place}: {message}"]


@pytest.mark.parametrize(
    "text",
    [
        "date: 2025-05-01\nat: {at}\naccount: {{}}",
        "at: {at}\nrequest: {{type: create, submitted_on: 2025-05-03}}",
        "at: {at}\naccount: {{}}",
    ],
)
@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("noon", "`at` is not a date"),
        ("2025-05-32", "`at` is a day that does not exist"),
        ("2025-05-01T9:00", "`at` is not a date with a time"),
        ("null", "`at` must not be null"),
        ("[2025-05-01]", "`at` takes a date, with or without time"),
    ],
)
def test_unreadable_moment_is_reported_even_if_the_day_is_stated_elsewhere(
    text: str, at: str, message: str
) -> None:
    (problem,) = reported(f"profile: sample_area\n{text.format(at=at)}")
    assert problem.endswith(f": {message}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("date: soon\naccount: {}", "case.yaml:2:7: `date` is not a date"),
        ("at: soon\naccount: {}", "case.yaml:2:5: `at` is not a date"),
        (
            "request: {type: create, submitted_on: soon}",
            "case.yaml:2:39: the day of the case cannot be read",
        ),
    ],
)
def test_unreadable_day_is_the_only_problem_if_today_has_no_edition(
    text: str, problem: str
) -> None:
    documents = read_documents(f"profile: sample_area\n{text}", "case.yaml")
    ((_, error),) = cases_in(documents, today=lambda: date(1999, 1, 1), folders=True)
    assert isinstance(error, CaseError)
    assert [f"{p.place}: {p.message}" for p in error.problems] == [problem]


def test_unreadable_profile_is_reported_even_if_another_is_requested() -> None:
    assert reported("profile: [a]\naccount: {}", "sample_area") == [
        "case.yaml:1:10: `profile` takes a text"
    ]


def test_problems_of_a_profile_have_places_in_its_files(folder: Path) -> None:
    sound_profile(folder, "rules: {one: {about: account}}\n")
    problems = reported("profile: sample_area\naccount: {}")
    assert problems
    assert all(p.startswith("sample_area/2025-01-01/tables.yaml:1:9: ") for p in problems)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("case", [Code.WRONG_KIND]),
        ("account: {}", [Code.MISSING]),
        ("profile: sample_area", [Code.MISSING]),
        ("profile: nowhere\naccount: {}", [Code.UNKNOWN_PROFILE]),
        ("profile: null\naccount: {}", [Code.NULL]),
        ("profile: sample_area\ncase: [x]\naccount: {}", [Code.WRONG_KIND]),
        ("profile: sample_area\ndate: soon\naccount: {}", [Code.NOT_A_DATE]),
        ("profile: sample_area\ndate: 2024-12-31\naccount: {}", [Code.NO_EDITION]),
        ("profile: sample_area\nzebra: x\naccount: {}", [Code.UNKNOWN_KEY]),
        ("profile: sample_area\naccount: {}\noffice: {}", [Code.CONFLICT]),
        ("profile: sample_area\naccount: {statsu: active}", [Code.UNKNOWN_KEY]),
        ("profile: sample_area\naccount: {}\nexpect: {}", [Code.MISSING]),
        (
            "profile: sample_area\naccount: {}\n"
            "expect: {outcome: x, clauses: {}, approvals: {boss: no}}",
            [Code.UNKNOWN_WORD, Code.WRONG_KIND, Code.NOT_A_FLAG],
        ),
    ],
)
def test_each_problem_has_a_code(text: str, codes: list[Code]) -> None:
    ((_, error),) = read(text)
    assert isinstance(error, CaseError)
    assert [problem.code for problem in error.problems] == codes


@pytest.mark.parametrize("key", ["profil: [a]", "dat: soon", "expct: {outcom: compliant}"])
def test_misspelled_key_is_read_as_the_one_that_is_suggested(key: str) -> None:
    problems = reported(f"account: {{}}\n{key}", "sample_area")
    assert len(problems) == 2
    assert problems[0].startswith("case.yaml:2:1: a case has no ")


@pytest.mark.parametrize("key", ["profile", "profil"])
def test_case_on_a_stream_names_no_folder_even_under_a_misspelled_key(
    folder: Path, key: str
) -> None:
    documents = read_documents(f"{key}: {folder}\naccount: {{}}", "case.yaml")
    ((_, error),) = cases_in(documents)
    assert isinstance(error, CaseError)
    assert Code.UNKNOWN_PROFILE in {problem.code for problem in error.problems}


def test_all_problems_of_a_case_are_reported() -> None:
    text = """
profile: sample_area
date: 2025-06-31
at: noon
acount: {}
account: {statsu: active, shared: maybe}
expect: {outcom: compliant}
"""
    assert len(reported(text)) == 6


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("case", "key `case`"),
        ("account", "key `account`"),
        ("expect", "key `expect`"),
        ("zebra", "such key"),
    ],
)
def test_only_shared_keys_may_stand_beside_a_list_of_cases(key: str, said: str) -> None:
    text = f"profile: sample_area\n{key}: {{}}\ncases:\n  - account: {{}}\n"
    (_, error), (_, answered) = read(text)
    assert isinstance(error, CaseError)
    assert [str(p.place) for p in error.problems] == ["case.yaml:2:1"]
    assert error.problems[0].message == f"no {said} can stand beside `cases`"
    assert isinstance(answered, Case)


@pytest.mark.parametrize("listed", ["", " []", " {}", " account"])
def test_empty_list_of_cases_is_reported(listed: str) -> None:
    (problem,) = reported(f"profile: sample_area\ncases:{listed}\n")
    assert problem.endswith(": `cases` takes a list of cases")


def test_listed_cases_cannot_hold_further_lists() -> None:
    problems = reported("cases:\n  - profile: sample_area\n    cases: [{account: {}}]\n")
    assert "case.yaml:3:5: a case has no such key" in problems
