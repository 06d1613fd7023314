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

    Mended so:

        roles:
          night_desk: {title: Night Desk}
        approvals:
          night-desk-agrees: {about: request/create, role: night_desk, clauses: [AREA-1/create-1]}

    What it does not report: organizations, forms and other words, which cases may state without a
    rule that names them; a role that counts as another, or stands for one of the profile above.
    """

    code: ClassVar = "unused-role"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield them."""
        counted = {
            word.text
            for written in examined.written
            for one in written
            for word in getattr(one.entry, "counts_as", ())
        }
        for one in unused(examined, "roles"):
            entry = one.entry
            is_other = getattr(entry, "stands_for", ()) or getattr(entry, "counts_as", ())
            if not is_other and one.key not in counted:
                message = f"no entry names the role `{one.key}`"
                remedy = "name it where it is meant, or remove it"
                yield self.fault(entry.key.place, message, remedy)
