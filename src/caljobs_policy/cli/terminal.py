# SPDX-License-Identifier: MIT
"""Printing to the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TextIO

import click
from attrs import evolve, frozen

from caljobs_policy.cli.progress import make_way
from caljobs_policy.errors.exceptions import PolicyError
from caljobs_policy.errors.problems import Problem, bounded, printable
from caljobs_policy.plain.memo import Lookup

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from caljobs_policy.policy.policy import Policy

_PIPED_WIDTH = 100
_TOLD: Final = "caljobs_policy.told"
"""Where a run keeps what it has told."""


def _console(file: TextIO) -> Console:
    from rich.console import Console

    width = None if file.isatty() else _PIPED_WIDTH
    return Console(file=file, highlight=False, markup=False, emoji=False, width=width)


@frozen
class _Harmless:
    """Content in which nothing but the styles of a report steers the terminal."""

    content: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self.content, options):
            lines = segment.text.split("\n")
            yield segment._replace(text="\n".join(map(printable, lines)))


def output(content: RenderableType, file: TextIO | None = None) -> None:
    """Print something for people to read, to standard output or to a file."""
    output_all((content,), file)


def output_all(contents: Iterable[RenderableType], file: TextIO | None = None) -> None:
    """Print one thing after the other.

    Lines are filled up to the width of the console, which only a terminal needs.
    """
    stream = file or sys.stdout
    if stream.isatty():
        for content in contents:
            make_way(stream)
            _console(stream).print(_Harmless(content))
        return
    console = _console(stream)
    plain = None if console.is_terminal else PlainText(console)
    for content in contents:
        text = None if plain is None else plain.text(content)
        if text is None:
            with console.capture() as captured:
                console.print(_Harmless(content))
            text = captured.get()
        stream.write(_unfilled(text))


_layout_of: Final = attrgetter("justify", "overflow", "no_wrap", "end")
_USUAL: Final = (None, None, None, "\n")


class PlainText:
    """Prints texts without styles as a console does, which takes ten times as long."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = console.width
        self._wrapped: Lookup[tuple[str, int], str] = Lookup(lambda line: self._wrap(*line))

    def text(self, content: RenderableType) -> str | None:
        """Return a text with blanks to the left of it; None for what only the console prints."""
        from rich.padding import Padding
        from rich.text import Text

        left = 0
        if isinstance(content, Padding) and not content.top + content.right + content.bottom:
            left, content = content.left, content.renderable
        if not isinstance(content, Text) or _layout_of(content) != _USUAL:
            return None
        lines = content.plain.split("\n")
        # A console has its own way with tabs and the like, and with nothing.
        if not any(lines) or not all(map(str.isprintable, lines)):
            return None
        return "".join([self._wrapped[line, left] for line in lines])

    def _wrap(self, text: str, left: int) -> str:
        from rich.text import Text

        width = self._width - left
        if text.isascii() and len(text) <= width:
            return f"{' ' * left}{text}\n"
        lines = Text(text).wrap(self._console, width)
        return "".join(f"{' ' * left}{line.plain}\n" for line in lines)


def _unfilled(text: str) -> str:
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))


def tell_notices(policy: Policy) -> None:
    """Print what is worth knowing of the files of a policy, once in a run."""
    for notice in policy.notices:
        note(notice)


def note(notice: Problem) -> None:
    """Print something that is worth knowing though nothing is wrong, once in a run."""
    if _is_news(notice):
        print_problem(evolve(notice, message=f"note: {notice.message}"))


def _is_news(problem: Problem) -> bool:
    """Remember a problem, and tell whether this run has not told it before."""
    context = click.get_current_context(silent=True)
    told = context.find_root().meta.setdefault(_TOLD, set()) if context else set()
    is_news = problem not in told
    told.add(problem)
    return is_news


def errors(error: PolicyError) -> bool:
    """Print the problems of an error that this run has not told; tell whether there are any."""
    news = [problem for problem in error.problems if _is_news(problem)]
    for problem in bounded(news):
        print_problem(problem)
    return bool(news)


def print_problem(problem: Problem) -> None:
    """Print a problem; long lines are left to the terminal so that places can be clicked."""
    say("\n".join(map(printable, str(problem).split("\n"))), err=True)


def say(text: str, *, err: bool = False) -> None:
    """Print a line as it is, to standard output or standard error."""
    make_way(sys.stderr if err else sys.stdout)
    click.echo(text, err=err)


def tell_all(problems: Iterable[Problem]) -> None:
    """Print problems one after the other."""
    for problem in problems:
        print_problem(problem)


def heading(text: str) -> None:
    """Print a line that stands out; it is not broken, so that its place can be clicked."""
    from rich.text import Text

    make_way(sys.stdout)
    _console(sys.stdout).print(Text(printable(text), style="bold"), soft_wrap=True)
