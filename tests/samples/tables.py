# SPDX-License-Identifier: MIT
"""Random tables of subjects, each row beside the mapping that says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final, TypeAlias

import polars as pl
from attrs import frozen

from caljobs_policy import UNKNOWN, Decision, Policy, decide_columns, evaluate, read_subject
from caljobs_policy.dates.durations import day_of, in_zone
from caljobs_policy.subjects.facts import facts_about, subject_class, subject_key
from caljobs_policy.subjects.fields import Holds, Kind

AT: Final = datetime(2025, 6, 2, 9, 30)
_TEXTS: Final = ("", " ", "Sample", "sample  ", "F01 Case note", "123-45-6789", "cash", "CASH_x")
_STEPS: Final = (*(0, 1, 29, 30, 31, 89, 90, 91, 180, 181, 334, 335, 336, 364, 365, 366), 400, 900)
_EDGES: Final = (
    *(date(2024, 2, 29), date(2025, 1, 31), date(2024, 11, 30), date(2025, 3, 31)),
    *(date(2025, 3, 8), date(2025, 3, 9), date(2024, 11, 3), date(2024, 12, 24), date(2025, 7, 4)),
)
"""Ends of months, a leap day, days on which clocks change, and holidays."""
MOMENTS: Final = (
    *(AT, datetime(2024, 2, 29, 23, 59, 59), datetime(2025, 2, 28, 12), datetime(2025, 3, 9, 3)),
    *(datetime(2024, 11, 3, 1, 30), datetime(2024, 11, 3, 1, 30, fold=1), datetime(2026, 1, 1)),
    datetime(2025, 6, 30, 16, tzinfo=UTC),
)
ZONES: Final = ("America/Los_Angeles", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe")
_TYPES: Final[dict[Kind, Any]] = {
    Kind.FLAG: pl.Boolean,
    Kind.WORD: pl.String,
    Kind.TEXT: pl.String,
    Kind.COUNT: pl.Int64,
    Kind.DAY: pl.Date,
    Kind.WORDS: pl.List(pl.String),
}
_SAME: Final = 0.9
"""How often a cell of rows that are alike is that of the first row."""
Cell: TypeAlias = Any
"""A value, null, unknown or `LEFT_OUT`."""
LEFT_OUT: Final = object()


@frozen
class Sample:
    """A table, and what each of its rows states."""

    frame: pl.DataFrame
    mappings: list[dict[str, Any]]


@frozen
class Tables:
    """Makes tables about subjects of a key under a policy."""

    policy: Policy
    key: str
    random: Random
    at: datetime = AT

    def sample(self, rows: int, gaps: float, *, alike: bool = False) -> Sample:
        """Return a table in which some facts are left out, unknown or null.

        Rows that are alike differ from one another in few columns.
        """
        kind, _, type_ = self.key.partition("/")
        mappings: list[dict[str, Any]] = [{"type": type_} if type_ else {} for _ in range(rows)]
        columns: dict[str, pl.Series] = {}
        for name, holds in self._columns(kind):
            if columns and self.random.random() < gaps / 2:
                continue
            cells = [self._cell(name, holds, gaps) for _ in range(rows)]
            if alike:
                cells = [cells[0] if self.random.random() < _SAME else one for one in cells]
            for mapping, cell in zip(mappings, cells, strict=True):
                if cell is not LEFT_OUT:
                    put(mapping, name, cell)
            columns |= self._written(name, holds, cells)
        return Sample(pl.DataFrame(columns), mappings)

    def _columns(self, kind: str) -> Iterator[tuple[str, Holds]]:
        for path, fact in facts_about(self.key).items():
            name = path.removeprefix(f"{kind}.")
            if fact.kind is Kind.STATEMENTS:
                for form in self.policy.words["statements"]:
                    yield f"{name}.{form}", Holds(Kind.DAY, "day")
            elif fact.steps and name != "type":
                yield name, fact.holds
        yield from self.policy.own_facts(subject_class(self.key)).items()

    def _cell(self, name: str, holds: Holds, gaps: float) -> Cell:
        lot = self.random.random()
        if lot < gaps / 2:
            return LEFT_OUT
        if lot < gaps:
            return UNKNOWN
        if (holds.nullable and lot < gaps + 0.1) or (holds.optional and lot < 0.5):
            return None if lot < gaps + 0.2 and holds.nullable else LEFT_OUT
        return self._value(holds)

    def _value(self, holds: Holds) -> Any:
        pick = self.random.choice
        known = self.policy.words_for(holds)
        words = sorted(known) if known is not None else _TEXTS
        today = self.at.date()
        day = pick(_EDGES) if lot_of(self.random, 10) else today - timedelta(pick(_STEPS))
        if lot_of(self.random, 10):
            day = today + timedelta(pick(_STEPS))
        time = datetime.combine(day, self.at.time()) + timedelta(minutes=pick((-1, 0, 1, 700)))
        made: dict[Kind, Callable[[], Any]] = {
            Kind.FLAG: lambda: pick((True, False)),
            Kind.WORD: lambda: pick(words),
            Kind.TEXT: lambda: pick(_TEXTS),
            Kind.COUNT: lambda: pick((0, 1, 2, 3, 50)),
            Kind.DAY: lambda: day,
            Kind.TIME: lambda: time,
            Kind.DAY_OR_TIME: lambda: pick((day, time)),
            Kind.WORDS: lambda: [pick(words) for _ in range(pick((0, 1, 1, 2, 3)))],
        }
        return made[holds.kind]()

    def _written(self, name: str, holds: Holds, cells: list[Cell]) -> dict[str, pl.Series]:
        """Return the columns that say what cells hold."""
        values = [None if one is LEFT_OUT or one is UNKNOWN else one for one in cells]
        written = {name: self._series(holds, values)}
        for ending, state in (("|null", None), ("|unknown", UNKNOWN)):
            marks = [one is state or None for one in cells]
            if any(marks):
                written[name + ending] = pl.Series(marks, dtype=pl.Boolean)
        return written

    def _series(self, holds: Holds, values: list[Any]) -> pl.Series:
        if holds.kind is Kind.DAY_OR_TIME:
            return pl.Series(
                [None if one is None else one.isoformat() for one in values], dtype=pl.String
            )
        if holds.kind is not Kind.TIME:
            return pl.Series(values, dtype=_TYPES[holds.kind])
        times = pl.Series(values, dtype=pl.Datetime("us"))
        if lot_of(self.random, 2):
            return times
        zone = str(self.policy.zone)
        local = times.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        if local.null_count() > times.null_count():
            # The clock skipped some of them.
            return times
        return local.dt.convert_time_zone(self.random.choice(("UTC", *ZONES)))


def of_columns(tables: Tables, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the answers about the rows of a frame, in their order."""
    return decide_columns(tables.policy, frame, tables.at, kind=tables.key)


