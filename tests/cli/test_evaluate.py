# SPDX-License-Identifier: MIT
"""`evaluate` answers the cases of files and of standard input, as text or as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.profiles import (
    ACCEPT_YAML,
    BROKEN_YAML,
    EXEMPT_YAML,
    RETURN_YAML,
    TABLES_YAML,
    UNKNOWN_YAML,
    VIOLATION_YAML,
    sound_profile,
)

FINDING_KEYS = [
    "rule",
    "result",
    "outcome",
    "clauses",
    "edition",
    "message",
    "remedy",
    "readings",
    "because",
]
HERE = ("--profile", "./sample_area")
"""A case on standard input can name no folder."""
LAST_LINE = len(f"{ACCEPT_YAML}---\n{BROKEN_YAML}".splitlines())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    return tmp_path


def written(**cases: str) -> list[str]:
    """Write files of cases by name, and return the names."""
    for name, text in cases.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    return [f"{name}.yaml" for name in cases]


def run(*arguments: str, given: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["evaluate", *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def several(*cases: str) -> str:
    return "---\n".join(cases)


@pytest.mark.parametrize(
    ("text", "headline", "code"),
    [
        (ACCEPT_YAML, "ACCEPT", 0),
        (EXEMPT_YAML, "OUT OF SCOPE", 0),
        (RETURN_YAML, "RETURN", 4),
        (VIOLATION_YAML, "VIOLATION", 4),
        (UNKNOWN_YAML, "CANNOT TELL", 5),
        (BROKEN_YAML, "", 3),
    ],
)
def test_case_in_a_file_is_answered(text: str, headline: str, code: int) -> None:
    result = run(*written(one=text))
    assert result.stdout.startswith(headline)
    assert result.exit_code == code


def test_several_files_are_answered_one_after_another() -> None:
    result = run(*written(one=ACCEPT_YAML, two=RETURN_YAML))
    assert result.stdout.index("Accepted") < result.stdout.index("RETURN")
    assert "\n\nRETURN" in result.stdout
    assert result.exit_code == 4


def test_standard_input_holds_several_documents() -> None:
    result = run("-", *HERE, given=several(ACCEPT_YAML, EXEMPT_YAML))
    assert "Accepted" in result.stdout
    assert "Exempt" in result.stdout
    assert result.exit_code == 0


def test_json_gives_one_object_a_line() -> None:
    result = run("--json", "-", *HERE, given=several(ACCEPT_YAML, RETURN_YAML, UNKNOWN_YAML))
    assert [line["outcome"] for line in lines(result)] == ["accept", "return", "cannot_tell"]
    assert [line["case"] for line in lines(result)] == ["Accepted", "Returned", "Unknown"]
    assert result.stderr == ""
    assert result.exit_code == 4


def test_json_lines_are_read() -> None:
    case = {"profile": "sample_area", "date": "2025-06-02", "account": {"shared": False}}
    result = run("--json", "-", *HERE, given=f"{json.dumps(case)}\n" * 3)
    assert [line["outcome"] for line in lines(result)] == ["compliant"] * 3
    assert [line["case"] for line in lines(result)] == [None] * 3


def test_answer_has_the_keys_of_the_contract() -> None:
    (line,) = lines(run("--json", *written(one=RETURN_YAML)))
    assert list(line) == [
        "case",
        "policy",
        "subject",
        "outcome",
        "findings",
        "route",
        "approvals",
        "duties",
        "deadlines",
        "needs",
        "readings",
    ]
    assert list(line["policy"]) == ["jurisdiction", "date", "editions", "digest"]
    assert all(list(finding) == FINDING_KEYS for finding in line["findings"])
    assert list(line["approvals"][0]) == ["role", "given", "clauses"]
    assert list(line["deadlines"][0]) == ["name", "due", "derivation", "clauses"]
    assert line["subject"] == "request/create"
    assert line["policy"]["editions"] == ["sample_area@2025-01-01"]


def test_all_adds_the_rules_that_are_met() -> None:
    (name,) = written(one=ACCEPT_YAML)
    (short,) = lines(run("--json", name))
    (whole,) = lines(run("--json", "--all", name))
    assert short["findings"] == []
    assert {finding["result"] for finding in whole["findings"]} == {"met", "not_applicable"}
    assert {**whole, "findings": []} == short
    assert "What else was checked" in run("--all", name).stdout
    assert "What else was checked" not in run(name).stdout


@pytest.mark.parametrize("engine", ENGINES_HERE)
def test_every_engine_gives_the_same_answer(engine: str) -> None:
    names = written(one=RETURN_YAML, two=UNKNOWN_YAML)
    assert (
        run("--json", "--all", "--engine", engine, *names).stdout
        == run("--json", "--all", *names).stdout
    )


@pytest.mark.parametrize("command", [["evaluate"], ["compare", "--profile", "sample_area"]])
def test_file_that_is_named_twice_is_read_once(command: list[str]) -> None:
    Path("one.yaml").write_text(ACCEPT_YAML, encoding="utf-8")
    once = CliRunner().invoke(main, [*command, "one.yaml"])
    twice = CliRunner().invoke(main, [*command, "one.yaml", "./one.yaml", "one.yaml"])
    assert once.exit_code == 0
    assert (twice.output, twice.exit_code) == (once.output, 0)


def test_standard_input_that_is_named_twice_is_read_once() -> None:
    result = CliRunner().invoke(main, ["evaluate", "-", "-", *HERE], input=ACCEPT_YAML)
    assert (result.stderr, result.exit_code) == ("", 0)


def test_profile_that_is_asked_for_is_the_one() -> None:
    (name,) = written(one="date: 2025-06-02\naccount: {shared: false}\n")
    assert run("--profile", "sample_area", name).exit_code == 0
    assert run("--profile", "./sample_area", name).exit_code == 0
    (line,) = lines(run("--json", "--profile", "nowhere", *written(two=ACCEPT_YAML)))
    assert line["problems"][0]["message"] == "there is no profile `nowhere`"


def test_case_without_a_date_is_asked_of_today() -> None:
    (name,) = written(one="profile: sample_area\naccount: {shared: false}\n")
    (line,) = lines(run("--json", name))
    assert abs(date.fromisoformat(line["policy"]["date"]) - date.today()).days <= 1


def test_case_that_cannot_be_read_gives_its_problems_in_its_place() -> None:
    result = run("--json", "-", *HERE, given=several(ACCEPT_YAML, BROKEN_YAML, EXEMPT_YAML))
    accepted, broken, exempt = lines(result)
    assert (accepted["outcome"], exempt["outcome"]) == ("accept", "out_of_scope")
    assert broken == {
        "case": "Broken",
        "problems": [
            {
                "place": f"-:{LAST_LINE}:11",
                "message": "`account` has no key `statsu`",
                "help": "did you mean `status`?",
                "code": "unknown-key",
                "pointer": "/statsu",
            }
        ],
    }
    assert result.exit_code == 3


def test_case_that_cannot_be_read_is_told_on_standard_error() -> None:
    result = run(*written(one=several(ACCEPT_YAML, BROKEN_YAML, EXEMPT_YAML)))
    assert result.stderr == (
        f"one.yaml:{LAST_LINE}:11: `account` has no key `statsu`\n  help: did you mean `status`?\n"
    )
    assert result.stdout.startswith("ACCEPT")
    assert "OUT OF SCOPE" in result.stdout
    assert result.exit_code == 3


def test_expectation_that_does_not_hold_is_told() -> None:
    (name,) = written(one=f"{ACCEPT_YAML}expect: {{outcome: return, clauses: [SAMPLE-1/a]}}\n")
    result = run(name)
    assert "Differs from what the case expects" in result.stdout
    assert "outcome: expected return, got accept" in result.stdout
    assert result.exit_code == 4
    (line,) = lines(run("--json", name))
    assert line["differences"] == [
        "outcome: expected return, got accept",
        "clauses: SAMPLE-1/a is not among those not met: none",
    ]


def test_expectation_that_holds_does_not_mend_a_bad_outcome() -> None:
    (name,) = written(one=f"{RETURN_YAML}expect: {{outcome: return}}\n")
    result = run(name)
    assert "Differs from what the case expects" not in result.stdout
    assert result.exit_code == 4


def test_profile_with_faults_gives_them_in_place_of_an_answer(folder: Path) -> None:
    sound_profile(folder / "sample_area", "rules: {one: {about: acount, clauses: [SAMPLE-1/a]}}\n")
    result = run(*written(one=ACCEPT_YAML))
    assert "sample_area/2025-01-01/tables.yaml:1:" in result.stderr
    assert "there is no sort of subject `acount`" in result.stderr
    assert result.exit_code == 3


@pytest.mark.parametrize("everything", [[], ["--all"]])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_personal_data_is_never_shown(form: list[str], everything: list[str]) -> None:
    text = f"""
