# SPDX-License-Identifier: MIT
"""Outputs are written whole or not at all, and never over the roster."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

from caljobs_policy.cli import main
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.outputs import replacing, written
from caljobs_policy.cli.parameters import Output
from caljobs_policy.rosters import spool
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
    assert capfd.readouterr().err == (
        "old.txt: the output cannot be written: no space left on device\n"
        "  help: make room there, or name another file\n"
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


def test_a_disk_that_cannot_sort_is_not_taken_for_that_of_the_output(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (10,))
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "gone"))
    roster(100)
    done = CliRunner().invoke(main, command("--format", "json=old.txt")[3:])
    assert done.stderr == (
        f"{folder / 'gone'}: the roster cannot be sorted in this folder: "
        "no such file or directory\n"
        "  help: make room there, or name another in the environment variable TMPDIR\n"
    )
    assert done.exit_code == 1
    assert Path("old.txt").read_text() == "old\n"


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
