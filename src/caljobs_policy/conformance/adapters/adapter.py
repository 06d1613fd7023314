# SPDX-License-Identifier: MIT
"""An adapter: what asks a foreign system about a case, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from attrs import frozen

from caljobs_policy.errors.problems import Problem

Asked: TypeAlias = Mapping[str, Any]
"""A case as a system is asked about it: plain data of JSON with profile, date, at and a subject."""


@frozen
class Reply:
    """What came back for a case."""

    answer: Any = None
    """What the system answers; None where it claims nothing."""
    fault: str | None = None
    """Why there is no answer."""
    remark: str | None = None
    """What is wrong although there is an answer."""
    is_lost: bool = False
    """Whether nothing came back, as of a system that hangs, has ended or cannot be reached."""


class Connection(Protocol):
    """One line to a system, on which one case is asked after the other."""

    def ask(self, case: Asked) -> Reply:
        """Ask about a case, and wait for what comes back no longer than the time limit."""

    def close(self) -> None:
        """Let go of the system."""


@frozen(eq=False)
class Adapter:
    """A way to a foreign system."""

    name: str
    """How it was named; for reports."""
    connect: Callable[[], Connection]


class AdapterError(Exception):
    """A system cannot be asked at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))

    def __reduce__(self) -> tuple[type[AdapterError], tuple[Problem]]:
        """Let copies be made from the problem, not from the message."""
        return type(self), (self.problem,)


def late(limit: float) -> Reply:
    """Return what stands in the place of an answer that did not come in time."""
    seconds = "second" if limit == 1 else "seconds"
    return Reply(fault=f"no answer came within {limit:g} {seconds}", is_lost=True)
