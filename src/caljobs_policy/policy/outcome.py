# SPDX-License-Identifier: MIT
"""The outcomes of a decision and the results of a finding, with their order."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caljobs_policy.subjects.facts import STANDING


class Outcome(StrEnum):
    """The outcome of a decision, or what a finding contributes to it."""

    OUT_OF_SCOPE = "out_of_scope"
    DENY = "deny"
    RETURN = "return"
    VIOLATION = "violation"
    CANNOT_TELL = "cannot_tell"
    AWAIT_APPROVAL = "await_approval"
    ATTENTION = "attention"
    ACCEPT = "accept"
    COMPLIANT = "compliant"
    NOTE = "note"

    # That of an `Enum` is a call into Python.
    __hash__ = str.__hash__

    @property
    def weight(self) -> int:
        """How strongly the outcome counts; the heaviest finding decides."""
        return _WEIGHTS[self]

    @property
    def is_good(self) -> bool:
        """Whether nothing is left to fix, to ask or to wait for."""
        return self in {Outcome.ACCEPT, Outcome.COMPLIANT, Outcome.OUT_OF_SCOPE}


_WEIGHTS: Final[Mapping[Outcome, int]] = {
    Outcome.OUT_OF_SCOPE: 60,
    Outcome.DENY: 50,
    Outcome.RETURN: 40,
    Outcome.VIOLATION: 40,
    Outcome.CANNOT_TELL: 30,
    Outcome.AWAIT_APPROVAL: 20,
    Outcome.ATTENTION: 20,
    Outcome.ACCEPT: 0,
    Outcome.COMPLIANT: 0,
    Outcome.NOTE: 0,
}


class Result(StrEnum):
    """The result of one rule."""

    MET = "met"
    NOT_MET = "not_met"
    PENDING = "pending"
    """Met so far, but a deadline is near or a duty is open."""
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"

    __hash__ = str.__hash__


FOUND_RESULTS: Final = frozenset({Result.NOT_MET, Result.PENDING})
"""The results whose messages say what is wrong or due."""
OPEN_RESULTS: Final = FOUND_RESULTS | {Result.CANNOT_TELL}
"""The results that every answer includes; the others are only in a complete one."""
PENDING_OUTCOMES: Final = frozenset({Outcome.ATTENTION, Outcome.NOTE})
"""The outcomes of something that is due but breaks no clause."""


def outcomes_for(key: str) -> tuple[Outcome, ...]:
    """Return the outcomes that findings about subjects of a key may have, heaviest first."""
    if key in STANDING:
        return (Outcome.VIOLATION, Outcome.ATTENTION, Outcome.NOTE)
    return (Outcome.DENY, Outcome.RETURN, Outcome.AWAIT_APPROVAL, Outcome.NOTE)


def usual_failure(key: str) -> Outcome:
    """Return the outcome of an unmet rule that names none."""
    return Outcome.VIOLATION if key in STANDING else Outcome.RETURN


def good_outcome(key: str) -> Outcome:
    """Return the outcome if nothing is found."""
    return Outcome.COMPLIANT if key in STANDING else Outcome.ACCEPT


def is_better(here: Outcome, above: Outcome) -> bool:
    """Return whether one outcome is better than another; out of scope is better than any other."""
    if Outcome.OUT_OF_SCOPE in {here, above}:
        return above is not Outcome.OUT_OF_SCOPE
    return here.weight < above.weight
