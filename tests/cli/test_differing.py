# SPDX-License-Identifier: MIT
"""`diff` tells what two policies do differently, in several forms, with its exit codes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.analysis.comparing import effects
from caljobs_policy.cli import main
from caljobs_policy.errors import extras
from tests.samples.profiles import TABLES_YAML, sound_profile

LONGER: Final = TABLES_YAML.replace("value: 30 days", "value: 60 days")
BOTH: Final = ("old", "new", "--date", "2025-06-02")
CASE: Final = """\
case: {title}
profile: {profile}
date: 2025-06-02
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  office: North
  requestor: {{role: boss, name: Sample One}}
  submitted_to: desk
  attachments: [form_one, form_two]
  staff: {{name: Sample Two, employer: outside, training_completed_on: {trained}}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a sample profile in two versions: the new one is looser."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "old", TABLES_YAML)
    sound_profile(tmp_path / "new", LONGER)
    return tmp_path


def run(*arguments: str, given: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["diff", *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def test_a_page_is_printed_plainly_or_in_markdown() -> None:
    plain, marked = run(*BOTH), run(*BOTH, "--format", "markdown")
    assert (plain.exit_code, marked.exit_code) == (0, 0)
    assert plain.stdout.startswith("What differs: Sample Area\n=========================\n")
    assert marked.stdout.startswith("# What differs: Sample Area\n")
    assert "\n## Looser\n" in marked.stdout
    assert "Examples" not in plain.stdout
    assert "case: Example 1\n" in run(*BOTH, "--examples").stdout


def test_the_data_has_the_form_of_the_contract() -> None:
    result = run(*BOTH, "--json")
    content = json.loads(result.stdout)
    assert list(content) == ["written", "differences", "complete", "bounds"]
    assert (content["complete"], content["bounds"]) == (True, [])
    told = next(one for one in content["differences"] if one["direction"] == "looser")
    assert list(told) == ["subject", "direction", "aspect", "old", "new", "because", "witness"]
    assert (told["subject"], told["old"], told["new"]) == ("request/create", "return", "accept")
    assert told["because"] == ["training"]
    number = next(one for one in content["written"] if one["table"] == "parameters")
    assert number["place"] == "new/2025-01-01/tables.yaml:4:10"


def test_a_run_fails_on_what_it_is_told_to_fail_on() -> None:
    assert run(*BOTH, "--fail-on", "looser").exit_code == 4
    assert run(*BOTH, "--fail-on", "stricter").exit_code == 0
    assert run(*BOTH, "--fail-on", "stricter", "--fail-on", "looser").exit_code == 4


def test_a_search_that_is_given_up_is_told_by_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "MOST_WORK", 0)
    result = run(*BOTH)
    assert result.exit_code == 5
    assert "there may be more" in result.stdout
    assert run(*BOTH, "--fail-on", "looser").exit_code == 5


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("old", "nowhere"), "there is no profile `nowhere`"),
        (("old", "new@2025-02-30"), "is a day that does not exist"),
        (("old", "broken"), "broken/2025-01-01/tables.yaml:1:1: "),
        (("old", "state"), "they have no profile in common"),
        (("old", "new@2001-01-01"), "2001-01-01"),
    ],
)
def test_what_cannot_be_compared_is_invalid(
    names: tuple[str, str], message: str, folder: Path
) -> None:
    sound_profile(folder / "broken", "rulez: {}\n")
    result = run(*names, "--date", "2025-06-02")
    assert result.exit_code == 3
    assert message in result.stderr
    assert "help: " in result.stderr
    assert result.stdout == ""


def test_both_policies_are_told_if_both_are_wrong() -> None:
    result = run("nowhere", "elsewhere")
    assert result.exit_code == 3
    assert "`nowhere`" in result.stderr
    assert "`elsewhere`" in result.stderr


def test_a_revision_is_compared_with_what_stands_now(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Begin")
    sound_profile(folder / "old", LONGER.replace("  quiet:", "  silent:"))
    result = run("HEAD:old", "old", "--date", "2025-06-02", "--json")
    assert result.exit_code == 0, result.stderr
    written = json.loads(result.stdout)["written"]
    page = run("HEAD:old", "old", "--date", "2025-06-02").stdout
    assert "Old: First edition, on 2 June 2025 (`HEAD:old`, sample_area@2025-01-01)" in page
    places = {one["entry"]: one["place"] for one in written if one["table"] == "rules"}
    assert places["quiet"].startswith("HEAD:old/2025-01-01/tables.yaml:")
    assert places["silent"].startswith("old/2025-01-01/tables.yaml:")


def test_what_is_wrong_in_a_revision_is_told_with_its_place_there(folder: Path) -> None:
    sound_profile(folder / "old", "rulez: {}\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Begin")
    sound_profile(folder / "old", TABLES_YAML)
    result = run("HEAD:old", "old")
    assert result.exit_code == 3
    assert "HEAD:old/2025-01-01/tables.yaml:1:1: " in result.stderr


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=Sample", "-c", "user.email=sample@example.org")
    subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def test_without_the_solver_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "_is_there", lambda module: module != "z3")
    result = run(*BOTH)
    assert result.exit_code == 1
    assert "`diff` needs" in result.stderr


