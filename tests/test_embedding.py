# SPDX-License-Identifier: MIT
"""The programs that the how-tos show run, each in a process of its own, and pass their tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.samples.pages import PLUGIN, blocks, page, steps

NEEDED: Final[Mapping[str, str]] = {
    "how-to/use-with-fastapi": "fastapi",
    "how-to/use-with-django": "django",
    "how-to/use-with-pandas": "pandas",
    "how-to/decide-columns": "polars",
    "how-to/decide-in-a-database": "ibis",
    "how-to/test-conformance": "hypothesis",
    "how-to/hold-a-system-to-a-directive": "pytest",
    "how-to/test-with-pytest": "pytest",
}


def saved(name: str, folder: Path) -> list[str]:
    """Save the files of a page, and return their names."""
    files = [step for step in steps(page(name)) if step.what == "file"]
    for file in files:
        (folder / file.name).write_text(file.text, "utf-8")
    return [file.name for file in files]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", NEEDED)
def test_the_tests_of_a_how_to_pass(name: str, tmp_path: Path) -> None:
    if "CI" not in os.environ:
        pytest.importorskip(NEEDED[name])
    tests = [file for file in saved(name, tmp_path) if file.startswith("test_")]
    assert tests
    options = ("-q", "-W", "error", "-p", "no:cacheprovider", *PLUGIN)
    done = run(tmp_path, "-m", "pytest", *options, *tests)
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout


def test_the_comparison_with_another_system_prints_what_the_page_shows(tmp_path: Path) -> None:
    saved("how-to/test-conformance", tmp_path)
    (shown,) = blocks(page("how-to/test-conformance"), "text")
    assert run(tmp_path, "compare.py").stdout == shown
