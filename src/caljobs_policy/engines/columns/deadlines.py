# SPDX-License-Identifier: MIT
"""When the deadlines of a plan are due in each row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from operator import le, lt
from typing import Any

import polars as pl

from caljobs_policy.dates.durations import Unit
from caljobs_policy.engines.columns.cells import EPOCH, Cells, Values, compared, either, ended
from caljobs_policy.engines.columns.verdicts import Truths
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import DeadlineRule, Leg, Plan
from caljobs_policy.subjects.fields import Kind

_FIRST, _LAST = 1 - EPOCH, date.max.toordinal() - EPOCH


def due_of(plan: Plan, truths: Truths, outcomes: Values) -> Iterator[pl.Series]:
    """Yield the columns of a plan's deadlines, which stand only for subjects in scope."""
    in_scope = outcomes != Outcome.OUT_OF_SCOPE
    for rule, name, timed in due_names(plan.deadlines):
        day, time = due(rule, truths, in_scope)
        yield day.alias(name)
        if timed is not None:
            yield time.alias(timed)


def due(rule: DeadlineRule, truths: Truths, in_scope: Values) -> tuple[pl.Series, pl.Series]:
    """Return the days on which a deadline is due, and the times where it is due at a time."""
    rows = len(in_scope)
    due, is_set = due_in(rule, truths, in_scope)
    day = either(is_set, due.value, _whole(pl.Int32, rows))
    micros = _whole(pl.Int64, rows)
    if due.micros is not None:
        micros = either(is_set, due.micros, micros)
    return dated(day, micros, truths.zone)


def due_in(rule: DeadlineRule, truths: Truths, in_scope: Values) -> tuple[Cells, Values]:
    """Return when a deadline is due, and where that is so."""
    due: Any = None
    is_set = in_scope & truths(rule.when)
    for leg in rule.legs:
        applies = truths(leg.when)
        end = _end(leg, truths)
        if end.unknown is not None:
            is_set = is_set & ~(applies.fill_null(value=True) & end.unknown)
        is_set = is_set & applies.is_not_null()
        due = _earlier(due, end, applies.fill_null(value=False))
    return due, is_set.fill_null(value=False)


def dated(day: Values, micros: Values, zone: tzinfo) -> tuple[pl.Series, pl.Series]:
    """Return days and microseconds as days of the calendar and as times."""
    times = micros.cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(str(zone))
    return day.clip(_FIRST, _LAST).cast(pl.Date), times


def is_timed(rule: DeadlineRule) -> bool:
    """Return whether a deadline can be due at a time of a day."""
    return any(
        fact.kind is not Kind.DAY
        and (leg.count.unit is Unit.HOURS or leg.count.is_none)
        and leg.count.early is None
        for leg in rule.legs
        for fact in leg.triggers
    )


def _whole(dtype: type[pl.DataType], rows: int) -> Values:
    return pl.Series([None], dtype=dtype).new_from_index(0, rows)


def _end(leg: Leg, truths: Truths) -> Cells:
    """Return when a leg ends that begins with the first of its facts to exist."""
    last, *before = [truths.read(fact) for fact in reversed(leg.triggers)]
    start = last
    for cells in before:
        start = _first_of(cells, start)
    end = ended(start, leg.count, truths.zone)
    return Cells(end.kind, end.value, start.unknown, end.micros)


def _first_of(first: Cells, then: Cells) -> Cells:
    """Return a fact, or another where the first is known not to exist."""
    value = either(first.null, then.value, first.value)
    unknown = None
    if first.unknown is not None or then.unknown is not None:
        other = False if then.unknown is None else then.unknown
        here = False if first.unknown is None else first.unknown
        unknown = either(first.null, other, here)
    if first.micros is None and then.micros is None:
        return Cells(Kind.DAY, value, unknown)
    kind = first.kind if first.kind is then.kind else Kind.DAY_OR_TIME
    return Cells(kind, value, unknown, either(first.null, then.micros, first.micros))


def _earlier(due: Cells | None, end: Cells, applies: Values) -> Cells:
    """Return the earlier of two ends; a time comes before the end of its own day."""
    counts = applies & end.value.is_not_null()
    if due is None:
        return _put(counts, end, None)
    earlier = due.value.is_null() | compared(end, due, lt)
    if end.micros is not None:
        earlier |= compared(end, due, le) & end.micros.is_not_null()
    return _put(counts & earlier.fill_null(value=False), end, due)


def _put(taken: Values, end: Cells, due: Cells | None) -> Cells:
    """Return one end where it is taken, and else the other, if there is one."""
    other = None if due is None else due.micros
    micros = None
    if end.micros is not None or other is not None:
        micros = either(taken, end.micros, other)
    value = either(taken, end.value, None if due is None else due.value)
    return Cells(Kind.DAY_OR_TIME, value, micros=micros)


def due_names(rules: tuple[DeadlineRule, ...]) -> Iterator[tuple[DeadlineRule, str, str | None]]:
    """Yield each deadline with the names of its columns: of days, and of times if it has some."""
    for rule in rules:
        yield rule, f"due_{rule.name}", f"due_{rule.name}|time" if is_timed(rule) else None
