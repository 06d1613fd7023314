# SPDX-License-Identifier: MIT
"""The help shows whole sentences, within 80 columns."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from caljobs_policy.cli import main


def help_of(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--help"], terminal_width=80)
    assert result.exit_code == 0
    return result.stdout


def first_sentence(command: click.Command) -> str:
    paragraph = " ".join((command.help or "").partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].removesuffix(".")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_first_sentence_of_each_command_is_shown_whole(name: str) -> None:
    sentence = first_sentence(main.commands[name])
    assert sentence
    assert f"{name} {sentence}" in " ".join(help_of().split())


def test_nothing_in_the_list_of_commands_is_cut() -> None:
    assert "..." not in help_of().partition("Commands:")[2]


@pytest.mark.parametrize("arguments", [(), *((name,) for name in sorted(main.commands))], ids=str)
def test_help_fits_into_eighty_columns(arguments: tuple[str, ...]) -> None:
    lines = help_of(*arguments).split("\n")
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []


def test_help_of_the_program_loads_no_part_that_decides() -> None:
    parts = ("compiler", "cases", "decisions", "engines", "loader", "policy", "report", "rosters")
    script = (
        "import sys; from caljobs_policy.cli import main; main(['--help'], standalone_mode=False);"
        f"print(sorted(m for m in sys.modules if m.startswith('caljobs_policy.')"
        f" and m.split('.')[1] in {parts}), 'rich' in sys.modules, 'yaml' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[] False False"
