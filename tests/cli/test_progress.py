# SPDX-License-Identifier: MIT
"""What takes long shows on a terminal how far it is, and leaves nothing behind there."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from attrs import define, field

from caljobs_policy.cli import main, progress
from tests.samples.profiles import ACCEPT_YAML, RETURN_YAML, TABLES_YAML, sound_profile
from tests.samples.rosters import ROSTER_TABLES_YAML

pty = pytest.importorskip("pty", reason="there are no such terminals here")
ROSTER = "username,organization,status,staff.training_completed_on,shared\n" + "".join(
    f"sample-{n},branch,active,2025-05-20,{'yes' if n % 4 else 'no'}\n" for n in range(400)
)
FAILING = f"{RETURN_YAML}expect: {{outcome: accept}}\n"
REVIEW = ("review", "r.csv", "--profile", "sample_area", "--at", "2025-06-02")
SAMPLE = ("--quarter", "2025Q2", "--size", "2", "--seed", "a")
_STEERING = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])")


@define
class Terminal:
    """A terminal that remembers what is written to it, and what is left on its screen."""

    END: ClassVar = "\x04"
    written: bytes = b""
    ends: tuple[int, int] = field(factory=pty.openpty)

    def read(self) -> None:
        while data := os.read(self.ends[0], 65_536):
            self.written += data
            if data.endswith(self.END.encode()):
                return

    @property
    def text(self) -> str:
        """All that was written, without colours."""
        text = self.written.decode().replace("\r\n", "\n").rstrip(self.END)
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    @property
    def screen(self) -> str:
        """What can be read in the end, as the signs that steer a terminal leave it."""
        lines, column = [""], 0
        for part in re.split(r"(\x1b\[[0-9;?]*[A-Za-z]|\r|\n)", self.text):
            steering = _STEERING.fullmatch(part)
            if part == "\n":
                lines.append("")
                column = 0
            elif part == "\r":
                column = 0
            elif steering is None:
                line, end = lines[-1], column + len(part)
                lines[-1] = line[:column].ljust(column) + part + line[end:]
                column = end
            elif steering[2] == "K":
                assert steering[1] == "2"
                lines[-1] = ""
            elif steering[2] == "A":
                # Nothing is left below the line that is gone up to.
                assert lines.pop() == ""
            else:
                assert steering[2] in "hl"
        return "\n".join(line.rstrip() for line in lines)


@define
class Clock:
    """Goes on by so many seconds whenever somebody looks at it."""

    pace: float
    times: Iterator[int] = field(factory=count)

    def __call__(self) -> float:
        return next(self.times) * self.pace


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a roster, many cases and the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("CI", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    sound_profile(tmp_path / "sample_area", ROSTER_TABLES_YAML)
    sound_profile(tmp_path / "area_of_cases", TABLES_YAML)
    Path("r.csv").write_text(ROSTER, "utf-8")
    cases = "---\n".join([ACCEPT_YAML, FAILING] * 20).replace("sample_area", "./area_of_cases")
    Path("many.yaml").write_text(f"{cases}---\nnonsense: yes\n", "utf-8")
    monkeypatch.setattr(progress, "monotonic", Clock(1))
    return tmp_path


Run = Callable[..., Terminal]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command on a terminal, but for standard output if that is a file."""

    def run(*arguments: str, stdout: str | None = None) -> Terminal:
        terminal = Terminal()
        reader = threading.Thread(target=terminal.read)
        reader.start()
        with ExitStack() as stack:
            slave = stack.enter_context(open(terminal.ends[1], "w", encoding="utf-8"))
            stack.callback(slave.write, Terminal.END)
            file = stack.enter_context(open(stdout, "w", encoding="utf-8")) if stdout else slave
            patch = stack.enter_context(monkeypatch.context())
            patch.setattr(sys, "stderr", slave)
            patch.setattr(sys, "stdout", file)
            with pytest.raises(SystemExit):
                main(arguments)
        reader.join()
        os.close(terminal.ends[0])
        return terminal

    return run


