# SPDX-License-Identifier: MIT
"""A suite holds every case with the whole answer, says what it is, and is the same each time."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from caljobs_policy.analysis.samples import in_json
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.whole import whole_expectation, written_expectation
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.conformance.sources import Standard
from caljobs_policy.conformance.suite import ExportedSuite, exported
from caljobs_policy.decisions import ENGINES, evaluate
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.loader.policies import load_policy
from tests.conformance.foreign import WORKED as WITHOUT
from tests.samples.profiles import TABLES_YAML, sound_profile
from tests.samples.towns import TOWN_CASE_YAML, town

EXPECTING: Final = "expect: {outcome: violation, clauses: [SAMPLE-1/a]}\n"
WORKED: Final = f"{WITHOUT}{EXPECTING}"
STATE_DAY: Final = date(2020, 6, 2)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and its worked cases in it."""
    monkeypatch.chdir(tmp_path)
    found = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (found / "cases").mkdir()
    (found / "cases" / "all.yaml").write_text(WORKED, encoding="utf-8")
    return found


def lines_of(suite: ExportedSuite) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the head of a suite and its cases, as a foreign system reads them."""
    head, *cases = (json.loads(line) for line in suite.lines())
    return head, cases


def read_back(lines: list[dict[str, Any]], usual_profile: str | None = None) -> list[Case]:
    """Return the cases of some lines, as commands read them."""
    text = "\n".join(map(json.dumps, lines))
    found = []
    for _, case in cases_in(read_documents(text, "suite.jsonl"), usual_profile=usual_profile):
        assert isinstance(case, Case), case
        found.append(case)
    return found


def test_every_line_is_as_the_first_one_says_and_every_engine_decides_so(folder: Path) -> None:
    head, lines = lines_of(exported(Standard(str(folder))))
    assert head["version"] == 1
    assert head["cases"]["worked"] == 5
    assert head["cases"]["generated"] > 5
    assert sum(head["cases"].values()) == len(lines)
    validator = Draft202012Validator(head["schema"])
    Draft202012Validator.check_schema(head["schema"])
    for line, case in zip(lines, read_back([head, *lines], str(folder)), strict=True):
        assert not [*validator.iter_errors(line)]
        for engine in ENGINES:
            decision = evaluate(case.policy, case.subject, case.at, engine=engine)
            assert in_json(whole_expectation(decision)) == line["expect"]
            assert case.differences(decision) == ()


@pytest.mark.parametrize("day", [STATE_DAY, None], ids=str)
def test_the_worked_cases_of_a_shipped_profile_conform(day: date | None) -> None:
    head, lines = lines_of(exported(Standard("state", day), worked_alone=True))
    assert head["cases"]["generated"] == 0
    assert head["date"] == (day and day.isoformat())
    assert len(head["policies"]) == (3 if day is None else 1)
    validator = Draft202012Validator(head["schema"])
    assert not [error for line in lines[::25] for error in validator.iter_errors(line)]
    policies = {load_policy("state", date.fromisoformat(one["date"])) for one in lines}
    editions = {tuple(one["editions"]) for one in head["policies"]}
    assert {policy.editions for policy in policies} <= editions
    assert {policy.digest for policy in policies} <= {one["digest"] for one in head["policies"]}


def test_a_suite_is_the_same_each_time(folder: Path) -> None:
    first, second = (exported(Standard(str(folder))) for _ in range(2))
    assert [*first.lines()] == [*second.lines()]


def test_days_and_moments_are_written_out(folder: Path) -> None:
    _, lines = lines_of(exported(Standard(str(folder))))
    for line in lines:
        assert date.fromisoformat(line["date"]).isoformat() == line["date"]
        assert datetime.fromisoformat(line["at"]).tzinfo is not None
        assert line.get("request", {}).get("submitted_on", line["date"]) == line["date"]


def test_what_the_author_expects_is_told_apart_from_the_whole(folder: Path) -> None:
    suite = exported(Standard(str(folder)), worked_alone=True)
    _, lines = lines_of(suite)
    (line,) = (one for one in lines if one.get("case") == "Violation")
    assert line["suite"]["source"] == "worked"
    assert line["suite"]["author"] == {"outcome": "violation", "clauses": ["SAMPLE-1/a"]}
    assert line["expect"].keys() > {"outcome", "needs", "route", "duties", "deadlines"}
    told = [one for one in suite.cases if one.posed.expect is not None]
    cases = [{**one, "expect": one["suite"]["author"]} for one in lines if "author" in one["suite"]]
    assert len(told) == 1
    for case, one in zip(read_back(cases, str(folder)), told, strict=True):
        assert case.expect is not None
        assert case.expect == one.posed.expect
        assert in_json(written_expectation(case.expect)) == one.to_dict()["suite"]["author"]


def test_cases_of_a_parent_are_written_in_words_of_the_profile(folder: Path) -> None:
    local = town(folder.parent)
    text = WORKED.replace("role: deputy", "role: boss")
    (folder / "cases" / "all.yaml").write_text(text, encoding="utf-8")
    (local / "cases").mkdir()
    (local / "cases" / "town.yaml").write_text(TOWN_CASE_YAML, encoding="utf-8")
    head, lines = lines_of(exported(Standard(str(local)), worked_alone=True))
    assert head["cases"]["worked"] == 1
    assert head["cases"]["inherited"] == len(lines) - 1 > 0
    assert {line["profile"] for line in lines} == {"sample_town"}
    inherited = [line for line in lines if line["suite"]["source"] == "inherited"]
    assert all("author" not in line["suite"] for line in inherited)
    assert any(line.get("request", {}).get("organization") == "station" for line in inherited)


@pytest.mark.parametrize("key", ["date", "at", "profile", "expect", "suite"])
def test_the_schema_refuses_a_line_that_leaves_something_out(folder: Path, key: str) -> None:
    head, (line, *_) = lines_of(exported(Standard(str(folder)), worked_alone=True))
    validator = Draft202012Validator(head["schema"])
    assert validator.is_valid(line)
    assert not validator.is_valid({name: part for name, part in line.items() if name != key})


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("expect", {"outcome": "accept"}),
        ("suite", {"digest": "sha256:" + "0" * 64, "source": "random"}),
        ("suite", {"digest": "0", "source": "worked"}),
        ("profile", None),
        ("account", {}),
    ],
)
def test_the_schema_refuses_what_no_suite_holds(folder: Path, key: str, part: Any) -> None:
    head, (line, *_) = lines_of(exported(Standard(str(folder)), worked_alone=True))
    assert not Draft202012Validator(head["schema"]).is_valid({**line, key: part})


def test_a_worked_case_is_kept_that_asks_the_same_as_another(folder: Path) -> None:
    again = WORKED.replace("case: ", "case: Again, ")
    (folder / "cases" / "again.yaml").write_text(again, encoding="utf-8")
    head, lines = lines_of(exported(Standard(str(folder)), worked_alone=True))
    assert head["cases"]["worked"] == 10
    assert len({line["suite"]["digest"] for line in lines}) == 5


def test_cases_that_come_out_otherwise_than_expected_are_found(folder: Path) -> None:
    text = WORKED.replace("{outcome: violation", "{outcome: compliant")
    (folder / "cases" / "all.yaml").write_text(text, encoding="utf-8")
    suite = exported(Standard(str(folder)), worked_alone=True)
    assert [one.posed.title for one in suite.failing] == ["Violation"]
