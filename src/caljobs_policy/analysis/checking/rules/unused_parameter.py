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
          grace: {value: 30 days}
        # and every rule says 30 days itself

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
