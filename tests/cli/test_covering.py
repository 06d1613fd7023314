# SPDX-License-Identifier: MIT
"""`test --coverage` shows what the cases of a profile reach of it, and what none of them shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.samples.profiles import (
    ACCEPT_YAML,
    EXEMPT_YAML,
    RETURN_YAML,
    TABLES_YAML,
    UNKNOWN_YAML,
    sound_profile,
)
from tests.samples.towns import TOWN_CASE_YAML, town

CASES: Final = "---\n".join(
    [
        f"{ACCEPT_YAML}expect: {{outcome: accept, not_clauses: [SAMPLE-1/b]}}\n",
        f"{RETURN_YAML}expect: {{outcome: return, clauses: [SAMPLE-1/a, SAMPLE-1/b]}}\n",
        f"{UNKNOWN_YAML}expect: {{outcome: cannot_tell}}\n",
        f"{EXEMPT_YAML}expect: {{outcome: out_of_scope}}\n",
    ]
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and its cases in it."""
    monkeypatch.chdir(tmp_path)
    found = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    write(CASES)
    return found


def write(cases: str, profile: str = "sample_area") -> None:
    path = Path(profile, "cases", "all.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text(cases, encoding="utf-8")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["test", "--coverage", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def data(profile: str = "sample_area") -> Any:
    return json.loads(run("--json", profile).stdout)


def test_clauses_are_met_broken_followed_and_named() -> None:
    clauses = data()["clauses"]
    assert set(clauses) == {"SAMPLE-1/a", "SAMPLE-1/b", "SAMPLE-1/c", "SAMPLE-1/d"}
    named = {key: clauses["SAMPLE-1/b"][key] for key in ("met", "broken", "expected", "covered")}
    assert named == {"met": 3, "broken": 1, "expected": 1, "covered": True}
    assert clauses["SAMPLE-1/c"]["followed"] == 2
    assert clauses["SAMPLE-1/c"]["covered"]


def test_checks_are_counted_by_result_and_kind_of_failure() -> None:
    training = data()["checks"]["training"]["sample_area@2025-01-01"]
    assert training["place"] == "sample_area/2025-01-01/tables.yaml:27:5"
    assert (training["met"], training["not_met"], training["cannot_tell"]) == (1, 1, 1)
    assert training["kinds"] == {"missing": 0, "later": 0, "too_old": 1}
    assert not training["covered"]


def test_boundaries_are_counted_by_side() -> None:
    far, near = (one for one in data()["boundaries"] if one["check"] == "training")
    assert far["limit"] == "30 days before request.submitted_on"
    assert far["fact"] == "request.staff.training_completed_on"
    assert (far["below"], far["on"], far["above"]) == (1, 0, 1)
    assert (far["higher"], far["lower"], far["covered"]) == (0, 0, False)
    assert (near["below"], near["on"], near["above"], near["higher"]) == (2, 0, 0, None)


def test_number_is_guarded_by_the_last_good_day_and_the_first_that_is_not() -> None:
    days = ("2025-06-02", "2025-05-03", "2025-05-02", "2025-06-03")
    each = [ACCEPT_YAML.replace("2025-05-31", day) for day in days]
    write("---\n".join(each))
    far, near = (one for one in data()["boundaries"] if one["check"] == "training")
    assert (far["below"], far["on"], far["above"]) == (2, 1, 1)
    assert (far["higher"], far["lower"], far["covered"]) == (1, 1, True)
    assert near["covered"]


def test_number_that_no_case_guards_is_told() -> None:
    days = ("2025-05-31", "2025-05-03", "2025-01-02")
    write("---\n".join(ACCEPT_YAML.replace("2025-05-31", day) for day in days))
    assert (
        "`training`: no case has `request.staff.training_completed_on` "
        "where 30 days before request.submitted_on would be noticed to be one higher"
    ) in run("sample_area").stdout


def test_case_says_what_it_reaches() -> None:
    found = data()
    assert [one["title"] for one in found["cases"].values()] == [
        "Accepted",
        "Returned",
        "Unknown",
        "Exempt",
    ]
    returned = list(found["cases"].values())[1]
    assert returned["passes"]
    assert returned["outcome"] == "return"
    assert returned["checks"]["training"] == "not_met"
    assert returned["kinds"]["training"] == "too_old"
    assert returned["clauses"] == ["SAMPLE-1/a", "SAMPLE-1/b", "SAMPLE-1/c", "SAMPLE-1/d"]
    (above,) = returned["boundaries"]["above"]
    assert found["boundaries"][above]["limit"] == "30 days before request.submitted_on"
    exempt = list(found["cases"].values())[3]
    assert exempt["checks"] == {"exempt/small": "not_met"}


def test_page_counts_and_names_what_no_case_shows() -> None:
    result = run("sample_area")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "sample_area: 4 cases"
    assert lines[1] == "  clauses: 4 of 4"
    assert (
        "sample_area/2025-01-01/tables.yaml:27:5: "
        "no case fails `training` as `missing` or as `later`" in lines
    )
    assert "sample_area/2025-01-01/tables.yaml:49:5: no case fails `in-use`" in lines
    assert "Returned: return by" not in result.stdout


def test_all_names_what_each_case_reaches() -> None:
    lines = run("--all", "sample_area").stdout.splitlines()
    (returned,) = (line for line in lines if "Returned" in line)
    assert returned.startswith("sample_area/cases/all.yaml:")
    assert "`training` as `too_old`" in returned
    assert "Exempt: out of scope by `exempt/small`; 0 met" in "\n".join(lines)


def test_local_profile_answers_for_its_own_entries_alone(folder: Path) -> None:
    town(folder.parent)
    write(f"{TOWN_CASE_YAML}expect: {{outcome: accept}}\n", "sample_town")
    found = data("sample_town")
    assert set(found["clauses"]) == {"TOWN-1/a"}
    assert all(name.startswith("routing") for name in found["checks"])
    assert found["profile"] == "sample_town"


def test_case_that_fails_still_reaches_what_it_reaches() -> None:
    write(f"{ACCEPT_YAML}expect: {{outcome: deny}}\n")
    result = run("sample_area")
    assert result.exit_code == 4
    assert result.stdout.startswith("sample_area: 1 case, of which 1 failed\n")


def test_case_that_cannot_be_read_is_told() -> None:
    write(f"{CASES}---\ncase: Broken\naccount: {{statsu: active}}\n")
    result = run("--json", "sample_area")
    assert result.exit_code == 3
    assert "statsu" in result.stderr
    assert len(json.loads(result.stdout)["cases"]) == 4


def test_profile_that_is_not_there_or_cannot_be_read_is_told(folder: Path) -> None:
    assert "there is no profile `nowhere`" in run("nowhere").stderr
    sound_profile(folder, "rules: {bad: {about: request/create}}\n")
    result = run("sample_area")
    assert result.exit_code == 3
    assert result.stdout == ""


def test_options_that_do_not_go_together_are_refused() -> None:
    assert run("--profile", "state", "sample_area").exit_code == 2
    alone = CliRunner().invoke(main, ["test", "--json", "sample_area"])
    assert alone.exit_code == 2
    assert "--json is for --coverage and --mutate alone" in alone.stderr


def test_clause_that_only_one_way_of_failing_breaks_can_be_met(folder: Path) -> None:
    kind = "    where: {missing: {clauses: [SAMPLE-1/d]}}\n"
    sound_profile(
        folder,
        TABLES_YAML.replace(
            "    reading: count\n    clauses: [SAMPLE-1/a]\n",
            f"    reading: count\n    clauses: [SAMPLE-1/a]\n{kind}",
            1,
        ),
    )
    assert data()["clauses"]["SAMPLE-1/d"]["met"] >= 1
