# SPDX-License-Identifier: MIT
"""Output for people is wrapped to the width of a terminal, and only on a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from click.testing import CliRunner
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from caljobs_policy.cli import main
from caljobs_policy.cli.terminal import PlainText, output

FILLED = Padding(Text("a line\n  \nanother, with a tail   "), (1, 4))


class Screen(StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def test_lines_in_a_file_end_where_their_text_ends() -> None:
    table = Table("one", "two", box=None)
    table.add_row("a", "b")
    for content in (FILLED, table):
        file = StringIO()
        output(content, file)
        lines = file.getvalue().split("\n")
        assert any(lines)
        assert [line for line in lines if line != line.rstrip()] == []


def test_nothing_but_blanks_at_the_end_of_lines_is_dropped() -> None:
    file = StringIO()
    output(FILLED, file)
    assert file.getvalue() == "\n    a line\n\n    another, with a tail\n\n"


def test_lines_on_a_terminal_are_filled() -> None:
    screen = Screen()
    output(FILLED, screen)
    assert "a line " in screen.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "state", "--date", "2025-06-02"),
        ("evaluate", "--all", "examples/state.yaml"),
        ("compare", "examples/state.yaml", "--profile", "la_city"),
        ("review", "examples/roster.csv", "--profile", "state", "--at", "2025-06-02"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_line_of_a_report_ends_in_blanks(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(request.config.rootpath)
    lines = CliRunner().invoke(main, arguments).stdout.split("\n")
    assert len(lines) > 10
    assert [line for line in lines if line != line.rstrip()] == []


WIDE = "日本" * 60
PLAIN = [
    Text("one line"),
    Text("  a line with blanks  \n\n\nand three below\n"),
    Text("word " * 60, style="bold"),
    Text("x" * 250),
    Text(f"{'x' * 99}\n{'x' * 100}\n{'x' * 101}\n{'x' * 98} y"),
    Text(f"{WIDE} ✗ → é {WIDE}"),
    Text("[bold]not a style[/bold] :smile:"),
]
"""What is printed without a console."""
OTHERS = [
    Text(""),
    Text("\n"),
    Text("a\tb\rc\x1b[31md\u2028e\x0bf\x07"),
    Text("to the right", justify="right"),
    Text("no end", end=""),
    Text("word " * 60, no_wrap=True, overflow="ellipsis"),
]


@pytest.mark.parametrize("left", [0, 2, 7])
@pytest.mark.parametrize(
    ("text", "is_plain"), [*((text, True) for text in PLAIN), *((text, False) for text in OTHERS)]
)
def test_texts_in_a_file_are_those_that_a_console_prints(
    text: Text, is_plain: bool, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Padding(text, (0, 0, 0, left), expand=False) if left else text
    files = StringIO(), StringIO()
    output(content, files[0])
    plain = PlainText(Console(file=StringIO(), width=100)).text(content)
    assert (plain is not None) is is_plain
    monkeypatch.setattr(PlainText, "text", lambda *_: None)
    output(content, files[1])
    assert files[0].getvalue() == files[1].getvalue()
