# SPDX-License-Identifier: MIT
"""Bad input is reported in plain words with its place, and never ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caljobs_policy.cli import main
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML, VIOLATION_YAML, sound_profile

ESCAPES = "\x1b[31m\x9b5m\u202e"
AS_WRITTEN = r"\e[31m\x9b5m\u202e"
"""The same signs as YAML escapes them in double quotes."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def refused(content: str | bytes, code: int = 3) -> str:
    """Return what is reported about a file, the same as text, as JSON and by `test`."""
    data = content.encode() if isinstance(content, str) else content
    Path("bad.yaml").write_bytes(data)
    as_text = run("evaluate", "bad.yaml")
    assert as_text.exit_code == code
    assert as_text.stdout == ""
    told = [json.loads(line) for line in run("evaluate", "--json", "bad.yaml").stdout.splitlines()]
    problems = [problem for answer in told for problem in answer["problems"]]
    assert (
        "".join(f"{p['place']}: {p['message']}\n  help: {p['help']}\n" for p in problems)
        == as_text.stderr
    )
    tried = run("test", "bad.yaml")
    assert (tried.stderr, tried.exit_code) == (as_text.stderr, code)
    return as_text.stderr


def case(*more: str) -> str:
    return "\n".join(["profile: sample_area", "date: 2025-06-02", *more, ""])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "bad.yaml:1:1: the text is empty"),
        ("\n# nothing\n", "bad.yaml:1:1: the text is empty"),
        ("\ufeff", "bad.yaml:1:1: the text is empty"),
        (b"\x7fELF\x02\x01\x01\x00", "bad.yaml:1:1: this is not a text file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "bad.yaml:2:2: the byte 0xE2 here is not UTF-8"),
        (b"\xff\xfea\x00", "bad.yaml:1:1: the file is in UTF-16"),
        ("[" * 100_000, "bad.yaml:1:41: nested deeper than 40 levels"),
        ("a: {" * 100_000, "nested deeper than 40 levels"),
        ('{"a":' * 100_000, "nested deeper than 40 levels"),
        ("- " * 100_000, "nested deeper than 40 levels"),
        ("just words", "bad.yaml:1:1: a case has to be a mapping"),
        (case("account: {statsu: active}"), "bad.yaml:3:11: `account` has no key `statsu`"),
        (case("account: {status: activ}"), "bad.yaml:3:19: `account.status` has no value `activ`"),
        (
            case("account: {created_on: 2025-02-30}"),
            "bad.yaml:3:23: `account.created_on` is a day that does not exist",
        ),
        (
            case("account: {shared: yes}"),
            "bad.yaml:3:19: `account.shared` takes true or false",
        ),
        (case("account: [a, b]"), "bad.yaml:3:10: `account` takes a mapping"),
        (
            case("account: {}", "office: {}"),
            "bad.yaml:4:1: a case has only one subject; this one has `account` and `office`",
        ),
        (case("account: {}", "account: {}"), "bad.yaml:4:1: the key `account` on line 4"),
        ("account: {}\n", "bad.yaml:1:1: the case names no profile"),
        (case("account: !!python/object/apply:os.getcwd []"), "bad.yaml:3:10: the tag"),
        (case("account: {status: active"), "bad.yaml:3:10: the bracket that opens"),
        (case("\taccount: {}"), "bad.yaml:3:1: there is a tab where only spaces are allowed"),
        (case("expect: {outcom: accept}", "account: {}"), "an expectation has no key `outcom`"),
    ],
)
def test_fault_is_told_with_its_place(content: str | bytes, message: str) -> None:
    told = refused(content)
    assert message in told
    assert "  help: " in told


def test_large_file_is_refused() -> None:
    Path("large.yaml").touch()
    with Path("large.yaml").open("r+b") as stream:
        stream.truncate(100 * 1024 * 1024)
    result = run("evaluate", "large.yaml")
    assert result.stderr.startswith("large.yaml:1:1: the text is larger than 8,388,608 bytes")
    assert result.exit_code == 3
    assert run("test", "large.yaml").exit_code == 3


def test_aliases_that_stand_for_more_and_more_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for n in range(1, 20):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]")
    told = refused("\n".join(lines))
    assert "more than" in told


