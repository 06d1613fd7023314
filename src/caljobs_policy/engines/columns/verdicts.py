# SPDX-License-Identifier: MIT
"""The checks of a plan that are not met in each row, and those of which it cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import reduce
from operator import and_, or_
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl
from attrs import field, frozen

from caljobs_policy.engines.columns.cells import YEARS, Cells, Values
from caljobs_policy.engines.columns.operators import is_lacking, truth_of
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test, tests_in
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Fact

BITS: Final = 31
"""How many checks share a column of bits."""


@frozen(eq=False)
class Truths:
    """The truth of conditions in each row, each worked out once."""

    read: Callable[[Fact], Cells]
    zone: tzinfo
    constant: Callable[[bool], Any] = lambda truth: pl.Series([truth])
    _found: dict[Condition, Values] = field(factory=dict)

    def __call__(self, condition: Condition) -> Values:
        """Return where a condition holds, null where unknown facts decide."""
        if condition not in self._found:
            self._found[condition] = self._truth(condition)
        return self._found[condition]

    def _truth(self, condition: Condition) -> Values:
        if isinstance(condition, Test):
            return truth_of(condition.operator, [*map(self.read, condition.facts)], self.zone)
        if isinstance(condition, Not):
            return ~self(condition.part)
        decisive = isinstance(condition, AllOf)
        if not condition.parts:
            return self.constant(decisive)
        return reduce(and_ if decisive else or_, map(self, condition.parts))


def can_be_asked(plan: Plan, zone: tzinfo, moment: datetime) -> bool:
    """Return whether columns can be asked about the conditions of a plan at a moment."""
    if not isinstance(zone, ZoneInfo) or moment.year not in YEARS:
        return False
    return not any(is_lacking(test) for part in plan.conditions for test in tests_in(part))


def violation(check: Check, truths: Truths) -> Any:
    """Return where a check is not met, null where unknown facts decide."""
    return truths(check.when) & ~truths(check.require)


def verdicts(plan: Plan, truths: Truths, rows: int) -> tuple[pl.Series, list[Verdict]]:
    """Return the number of each row's verdict, and the verdicts that occur."""
    violated = [violation(check, truths) for check in plan.checks]
    hits = [(number, one.fill_null(value=False)) for number, one in enumerate(violated)]
    unsure = [(number, one.is_null()) for number, one in enumerate(violated)]
    columns = [*bits_of(hits, "hits", rows), *bits_of(unsure, "unsure", rows)]
    if not columns:
        return pl.Series([0], dtype=pl.UInt32).new_from_index(0, rows), [((), ())]
    return numbered(pl.DataFrame(columns))


def numbered(frame: pl.DataFrame) -> tuple[pl.Series, list[Verdict]]:
    """Return the number of each row's verdict, and the verdicts that the columns of bits tell."""
    each = frame.unique()
    numbered = frame.join(
        each.with_row_index("number"), on=frame.columns, how="left", maintain_order="left"
    )
    names = [(*name.split(),) for name in frame.columns]
    return numbered["number"], [_verdict(names, row) for row in each.iter_rows()]


def bits_of(found: Sequence[tuple[int, pl.Series]], name: str, rows: int) -> Iterator[pl.Series]:
    """Yield columns of bits for the checks that are true in some row."""
    for start in range(0, len(found), BITS):
        some = [(n - start, one) for n, one in found[start : start + BITS] if one.any()]
        if some:
            parts = (one.cast(pl.Int32) * (1 << bit) for bit, one in some)
            bits = reduce(or_, parts)
            yield (bits.new_from_index(0, rows) if len(bits) != rows else bits).alias(
                f"{name} {start}"
            )


def _verdict(names: Sequence[tuple[str, ...]], row: Sequence[int]) -> Verdict:
    found: dict[str, list[int]] = {"hits": [], "unsure": []}
    for (name, start), bits in zip(names, row, strict=True):
        found[name] += [int(start) + bit for bit in range(BITS) if bits >> bit & 1]
    return tuple(found["hits"]), tuple(found["unsure"])
