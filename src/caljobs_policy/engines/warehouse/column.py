# SPDX-License-Identifier: MIT
"""A column of a query, which is asked as a series of Polars is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta, tzinfo
from operator import add, and_, eq, ge, gt, le, lt, ne, or_, sub
from typing import Any, Final

import ibis
import polars as pl
from attrs import evolve, frozen
from ibis import _

from caljobs_policy.dates.durations import Duration, end_ordinal
from caljobs_policy.engines.columns.cells import DAWN, EPOCH, Remote
from caljobs_policy.engines.warehouse.calendar import ends_of, utc_offsets
from caljobs_policy.engines.warehouse.query import Query

DAY: Final = 86_400_000_000
"""A day in microseconds."""
_LONGEST: Final = 24
"""How many operations an expression has before it becomes a column of its own."""
_FEW: Final = 200
"""Of how many values a list is written; more are joined as a table."""


@frozen(eq=False)
class Column(Remote):
    """An expression over the columns of a query, or one value for all rows."""

    query: Query
    step: int
    """The step at which all columns of the expression are there."""
    expression: Any
    """What Ibis works out later, or the value itself."""
    uses: AbstractSet[str] = frozenset()
    """The names of these columns."""
    is_fixed: bool = False
    size: int = 0
    opposite: Column | None = None
    """What this is the opposite of, if it is one."""

    @property
    def ibis(self) -> Any:
        """What Ibis works out, of what is the same in all rows too."""
        if not self.is_fixed:
            return self.expression
        return ibis.null("int64") if self.expression is None else ibis.literal(self.expression)

    # What is the same in all rows is worked out here, which keeps the query short.

    def __and__(self, other: Any) -> Column:
        return self._logical(and_, other, decisive=False)

    def __or__(self, other: Any) -> Column:
        return self._logical(or_, other, decisive=True)

    __rand__, __ror__ = __and__, __or__

    def __invert__(self) -> Column:
        if self.is_fixed:
            return self._fixed(None if self.expression is None else not self.expression)
        if self.opposite is not None:
            return self.opposite
        made = self._made(~self.expression, self)
        return evolve(made, opposite=self)

    def __eq__(self, other: object) -> Column:  # type: ignore[override]
        return self._with(eq, other)

    def __ne__(self, other: object) -> Column:  # type: ignore[override]
        return self._with(ne, other)

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: Any) -> Column:
        return self._with(lt, other)

    def __le__(self, other: Any) -> Column:
        return self._with(le, other)

    def __gt__(self, other: Any) -> Column:
        return self._with(gt, other)

    def __ge__(self, other: Any) -> Column:
        return self._with(ge, other)

    def __add__(self, other: Any) -> Column:
        return self._with(add, other)

    def __sub__(self, other: Any) -> Column:
        return self._with(sub, other)

    def __floordiv__(self, number: int) -> Column:
        """Divide what is not negative, without a fraction that some database would round."""
        if self.is_fixed:
            return self._fixed(None if self.expression is None else self.expression // number)
        whole = self.expression - self.expression % number
        return self._made((whole / number).cast("int64"), self, self)

    def is_null(self) -> Column:
        """Return where there is no value."""
        if self.is_fixed:
            return self._fixed(self.expression is None)
        if self.opposite is not None:
            # Ibis writes `NOT (x) IS NULL`, which databases read as `NOT (x IS NULL)`.
            return self.opposite.is_null()
        return self._made(self.expression.isnull(), self)

    def is_not_null(self) -> Column:
        """Return where there is a value."""
        return ~self.is_null()

    def fill_null(self, *, value: bool) -> Column:
        """Put a truth where there is none."""
        if self.is_fixed:
            return self._fixed(value if self.expression is None else self.expression)
        return self._made(self.expression.fill_null(value), self)

    def is_in(self, values: Sequence[Any]) -> Column:
        """Return where this is one of some values, null where there is no value."""
        if not values:
            return self.is_null().either(None, False)
        if self.is_fixed:
            return self._fixed(None if self.expression is None else self.expression in values)
        return self._made(self.expression.isin(values), self)

    def set(self, mask: Column, value: Any) -> Column:
        """Put a value where a mask is true."""
        return mask.either(value, self)

    def any(self) -> bool:
        """Return whether this may be true in some row."""
        return not self.is_fixed or bool(self.expression)

    def either(self, yes: Any, no: Any) -> Column:
        """Return one value where this is true, and another elsewhere."""
        one, other = self._column(yes), self._column(no)
        if self.is_fixed or (
            one.is_fixed and other.is_fixed and one.expression is other.expression
        ):
            return one if self.any() else other
        made = ibis.ifelse(self.expression, one.expression, other.expression)
        return self._made(made, self, one, other)

    def is_blank(self) -> Column:
        """Return where a text is empty; one of white space alone is not read here."""
        return self == ""

    def local_days(self, zone: tzinfo) -> Column:
        """Return the local days of times in microseconds."""
        if self.is_fixed:
            local = (DAWN + timedelta(microseconds=self.expression)).astimezone(zone)
            return self._fixed(local.toordinal() - EPOCH)
        switch, before, after = joined([self // DAY], utc_offsets(zone))
        offset = (self < switch).either(before, after)
        return self.doubted((self + offset) // DAY)

    def ended(self, duration: Duration, zone: tzinfo) -> Column:
        """Return the days on which a duration ends that begins on these."""
        if self.is_fixed:
            if self.expression is None:
                return self
            start = date.fromordinal(self.expression + EPOCH)
            return self._fixed(end_ordinal(start, duration, zone) - EPOCH)
        (ends,) = joined([self], ends_of(duration, zone))
        return self.doubted(ends)

    def doubted(self, found: Column) -> Column:
        """Have rows decided elsewhere that have a value here of which nothing was found."""
        self.query.doubt(self.is_not_null() & found.is_null())
        return found

    def asked(self, function: Callable[..., bool], others: Sequence[Column], among: Any) -> Column:
        """Return what a function says of the values that stand together in a row."""
        columns = [self, *others]
        if any(one.is_fixed and one.expression is None for one in columns):
            return self._fixed(None)
        if all(one.is_fixed for one in columns):
            return self._fixed(function(*(one.expression for one in columns)))
        rows = [(one,) for one in among] if among is not None else _rows(self.query, columns)
        if not rows:
            return self._fixed(None)
        truths = {row: function(*row) for row in rows}
        if not others:
            for wanted in (True, False):
                some = [value for (value,), truth in truths.items() if truth is wanted]
                if len(some) <= _FEW:
                    return self.is_in(some) if wanted else ~self.is_in(some)
        return _told(columns, truths)

    def made(self, change: Callable[[Any], Any]) -> Column:
        """Return what Ibis makes of each value; of nothing, it makes nothing."""
        return self if self.is_fixed else self._made(change(self.expression), self)

    def _logical(self, join: Callable[[Any, Any], Any], other: Any, *, decisive: bool) -> Column:
        other = self._column(other)
        for one, rest in ((self, other), (other, self)):
            if one.is_fixed and one.expression is not None:
                return one if one.expression is decisive else rest
        if self.is_fixed and other.is_fixed:
            return self
        both = (ibis.null("boolean") if one.is_fixed else one.expression for one in (self, other))
        return self._made(join(*both), self, other)

    def _with(self, ask: Callable[[Any, Any], Any], other: Any) -> Column:
        other = self._column(other)
        if any(one.is_fixed and one.expression is None for one in (self, other)):
            return self._fixed(None)
        found = ask(self.expression, other.expression)
        return (
            self._fixed(found)
            if self.is_fixed and other.is_fixed
            else self._made(found, self, other)
        )

    def _column(self, value: Any) -> Column:
        return value if isinstance(value, Column) else self._fixed(value)

    def _fixed(self, value: Any) -> Column:
        return fixed(self.query, value)

    def _made(self, expression: Any, *parts: Column) -> Column:
        step = max(one.step for one in parts)
        size = 1 + sum(one.size for one in parts)
        uses = frozenset().union(*(one.uses for one in parts))
        if size <= _LONGEST:
            return Column(self.query, step, expression, uses, size=size)
        return named(self.query, step + 1, self.query.named(step, expression, uses))


def fixed(query: Query, value: Any) -> Column:
    """Return a column with the same value in all rows."""
    return Column(query, 0, value, is_fixed=True)


def named(query: Query, step: int, name: str) -> Column:
    """Return a column of the table of a query."""
    return Column(query, step, _[name], {name})


def joined(columns: Sequence[Column], rows: pl.DataFrame) -> list[Column]:
    """Return the further columns of a table, where its first ones are equal to some."""
    query = columns[0].query
    step = max(one.step for one in columns)
    keys = [query.named(step, one.ibis, one.uses) for one in columns]
    return [named(query, step + 1, name) for name in query.join(step, keys, rows)]


def _rows(query: Query, columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    """Fetch the values that stand together in a row."""
    varying = [number for number, one in enumerate(columns) if not one.is_fixed]
    step = max(one.step for one in columns)
    found = query.distinct(step, [(columns[n].expression, columns[n].uses) for n in varying])
    rows = []
    for some in found:
        row = [one.expression for one in columns]
        for number, value in zip(varying, some, strict=True):
            row[number] = value
        rows.append((*row,))
    return rows


def _told(columns: Sequence[Column], truths: Mapping[tuple[Any, ...], bool]) -> Column:
    """Return what is said of values that stand together, all of which were asked about."""
    rows = [(*row, truth) for row, truth in truths.items()]
    varying = [number for number, one in enumerate(columns) if not one.is_fixed]
    frame = pl.DataFrame(rows, schema=[str(n) for n in range(len(columns) + 1)], orient="row")
    kept = frame.select([*(str(number) for number in varying), str(len(columns))])
    (found,) = joined([columns[number] for number in varying], kept)
    return found