case: A case
profile: sample_area
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  requestor: {{role: boss, name: Sample Same}}
  submitted_to: [desk]
  attachments: []
  staff: {{name: sample  same, employer: inside, training_completed_on: null}}
  password: Password-Secret
---
{RETURN_YAML}"""
    result = run(*form, *everything, *written(one=text))
    assert "(withheld) asks for (withheld)." in result.stdout
    assert "The password (withheld) is weak." in result.stdout
    for secret in ("Sample", "sample  same", "Secret", "Pass word"):
        assert secret not in result.stdout.replace("Sample Area", "")


@pytest.mark.parametrize(
    "line",
    [
        "password: Secret-9 #Secret-9",
        'password: "Secret-9',
        "password: 'Secret-9",
        "password: {Secret-9",
        "password: !Secret-9",
        "password: *Secret-9",
        "password: Secret-9: x",
        'password: "Secret-9\\q"',
        "password: [Secret-9]",
        "password:\n    !Secret-9 x",
        "staff: {name: Secret-9: x}",
        "requestor: {name: {Secret-9: x}}",
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_personal_data_is_not_repeated_in_messages_about_it(form: list[str], line: str) -> None:
    (name,) = written(one=f"profile: sample_area\nrequest:\n  type: create\n  {line}\n")
    result = run(*form, name)
    assert result.exit_code == 3
    assert "one.yaml:" in result.output
    assert "Secret" not in result.output


def test_personal_data_is_not_repeated_in_messages_about_json() -> None:
    text = '{"profile": "sample_area", "request": {"password": "Secret-9" "type": "create"}}\n'
    later = '{"profile": "sample_area", "request": {"password": Secret-9}}\n'
    result = run("--json", "-", *HERE, given=text + later)
    assert [list(line) for line in lines(result)] == [["case", "problems"]] * 2
    assert "Secret" not in result.output


@pytest.mark.parametrize("named", ["sample_area", "./sample_area"])
def test_case_from_standard_input_names_no_folder(named: str) -> None:
    text = ACCEPT_YAML.replace("profile: sample_area", f"profile: {named}")
    refused = run("-", "--json", given=text)
    assert refused.exit_code == 3
    (problem,) = lines(refused)[0]["problems"]
    assert problem["message"] == "there is no such profile"
    assert "as with --profile" in problem["help"]
    assert run("-", "--profile", "./sample_area", given=text).exit_code == 0
    assert run(*written(case=text)).exit_code == 0
