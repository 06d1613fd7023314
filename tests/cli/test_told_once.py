# SPDX-License-Identifier: MIT
"""A fault is reported once in a run, however many cases it affects; thousands are counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from caljobs_policy.layers import compiling
from caljobs_policy.layers.compiling import compile_policy
from tests.samples.profiles import EDITION, TABLES_YAML, sound_profile, written_profile

NUMBER = 40
CASE = "case: {n}\nprofile: sample_area\ndate: 2025-06-02\naccount: {{shared: false}}\n"
FAULT = f"""\
sample_area/{EDITION}/fault.yaml:1:1: there is no table `rulse`
  help: did you mean `rules`?
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with many cases of one profile, whose fault affects all of them."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML, fault="rulse: {}\n")
    texts = [CASE.format(n=n) for n in range(NUMBER)]
    files = {f"cases/{n}.yaml": text for n, text in enumerate(texts)}
    return written_profile(tmp_path, {**files, "cases.yaml": "---\n".join(texts)})


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 3
    return result


def test_fault_of_a_profile_is_told_once() -> None:
    more = f"the problems above keep {NUMBER - 1} more cases from being evaluated\n"
    assert run("evaluate", "cases.yaml").stderr == f"{FAULT}{more}"
    for arguments in (["test", "cases.yaml"], ["test", "cases"]):
        result = run(*arguments)
        assert result.stderr == FAULT
        assert result.stdout == f"0 passed, 0 failed, {NUMBER} invalid\n"
    assert run("compare", "cases.yaml", "--profile", "sample_area").stderr == FAULT


def test_profile_of_the_command_line_that_there_is_not_is_told_once() -> None:
    for command in ("evaluate", "test"):
        told = run(command, "cases.yaml", "--profile", "nowhere").stderr
        assert told.startswith("there is no profile `nowhere`\n  help: ")
        assert told.count("there is no profile") == 1


def test_every_case_of_a_stream_has_its_problems_in_its_place() -> None:
    lines = [
        json.loads(line)
        for line in run("evaluate", "--json", "cases.yaml").stdout.split("\n")
        if line
    ]
    assert [line["case"] for line in lines] == [str(n) for n in range(NUMBER)]
    assert {json.dumps(line["problems"]) for line in lines} == {json.dumps(lines[0]["problems"])}


def test_profile_with_a_fault_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []

    def counted(*arguments: object) -> object:
        compiled.append(arguments)
        return compile_policy(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(compiling, "compile_policy", counted)
    run("test", "cases")
    assert len(compiled) == 1


def test_thousands_of_bad_words_are_counted() -> None:
    words = ", ".join(f"word{n}" for n in range(3000))
    text = f"profile: state\ndate: 2025-06-02\nrequest: {{type: create, attachments: [{words}]}}\n"
    Path("words.yaml").write_text(text, encoding="utf-8")
    for command in ("evaluate", "test"):
        told = run(command, "words.yaml").stderr.splitlines()
        assert len([line for line in told if "has no such value" in line]) == 50
        assert told[-2:] == ["and 2,950 more problems", "  help: mend those above, then look again"]
    (line,) = run("evaluate", "--json", "words.yaml").stdout.splitlines()
    problems = json.loads(line)["problems"]
    assert len(problems) == 51
    assert problems[-1] == {
        "code": "other",
        "place": "",
        "message": "and 2,950 more problems",
        "help": "mend those above, then look again",
    }


def test_thousands_of_bad_words_in_a_row_are_counted() -> None:
    words = ";".join(f"word{n}" for n in range(3000))
    Path("r.csv").write_text(f"username,staff.duties\none,{words}\n", encoding="utf-8")
    result = run("review", "r.csv", "--profile", "state", "--format", "json")
    entry = json.loads(result.stdout.splitlines()[0])
    assert len(entry["problems"]) == 51
