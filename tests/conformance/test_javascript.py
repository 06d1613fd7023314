# SPDX-License-Identifier: MIT
"""The page on suites shows a program in JavaScript, and what it prints where it can be run."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from caljobs_policy.conformance.sources import Standard
from caljobs_policy.conformance.suite import exported
from tests.samples.pages import blocks, page, shows, steps

PAGE = "how-to/use-the-suite-in-any-language"


def test_the_page_names_every_key_of_a_suite() -> None:
    text = page(PAGE)
    suite = exported(Standard("state", date(2025, 6, 2)), worked_alone=True)
    line = suite.cases[0].to_dict()
    keys = [*suite.head(), *line["expect"], *(f"suite.{key}" for key in line["suite"])]
    assert [key for key in keys if not re.search(rf"`{key}`", text)] == []


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js runs the example")
def test_the_program_of_the_page_prints_what_it_shows(tmp_path: Path) -> None:
    for step in steps(page(PAGE)):
        (tmp_path / step.name).write_text(step.text, "utf-8")
    suite = exported(Standard("state", date(2025, 6, 2)), worked_alone=True)
    (tmp_path / "suite.jsonl").write_text("\n".join(suite.lines()), "utf-8")
    done = subprocess.run(
        ["node", "held.js", "suite.jsonl"],  # noqa: S607  # the one that is installed
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    (shown,) = blocks(page(PAGE), "text")
    assert shows(shown.partition("\n")[2], done.stdout)
