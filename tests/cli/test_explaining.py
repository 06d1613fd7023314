# SPDX-License-Identifier: MIT
"""The command `explain`: what it prints in each form, and what a run comes to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main

RETURNED: Final = """\
case: LA create, certificate missing, training old
profile: la_city
request:
  type: create
  submitted_on: 2025-06-02
  organization: worksource_center
  office: Boyle Heights WSC
  requestor: {role: program_director, name: Pat Sample}
  submitted_to: [city_mis_unit]
  sent_to: [david.l.thompson@lacity.org, emoli.mendez@lacity.org]
  subject: Access Request - Boyle Heights WSC
  signed_by_requestor: true
  training_confirmed: true
  attachments: [access_request_form, confidentiality_statement]
  staff:
    name: Sam Sample
    employer: city
    training_completed_on: 2024-05-31
    statement: {form: e1, signed_on: 2025-05-01}
    business_need: true
"""
UNKNOWN: Final = "profile: state\ndate: 2025-06-02\noffice: {organization: local_area}\n"
GOOD: Final = "profile: state\ndate: 2025-06-02\nrecord: {type: closure}\n"
WORDS: Final = (
    "attach the ISPA training certificate and have the training completed on or after 2024-06-02"
)


def run(text: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["explain", "-", *options], input=text)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_page_says_what_decided_and_what_would_turn_it() -> None:
    result = run(RETURNED)
    assert result.exit_code == 4
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "RETURN: fix it and send it again",
        "  LA create, certificate missing, training old",
    ]
    assert "  ✗ The ISPA training certificate is not attached." in lines
    assert "    Requires:" in lines
    said = " ".join(result.stdout.split())
    assert f"What would turn it → To have it accepted: {WORDS}." in said
    assert "Sam" not in result.stdout
    assert "Pat" not in result.stdout


def test_all_shows_what_is_met() -> None:
    some, every = run(RETURNED), run(RETURNED, "--all")
    assert "30 other checks are met or not about it" in some.stdout
    assert "What else was checked" not in some.stdout
    assert "What else was checked" in every.stdout
    assert "--all" not in every.stdout


def test_markdown_has_headings_and_lists() -> None:
    result = run(RETURNED, "--format", "markdown")
    lines = result.stdout.splitlines()
    assert "## What would turn it" in lines
    assert f"- → To have it accepted: {WORDS}." in lines
    assert "  - Rule papers/create/training\\_certificate of state@2025-03-01" in result.stdout


def test_json_is_the_decision_with_checks_and_remedies() -> None:
    for option in (["--json"], ["--format", "json"]):
        result = run(RETURNED, *option)
        (found,) = objects(result)
        assert result.exit_code == 4
        assert found["case"] == "LA create, certificate missing, training old"
        assert found["outcome"] == "return"
        assert [one["rule"] for one in found["checks"] if one["decides"]] == [
            "papers/create/training_certificate",
            "create-training-current",
        ]
        assert [one["words"] for one in found["remedies"]] == [WORDS]
        assert (found["best"], found["bounds"], found["ask"]) == ("accept", [], [])


def test_what_cannot_be_told_says_what_to_ask_first() -> None:
    result = run(UNKNOWN)
    assert result.exit_code == 5
    assert "What to ask first" in result.stdout
    assert "  1. " in result.stdout


def test_what_is_good_needs_no_remedy() -> None:
    result = run(GOOD)
    assert result.exit_code == 0
    assert "What decided" in result.stdout
    assert "What would turn it" not in result.stdout


def test_where_nothing_helps_it_is_said_to_be_proved() -> None:
    denied = RETURNED.replace("business_need: true", "business_need: false")
    said = " ".join(run(denied).stdout.split())
    assert "Nothing that anybody can change makes it accepted; that is proved." in said


def test_a_broken_case_keeps_no_other_back() -> None:
    result = run(f"{RETURNED}---\nprofile: nowhere\noffice: {{}}\n---\n{GOOD}", "--json")
    assert result.exit_code == 3
    assert ["problems" in one for one in objects(result)] == [False, True, False]


@pytest.mark.parametrize(("options", "code"), [([], 1), (["--no-remedies"], 4)])
def test_without_the_extra_the_reasoning_is_printed(
    tmp_path: Path, options: list[str], code: int
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(RETURNED, "utf-8")
    script = (
        "import sys; sys.modules['z3'] = None\n"
        "from caljobs_policy.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", script, "explain", str(file), *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert "What decided" in done.stdout
    assert "What would turn it" not in done.stdout
    assert ("needs `z3-solver`" in done.stderr) is (not options)
