# SPDX-License-Identifier: MIT
"""The rule about parameters that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.names import unused
from caljobs_policy.analysis.checking.rule import Fault, Rule


class UnusedParameter(Rule):
    """A parameter is named by no rule, deadline or other entry of the profile.

    A reader who changes the number expects decisions to change, and none does.

    An example:

        parameters:
          notice: {value: 5 days, clauses: [AREA-1/create-1]}
        rules:
          in-time:
            about: request/create
            require: {request.submitted_on: {at_least: 5 days, before: request.separates_on}}
            clauses: [AREA-1/create-1]

    Mended so:

        parameters:
          notice: {value: 5 days, clauses: [AREA-1/create-1]}
        rules:
          in-time:
            about: request/create
            require: {request.submitted_on: {at_least: notice, before: request.separates_on}}
            clauses: [AREA-1/create-1]

    What it does not report: a parameter that an entry names without effect.
    """

    code: ClassVar = "unused-parameter"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield them."""
        for one in unused(examined, "parameters"):
            message = f"no entry names the parameter `{one.key}`"
            yield self.fault(
                one.entry.key.place, message, "name it where the number is meant, or remove it"
            )
