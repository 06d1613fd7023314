# SPDX-License-Identifier: MIT
"""The exit codes, and which of several applies."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from caljobs_policy.errors.exceptions import FileError, PolicyError

if TYPE_CHECKING:
    from caljobs_policy.policy.outcome import Outcome


class ExitCode(IntEnum):
    """What a command came to; the codes are the same for all commands."""

    GOOD = 0
    COULD_NOT_RUN = 1
    USAGE = 2
    INVALID = 3
    NOT_GOOD = 4
    CANNOT_TELL = 5

    @property
    def meaning(self) -> str:
        """What the code says, in words."""
        return _MEANINGS[self]


_MEANINGS: Final = {
    ExitCode.GOOD: "every outcome is good and every expectation holds",
    ExitCode.COULD_NOT_RUN: "could not run",
    ExitCode.USAGE: "wrong usage",
    ExitCode.INVALID: "a profile, a case or a roster is invalid",
    ExitCode.NOT_GOOD: "some outcome is not good, or an expectation failed",
    ExitCode.CANNOT_TELL: "some outcome cannot be told, and none is worse",
}
_ORDER: Final = (
    ExitCode.COULD_NOT_RUN,
    ExitCode.INVALID,
    ExitCode.NOT_GOOD,
    ExitCode.CANNOT_TELL,
)


def first_that_applies(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the code of a whole run."""
    found = set(codes)
    return next((code for code in _ORDER if code in found), ExitCode.GOOD)


def code_of_error(error: PolicyError) -> ExitCode:
    """Return the code of an error: a file that cannot be opened says nothing of what is in it."""
    return ExitCode.COULD_NOT_RUN if isinstance(error, FileError) else ExitCode.INVALID


def code_of(outcome: Outcome) -> ExitCode:
    """Return the code of one outcome."""
    from caljobs_policy.policy.outcome import Outcome

    if outcome is Outcome.CANNOT_TELL:
        return ExitCode.CANNOT_TELL
    return ExitCode.GOOD if outcome.is_good else ExitCode.NOT_GOOD