def slow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let so many seconds pass whenever the clock is read."""
    monkeypatch.setattr(progress, "monotonic", Clock(seconds))


LONG = {
    "review": (*REVIEW, "--format", "json=out.json"),
    "review in processes": (*REVIEW, "--format", "json=out.json", "--jobs", "2"),
    "sample": ("sample", *REVIEW[1:], *SAMPLE, "--format", "json=out.json"),
    "test": ("test", "many.yaml"),
    "evaluate": ("evaluate", "--json", "many.yaml"),
    "compare": ("compare", "many.yaml", "--profile", "./area_of_cases"),
}
TITLES = {
    "review": {"Reviewing", "Writing"},
    "review in processes": {"Reviewing", "Writing"},
    "sample": {"Drawing"},
    "test": {"Testing"},
    "evaluate": {"Evaluating"},
    "compare": {"Comparing"},
}


@pytest.mark.parametrize("what", LONG)
def test_what_takes_long_shows_how_far_it_is(run: Run, what: str) -> None:
    terminal = run(*LONG[what], stdout="out.txt")
    assert set(re.findall("[A-Z][a-z]+ing(?= [━╸╺])", terminal.text)) == TITLES[what]


@pytest.mark.parametrize("what", LONG)
def test_nothing_of_it_is_left(run: Run, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    shown = run(*LONG[what], stdout="shown.txt")
    slow(monkeypatch, 0)
    plain = run(*LONG[what], stdout="plain.txt")
    assert "━" not in plain.text
    assert shown.screen == plain.screen
    assert Path("shown.txt").read_bytes() == Path("plain.txt").read_bytes()
    assert re.findall(r"\x1b\[\?25[lh]", shown.text)[-1] == "\x1b[?25h"


def test_what_is_printed_meanwhile_stands_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run("test", "many.yaml")
    assert shown.text.count("Testing") > 20
    slow(monkeypatch, 0)
    assert shown.screen == run("test", "many.yaml").screen
    assert shown.screen.count(": Returned\n") == 20


def test_within_two_seconds_nothing_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch, 1.9 / 41)  # the clock is read once for each case
    assert "Testing" not in run("test", "many.yaml").text
    slow(monkeypatch, 2.03 / 41)
    assert set(re.findall(r"(\d+) cases 0:", run("test", "many.yaml").text)) == {"41"}


def test_it_is_drawn_ten_times_a_second_at_most(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(progress.Bar, "_draw", lambda bar: drawn.append(bar.done))
    monkeypatch.setattr(progress, "is_watched", lambda: True)
    slow(monkeypatch, 1 / 64)
    with progress.progress("Testing", "cases") as bar:
        list(bar.over(range(256)))
    assert drawn == [128 + 7 * number for number in range(19)]


def test_answers_on_the_terminal_show_themselves_how_far_it_is(run: Run) -> None:
    assert "━" not in run("evaluate", "many.yaml").text
    assert "Writing" not in run(*REVIEW, "--format", "json").text


def test_nothing_is_shown_in_ci(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert "━" not in run(*LONG["review"]).text


@pytest.mark.parametrize("stream", [None, StringIO()], ids=["closed", "piped"])
def test_nothing_is_shown_where_nobody_sees_it(
    monkeypatch: pytest.MonkeyPatch, stream: StringIO | None
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.progress("Testing", "cases") as bar:
        list(bar.over(range(100)))
    assert stream is None or stream.getvalue() == ""


def test_share_is_that_of_the_bytes_that_are_read(run: Run) -> None:
    shares = [int(share) for share in re.findall(r" (\d+)%", run(*LONG["sample"]).text)]
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_what_comes_through_a_pipe_is_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = os.pipe()
    with open(ends[1], "w", encoding="utf-8") as pipe:
        pipe.write(ROSTER)
    with open(ends[0], encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        text = run(*(part.replace("r.csv", "-") for part in LONG["review"])).text
    assert f" {len(ROSTER):,} bytes " in text


def test_no_thread_runs_beside_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    draw = progress.Bar._draw

    def drawing(bar: progress.Bar) -> None:
        draw(bar)
        seen.append(threading.active_count())

    before = threading.active_count()
    monkeypatch.setattr(progress.Bar, "_draw", drawing)
    run(*LONG["review"])
    assert set(seen) == {before + 1}  # the one that reads what is written


def test_it_goes_away_where_the_run_is_interrupted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(range(100))

    def clock() -> float:
        try:
            return next(times)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(progress, "monotonic", clock)
    terminal = run(*LONG["review"])
    assert "Reviewing" in terminal.text
    assert terminal.screen.strip() == "Aborted!"
    assert not Path("out.json").exists()
