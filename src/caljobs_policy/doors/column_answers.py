# SPDX-License-Identifier: MIT
"""The answers about the rows of a table: most of them together, and the others one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import polars as pl
from attrs import evolve, frozen

from caljobs_policy.dates.durations import day_of, in_zone, noon
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.doors.alike import rows_alike
from caljobs_policy.doors.deciding import decide_many
from caljobs_policy.doors.kept_columns import beside, check_names, only_named
from caljobs_policy.doors.tables import frame_of, is_of_polars
from caljobs_policy.engines.columns.deadlines import due_names, due_of
from caljobs_policy.engines.columns.layout import Layout, layout_of, rows_of
from caljobs_policy.engines.columns.table import Table
from caljobs_policy.engines.columns.verdicts import Truths, can_be_asked, verdicts
from caljobs_policy.engines.verdict import Verdict, settled
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import DeadlineRule, Plan
from caljobs_policy.subjects.facts import REQUEST, kind_of_key, subject_key

_ROWS: Final = 250_000
"""How many rows are decided together, which bounds the memory that it takes."""
_TEXTS: Final = pl.List(pl.String)
_SCHEMA: Final[Mapping[str, Any]] = {
    "outcome": pl.String,
    "hits": _TEXTS,
    "unsure": _TEXTS,
    "needs": _TEXTS,
    "problems": _TEXTS,
}
_OF_SEARCH: Final = ("outcome", "needs")
_ROW: Final = "row"
_Row: TypeAlias = tuple[Outcome | None, *tuple[Sequence[str], ...]]


def answers_of(
    policy: Policy, table: Any, at: datetime | None, key: str, names: Sequence[str] = ()
) -> pl.DataFrame:
    """Return the answer about each row of a table, in the order of the rows.

    Before it stand the columns of these names.
    """
    frame = frame_of(table)
    layout = evolve(layout_of(policy, key), midnights=not is_of_polars(table))
    check_names(names, frame.columns)
    stating = frame.drop(only_named(names, layout))
    if not stating.width:
        # What has no columns has no rows, unless it is told.
        stating = pl.DataFrame(height=frame.height)
    slices = list(stating.iter_slices(_ROWS)) or [stating]
    answers = pl.concat([_answers_of(policy, layout, some, at) for some in slices])
    return beside(frame.select(names), answers)


def _answers_of(
    policy: Policy, layout: Layout, frame: pl.DataFrame, at: datetime | None
) -> pl.DataFrame:
    plan = policy.plans.get(layout.key)
    answers = _Answers(policy, layout, frame, at, plan)
    moment = noon(policy.day, policy.zone) if at is None else in_zone(at, policy.zone)
    if not isinstance(policy.zone, ZoneInfo):
        return answers.one_by_one(frame)
    table = Table(policy, layout, frame, moment)
    if plan is None:
        return answers.out_of_scope(table)
    if not fits(plan, policy.zone, moment, is_usual=at is None):
        return answers.one_by_one(frame)
    return answers.together(plan, table)


def fits(plan: Plan, zone: tzinfo, moment: datetime, *, is_usual: bool) -> bool:
    """Return whether a plan can be asked of columns at a moment."""
    if is_usual and plan.key.startswith(REQUEST):
        # Each request is judged at the noon of its own day.
        return False
    return can_be_asked(plan, zone, moment)


@frozen(eq=False)
class _Answers:
    """Answers about the rows of a frame."""

    policy: Policy
    layout: Layout
    frame: pl.DataFrame
    at: datetime | None
    plan: Plan | None

    def together(self, plan: Plan, table: Table) -> pl.DataFrame:
        """Decide the rows column by column, and one by one those that this cannot settle."""
        truths = Truths(table, self.policy.zone)
        rows = self.frame.height
        numbers, found = verdicts(plan, truths, rows)
        each = framed([settled_row(plan, verdict) for verdict in found])
        answers = each[numbers]
        bad = table.bad()
        is_open = answers["outcome"].is_null() & ~bad
        if is_open.any():
            alike = rows_alike(plan, (numbers, found), truths, table, is_open)
            answers = put_in(answers, self._searched(answers, alike), is_open)
        return self._told(answers.with_columns(due_of(plan, truths, answers["outcome"])), bad)

    def out_of_scope(self, table: Table) -> pl.DataFrame:
        """Return that no row is in scope, but for those that cannot be read."""
        each = framed([(Outcome.OUT_OF_SCOPE, (), (), (), ())])
        return self._told(each[[0] * self.frame.height], table.bad())

    def _told(self, answers: pl.DataFrame, bad: pl.Series) -> pl.DataFrame:
        """Put what is said of rows that have to be read by themselves in their places."""
        if not bad.any():
            return answers
        return put_in(answers, self.one_by_one(self.frame.filter(bad)), bad)

    def _searched(self, answers: pl.DataFrame, alike: pl.Series) -> pl.DataFrame:
        """Return the answers about lists of rows with the same needs: one of each is decided."""
        firsts = self.one_by_one(self.frame[alike.list.first()])
        found = firsts.select(*_OF_SEARCH, alike.alias(_ROW)).explode(_ROW).sort(_ROW)
        return answers[found[_ROW]].with_columns(found.drop(_ROW))

    def one_by_one(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Decide rows by themselves."""
        kind = kind_of_key(self.layout.key)
        stated = ({kind: self.layout.mapping(row)} for row in rows_of(frame))
        rules = () if self.plan is None else self.plan.deadlines
        answers: list[_Row] = []
        due: list[Mapping[str, date | datetime]] = []
        for one in decide_many(self.policy, stated, self.at):
            answers.append(_answer(self.policy, one))
            deadlines = one.deadlines if rules and isinstance(one, Decision) else ()
            due.append({deadline.rule: deadline.due for deadline in deadlines})
        return framed(answers).with_columns(self._due(rules, due))

    def _due(
        self, rules: tuple[DeadlineRule, ...], due: Sequence[Mapping[str, date | datetime]]
    ) -> Iterator[pl.Series]:
        """Yield the columns of deadlines, given the day or time of each in each row."""
        zone = self.policy.zone
        for rule, name, timed in due_names(rules):
            ends = [one.get(rule.id) for one in due]
            days = [None if end is None else day_of(end, zone) for end in ends]
            yield pl.Series(name, days, dtype=pl.Date)
            if timed is not None:
                times = [
                    in_zone(end, zone).astimezone(UTC) if isinstance(end, datetime) else None
                    for end in ends
                ]
                in_utc = pl.Series(timed, times, dtype=pl.Datetime("us", "UTC"))
                yield in_utc.dt.convert_time_zone(str(zone))


