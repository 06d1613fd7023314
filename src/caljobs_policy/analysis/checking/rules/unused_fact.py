# SPDX-License-Identifier: MIT
"""The rule about facts that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.names import unused
from caljobs_policy.analysis.checking.rule import Fault, Rule


class UnusedFact(Rule):
    """A fact that the profile declares is read by no condition and no text.

    Whoever fills in a case is asked for something on which no decision rests. More often, the
    rule that should read it is missing or reads another fact.

    An example:

        facts:
          request.badge_returned: {title: badge returned, type: flag}

    Mended so:

        facts:
          request.badge_returned: {title: badge returned, type: flag}
        rules:
          badge:
            about: request/create
            require: {request.badge_returned: true}
            clauses: [AREA-1/create-1]

    What it does not report: a fact that is only named by an entry which itself can't fail. A term
    or a list that nothing refers to keeps a profile from being made into a policy (`unused`).
    """

    code: ClassVar = "unused-fact"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield them."""
        for one in unused(examined, "facts"):
            message = f"no entry names the fact `{one.key}`"
            yield self.fault(one.entry.key.place, message, "use it in a rule, or remove it")
