# SPDX-License-Identifier: MIT
"""What strict readers share: hooks of cattrs refuse what does not fit, and all of it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeAlias, TypeVar

from attrs import field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem

T = TypeVar("T")
Hook: TypeAlias = Callable[[Any, Any], Any]
"""Reads a value as a type, as cattrs calls it; raises `UnreadableError` for what does not fit."""


class UnreadableError(Exception):
    """A value does not fit; `problems` are all that is wrong, `left` is what it holds without."""

    def __init__(self, problems: Sequence[Problem], left: Any = None) -> None:
        self.problems = tuple(problems)
        self.left = left
        super().__init__("\n".join(map(str, self.problems)))


def refuse(code: Code, place: Place, message: str, remedy: str, left: Any = None) -> NoReturn:
    """Refuse a value for one reason."""
    raise UnreadableError([Problem(message, place, remedy, code=code)], left)


@frozen
class Collector:
    """Reads values one after another and keeps what is wrong with each, so that all is told."""

    problems: list[Problem] = field(factory=list)

    def read(self, hook: Hook, value: Any, type_: Any = None) -> Any:
        """Return what a hook reads, or what is left of it."""
        try:
            return hook(value, type_)
        except UnreadableError as fault:
            self.problems.extend(fault.problems)
            return fault.left

    def add(self, code: Code, place: Place, message: str, remedy: str) -> None:
        """Note something that is wrong."""
        self.problems.append(Problem(message, place, remedy, code=code))

    def result(self, found: T) -> T:
        """Return what was made of the values, or refuse it with all that is wrong with them."""
        if self.problems:
            raise UnreadableError(self.problems, found)
        return found
