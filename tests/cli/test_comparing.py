# SPDX-License-Identifier: MIT
"""`compare` shows a request under several profiles, side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.samples.profiles import ACCEPT_YAML, BROKEN_YAML
from tests.samples.towns import TOWN_CASE_YAML, town


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a profile and one that extends it."""
    monkeypatch.chdir(tmp_path)
    town(tmp_path)
    return tmp_path


def run(text: str, *profiles: str, name: str = "case.yaml") -> Result:
    if name == "case.yaml":
        Path(name).write_text(text, encoding="utf-8")
    options = [part for profile in profiles for part in ("--profile", profile)]
    result = CliRunner().invoke(main, ["compare", name, *options], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def row(result: Result, heading: str) -> list[str]:
    """Return the cells of the first line of a row."""
    line = next(line for line in result.stdout.splitlines() if line.startswith(f"│ {heading} "))
    return [cell.strip() for cell in line.strip("│").split("│")][1:]


def test_request_is_put_into_the_words_of_a_profile_below() -> None:
    result = run(ACCEPT_YAML.replace("role: deputy", "role: boss"), "sample_town")
    assert result.stdout.startswith("Accepted\n")
    assert row(result, "Outcome") == ["accept", "accept"]
    assert row(result, "Requested by") == ["Boss", "Mayor"]
    assert row(result, "Goes to") == ["Help Desk", "Counter"]
    assert result.exit_code == 0


def test_request_is_put_into_the_words_of_a_profile_above() -> None:
    result = run(TOWN_CASE_YAML, "sample_area")
    assert row(result, "Outcome") == ["accept", "accept"]
    assert row(result, "Requested by") == ["Mayor", "Boss"]


def test_editions_stand_above_each_column() -> None:
    result = run(TOWN_CASE_YAML, "sample_area")
    assert "sample_town@2025-03-01" in result.stdout
    assert result.stdout.count("sample_area@2025-01-01") == 2


def test_same_policy_is_shown_once() -> None:
    assert row(run(ACCEPT_YAML, "sample_area", "./sample_area"), "Outcome") == ["accept"]


def test_what_is_not_met_and_not_known_is_shown() -> None:
    text = TOWN_CASE_YAML.replace("[form_one, form_two]", "[form_one]")
    result = run(text.replace("outside", "outside}  # {"), "sample_area")
    assert row(result, "Papers") == ["✓ Form One", "✓ Form One"]
    assert "✗ Form Two" in result.stdout
    assert row(result, "Not known")[0].startswith("Not known: ")


def test_word_without_a_counterpart_is_told() -> None:
    result = run(ACCEPT_YAML, "sample_town")
    assert "some word of this case has no counterpart in `sample_town`" in result.stderr
    assert "  help: " in result.stderr
    assert row(result, "Outcome") == ["accept"]
    assert result.exit_code == 3


def test_case_that_cannot_be_read_leaves_the_others_compared() -> None:
    result = run(f"{BROKEN_YAML}---\n{TOWN_CASE_YAML}", "sample_area")
    assert "`account` has no key `statsu`" in result.stderr
    assert row(result, "Outcome") == ["accept", "accept"]
    assert result.exit_code == 3


def test_profile_that_there_is_not_is_told() -> None:
    result = run(ACCEPT_YAML, "nowhere")
    assert result.stderr.startswith("there is no profile `nowhere`\n  help: ")
    assert result.exit_code == 3


def test_file_that_is_missing_is_told() -> None:
    result = run("", "sample_area", name="nowhere.yaml")
    assert result.stderr == (
        "nowhere.yaml: there is no such file\n  help: check its name and folder\n"
    )
    assert result.exit_code == 1


def test_standard_input_is_compared() -> None:
    result = run("profile: state\ndate: 2025-06-02\naccount: {}\n", "la_city", name="-")
    assert (result.stderr, result.exit_code) == ("", 0)
    assert len(row(result, "Outcome")) == 2


def test_case_on_standard_input_names_no_folder() -> None:
    result = run(TOWN_CASE_YAML, "sample_area", name="-")
    assert result.exit_code == 3
    assert "there is no such profile" in result.stderr


def test_bad_outcome_is_no_failure_of_the_comparison() -> None:
    result = run(TOWN_CASE_YAML.replace("form_one, ", ""), "sample_area")
    assert row(result, "Outcome") == ["return", "return"]
    assert result.exit_code == 0


def test_text_of_a_user_can_steer_no_terminal() -> None:
    text = TOWN_CASE_YAML.replace("Asked in the town", r'"Title \e[31m\x9b5m\u202e"')
    text = text.replace("office: North", r'office: "Office \e[31m\x9b5m\u202e"')
    result = run(text, "sample_area")
    assert "Title " in result.stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(result.output)


def test_no_profile_to_compare_with_is_wrong_usage() -> None:
    assert run(ACCEPT_YAML).exit_code == 2
