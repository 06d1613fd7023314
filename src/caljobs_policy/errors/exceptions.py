# SPDX-License-Identifier: MIT
"""The exceptions that the library raises; each carries its problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Problem, bounded, settled


class PolicyError(Exception):
    """Something handed to the library cannot be used; `problems` holds all that is wrong.

    The message names the first of them and counts the others. Problems without a code of their own
    have the usual one of the error.
    """

    usual_code: ClassVar[Code] = Code.OTHER

    def __init__(self, problems: Iterable[Problem]) -> None:
        coded = (problem.coded(self.usual_code) for problem in problems)
        self.problems: tuple[Problem, ...] = settled(coded)
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
