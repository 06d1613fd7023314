# SPDX-License-Identifier: MIT
"""Problems with their place and remedy, and the exceptions that carry them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import total_ordering
from typing import Any, ClassVar, Final

from attrs import evolve, field, frozen

from caljobs_policy.codes import Code
from caljobs_policy.near import near_word as near_word  # noqa: PLC0414  # handed on
from caljobs_policy.near import nearest as nearest  # noqa: PLC0414  # handed on

MOST_TOLD: Final = 50
"""So many problems are told at once; nobody reads further before mending some."""


@total_ordering
@frozen(order=False)
class Place:
    """Where in a file something stands; lines and columns count from 1, 0 means not known."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line:
            parts += [str(self.line), str(self.column)]
        return ":".join(parts)

    def __lt__(self, other: Place) -> bool:
        return (self.file, self.line, self.column) < (other.file, other.line, other.column)


@frozen
class Problem:
    """One thing that is wrong, where it stands and how to mend it."""

    message: str
    place: Place = Place()
    help: str | None = None
    keys: tuple[str | int, ...] = field(default=(), kw_only=True)
    """The keys of a case, and the numbers of list items, that lead to the culprit."""
    code: Code = field(default=Code.OTHER, kw_only=True)
    """What kind of problem it is, for programs."""

    @property
    def path(self) -> str:
        """The keys joined by dots, such as `staff.statement[0].form`."""
        steps = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.keys)
        return "".join(steps).removeprefix(".")

    @property
    def pointer(self) -> str:
        """The keys as a JSON pointer, such as `/staff/statement/0/form`."""
        escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in self.keys)
        return "".join(f"/{key}" for key in escaped)

    def coded(self, code: Code) -> Problem:
        """Return the problem with a code, unless it has one of its own."""
        return evolve(self, code=code) if self.code is Code.OTHER else self

    def __str__(self) -> str:
        where = str(self.place)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text}\n  help: {self.help}" if self.help else text


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first problems, and one that counts the others where there are too many."""
    found = tuple(problems)
    more = len(found) - MOST_TOLD
    if more <= 0:
        return found
    counted = "one more problem" if more == 1 else f"{more:,} more problems"
    remedy = "mend those above, then look again"
    return (*found[:MOST_TOLD], Problem(f"and {counted}", Place(), remedy))


class PolicyError(Exception):
    """Something handed to the library cannot be used; `problems` holds all that is wrong.

    The message names the first of them and counts the others. Problems without a code of their own
    have the usual one of the error.
    """

    usual_code: ClassVar[Code] = Code.OTHER

    def __init__(self, problems: Iterable[Problem]) -> None:
        coded = (problem.coded(self.usual_code) for problem in problems)
        self.problems: tuple[Problem, ...] = tuple(
            sorted(coded, key=lambda p: (p.place, p.message))
        )
        super().__init__("\n".join(str(problem) for problem in bounded(self.problems)))

    def __reduce__(self) -> tuple[type[PolicyError], tuple[Any, ...]]:
        """Let copies be made from the problems, not from the message."""
        return type(self), (self.problems,)


class ProfileError(PolicyError):
    """A profile cannot be found, read or made into a policy."""

    usual_code = Code.BAD_PROFILE


class UnknownProfileError(ProfileError):
    """No profile goes by a name; `known` are the names that some go by."""

    usual_code = Code.UNKNOWN_PROFILE

    def __init__(self, problems: Iterable[Problem], known: Iterable[str] = ()) -> None:
        self.known = tuple(known)
        super().__init__(problems)

    def __reduce__(self) -> tuple[type[PolicyError], tuple[Any, ...]]:
        """Let copies keep the names."""
        return type(self), (self.problems, self.known)


class EditionError(ProfileError):
    """No edition of a profile is in force on the day that is asked about."""

    usual_code = Code.NO_EDITION


class CaseError(PolicyError):
    """A case cannot be read or does not fit its profile."""

    usual_code = Code.BAD_CASE


class RosterError(PolicyError):
    """A roster cannot be read at all; what is wrong with single rows stands beside these."""

    usual_code = Code.BAD_ROSTER


class FileError(PolicyError):
    """A file that is named cannot be opened; nothing that stands in it was looked at."""

    usual_code = Code.UNUSABLE_FILE


class SubjectError(PolicyError):
    """A subject holds what its keys cannot hold, or words that its policy does not know."""

    usual_code = Code.BAD_SUBJECT


class RecordError(PolicyError):
    """The record of a decision cannot be read, or was changed since it was written."""

    usual_code = Code.BAD_RECORD


class EngineError(Exception):
    """An engine that is asked for cannot be used here, whatever is handed to it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem.coded(Code.UNUSABLE_ENGINE)
        super().__init__(str(problem))

    def __reduce__(self) -> tuple[type[EngineError], tuple[Problem]]:
        """Let copies be made from the problem, not from the message."""
        return type(self), (self.problem,)


def shown(value: object, limit: int = 60) -> str:
    """Return a user's text in backticks, cut to a length that a message can hold."""
    text = printable(str(value)[: limit + 1]).replace("`", "'")
    return f"`{text[:limit]}…`" if len(text) > limit else f"`{text}`"


def printable(text: str) -> str:
    """Return a text in which nothing can steer a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
