# SPDX-License-Identifier: MIT
"""Outputs are written whole or not at all, and never over the roster."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.outputs import replacing, written
from caljobs_policy.cli.parameters import Output
from tests.samples.profiles import sound_profile
from tests.samples.rosters import ROSTER_TABLES_YAML

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="uses what POSIX alone has")
HEADER = "username,organization,status,staff.training_completed_on,shared\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` and a file `old.txt` in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2] / "src"))
    sound_profile(tmp_path / "sample_area", ROSTER_TABLES_YAML)
    Path("old.txt").write_text("old\n")
    return tmp_path


def roster(rows: int) -> None:
    text = "".join(f"user-{n},branch,active,2025-05-20,yes\n" for n in range(rows))
    Path("r.csv").write_text(HEADER + text)


def command(*arguments: str) -> list[str]:
    options = ["review", "r.csv", "--profile", "sample_area", "--at", "2025-06-02"]
    return [sys.executable, "-m", "caljobs_policy", *options, *arguments]


def test_a_file_is_replaced_once_all_is_written() -> None:
    with replacing("old.txt") as stream:
        stream.write(b"new\n")
        assert Path("old.txt").read_text() == "old\n"
    assert Path("old.txt").read_text() == "new\n"
    assert [path.name for path in Path().glob(".*")] == []


@ON_POSIX
def test_a_file_keeps_who_may_read_it() -> None:
    Path("old.txt").chmod(0o600)
    for name in ("old.txt", "new.txt"):
        with replacing(name) as stream:
            stream.write(b"new\n")
    assert Path("old.txt").stat().st_mode & 0o777 == 0o600
    mask = os.umask(0)
    os.umask(mask)
    assert Path("new.txt").stat().st_mode & 0o777 == 0o666 & ~mask


@ON_POSIX
def test_what_a_link_leads_to_is_replaced() -> None:
    Path("link.txt").symlink_to("old.txt")
    with replacing("link.txt") as stream:
        stream.write(b"new\n")
    assert Path("link.txt").is_symlink()
    assert Path("old.txt").read_text() == "new\n"


@ON_POSIX
def test_a_device_is_written_directly() -> None:
    with replacing(os.devnull) as stream:
        stream.write(b"new\n")
    assert not Path(os.devnull).is_file()


def test_a_full_disk_leaves_what_was_there(capfd: pytest.CaptureFixture[str]) -> None:
    def full(form: str, to: BinaryIO | None) -> None:
        assert to is not None
        to.write(b"half of it")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert written([Output("json", "old.txt")], full) is ExitCode.COULD_NOT_RUN
    assert Path("old.txt").read_text() == "old\n"
    assert [path.name for path in Path().glob(".*")] == []
    assert (
        "old.txt: the output cannot be written: no space left on device" in capfd.readouterr().err
    )


def test_a_folder_that_vanishes_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()

    def vanishing(form: str, to: BinaryIO | None) -> None:
        shutil.rmtree("out", ignore_errors=True)

    outputs = [Output("json", "out/list.json"), Output("csv", "list.csv")]
    code = written(outputs, vanishing)
    assert code is ExitCode.COULD_NOT_RUN
    assert capfd.readouterr().err == (
        "out/list.json: the output cannot be written: no such file or directory\n"
        "  help: make the folder `out`\n"
    )
    assert Path("list.csv").exists()


@ON_POSIX
def test_a_disk_that_fills_up_during_a_run_leaves_the_old_output() -> None:
    resource = pytest.importorskip("resource")
    roster(2_000)
    limit = 4_096

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        command("--format", "json=old.txt"),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,  # no thread is running
    )
    assert Path("old.txt").read_text() == "old\n"
    assert "old.txt: the output cannot be written: file too large" in done.stderr
    assert done.returncode == 1


@ON_POSIX
def test_no_output_goes_over_a_hard_link_to_the_roster() -> None:
    roster(1)
    os.link("r.csv", "linked.csv")
    done = subprocess.run(
        command("--format", "csv=linked.csv"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "An output would replace the roster" in done.stderr
    assert Path("r.csv").read_text().startswith(HEADER)


@ON_POSIX
def test_two_outputs_do_not_go_to_one_file_by_two_names() -> None:
    roster(1)
    os.link("old.txt", "linked.txt")
    done = subprocess.run(
        command("--format", "csv=old.txt", "--format", "json=linked.txt"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Two outputs go to the same place" in done.stderr


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


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@ON_LINUX
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_process_that_started_them(sign: int) -> None:
    roster(60_000)
    with subprocess.Popen(
        command("--format", "json=old.txt", "--jobs", "2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as review:
        workers = waited_for(lambda: w if len(w := workers_of(review.pid)) == 2 else None)
        assert workers
        review.send_signal(sign)
        review.communicate(timeout=60)  # a worker that goes on would hold the pipes
    assert waited_for(lambda: not any(map(is_running, workers)))
    assert Path("old.txt").read_text() == "old\n"


@ON_LINUX
def test_a_worker_that_is_killed_is_told_and_nothing_is_written() -> None:
    roster(60_000)
    with subprocess.Popen(
        command("--format", "json=old.txt", "--jobs", "2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as review:
        workers = waited_for(lambda: w if len(w := workers_of(review.pid)) == 2 else None)
        os.kill(workers[0], signal.SIGKILL)
        _, told = review.communicate(timeout=120)
    assert told == (
        "a worker process was ended from outside, so the review is incomplete\n"
        "  help: run it again, perhaps with fewer processes, such as --jobs 1\n"
    )
    assert review.returncode == 1
    assert Path("old.txt").read_text() == "old\n"
