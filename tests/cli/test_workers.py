# SPDX-License-Identifier: MIT
"""Processes that are killed, interrupted or never started leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.samples.profiles import sound_profile
from tests.samples.rosters import ROSTER_TABLES_YAML

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
HEADER = "username,organization,status,staff.training_completed_on,shared\n"
OPTIONS = ("--profile", "sample_area", "--at", "2025-06-02", "--format", "json=old.txt")
REVIEW = [sys.executable, "-m", "caljobs_policy", "review", *OPTIONS, "--jobs", "2"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and a file `old.txt` in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2] / "src"))
    sound_profile(tmp_path / "sample_area", ROSTER_TABLES_YAML)
    Path("old.txt").write_text("old\n")
    return tmp_path


def rows(number: int) -> str:
    return "".join(f"user-{n},branch,active,2025-05-20,yes\n" for n in range(number))


def started(*command: str, **options: Any) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, **options)


def reviewing() -> subprocess.Popen[str]:
    """Start a review that takes a while."""
    Path("r.csv").write_text(HEADER + rows(60_000))
    return started(*REVIEW, "r.csv")


def nothing_is_left(workers: list[int]) -> bool:
    files = sorted(path.name for path in Path().iterdir() if path.name.startswith((".", "old")))
    assert files == ["old.txt"]
    assert Path("old.txt").read_text() == "old\n"
    return bool(waited_for(lambda: not any(map(is_running, workers))))


def workers_of(process: int) -> list[int]:
    """Return the processes that a process started, as Linux lists them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found.append(int(status.parent.name))
    return found


def waited_for(found: Any, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_asleep(process: int) -> bool:
    """Return whether a process waits, which it does for more rows once it has none."""
    before = Path(f"/proc/{process}/stat").read_text()
    time.sleep(0.2)
    return before == Path(f"/proc/{process}/stat").read_text()


@pytest.mark.parametrize("number", [1, 2], ids=["while they start", "while they work"])
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(sign: int, number: int) -> None:
    with reviewing() as review:
        workers = waited_for(lambda: w if len(w := workers_of(review.pid)) >= number else None)
        review.send_signal(sign)
        review.communicate(timeout=60)  # a worker that goes on would hold the pipes
    assert nothing_is_left(workers)


@pytest.mark.parametrize("number", [1, 2], ids=["while they start", "while they work"])
def test_a_worker_that_is_killed_is_told_and_nothing_is_written(number: int) -> None:
    with reviewing() as review:
        workers = waited_for(lambda: w if len(w := workers_of(review.pid)) >= number else None)
        os.kill(workers[0], signal.SIGKILL)
        _, told = review.communicate(timeout=120)
    assert told == (
        "a worker process was ended from outside, so the review is incomplete\n"
        "  help: run it again, perhaps with fewer processes, such as --jobs 1\n"
    )
    assert review.returncode == 1
    assert nothing_is_left(workers)


def test_an_interrupt_ends_all_quietly_those_that_wait_too() -> None:
    with started(*REVIEW, "-", stdin=subprocess.PIPE, start_new_session=True) as review:
        assert review.stdin is not None
        review.stdin.write(HEADER + rows(12_000))
        review.stdin.flush()
        workers = waited_for(lambda: w if len(w := workers_of(review.pid)) == 2 else None)
        assert waited_for(lambda: all(map(is_asleep, [review.pid, *workers])))
        # To the whole group, as a terminal does.
        os.killpg(review.pid, signal.SIGINT)
        _, told = review.communicate(timeout=60)
    assert (told, review.returncode) == ("\nAborted!\n", 1)
    assert nothing_is_left(workers)


SPAWNING = """
import multiprocessing
from caljobs_policy.__main__ import main
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
"""


@pytest.mark.parametrize("number", [2, 3], ids=["one", "all"])
def test_an_interrupt_ends_quietly_those_that_are_still_loaded(number: int) -> None:
    Path("r.csv").write_text(HEADER + rows(60_000))
    Path("spawning.py").write_text(SPAWNING)
    command = [sys.executable, "spawning.py", *REVIEW[3:], "r.csv"]
    with started(*command, start_new_session=True) as review:
        # One more process keeps account of what they share.
        workers = waited_for(lambda: w if len(w := workers_of(review.pid)) >= number else None)
        os.killpg(review.pid, signal.SIGINT)
        _, told = review.communicate(timeout=60)
    assert (told, review.returncode) == ("\nAborted!\n", 1)
    assert nothing_is_left(workers)


FEWER = """
import errno, multiprocessing.process as processes, os, sys
start, started = processes.BaseProcess.start, []
def start_one(process):
    if started:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    started.append(process)
    start(process)
processes.BaseProcess.start = start_one
from caljobs_policy.__main__ import main
main()
"""


def test_processes_that_cannot_be_started_are_told() -> None:
    Path("r.csv").write_text(HEADER + rows(3_000))
    with started(sys.executable, "-c", FEWER, *REVIEW[3:], "r.csv") as review:
        _, told = review.communicate(timeout=60)
    assert told == (
        "no more worker processes can be started: resource temporarily unavailable\n"
        "  help: use fewer of them, such as --jobs 1\n"
    )
    assert review.returncode == 1
    assert nothing_is_left([])


ENDED = """
import os, sys
from caljobs_policy.cli.outputs import replacing
with replacing("old.txt") as stream:
    stream.write(b"half of it")
    stream.flush()
    os.kill(os.getpid(), int(sys.argv[1]))
"""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_output_that_is_half_written_is_removed_by_a_process_that_ends(sign: int) -> None:
    # Whoever runs the tests may ignore it, as `nohup` does, and processes inherit that.
    usual = "from signal import *\nsignal(SIGHUP, SIG_DFL)\n"
    with started(sys.executable, "-c", f"{usual}{ENDED}", str(sign)) as program:
        program.communicate(timeout=60)
    assert program.returncode == (-sign if sign == signal.SIGINT else 128 + sign)
    assert nothing_is_left([])


@pytest.mark.parametrize("handler", ["SIG_IGN", "lambda *_: None"])
def test_signals_that_are_handled_otherwise_stay_so(handler: str) -> None:
    script = f"from signal import *\nsignal(SIGTERM, {handler})\n{ENDED}"
    with started(sys.executable, "-c", script, str(int(signal.SIGTERM))) as program:
        assert program.communicate(timeout=60) == ("", "")
    assert program.returncode == 0
    assert Path("old.txt").read_text() == "half of it"


INTERRUPTED = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "caljobs_policy.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from caljobs_policy.__main__ import main
main()
"""


def test_an_interrupt_while_it_is_loaded_ends_it_without_a_word() -> None:
    with started(sys.executable, "-c", INTERRUPTED, "schema") as program:
        assert program.communicate(timeout=60) == ("", "")
    assert program.returncode == -signal.SIGINT


def test_an_interrupt_that_is_ignored_stays_so() -> None:
    script = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{INTERRUPTED}"
    with started(sys.executable, "-c", script, "docs", "roster") as program:
        written, told = program.communicate(timeout=60)
    assert (written[:9], told, program.returncode) == ("# Rosters", "", 0)
