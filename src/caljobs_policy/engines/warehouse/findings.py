# SPDX-License-Identifier: MIT
"""What a plan finds in each row of a query, as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add, or_

from attrs import frozen

from caljobs_policy.engines.columns.deadlines import due_in, due_names
from caljobs_policy.engines.columns.verdicts import BITS, Truths, violation
from caljobs_policy.engines.warehouse.column import Column, fixed
from caljobs_policy.engines.warehouse.query import Query
from caljobs_policy.engines.warehouse.table import RemoteTable
from caljobs_policy.policy.rules import Plan

HITS, UNSURE, DUE, DUE_AT = "hits", "unsure", "due", "due_at"


@frozen(eq=False)
class Findings:
    """The columns of an answer in a query."""

    columns: dict[str, Column]
    apart: Column
    """Where a row has to be decided elsewhere."""


def findings_of(plan: Plan, table: RemoteTable) -> Findings:
    """Return what a plan finds in each row of a table."""
    query = table.frame.query
    truths = Truths(table, table.policy.zone, lambda truth: fixed(query, truth))
    violated = [violation(check, truths) for check in plan.checks]
    hits = [one.fill_null(value=False) for one in violated]
    unsure = [one.is_null() for one in violated]
    is_exempt = _any(hits[: plan.exemptions], query)
    columns = dict([*_bits(HITS, hits, query), *_bits(UNSURE, unsure, query)])
    for number, (rule, *_) in enumerate(due_names(plan.deadlines)):
        due, is_set = due_in(rule, truths, ~is_exempt)
        columns[f"{DUE} {number}"] = is_set.either(due.value, None)
        if due.micros is not None:
            columns[f"{DUE_AT} {number}"] = is_set.either(due.micros, None)
    is_open = _is_open(plan, hits, unsure, query) & ~is_exempt
    doubts = [table.bad(), *query.doubts]
    return Findings(columns, _any([is_open, *doubts], query).fill_null(value=True))


def _is_open(plan: Plan, hits: Sequence[Column], unsure: Sequence[Column], query: Query) -> Column:
    """Return where a check weighs more than all that is found, and cannot be told."""
    found = []
    for weight in sorted({*plan.weights} - {0}):
        reached = _any([h for h, w in zip(hits, plan.weights, strict=True) if w >= weight], query)
        may_be = _any([u for u, w in zip(unsure, plan.weights, strict=True) if w == weight], query)
        found.append(may_be & ~reached)
    return _any(found, query)


def _any(columns: Sequence[Column], query: Query) -> Column:
    return reduce(or_, columns, fixed(query, False))


def _bits(name: str, columns: Sequence[Column], query: Query) -> Iterator[tuple[str, Column]]:
    """Yield columns of bits for those that may be true."""
    for start in range(0, max(1, len(columns)), BITS):
        some = [
            one.either(1 << bit, 0)
            for bit, one in enumerate(columns[start : start + BITS])
            if one.any()
        ]
        if some or not start:
            yield f"{name} {start}", reduce(add, some) if some else fixed(query, 0)
