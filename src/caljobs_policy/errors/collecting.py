# SPDX-License-Identifier: MIT
"""What strict readers share: each refuses what does not fit, and all of it is reported together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, NoReturn, TypeAlias, TypeVar

from attrs import define, evolve, field

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.privacy import is_misspelt, named
from caljobs_policy.errors.problems import Help, Keys, Place, Problem

T = TypeVar("T")
_NOWHERE: Final = Place()
Hook: TypeAlias = Callable[[Any, Any], Any]
"""Reads a value as a type, as cattrs calls it; raises `UnreadableError` for what does not fit."""


class UnreadableError(ValueError):
    """A value does not fit; `problems` are all that is wrong, `left` is what it holds without.

    The keys of a problem lead on from that value, and its message may go on from their path, which
    `told_of` puts before it.
    """

    def __init__(self, problems: Iterable[Problem], left: Any = None) -> None:
        self.problems = tuple(problems)
        self.left = left
        super().__init__(f"{len(self.problems)} problems")

    def below(self, *keys: str | int) -> UnreadableError:
        """Return the same as seen from a mapping or a list above."""
        below = (evolve(problem, keys=(*keys, *problem.keys)) for problem in self.problems)
        return UnreadableError(below, self.left) if keys else self


def refuse(
    code: Code, message: str, remedy: Help, place: Place = _NOWHERE, left: Any = None
) -> NoReturn:
    """Refuse a value for one reason."""
    raise UnreadableError([Problem(message, place, remedy, code=code)], left)


@define(eq=False)
class Collector:
    """Reads values one after another and keeps what is wrong with each, so that all is told."""

    problems: list[Problem] = field(factory=list)

    def read(self, hook: Callable[..., Any], *value: Any, at: Keys = ()) -> Any:
        """Return what a hook reads, or what is left of it; its problems are below some keys."""
        try:
            return hook(*value)
        except UnreadableError as error:
            self.problems.extend(error.below(*at).problems)
            return error.left

    def add(self, code: Code, place: Place, message: str, remedy: Help) -> None:
        """Note something that is wrong."""
        self.problems.append(Problem(message, place, remedy, code=code))

    def result(self, found: T) -> T:
        """Return what was made of the values, or refuse it with all that is wrong with them."""
        if self.problems:
            raise UnreadableError(self.problems, found)
        return found


def each(items: Collection[Any], read: Callable[[Any], T]) -> list[T]:
    """Read the items of a list, and refuse together all that cannot be read."""
    try:
        # The usual case, made fast.
        return [read(one) for one in items]
    except UnreadableError:
        told = Collector()
    return told.result([told.read(read, one, at=(number,)) for number, one in enumerate(items)])


class StrangeKey(str):
    """A key that its mapping should not have; the message is about that mapping."""

    is_public: bool
    """Whether it may be repeated: it is a misspelt key, and no secret."""

    def __new__(cls, key: object, *, is_public: bool) -> StrangeKey:
        """Mark a key as one that does not exist."""
        strange = str.__new__(cls, key)
        strange.is_public = is_public
        return strange


def unknown_key(key: object, known: Collection[str], remedy: Help = None) -> Problem:
    """Return what is wrong with a key that is none of those of a mapping."""
    text = key if isinstance(key, str) else ""
    strange = StrangeKey(key, is_public=is_misspelt(text, *known))
    remedy = remedy or remedy_for(text, known, "its keys are")
    message = f"has no {named('key', text, known)}"
    return Problem(message, help=remedy, keys=(strange,), code=Code.UNKNOWN_KEY)


def unknown_word(word: str, known: Collection[str]) -> Problem:
    """Return what is wrong with a word that is none of those that a fact takes."""
    message = f"has no {named('value', word, known)}"
    remedy = remedy_for(word, known, otherwise="no values are known here")
    return Problem(message, help=remedy, code=Code.UNKNOWN_WORD)


def told_of(problem: Problem, *above: str, whole: str = "this") -> Problem:
    """Return a problem whose message begins with the path of what it is about.

    The path starts above the keys of the problem; `whole` names what has no path.
    """
    keys = tuple(key for key in problem.keys if not isinstance(key, StrangeKey))
    shown = (str(key) for key in problem.keys if isinstance(key, StrangeKey) and key.is_public)
    path = evolve(problem, keys=(*above, *keys)).path
    message = f"`{path}` {problem.message}" if path else f"{whole} {problem.message}"
    return evolve(problem, message=message, keys=(*keys, *shown))