def test_document_that_is_broken_leaves_the_others_answered() -> None:
    Path("three.yaml").write_text(
        f"{ACCEPT_YAML}---\n {{[\n---\n{VIOLATION_YAML}", encoding="utf-8"
    )
    result = run("evaluate", "three.yaml")
    assert result.stdout.startswith("ACCEPT")
    assert "VIOLATION" in result.stdout
    assert result.stderr.count("three.yaml:") == 1
    assert result.exit_code == 3


def test_file_that_is_missing_leaves_the_others_answered() -> None:
    Path("good.yaml").write_text(ACCEPT_YAML, encoding="utf-8")
    result = run("evaluate", "nowhere.yaml", "good.yaml", "sample_area")
    assert result.stdout.startswith("ACCEPT")
    assert result.stderr == (
        "nowhere.yaml: there is no such file\n  help: check its name and folder\n"
        "sample_area: this is a folder\n  help: name a file in it\n"
    )
    assert result.exit_code == 1


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\0b"])
@pytest.mark.parametrize("command", ["evaluate", "test", "show"])
def test_name_that_no_file_can_have_is_told(command: str, name: str) -> None:
    if (command, name) == ("test", ""):
        return
    result = run(command, name)
    assert result.exit_code in {1, 3}
    assert "  help: " in result.stderr


@pytest.mark.parametrize("command", ["evaluate", "test"])
def test_profile_that_a_case_names_may_be_any_text(command: str) -> None:
    names = ["", "..", "/", "~", "x" * 5000, r"a\0b", r"\e[31m", "http://example.org"]
    documents = [f'profile: "{name}"\naccount: {{}}\n' for name in names]
    Path("names.yaml").write_text("---\n".join(documents), encoding="utf-8")
    result = run(command, "names.yaml")
    assert result.exit_code == 3
    assert result.stderr.count("there is no such profile") == len(names)
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", "case.yaml"],
        ["evaluate", "--all", "case.yaml"],
        ["evaluate", "--json", "case.yaml"],
        ["test", "case.yaml"],
    ],
)
def test_escape_sequences_do_not_reach_the_terminal(arguments: list[str]) -> None:
    text = f"""
case: "Title {AS_WRITTEN}"
profile: sample_area
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  office: "Office {AS_WRITTEN}"
  requestor: {{role: boss}}
  submitted_to: [desk]
  attachments: [form_one, form_two]
  staff: {{training_completed_on: 2025-06-01, employer: "inside"}}
  privileges: ["big {AS_WRITTEN}"]
expect:
  outcome: deny
  route: {{subject: "Subject {AS_WRITTEN}"}}
  approvals: {{desk: true}}
"""
    Path("case.yaml").write_text(text, encoding="utf-8")
    result = run(*arguments)
    assert "Title " in result.output
    assert "route.subject: expected (withheld), got New account at Office " in result.output
    assert "Subject " not in result.output
    assert result.exit_code == 4
    assert not set(ESCAPES[:1] + "\x9b\u202e") & set(result.output)


def test_escape_sequences_in_messages_do_not_reach_the_terminal() -> None:
    told = refused(case(f'account: {{"{AS_WRITTEN}": x, status: "{AS_WRITTEN}"}}'))
    assert "`account.status` has no such value" in told
    assert not set("\x1b\x9b\u202e") & set(told)


def test_escape_sequences_in_the_names_of_files_do_not_reach_the_terminal() -> None:
    name = "\x1b[31m.yaml"
    Path(name).write_text("zebra: x\n", encoding="utf-8")
    for arguments in (["evaluate", name], ["evaluate", "--json", name], ["test", "."]):
        assert "\x1b" not in run(*arguments).output


def test_words_of_all_languages_are_kept() -> None:
    Path("case.yaml").write_text(case("case: Zoë 東京 🙂", "account: {shared: false}"), "utf-8")
    assert "Zoë 東京 🙂" in run("evaluate", "case.yaml").stdout
    (line,) = run("evaluate", "--json", "case.yaml").stdout.splitlines()
    assert json.loads(line)["case"] == "Zoë 東京 🙂"
