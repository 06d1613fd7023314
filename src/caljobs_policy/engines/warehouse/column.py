# SPDX-License-Identifier: MIT
"""A column of a query, which is asked as a series of Polars is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from operator import add, and_, eq, ge, gt, invert, le, lt, ne, or_, sub
from typing import Any, Final

import ibis
import polars as pl
from attrs import frozen

from caljobs_policy.dates.durations import Duration, end_ordinal
from caljobs_policy.engines.columns.cells import DAWN, EPOCH, Remote
from caljobs_policy.engines.warehouse.calendar import ends_of, utc_offsets
from caljobs_policy.engines.warehouse.query import Query
from caljobs_policy.engines.warehouse.steps import Brought, Fixed, Joined, Made, Node

DAY: Final = 86_400_000_000
"""A day in microseconds."""
_FEW: Final = 200
"""Of how many values a list is written; more are joined as a table."""
_UNTOLD: Final = Made(lambda: ibis.null("boolean"), ())


@frozen(eq=False)
class Column(Remote):
    """An expression over the columns of a query, or one value for all rows."""

    query: Query
    node: Node
    opposite: Column | None = None
    """What this is the opposite of, if it is one."""

    @property
    def is_fixed(self) -> bool:
        """Whether the value is the same in all rows."""
        return isinstance(self.node, Fixed)

    @property
    def value(self) -> Any:
        """The value that is the same in all rows."""
        return self.node.value if isinstance(self.node, Fixed) else None

    # What is the same in all rows is worked out here, which keeps the query short.

    def __and__(self, other: Any) -> Column:
        return self._logical(and_, other, decisive=False)

    def __or__(self, other: Any) -> Column:
        return self._logical(or_, other, decisive=True)

    __rand__, __ror__ = __and__, __or__

    def __invert__(self) -> Column:
        if self.is_fixed:
            return self._fixed(None if self.value is None else not self.value)
        if self.opposite is not None:
            return self.opposite
        return Column(self.query, Made(invert, [self.node]), opposite=self)

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
            return self._fixed(None if self.value is None else self.value // number)
        return self.made(lambda it: ((it - it % number) / number).cast("int64"))

    def is_null(self) -> Column:
        """Return where there is no value."""
        if self.is_fixed:
            return self._fixed(self.value is None)
        if self.opposite is not None:
            # Ibis writes `NOT (x) IS NULL`, which databases read as `NOT (x IS NULL)`.
            return self.opposite.is_null()
        return self.made(lambda it: it.isnull())

    def is_not_null(self) -> Column:
        """Return where there is a value."""
        return ~self.is_null()

    def fill_null(self, *, value: bool) -> Column:
        """Put a truth where there is none."""
        if self.is_fixed:
            return self._fixed(value if self.value is None else self.value)
        return self.made(lambda it: it.fill_null(value))

    def is_in(self, values: Sequence[Any]) -> Column:
        """Return where this is one of some values, null where there is no value."""
        if not values:
            return self.is_null().either(None, False)
        if self.is_fixed:
            return self._fixed(None if self.value is None else self.value in values)
        return self.made(lambda it: it.isin(values))

    def set(self, mask: Column, value: Any) -> Column:
        """Put a value where a mask is true."""
        return mask.either(value, self)

    def any(self) -> bool:
        """Return whether this may be true in some row."""
        return not self.is_fixed or bool(self.value)

    def either(self, yes: Any, no: Any) -> Column:
        """Return one value where this is true, and another elsewhere."""
        one, other = self._column(yes), self._column(no)
        if self.is_fixed or (one.is_fixed and other.is_fixed and one.value is other.value):
            return one if self.any() else other
        return self._made(ibis.ifelse, self, one, other)

    def is_blank(self) -> Column:
        """Return where a text is empty; one of white space alone is not read here."""
        return self == ""

    def local_days(self, zone: tzinfo) -> Column:
        """Return the local days of times in microseconds."""
        if self.is_fixed:
            local = (DAWN + timedelta(microseconds=self.value)).astimezone(zone)
            return self._fixed(local.toordinal() - EPOCH)
        switch, before, after = joined([self // DAY], utc_offsets(zone))
        offset = (self < switch).either(before, after)
        return self.doubted((self + offset) // DAY)

    def ended(self, duration: Duration, zone: tzinfo) -> Column:
        """Return the days on which a duration ends that begins on these."""
        if self.is_fixed:
            if self.value is None:
                return self
            start = date.fromordinal(self.value + EPOCH)
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
        if any(one.is_fixed and one.value is None for one in columns):
            return self._fixed(None)
        if all(one.is_fixed for one in columns):
            return self._fixed(function(*(one.value for one in columns)))
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
        return self if self.is_fixed else self._made(change, self)

    def _logical(self, join: Callable[[Any, Any], Any], other: Any, *, decisive: bool) -> Column:
        other = self._column(other)
        for one, rest in ((self, other), (other, self)):
            if one.is_fixed and one.value is not None:
                return one if one.value is decisive else rest
        if self.is_fixed and other.is_fixed:
            return self
        both = (_UNTOLD if one.is_fixed else one.node for one in (self, other))
        return Column(self.query, Made(join, [*both]))

    def _with(self, ask: Callable[[Any, Any], Any], other: Any) -> Column:
        other = self._column(other)
        if any(one.is_fixed and one.value is None for one in (self, other)):
            return self._fixed(None)
        if self.is_fixed and other.is_fixed:
            return self._fixed(ask(self.value, other.value))
        return self._made(ask, self, other)

    def _column(self, value: Any) -> Column:
        return value if isinstance(value, Column) else self._fixed(value)

    def _fixed(self, value: Any) -> Column:
        return fixed(self.query, value)

    def _made(self, make: Callable[..., Any], *parts: Column) -> Column:
        return Column(self.query, Made(make, [one.node for one in parts]))


def fixed(query: Query, value: Any) -> Column:
    """Return a column with the same value in all rows."""
    return Column(query, Fixed(value))


def joined(columns: Sequence[Column], rows: pl.DataFrame) -> list[Column]:
    """Return the further columns of a table, where its first ones are equal to some."""
    query = columns[0].query
    table = Joined([one.node for one in columns], query.beside(rows))
    return [Column(query, Brought(table, name)) for name in table.brings]


def _rows(query: Query, columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    """Fetch the values that stand together in a row."""
    varying = [number for number, one in enumerate(columns) if not one.is_fixed]
    rows = []
    for some in query.distinct([columns[number].node for number in varying]):
        row = [one.value for one in columns]
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
