# SPDX-License-Identifier: MIT
"""Long lines of a page go on where their text began."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from caljobs_policy.report.layout import Hanging, section


def printed(*lines: Text, width: int = 20) -> list[str]:
    """Return a section with some lines, as a narrow terminal shows it."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        for part in section("Heading", lines):
            console.print(part)
    return [line.rstrip() for line in captured.get().splitlines()]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three four five", ["  one two three four", "  five"]),
        ("1. one two three four", ["  1. one two three", "     four"]),
        ("12. one two three four", ["  12. one two three", "      four"]),
        ("✗ one two three four", ["  ✗ one two three", "    four"]),
        ("  → one two three four", ["    → one two three", "      four"]),
        ("   one two three four", ["     one two three", "     four"]),
        ("- one\n  - two three four", ["  - one", "    - two three four"]),
        ("  - two three fourth", ["    - two three", "      fourth"]),
        ("? one", ["  ? one"]),
        ("1.5 two three four five", ["  1.5 two three four", "  five"]),
    ],
)
def test_a_long_line_goes_on_beneath_its_first_word(text: str, lines: list[str]) -> None:
    assert printed(Text(text)) == ["", "Heading", *lines]


def test_a_terminal_may_be_narrower_than_an_indent() -> None:
    assert "".join(printed(Text("        abc"), width=4)).replace(" ", "") == "Headingabc"


def test_a_long_line_keeps_its_styles() -> None:
    console = Console(width=12, color_system=None)
    text = Text("1. ", style="red").append("one two three", style="dim")
    found = [segment for segment in console.render(Hanging(text)) if segment.text.strip()]
    assert [str(segment.style) for segment in found] == ["red", "dim red", "dim red"]
