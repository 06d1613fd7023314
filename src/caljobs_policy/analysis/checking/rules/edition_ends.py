# SPDX-License-Identifier: MIT
"""The rule about editions after which nothing is in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Fault, Rule


class EditionEnds(Rule):
    """An edition ends, and no other begins on the next day.

    From then on nothing can be decided: whoever asks is told that no edition is in force.

    An example:

        # 2025-01-01/edition.yaml
        edition: {from: 2025-01-01, until: 2026-06-30, title: First edition}

    Mended so:

        # 2026-07-01/edition.yaml
        edition: {from: 2026-07-01, title: Second edition}

    What it does not report: a profile above that ends.
    """

    code: ClassVar = "edition-ends"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield such editions."""
        profile = examined.profile
        starts = {edition.start for edition in profile.editions}
        for edition in profile.editions:
            if edition.end is None or any((start - edition.end).days == 1 for start in starts):
                continue
            if any(edition.start < start <= edition.end for start in starts):
                continue  # a later edition has replaced it before its end
            message = f"nothing is in force after {edition.end}, when `{edition.id}` ends"
            remedy = "add the next edition, or remove `until` until its end is known"
            yield self.fault(edition.place, message, remedy)
