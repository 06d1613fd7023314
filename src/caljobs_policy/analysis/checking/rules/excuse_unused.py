# SPDX-License-Identifier: MIT
"""The rule about excuses that excuse nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Fault, Rule


class ExcuseUnused(Rule):
    """A comment allows what no rule finds, names no rule, or gives no reason.

    An excuse that outlives its fault would hide the next one on the same line.

    An example:

        # allow: unused-role
        night_desk: {title: Night Desk}     # no reason is given

    What it does not report: an excuse for a rule that this run leaves out.
    """

    code: ClassVar = "excuse-unused"
    excusable: ClassVar = False

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield nothing: only the run knows which excuses were used."""
        return iter(())