def assert_alike(
    sample: Sample,
    tables: Tables,
    ask: Callable[[Tables, pl.DataFrame], pl.DataFrame] = of_columns,
) -> None:
    """Hold that columns and `evaluate` give the same answer about every row."""
    policy, kind = tables.policy, tables.key.partition("/")[0]
    answers = ask(tables, sample.frame)
    for row, mapping in zip(answers.iter_rows(named=True), sample.mappings, strict=True):
        decision = evaluate(policy, read_subject(policy, kind, mapping), tables.at)
        stated = {
            name: one.astimezone(UTC) if isinstance(one, datetime) else one
            for name, one in row.items()
            if one is not None
        }
        assert stated == said(decision), mapping


def lot_of(random: Random, one_in: int) -> bool:
    """Return True once in so many times."""
    return random.randrange(one_in) == 0


def put(mapping: dict[str, Any], name: str, cell: Cell) -> None:
    """State a cell in a mapping, in place of what it stated; or nothing, where it is left out."""
    *parts, last = name.split(".")
    if not parts:
        _set(mapping, last, cell)
        return
    first, rest = parts[0], ".".join([*parts[1:], last])
    if first == "statement":
        others = [one for one in mapping.get(first, []) if one["form"] != last]
        given = [] if cell is LEFT_OUT else [{"form": last, "signed_on": cell}]
        _set(mapping, first, [*others, *given] or LEFT_OUT)
        return
    part = mapping.get(first, {})
    put(part, rest, cell)
    _set(mapping, first, part or LEFT_OUT)


def _set(mapping: dict[str, Any], key: str, value: Any) -> None:
    mapping.pop(key, None)
    if value is not LEFT_OUT:
        mapping[key] = value


def said(decision: Decision) -> dict[str, Any]:
    """Return of a decision what a row of the answers says."""
    checks = decision.policy.plans[subject_key(decision.subject)].checks
    due: dict[str, Any] = {}
    zone = decision.policy.zone
    for deadline in decision.deadlines:
        due[f"due_{deadline.name}"] = day_of(deadline.due, zone)
        if isinstance(deadline.due, datetime):
            due[f"due_{deadline.name}|time"] = in_zone(deadline.due, zone).astimezone(UTC)
    return {
        "outcome": decision.outcome.value,
        "hits": [checks[n].id for n in decision.hits],
        "unsure": [checks[n].id for n in decision.unsure],
        "needs": list(decision.needs),
        "problems": [],
        **due,
    }
