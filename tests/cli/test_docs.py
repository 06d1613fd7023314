# SPDX-License-Identifier: MIT
"""The documentation is shipped, and messages name the command that prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import caljobs_policy
from caljobs_policy.cli import main
from caljobs_policy.loader.paths import docs_folder

SOURCE = Path(caljobs_policy.__file__).parent
PAGES = {path.stem: path for path in sorted(docs_folder().rglob("*.md"))}


def test_pages_are_listed() -> None:
    assert CliRunner().invoke(main, ["docs"]).stdout.splitlines() == [*PAGES]
    assert "roster" in PAGES


def test_no_two_pages_go_by_one_name() -> None:
    assert len(PAGES) == len([*docs_folder().rglob("*.md")])


@pytest.mark.parametrize("page", PAGES)
def test_page_is_printed_as_it_is(page: str) -> None:
    result = CliRunner().invoke(main, ["docs", page])
    assert result.stdout == PAGES[page].read_text("utf-8")


def test_page_that_there_is_not_is_told() -> None:
    result = CliRunner().invoke(main, ["docs", "rooster"])
    assert "there is no page `rooster`; did you mean `roster`?" in result.stderr


def test_remedies_name_the_command_and_no_file_that_a_wheel_has_elsewhere() -> None:
    texts = {path: path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    assert [
        path.name for path, text in texts.items() if re.search(r"docs/[a-z/-]+\.md", text)
    ] == []
    named = [name for text in texts.values() for name in re.findall(r"policy docs ([a-z-]+)", text)]
    assert named
    assert set(named) <= set(PAGES)