def settled_row(plan: Plan, verdict: Verdict) -> _Row:
    """Return what a verdict comes to, without an outcome where unknown facts could matter."""
    hits, unsure = verdict
    return settled(plan, verdict), _ids(plan, hits), _ids(plan, unsure), (), ()


def _answer(policy: Policy, one: Decision | SubjectError) -> _Row:
    """Return the answer about a single row, whose type may be another than that of the table."""
    if isinstance(one, SubjectError):
        return None, (), (), (), [str(problem) for problem in one.problems]
    plan = policy.plans.get(subject_key(one.subject))
    return one.outcome, _ids(plan, one.hits), _ids(plan, one.unsure), one.needs, ()


def _ids(plan: Plan | None, numbers: Sequence[int]) -> Sequence[str]:
    return [] if plan is None else [plan.checks[number].id for number in numbers]


def framed(rows: Sequence[_Row]) -> pl.DataFrame:
    """Return a frame of what was found in rows."""
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def put_in(answers: pl.DataFrame, singly: pl.DataFrame, apart: pl.Series) -> pl.DataFrame:
    """Put answers about some rows in the places of these rows."""
    row = pl.Series(_ROW, range(len(apart)), dtype=pl.UInt32)
    both = [
        answers.with_columns(row).filter(~apart),
        singly.with_columns(row.filter(apart)),
    ]
    return pl.concat(both).sort(_ROW).drop(_ROW)
