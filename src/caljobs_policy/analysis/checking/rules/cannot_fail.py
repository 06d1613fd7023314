# SPDX-License-Identifier: MIT
"""The rule about entries that every subject meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.per_check import answers, is_shown
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule


class CannotFail(Rule):
    """An entry requires something that every subject meets, or speaks of none that there can be.

    It looks like protection and is none. Often two conditions exclude each other.

    An example:

        rules:
          no-county-staff:
            about: request/create
            when: {request.staff.employer: edd}
            forbid: {request.staff.employer: county}
            clauses: [AREA-1/create-1]

    Mended so:

        rules:
          no-county-staff:
            about: request/create
            forbid: {request.staff.employer: county}
            clauses: [AREA-1/create-1]

    What it does not report: an entry of which one part cannot fail but another can, and one that
    can fail on some days, for some sort of subject, or under some edition of the profile above;
    an entry about a day of deactivation that lies ahead. Of the rows of lookup tables,
    `row-unreached` tells.
    """

    code: ClassVar = "cannot-fail"
    proves: ClassVar = True
    of_each: ClassVar = True

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield entries of which no check can fail."""
        asked = answers(examined, lambda prover, number: prover.can_fail(number, smallest=False))
        for place, (check, found) in asked.items():
            if is_shown(found):
                continue
            if any(one.bounds for one in found):
                bounds = next(one.bounds for one in found if one.bounds)
                yield Bound(self.code, place, f"whether `{check.id}` can fail: {bounds[0]}")
                continue
            message = f"nobody can fail to meet `{check.id}`"
            yield self.fault(place, message, "mend its conditions, or remove it")
