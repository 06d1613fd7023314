# SPDX-License-Identifier: MIT
"""The documents of a stream, their texts, and the limits on both."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.syntax.nodes import AnyNode


def _coded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem.coded(Code.SYNTAX) for problem in problems)


@frozen
class Document:
    """One document of a stream: its root node, or else all its problems."""

    root: AnyNode | None
    problems: tuple[Problem, ...] = field(converter=_coded)
    """Those without a code of their own are about the syntax."""
    place: Place


@frozen
class Limits:
    """How large a text may be before it is refused.

    `size` is in bytes and `scalar` in characters; `nodes` counts each alias with all that it
    stands for. `size` limits a whole text, and in a stream each document.
    """

    size: int = 8 * 1024 * 1024
    depth: int = 40
    nodes: int = 200_000
    aliases: int = 50
    scalar: int = 1024 * 1024
    problems: int = 100


DEFAULT_LIMITS = Limits()


class StoppedError(Exception):
    """A document exceeds a limit, so its reading stops."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class MalformedError(StoppedError):
    """A document breaks the syntax; `reached` is how far it could be read."""

    def __init__(self, problem: Problem, reached: Place) -> None:
        self.reached = reached
        super().__init__(problem)


@frozen
class Source:
    """The text of one document and its position in the file."""

    file: str
    first_line: int
    text: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, file: str, first_line: int, text: str) -> Source:
        """Make a source of a text whose lines end in line feeds."""
        return cls(file, first_line, text, tuple(text.split("\n")))

    def place(self, line: int, column: int) -> Place:
        """Return the place of a line and column that count from 0 in this text."""
        if line >= len(self.lines):
            # The C parser puts the end of a text without a last line feed on a line of its own.
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return Place(self.file, self.first_line + line, column + 1)

    def rest(self, place: Place) -> str:
        """Return what its line holds from a place on."""
        return self.lines[place.line - self.first_line][place.column - 1 :]

    def before(self, place: Place) -> str:
        """Return what its line holds before a place."""
        return self.lines[place.line - self.first_line][: place.column - 1]

    def after(self, place: Place) -> str:
        """Return all of the text from a place on."""
        return "\n".join([self.rest(place), *self.lines[place.line - self.first_line + 1 :]])

    def between(self, start: Place, end: Place) -> str:
        """Return the text from a place up to another."""
        if start.line == end.line:
            return self.rest(start)[: end.column - start.column]
        inner = self.lines[start.line - self.first_line + 1 : end.line - self.first_line]
        return "\n".join([self.rest(start), *inner, self.before(end)])

    def moved(self, place: Place, characters: int) -> Place:
        """Return the place that is so many characters further on."""
        line, column = place.line - self.first_line, place.column - 1 + characters
        while column > len(self.lines[line]) and line + 1 < len(self.lines):
            column -= len(self.lines[line]) + 1
            line += 1
        return Place(place.file, self.first_line + line, column + 1)
