# SPDX-License-Identifier: MIT
"""`cases` writes cases for a profile that `test` passes, and lists what none can show."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.analysis.checking import examined
from caljobs_policy.analysis.generating import plan_cases
from caljobs_policy.cli import main
from caljobs_policy.errors import extras
from tests.samples.profiles import TABLES_YAML, sound_profile

NEVER: Final = TABLES_YAML.replace(
    "approvals:\n",
    """\
  never:
    about: request/create
    when: {all: [{request.office: {is: here}}, {request.office: {is: there}}]}
    require: {request.signed_by_requestor: true}
    clauses: [SAMPLE-1/d]
approvals:
""",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area", NEVER)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def test_what_is_written_passes_as_a_test() -> None:
    printed = run("cases", "sample_area")
    assert printed.exit_code == 0
    written = run("cases", "sample_area", "--output", "cases.yaml")
    assert (written.exit_code, written.stdout) == (0, "")
    text = Path("cases.yaml").read_text(encoding="utf-8")
    assert printed.stdout == text
    assert text.startswith("# Made by `caljobs-policy cases sample_area`. All data is made up.\n")
    tested = run("test", "cases.yaml")
    assert tested.stdout == f"{text.count('case: ')} passed, 0 failed\n"


def test_what_no_case_can_show_is_told_with_its_place() -> None:
    told = run("cases", "sample_area").stderr.splitlines()
    assert told[0].endswith(" cases: 43 of 45 points shown")
    place = "sample_area/2025-01-01/tables.yaml:55:5"
    assert told[1:] == [
        f"{place}: no case can meet `never`",
        f"{place}: no case can fail `never`",
    ]


def test_a_search_that_was_given_up_is_told_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_cases, "_STEPS", 1)
    result = run("cases", "sample_area", "--subject", "account")
    assert result.exit_code == 5
    assert "no case was found to fail `in-use`: the search stopped after 1 steps" in result.stderr


def test_a_plan_that_is_too_large_is_told_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examined, "MOST_PARTS", 2)
    result = run("cases", "sample_area", "--subject", "request/create")
    assert result.exit_code == 5
    assert "`request/create` has 13 checks or routes, too many to ask about each" in result.stderr
    assert run("cases", "sample_area", "--subject", "account").exit_code == 0


def test_a_part_of_a_profile_is_asked_for_by_subject_clause_and_day() -> None:
    accounts = run("cases", "sample_area", "--subject", "account", "--date", "2025-06-02")
    assert accounts.exit_code == 0
    assert accounts.stdout.count("account:") == accounts.stdout.count("case: ") == 2
    clause = run("cases", "sample_area", "--clause", "SAMPLE-1/d", "--own")
    assert "SAMPLE-1/d broken" in clause.stdout
    assert "SAMPLE-1/b broken" not in clause.stdout


def test_cases_with_a_missing_fact_are_added_on_demand() -> None:
    usual, more = run("cases", "sample_area"), run("cases", "sample_area", "--missing")
    assert "cannot_tell" not in usual.stdout
    assert more.stdout.count("outcome: cannot_tell") > 3
    Path("cases.yaml").write_text(more.stdout, encoding="utf-8")
    assert run("test", "cases.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--subject", "request/creat"), "there is no sort of subject `request/creat`"),
        (("--clause", "SAMPLE-1/aa"), "there is no clause `SAMPLE-1/aa`"),
    ],
)
def test_a_misspelt_word_is_told_with_the_nearest(arguments: tuple[str, ...], message: str) -> None:
    result = run("cases", "sample_area", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "did you mean" in result.stderr


def test_a_profile_that_cannot_be_read_gives_its_problems(tmp_path: Path) -> None:
    sound_profile(tmp_path / "broken", TABLES_YAML.replace("requestors: boss", "requestors: bos"))
    result = run("cases", "broken")
    assert result.exit_code == 3
    assert "did you mean `boss`?" in result.stderr
    early = run("cases", "sample_area", "--date", "2024-01-01")
    assert early.exit_code == 3
    assert "no edition on 2024-01-01" in early.stderr
    assert run("cases", "nowhere").exit_code == 3


def test_without_the_solver_the_message_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extras, "_is_there", lambda module: module != "z3")
    result = run("cases", "sample_area")
    assert result.exit_code == 1
    assert "`cases`" in result.stderr
    assert "caljobs-policy[analysis]" in result.stderr


def test_a_file_that_takes_nothing_is_told() -> None:
    result = run("cases", "sample_area", "--subject", "account", "--output", "no/such/file.yaml")
    assert result.exit_code == 1
    assert "make the folder" in result.stderr
