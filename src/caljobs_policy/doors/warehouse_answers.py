# SPDX-License-Identifier: MIT
"""The answers about the rows of a table of Ibis: found where it lies, and the others fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache, partial
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import polars as pl
from attrs import frozen
from ibis.common.exceptions import IbisError

from caljobs_policy.dates.durations import in_zone, noon
from caljobs_policy.doors.column_answers import answers_of, fits, framed, put_in, settled_row
from caljobs_policy.doors.kept_columns import beside, check_names, only_named
from caljobs_policy.doors.tables import frame_of
from caljobs_policy.engines.columns.deadlines import dated, due_names
from caljobs_policy.engines.columns.layout import TWICE, Layout, layout_of
from caljobs_policy.engines.columns.verdicts import numbered
from caljobs_policy.engines.warehouse.column import Column
from caljobs_policy.engines.warehouse.findings import (
    DUE,
    DUE_AT,
    HITS,
    UNSURE,
    Findings,
    findings_of,
)
from caljobs_policy.engines.warehouse.query import Fetch, Query, TooManyValuesError, frame_from
from caljobs_policy.engines.warehouse.spark import SPARK, spark_instants
from caljobs_policy.engines.warehouse.steps import Named, written
from caljobs_policy.engines.warehouse.table import RemoteTable, Source
from caljobs_policy.engines.warehouse.values import Reader
from caljobs_policy.errors.exceptions import EngineError, SubjectError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan

_APART: Final = "apart"
_FAILED: Final = Problem(
    "the database of the table cannot run a query about it",
    help="what it says is the cause of this error",
)
_NOWHERE: Final = Problem(
    "the table belongs to no database", help="ask a connection of Ibis for the table"
)


def remote_answers_of(
    policy: Policy, table: ir.Table, at: datetime | None, key: str, names: Sequence[str]
) -> pl.DataFrame:
    """Return the answer about each row, beside the columns that tell rows apart."""
    backend = _backend(table)
    layout = layout_of(policy, key)
    fetch = partial(_fetched, backend)
    columns = _flattened(table)
    check_names(names, columns)
    if backend.name == SPARK:
        columns |= spark_instants(table, columns, fetch)
    remote = _remote(table, columns, layout, names, fetch)
    plan = policy.plans.get(key)
    moment = noon(policy.day, policy.zone) if at is None else in_zone(at, policy.zone)
    singly = partial(answers_of, policy, at=at, key=key)
    if plan is None or not fits(plan, policy.zone, moment, is_usual=at is None):
        return remote.decided_here(singly)
    reader = Reader(policy, backend, cache(partial(_reads_instants, remote.fetch)))
    try:
        source = Source(Query(remote.table, remote.fetch), reader, remote.stating)
        findings = findings_of(plan, RemoteTable(policy, layout, source, moment))
        return remote.decided(plan, findings, policy.zone, singly)
    except TooManyValuesError:
        return remote.decided_here(singly)


@frozen(eq=False)
class _Remote:
    """A table with names that every database takes."""

    table: ir.Table
    keys: Mapping[str, str]
    """The columns that tell rows apart, with their names in the table."""
    stating: Mapping[str, tuple[str, Any]]
    """The columns that may state facts, with their names in the table and their types."""
    fetch: Fetch

    def decided_here(self, singly: Callable[[Any], pl.DataFrame]) -> pl.DataFrame:
        """Fetch all rows and decide them."""
        rows = self.fetch(self.table)
        return beside(self._kept(rows), singly(self._stated(rows)))

    def decided(
        self, plan: Plan, findings: Findings, zone: tzinfo, singly: Callable[[Any], pl.DataFrame]
    ) -> pl.DataFrame:
        """Fetch what was found in each row, and decide those rows of which that is not enough."""
        rows = self.fetch(_query(self, findings))
        found = frame_from(rows.select([_APART, *findings.columns]))
        apart = found[_APART]
        bits = found.select(name for name in found.columns if name.startswith((HITS, UNSURE)))
        numbers, verdicts = numbered(bits)
        answers = framed([settled_row(plan, one) for one in verdicts])[numbers]
        answers = answers.with_columns(_due(plan, found, zone))
        if apart.any():
            stated = self._stated(rows.filter(apart.to_arrow()))
            answers = put_in(answers, singly(stated), apart)
        return beside(self._kept(rows), answers)

    def _stated(self, rows: Any) -> Any:
        if not self.stating:
            return pl.DataFrame(height=rows.num_rows)
        inner = [name for name, _type in self.stating.values()]
        return rows.select(inner).rename_columns([*self.stating])

    def _kept(self, rows: Any) -> pl.DataFrame:
        return frame_of(rows.select([*self.keys.values()]).rename_columns([*self.keys]))


def _remote(
    table: ir.Table,
    columns: Mapping[str, ir.Value],
    layout: Layout,
    names: Sequence[str],
    fetch: Fetch,
) -> _Remote:
    inner = {name: f"t{number}" for number, name in enumerate(columns)}
    renamed = table.select(**{inner[name]: column for name, column in columns.items()})
    left_out = only_named(names, layout)
    stating = {
        name: (inner[name], column.type())
        for name, column in columns.items()
        if name not in left_out
    }
    return _Remote(renamed, {name: inner[name] for name in names}, stating, fetch)


def _query(remote: _Remote, findings: Findings) -> ir.Table:
    """Return the rows with what was found, and with what they state where they are apart."""
    apart = findings.apart
    kept = {*remote.keys.values()}
    stated = {
        inner: apart.either(Column(apart.query, Named(inner)), None)
        for inner, _type in remote.stating.values()
        if inner not in kept
    }
    columns = {**findings.columns, _APART: apart, **stated}
    named = {name: one.node for name, one in columns.items()}
    return written(remote.table, {**{name: Named(name) for name in kept}, **named})


def _due(plan: Plan, frame: pl.DataFrame, zone: tzinfo) -> Iterator[pl.Series]:
    """Yield the columns of deadlines."""
    nothing = pl.Series([None], dtype=pl.Int64).new_from_index(0, frame.height)
    for number, (_rule, name, timed) in enumerate(due_names(plan.deadlines)):
        times = f"{DUE_AT} {number}"
        micros = frame[times] if times in frame.columns else nothing
        day, time = dated(frame[f"{DUE} {number}"].cast(pl.Int64), micros.cast(pl.Int64), zone)
        yield day.alias(name)
        if timed is not None:
            yield time.alias(timed)


def _backend(table: ir.Table) -> Any:
    try:
        return table.get_backend()
    except IbisError:
        raise EngineError(_NOWHERE) from None


def _fetched(backend: Any, expression: Any) -> Any:
    """Run an expression, and return the rows as a table of Arrow."""
    try:
        return backend.to_pyarrow(expression)
    # Each database and each of its drivers has exceptions of its own.
    except Exception as error:
        raise EngineError(_FAILED) from error


def _reads_instants(fetch: Fetch) -> bool:
    """Return whether a database tells the seconds of times with an offset, in summer too."""
    times = [datetime(2001, month, 1, tzinfo=UTC) for month in (1, 7)]
    told = [ibis.literal(at).epoch_seconds().name(f"t{n}") for n, at in enumerate(times)]
    (row,) = frame_from(fetch(told[0].as_table().mutate(told[1]))).rows()
    return [int(one) for one in row] == [at.timestamp() for at in times]


def _flattened(table: ir.Table) -> dict[str, ir.Value]:
    """Return the columns of a table, those in structs by names with dots."""
    columns = [(name, table[name]) for name in table.columns]
    while any(column.type().is_struct() for _name, column in columns):
        columns = [pair for name, column in columns for pair in _parts(name, column)]
    if len({name for name, _column in columns}) < len(columns):
        raise SubjectError([TWICE])
    return dict(columns)


def _parts(name: str, column: ir.Value) -> Iterator[tuple[str, ir.Value]]:
    """Yield the fields of a struct, or a column itself."""
    if not column.type().is_struct():
        yield name, column
    else:
        for inner in column.names:
            yield f"{name}.{inner}", column[inner]
