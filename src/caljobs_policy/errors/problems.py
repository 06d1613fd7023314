# SPDX-License-Identifier: MIT
"""Problems with their place and remedy, and how a user's text is shown in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from attrs import evolve, field, fields, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.near import Remedy

Keys: TypeAlias = tuple[str | int, ...]
"""The keys of mappings, and the numbers of list items, that lead to a value."""
Help: TypeAlias = str | Remedy | None
"""What helps; the nearest known word is not looked for before it is told."""
MOST_TOLD: Final = 50
"""So many problems are told at once; nobody reads further before mending some."""


class Place(NamedTuple):
    """Where in a file something stands; lines and columns count from 1, 0 means not known."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line:
            parts += [str(self.line), str(self.column)]
        return ":".join(parts)


@frozen
class Problem:
    """One thing that is wrong, where it stands and how to mend it."""

    message: str
    place: Place = Place()
    _help: Help = None
    keys: Keys = field(default=(), kw_only=True)
    """The keys of a case, and the numbers of list items, that lead to the culprit."""
    code: Code = field(default=Code.OTHER, kw_only=True)
    """What kind of problem it is, for programs."""

    @property
    def help(self) -> str | None:
        """How to mend it."""
        return None if self._help is None else str(self._help) or None

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

    def settled(self, *, is_told: bool = True) -> Problem:
        """Return the problem with its remedy as a text, which holds known words alone.

        The nearest of them is looked for only if the problem is told.
        """
        if not isinstance(self._help, Remedy):
            return self
        return evolve(self, help=self.help if is_told else self._help.without_near() or None)

    def __repr__(self) -> str:
        told = (f"{one.alias}={getattr(self, str(one.alias))!r}" for one in fields(type(self)))
        return f"Problem({', '.join(told)})"

    def __str__(self) -> str:
        where = str(self.place)
        text = f"{where}: {self.message}" if where else self.message
        remedy = self.help
        return f"{text}\n  help: {remedy}" if remedy else text


def settled(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their places, as they can be handed out.

    No remedy holds any longer what somebody wrote, and only what is told has the nearest word.
    """
    found = sorted(problems, key=lambda problem: (problem.place, problem.message))
    return tuple(
        problem.settled(is_told=number < MOST_TOLD) for number, problem in enumerate(found)
    )


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first problems, and one that counts the others where there are too many."""
    found = tuple(problems)
    more = len(found) - MOST_TOLD
    if more <= 0:
        return found
    counted = "one more problem" if more == 1 else f"{more:,} more problems"
    remedy = "mend those above, then look again"
    return (*found[:MOST_TOLD], Problem(f"and {counted}", Place(), remedy))


def shown(value: object, limit: int = 60) -> str:
    """Return a user's text in backticks, cut to a length that a message can hold."""
    text = printable(str(value)[: limit + 1]).replace("`", "'")
    return f"`{text[:limit]}…`" if len(text) > limit else f"`{text}`"


def printable(text: str) -> str:
    """Return a text in which nothing can steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
