# SPDX-License-Identifier: MIT
"""Samples of use in `typed_use/` pass two type checkers, and their misuses do not."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

import caljobs_policy

SAMPLES = Path(__file__).parent / "typed_use"
SOURCE = Path(caljobs_policy.__file__).parents[1]
Faults: TypeAlias = dict[str, set[int]]


def run(*arguments: str, **variables: str) -> str:
    """Run a checker; it must end by itself, with or without faults found."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments, *map(str, sorted(SAMPLES.glob("*.py")))],
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return done.stdout


def mypy(cache: Path) -> Faults:
    found: Faults = {}
    output = run(
        *("mypy", "--strict", "--config-file=", "--follow-imports=silent"),
        *("--hide-error-context", f"--cache-dir={cache}"),
        MYPYPATH=str(SOURCE),
    )
    for file, line in re.findall(r"^(.+?):(\d+): error:", output, re.MULTILINE):
        found.setdefault(Path(file).name, set()).add(int(line))
    return found


def pyright(cache: Path) -> Faults:
    found: Faults = {}
    output = run("pyright", "--outputjson", "--pythonpath", sys.executable, PYTHONPATH=str(SOURCE))
    for one in json.loads(output)["generalDiagnostics"]:
        line = one["range"]["start"]["line"] + 1
        found.setdefault(Path(one["file"]).name, set()).add(line)
    return found


@pytest.mark.parametrize("check", [mypy, pyright])
def test_type_checker_refuses_misuses_and_nothing_else(
    check: Callable[[Path], Faults], tmp_path: Path
) -> None:
    text = (SAMPLES / "wrong.py").read_text("utf-8")
    lines = enumerate(text.splitlines(), start=1)
    marked = {number for number, line in lines if line.endswith("# wrong")}
    assert len(marked) > 30
    assert check(tmp_path) == {"wrong.py": marked}


@pytest.mark.parametrize("sample", ["right.py", "every_name.py"])
def test_what_type_checkers_pass_runs(sample: str) -> None:
    assert runpy.run_path(str(SAMPLES / sample))
