# SPDX-License-Identifier: MIT
"""The rule about roles that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.names import unused
from caljobs_policy.analysis.checking.rule import Fault, Rule


class UnusedRole(Rule):
    """A role of the profile is named by no row, rule, duty, approval or other role.

    Nobody with that role requests, coordinates, approves or owes anything. Either the word is left
    over, or the row that should name it is missing.

    An example:

        roles:
          night_desk: {title: Night Desk}
        # and no route, duty or approval names night_desk

    What it does not report: organizations, forms and other words, which cases may state without a
    rule that names them; a role that counts as another, or stands for one of the profile above.
    """

    code: ClassVar = "unused-role"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield them."""
        for one in unused(examined, "roles"):
            if getattr(one.entry, "stands_for", ()) or getattr(one.entry, "counts_as", ()):
                continue
            message = f"no entry names the role `{one.key}`"
            yield self.fault(
                one.entry.key.place, message, "name it where it is meant, or remove it"
            )
