# SPDX-License-Identifier: MIT
"""The exit codes, and which of several applies."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from caljobs_policy.model.outcome import Outcome


class ExitCode(IntEnum):
    """What the command came to."""

    GOOD = 0
    COULD_NOT_RUN = 1
    USAGE = 2
    INVALID = 3
    NOT_GOOD = 4
    CANNOT_TELL = 5


_ORDER: Final = (
    ExitCode.COULD_NOT_RUN,
    ExitCode.INVALID,
    ExitCode.NOT_GOOD,
    ExitCode.CANNOT_TELL,
)


def first_that_applies(codes: Iterable[ExitCode]) -> ExitCode:
    """Give the code of a whole run."""
    found = set(codes)
    return next((code for code in _ORDER if code in found), ExitCode.GOOD)


def code_of(outcome: Outcome) -> ExitCode:
    """Give the code of one outcome."""
    if outcome is Outcome.CANNOT_TELL:
        return ExitCode.CANNOT_TELL
    return ExitCode.GOOD if outcome.is_good else ExitCode.NOT_GOOD