def replayed(*arguments: str, given: str | None = None) -> tuple[Any, int]:
    result = run(*BOTH, "--json", *(f"--replay={one}" for one in arguments), given=given)
    return json.loads(result.stdout)["replay"], result.exit_code


def test_recorded_cases_are_counted_by_what_becomes_of_them(folder: Path) -> None:
    new, old = (
        CASE.format(title=t, profile="sample_area", trained=t) for t in ("2025-05-31", "2025-04-20")
    )
    folder.joinpath("cases.yaml").write_text(f"{new}---\n{old}", "utf-8")
    counts, code = replayed("cases.yaml")
    assert code == 0
    assert counts == {
        "cases": 2,
        "changed": 1,
        "without_counterpart": 0,
        "outcomes": [
            {"old": "accept", "new": "accept", "cases": 1},
            {"old": "return", "new": "accept", "cases": 1},
        ],
    }
    page = run(*BOTH, "--replay", "cases.yaml").stdout
    assert "Of 2 cases that were replayed, 1 has another outcome." in page
    assert "  - 1: return → accept\n" in page
    assert "  - `2025-04-20`: return → accept\n" in page


def test_cases_of_a_folder_a_profile_or_a_stream_are_counted(folder: Path) -> None:
    text = CASE.format(title="One", profile="sample_area", trained="2025-04-20")
    for cases in (folder / "recorded", folder / "old" / "cases"):
        cases.mkdir()
        cases.joinpath("one.yaml").write_text(text, "utf-8")
    for name in ("recorded", "old", "-"):
        counts, code = replayed(name, given=text)
        assert (counts["cases"], counts["changed"], code) == (1, 1, 0), name


def test_rows_of_a_roster_are_counted(folder: Path) -> None:
    rows = "username,organization,status\none,branch,active\ntwo,branch,deactivated\n"
    folder.joinpath("roster.csv").write_text(rows, "utf-8")
    folder.joinpath("roster.jsonl").write_text('{"username": "one", "status": "active"}\n', "utf-8")
    counts, code = replayed("roster.csv", "roster.jsonl")
    assert (counts["cases"], counts["changed"], code) == (3, 0, 0)


def test_a_roster_is_read_as_the_options_say(folder: Path) -> None:
    rows = "User;Area;state;created\none;branch;active;06/02/2024\n"
    folder.joinpath("roster.csv").write_text(rows, "cp1252")
    heads = {"User": "username", "Area": "organization", "state": "status", "created": "created_on"}
    maps = [f"--map={heading}={key}" for heading, key in heads.items()]
    told = ["--date-format=%m/%d/%Y", "--delimiter=;", "--encoding=cp1252", *maps]
    result = run(*BOTH, "--json", "--replay=roster.csv", *told)
    assert (result.stderr, result.exit_code) == ("", 0)
    assert json.loads(result.stdout)["replay"]["cases"] == 1


def test_how_to_read_a_roster_is_refused_without_one() -> None:
    result = run(*BOTH, "--map=User=username")
    assert result.exit_code == 2
    assert "none is named with --replay" in result.stderr


def test_a_file_of_headings_that_is_wrong_is_told(folder: Path) -> None:
    folder.joinpath("map.yaml").write_text("- User\n", "utf-8")
    result = run(*BOTH, "--replay=roster.csv", "--map=map.yaml")
    assert result.exit_code == 3
    assert "map.yaml:1:1: " in result.stderr


def test_what_cannot_be_replayed_is_told_and_the_rest_is_counted(folder: Path) -> None:
    folder.joinpath("bad.csv").write_text("username,status\none,activ\n", "utf-8")
    folder.joinpath("bad.yaml").write_text(
        "case: Bad\nprofile: sample_area\nrequest: {type: nothing}\n", "utf-8"
    )
    result = run(*BOTH, "--replay=bad.csv", "--replay=bad.yaml", "--replay=missing")
    assert result.exit_code == 3
    assert "bad.csv:2:2: " in result.stderr
    assert "bad.yaml:3:" in result.stderr
    assert "there is no file, folder or profile `missing`" in result.stderr
    assert "Of 0 cases that were replayed" in result.stdout
