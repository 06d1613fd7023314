# SPDX-License-Identifier: MIT
"""Finds the accounts of a block with which nothing is to be done, column by column, with Polars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import polars as pl
from attrs import frozen

from caljobs_policy.dates.durations import day_of, days_from
from caljobs_policy.engines.columns.deadlines import due
from caljobs_policy.engines.columns.layout import Layout, layout_of
from caljobs_policy.engines.columns.table import Table
from caljobs_policy.engines.columns.verdicts import Truths, can_be_asked, verdicts
from caljobs_policy.engines.verdict import settled
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.rosters.framing import framed
from caljobs_policy.rosters.reading.columns import ACCOUNT, Column
from caljobs_policy.rosters.reading.values import Values

_QUIET: Final = (Outcome.COMPLIANT, Outcome.OUT_OF_SCOPE)
"""The outcomes with which nothing is wrong, asked for or to be done; deadlines may still come."""

_NAMED: Final[Mapping[str | None, Outcome | None]] = {
    None: None,
    **{str(one): one for one in _QUIET},
}


@frozen(eq=False)
class QuietFinder:
    """Finds quiet accounts under a policy at a moment."""

    policy: Policy
    plan: Plan
    at: datetime
    within: int
    layout: Layout

    def outcomes(self, facts: Mapping[Column, Values]) -> Sequence[Outcome | None]:
        """Return the outcomes of rows, None where something may have to be done."""
        frame, apart = framed(facts, self.layout)
        if not frame.width:
            return [None] * len(next(iter(facts.values())))
        table = Table(self.policy, self.layout, frame, self.at)
        truths = Truths(table, self.policy.zone)
        numbers, found = verdicts(self.plan, truths, frame.height)
        each = pl.Series([settled(self.plan, verdict) for verdict in found], dtype=pl.String)
        outcomes = each[numbers]
        busy = table.bad() | ~outcomes.is_in(_QUIET).fill_null(value=False)
        for coming in self._coming(truths, outcomes):
            busy |= coming
        quiet = outcomes.set(busy, None).to_list()
        for row in apart:
            quiet[row] = None
        return [_NAMED[name] for name in quiet]

    def _coming(self, truths: Truths, outcomes: pl.Series) -> Iterator[pl.Series]:
        """Yield for each deadline where it may be neither met nor past, and is due in time."""
        today = day_of(self.at, self.policy.zone)
        last = days_from(today, self.within)
        in_scope = outcomes != Outcome.OUT_OF_SCOPE
        for rule in self.plan.deadlines:
            day, _ = due(rule, truths, in_scope)
            met = truths(rule.met_when).fill_null(value=False)
            yield day.is_between(today, last).fill_null(value=False) & ~met


def quiet_finder(policy: Policy, at: datetime, within: int) -> QuietFinder | None:
    """Return what finds quiet accounts, None if columns cannot be asked about them."""
    plan = policy.plans.get(ACCOUNT)
    if plan is None or not can_be_asked(plan, policy.zone, at):
        return None
    return QuietFinder(policy, plan, at, within, layout_of(policy, ACCOUNT))
