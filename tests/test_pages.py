# SPDX-License-Identifier: MIT
"""Readers who follow a page get what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.samples.pages import DOCS, follow, shows, steps

FOLLOWED: Final = [
    found.relative_to(DOCS).with_suffix("").as_posix()
    for found in sorted(DOCS.rglob("*.md"))
    if any(step.what == "exit" for step in steps(found.read_text("utf-8")))
]


def test_pages_with_commands_are_found() -> None:
    assert "tutorial/first-decision" in FOLLOWED
    assert len(FOLLOWED) > 3


@pytest.mark.parametrize("name", FOLLOWED)
def test_the_commands_of_a_page_print_what_it_shows(name: str, tmp_path: Path) -> None:
    before = BEFORE.get(name)
    if before is not None:
        list(follow((DOCS / f"{before}.md").read_text("utf-8"), tmp_path))
    for arguments, output, shown in follow((DOCS / f"{name}.md").read_text("utf-8"), tmp_path):
        assert shows(shown, output), (arguments, output)


BEFORE: Final = {"how-to/draw-a-sample": "how-to/review-a-roster"}
"""Pages whose readers have followed another one first."""


@pytest.mark.parametrize(
    ("shown", "output", "is_shown"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\n", "a\nb\nc\n", True),
        ("...\nb\n...\n", "a\nb\nc\n", True),
        ("a\n...\nc\n", "a\nb\nc\n", True),
        ("...\nb\n", "a\nb\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("b\n...\n", "a\nb\n", False),
    ],
)
def test_three_dots_stand_for_lines_that_are_left_out(
    shown: str, output: str, is_shown: bool
) -> None:
    assert shows(shown, output) is is_shown
