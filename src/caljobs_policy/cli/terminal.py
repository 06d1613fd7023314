# SPDX-License-Identifier: MIT
"""Printing to the terminal."""

from __future__ import annotations

import sys
from functools import cache

import click
from rich.console import Console, RenderableType
from rich.text import Text

from caljobs_policy.errors import PolicyError, Problem

_PIPED_WIDTH = 100


@cache
def _console() -> Console:
    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


def output(content: RenderableType) -> None:
    """Print something for people to read."""
    _console().print(content)


def errors(error: PolicyError) -> None:
    """Print every problem of an error, each with its remedy."""
    for problem in error.problems:
        print_problem(problem)


def print_problem(problem: Problem) -> None:
    """Print a problem; long lines are left to the terminal so that places can be clicked."""
    click.echo(str(problem), err=True)


def heading(text: str) -> None:
    """Print a line that stands out."""
    _console().print(Text(text, style="bold"))
