# SPDX-License-Identifier: MIT
"""The reference says what the code says, and every page says whom it is for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import caljobs_policy
from caljobs_policy.cli import main
from caljobs_policy.policy.operators import OPERATORS
from caljobs_policy.syntax.sections import SECTIONS
from tests.samples.pages import DOCS, page
from tools.reference import PARTS, renewed

PAGES: Final = sorted(DOCS.rglob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_made_from_the_code_is_up_to_date(path: Path) -> None:
    text = path.read_text("utf-8")
    assert renewed(text) == text, "run: make reference"


def test_every_part_stands_on_one_page() -> None:
    texts = "".join(path.read_text("utf-8") for path in PAGES)
    assert sorted(re.findall(r"<!-- made: ([\w-]+) -->", texts)) == sorted(PARTS)


def test_a_part_that_differs_from_the_code_is_made_anew() -> None:
    text = "before\n<!-- made: exit-codes -->\n| stale |\n<!-- end -->\nafter\n"
    assert "| stale |" not in renewed(text)
    assert "| 5 | some outcome cannot be told, and none is worse |" in renewed(text)
    assert renewed(text).startswith("before\n")
    assert renewed(text).endswith("after\n")


def test_nothing_is_left_out() -> None:
    for name in OPERATORS:
        assert f"| `{name}` |" in page("reference/operators")
        assert f"| `{name}` | written as Python |" in page("concepts/engines")
    for name in SECTIONS:
        assert re.search(rf"^## .*`{name}`", page("reference/keys"), re.M), name
    for name in main.commands:
        assert f"## `{name}`" in page("reference/command-line")
    for name in caljobs_policy.__all__:  # type: ignore[attr-defined]
        assert f"::: caljobs_policy.{name}\n" in page("reference/python")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_says_in_its_first_line_whom_it_is_for(path: Path) -> None:
    title, blank, first, *_ = path.read_text("utf-8").splitlines()
    assert re.fullmatch("# [^#]+", title)
    assert blank == ""
    assert re.match(r"\*For [^*]+\.\* [A-Z`]", first), first
