# SPDX-License-Identifier: MIT
"""Reasons of a decision that a test states by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from attrs import frozen

from caljobs_policy import ApprovalSought, DeadlineSet, DutyArisen, Finding, Result, RouteTaken
from caljobs_policy.decisions.reasons import Brief
from caljobs_policy.policy.rules import Check


@frozen
class StatedReasons:
    """Reasons that are not worked out."""

    all_findings: tuple[Finding, ...]
    route: RouteTaken | None
    approvals: tuple[ApprovalSought, ...]
    duties: tuple[DutyArisen, ...]
    deadlines: tuple[DeadlineSet, ...]
    readings: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those that are not met, pending, or of which it cannot be told."""
        shown = {Result.NOT_MET, Result.PENDING, Result.CANNOT_TELL}
        return tuple(finding for finding in self.all_findings if finding.result in shown)

    @property
    def latest_due(self) -> Mapping[str, date]:
        """None; all deadlines are stated."""
        return {}

    @property
    def all_readings(self) -> tuple[str, ...]:
        """Those that are stated."""
        return self.readings

    def briefs(self, is_wanted: Callable[[Check], bool]) -> Sequence[Brief]:
        """Nothing, as no work list is made of them."""
        return ()
