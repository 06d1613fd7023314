# SPDX-License-Identifier: MIT
"""The rule about editions that should have been reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.rule import Fault, Rule


class ReviewDue(Rule):
    """The day on which an edition was to be reviewed has passed.

    An edition states it as `review_on`. Directives change without notice to this profile; somebody
    has to compare the two from time to time.

    An example, from 2 March 2026 on:

        # 2025-01-01/edition.yaml
        edition: {from: 2025-01-01, review_on: 2026-03-01, title: First edition}

    Mended so, once somebody has compared them:

        # 2025-01-01/edition.yaml
        edition: {from: 2025-01-01, review_on: 2027-03-01, title: First edition}

    What it does not report: an edition that names no day, and one that another has replaced.
    """

    code: ClassVar = "review-due"

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield editions in force whose review is due."""
        for edition in examined.profile.editions:
            last = examined.profile.last_day_of(edition)
            is_past = last is not None and last < examined.today
            if edition.review_on is None or edition.review_on >= examined.today or is_past:
                continue
            message = f"`{edition.id}` was to be reviewed on {edition.review_on}"
            remedy = "compare it with its documents, then move `review_on`"
            yield self.fault(edition.place, message, remedy)
