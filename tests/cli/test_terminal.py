# SPDX-License-Identifier: MIT
"""Output for people is wrapped to the width of a terminal, and only on a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from click.testing import CliRunner
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from caljobs_policy.cli import main
from caljobs_policy.cli.terminal import output

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
