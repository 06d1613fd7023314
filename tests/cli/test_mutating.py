# SPDX-License-Identifier: MIT
"""`test --mutate` says which small changes of a profile no worked case would notice."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.analysis.formulas.finding import Limits
from caljobs_policy.analysis.mutating import proving
from caljobs_policy.analysis.mutating.mutation import Mutation
from caljobs_policy.cli import main
from tests.samples.mutated import GOOD, OLD, mutated_profile, write_cases


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and its cases in it."""
    monkeypatch.chdir(tmp_path)
    return mutated_profile(tmp_path / "sample_area", GOOD, OLD)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["test", "--mutate", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def few(monkeypatch: pytest.MonkeyPatch, *changes: str) -> None:
    """Make only the mutants of some changes."""
    judge = Mutation._judge

    def judged(self: Mutation, mutant: Any) -> None:
        if mutant.words in changes:
            judge(self, mutant)
        else:
            self.made -= 1

    monkeypatch.setattr(Mutation, "_judge", judged)


OTHERWISE = "rules/quiet: `note` becomes `deny`"
HIGHER = "parameters/grace: `30 days` becomes `31 days`"
NEEDLESS = "rules/never: `true` becomes `false`"


def test_every_mutant_is_killed_equivalent_or_survives() -> None:
    result = run("--json", "sample_area")
    found = json.loads(result.stdout)
    assert result.exit_code == 4
    assert found["profile"] == "sample_area"
    assert found["bounds"] == []
    assert found["made"] == found["killed"] + found["equivalent"] + len(found["survived"])
    assert all(one["case"] for one in found["survived"])
    changes = [one["change"] for one in found["survived"]]
    assert OTHERWISE in changes
    assert HIGHER not in changes
    assert NEEDLESS not in changes


def test_a_survivor_has_a_place_clauses_and_a_case_that_kills_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, OTHERWISE, HIGHER)
    (survivor,) = json.loads(run("--json", "sample_area").stdout)["survived"]
    assert survivor["place"] == "sample_area/2025-01-01/tables.yaml:18:16"
    assert survivor["clauses"] == ["SAMPLE-1/d"]
    write_cases(folder, GOOD, OLD, survivor["case"])
    assert CliRunner().invoke(main, ["test", "sample_area"]).exit_code == 0
    result = run("sample_area")
    assert (result.exit_code, result.stdout) == (
        0,
        "sample_area: 2 mutants, of which 2 are killed by a case, 0 are equivalent, 0 survive\n",
    )


def test_a_page_names_each_survivor_with_its_case(monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, OTHERWISE, NEEDLESS)
    lines = run("sample_area").stdout.splitlines()
    assert lines[:3] == [
        "sample_area: 2 mutants, of which 0 are killed by a case, 1 are equivalent, 1 survive",
        f"sample_area/2025-01-01/tables.yaml:18:16: {OTHERWISE} (SAMPLE-1/d)",
        f"  case: '{OTHERWISE}'",
    ]
    assert lines[-4:-1] == ["    findings:", "    - rule: quiet", "      outcome: note"]


def test_a_case_that_fails_already_notices_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, HIGHER)
    write_cases(folder, GOOD, OLD.replace("return", "deny"))
    result = run("sample_area")
    assert result.exit_code == 4
    assert "One day too old: it fails already, so it notices nothing" in result.stderr
    assert "1 survive" in result.stdout


def test_no_file_is_touched_even_if_somebody_interrupts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Mutation, mutant: object) -> None:
        raise KeyboardInterrupt

    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    monkeypatch.setattr(Mutation, "_judge", interrupted)
    assert run("sample_area").exit_code != 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_could_not_be_told_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, NEEDLESS)
    monkeypatch.setattr(proving, "_LIMITS", Limits(work=1))
    result = run("sample_area")
    assert result.exit_code == 5
    assert f"{NEEDLESS}: request/create: the search stopped after 1 steps" in result.stdout


def test_without_the_solver_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result = run("sample_area")
    assert result.exit_code == 1
    assert "pip install 'caljobs-policy[analysis]'" in result.stderr


def test_a_profile_that_cannot_be_read_has_no_mutants() -> None:
    result = run("nowhere")
    assert result.exit_code == 3
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(
    "options", [["--coverage"], ["--all"], ["--profile", "sample_area"]], ids=" ".join
)
def test_it_goes_with_no_option_but_json(options: list[str]) -> None:
    assert run(*options, "sample_area").exit_code == 2
