# SPDX-License-Identifier: MIT
"""The command line as a process of its own: its streams, its exit code and its help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caljobs_policy import __version__
from tests.samples.profiles import ACCEPT_YAML, RETURN_YAML, TABLES_YAML, sound_profile

COMMAND = [sys.executable, "-m", "caljobs_policy"]
HERE = ("--profile", "./sample_area")
EXPECTING = f"{RETURN_YAML}expect: {{outcome: return, clauses: [SAMPLE-1/c]}}\n"
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="uses a shell")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and many cases in it."""
    source = Path(__file__).resolve().parents[2] / "src"
    paths = [str(source), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(reversed(paths)))
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (tmp_path / "case.yaml").write_text(ACCEPT_YAML, encoding="utf-8")
    many = "---\n".join([ACCEPT_YAML, EXPECTING] * 100)
    (tmp_path / "many.yaml").write_text(many, encoding="utf-8")
    return tmp_path


def run(
    *arguments: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script, in which `$PYTHON` is this interpreter."""
    return subprocess.run(
        ["/bin/sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHON": sys.executable},
        timeout=120,
    )


def test_file_is_answered() -> None:
    result = run("evaluate", "case.yaml")
    assert result.stdout.decode().startswith("ACCEPT")
    assert (result.stderr, result.returncode) == (b"", 0)


def test_standard_input_is_answered_line_by_line() -> None:
    result = run(
        "evaluate", "-", "--json", *HERE, given=f"{ACCEPT_YAML}---\n{RETURN_YAML}".encode()
    )
    outcomes = [json.loads(line)["outcome"] for line in result.stdout.splitlines()]
    assert outcomes == ["accept", "return"]
    assert result.returncode == 4


def test_answer_comes_before_the_next_case_is_given() -> None:
    with subprocess.Popen(
        [*COMMAND, "evaluate", "-", "--json", *HERE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{ACCEPT_YAML}---\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["case"] == "Accepted"
        process.stdin.write(RETURN_YAML.encode())
        process.stdin.close()
        assert json.loads(process.stdout.readline())["case"] == "Returned"
    assert process.returncode == 4


def test_same_input_gives_the_same_bytes() -> None:
    first, second = (
        run("evaluate", "--json", "--all", "many.yaml", PYTHONHASHSEED=seed).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert len(first.splitlines()) == 200


def test_colours_are_for_terminals_alone() -> None:
    assert b"\x1b" not in run("evaluate", "case.yaml").stdout
    assert b"\x1b" not in run("show", "sample_area").stdout


@ON_POSIX
@pytest.mark.parametrize("command", ["evaluate", "evaluate --json", "test", "show sample_area; :"])
def test_reader_that_stops_early_gets_no_traceback(command: str) -> None:
    result = shell(f'"$PYTHON" -m caljobs_policy {command} many.yaml | head -n 1 >/dev/null')
    assert result.stderr == ""


@ON_POSIX
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("evaluate case.yaml >&-", ""),
        ("evaluate case.yaml --json >&-", ""),
        ("show sample_area >&-", ""),
        ("test case.yaml >&-", ""),
        ("evaluate - <&-", "standard input is closed"),
        ("evaluate case.yaml >/dev/full", "the output cannot be written"),
        ("evaluate case.yaml --json >/dev/full", "the output cannot be written"),
        ("show sample_area >/dev/full", "the output cannot be written"),
    ],
)
def test_stream_that_cannot_be_used_is_told(script: str, message: str) -> None:
    if "/dev/full" in script and not Path("/dev/full").exists():
        pytest.skip("there is no full device here")
    result = shell(f'"$PYTHON" -m caljobs_policy {script}')
    assert "Traceback" not in result.stderr
    assert "Error" not in result.stderr
    assert message in result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("arguments", [["evaluate", "--all"], ["evaluate", "--json"], ["test"]])
def test_output_fits_the_encoding_of_the_terminal(
    folder: Path, encoding: str, arguments: list[str]
) -> None:
    text = RETURN_YAML.replace("case: Returned", "case: Zoë 東京")
    (folder / "case.yaml").write_text(f"{text}expect: {{outcome: accept}}\n", encoding="utf-8")
    result = run(*arguments, "case.yaml", PYTHONIOENCODING=encoding)
    assert result.stderr == b""
    assert result.returncode == 4
    shown = result.stdout.decode("utf-8" if "--json" in arguments else encoding, "replace")
    assert "Zo" in shown
    if "--json" in arguments:
        assert json.loads(shown)["case"] == "Zoë 東京"


ROSTER = (
    "username,organization,status,created_on,staff.employer\nZoë 東京,nowhere,active,,\nb,,,,\n"
)
REVIEWED = ("roster.csv", "--profile", "state", "--at", "2025-06-02")
DRAWN = (*REVIEWED, "--quarter", "2025Q2", "--size", "2", "--seed", "a")


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "--all", "case.yaml"),
        ("compare", "case.yaml", "--profile", "sample_area"),
        ("test", "case.yaml"),
        ("show", "state", "--date", "2025-06-02"),
        ("show", "la_city", "--date", "2025-06-02"),
        ("review", *REVIEWED),
        ("sample", *DRAWN),
    ],
)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_signs_that_an_encoding_lacks_have_others_in_their_place(
    folder: Path, encoding: str, arguments: tuple[str, ...]
) -> None:
    text = RETURN_YAML.replace("case: Returned", "case: Zoë 東京")
    (folder / "case.yaml").write_text(f"{text}expect: {{outcome: accept}}\n", encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    full = run(*arguments, PYTHONIOENCODING="utf-8")
    plain = run(*arguments, PYTHONIOENCODING=encoding)
    assert plain.returncode == full.returncode
    for lost, kept in ((plain.stdout, full.stdout), (plain.stderr, full.stderr)):
        assert lost.count(b"?") == kept.count(b"?")
        assert lost.decode(encoding).count("-> ") == kept.decode().count("→ ")
        assert lost.decode(encoding).count("x ") >= kept.decode().count("✗ ")


@pytest.mark.parametrize("form", ["csv", "html"])
@pytest.mark.parametrize("command", [("review", *REVIEWED), ("sample", *DRAWN)])
def test_outputs_for_programs_are_in_utf_8_whatever_the_terminal_takes(
    folder: Path, command: tuple[str, ...], form: str
) -> None:
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    outputs = [run(*command, "--format", form, PYTHONIOENCODING=e) for e in ("ascii", "utf-8")]
    assert "Zoë 東京" in outputs[0].stdout.decode("utf-8")
    assert outputs[0].stdout == outputs[1].stdout


def test_version_and_help_are_told() -> None:
    assert run("--version").stdout.decode().strip() == f"caljobs-policy, version {__version__}"
    told = run("--help").stdout.decode()
    assert all(command in told for command in ("evaluate", "show", "test"))
    assert "Exit codes: 0" in " ".join(told.split())
    assert run("evaluate", "-h").returncode == 0
