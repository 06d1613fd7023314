# SPDX-License-Identifier: MIT
"""How each operator is asked of a whole column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, tzinfo
from operator import ge, gt, le, lt
from typing import Any, Final, TypeAlias

import polars as pl

from caljobs_policy.dates.durations import Unit
from caljobs_policy.engines.columns.cells import (
    MOST_HOURS,
    Cells,
    Remote,
    Values,
    compared,
    either,
    ended,
    looked_up,
)
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    ContainsEach,
    ContainsLoosely,
    ContainsOnly,
    ContainsWords,
    Exactly,
    FewerThan,
    Given,
    Has,
    HasAll,
    HasOnly,
    In,
    Is,
    Length,
    MoreThan,
    NotIn,
    Operator,
    Reads,
    SameAs,
    StartsWith,
    Within,
)
from caljobs_policy.subjects.fields import WORDED, Kind

Ask: TypeAlias = Callable[[Any, Sequence[Cells], tzinfo], Values]
_BLANK: Final = r"^[\s\x1c-\x1f]*$"
"""What Python strips from a text; the last four are no white space to Polars."""
_TIMES: Final = frozenset({Kind.TIME, Kind.DAY_OR_TIME})


def truth_of(operator: Operator, cells: Sequence[Cells], zone: tzinfo) -> Values:
    """Return the truth of a test in each row, null where an unknown fact decides."""
    known = ASKED[type(operator)](operator, cells, zone)
    null = cells[0].null
    for other in cells[1:]:
        null |= other.null
    # What is known not to exist decides, whatever else is unknown.
    return known | null if _if_null(operator) else known & ~null


def is_lacking(test: Test) -> bool:
    """Return whether a test cannot be asked of columns, so that rows are decided one by one."""
    operator: Any = test.operator
    ask = ASKED.get(type(operator))
    if ask is _by_value:
        return not _TIMES.isdisjoint(fact.kind for fact in test.facts)
    if ask in {_within, _more_than, _at_least}:
        duration = operator.duration
        return duration.unit is Unit.HOURS and duration.amount > MOST_HOURS
    return ask is None


def asks_itself(cls: type[Operator]) -> bool:
    """Return whether an operator's own function is called, once for each value of a column."""
    return ASKED.get(cls) is _by_value


def _if_null(operator: Operator) -> bool:
    nothing = [None for _ in operator.anchors]
    return operator.truth(None, nothing, UTC) is True


def _is(operator: Is, cells: Sequence[Cells], zone: tzinfo) -> Values:
    value = cells[0].value
    if isinstance(operator.value, bool):
        return value if operator.value else ~value
    return value == operator.value


def _in(operator: In, cells: Sequence[Cells], zone: tzinfo) -> Values:
    return cells[0].value.is_in(list(operator.values))


def _not_in(operator: NotIn, cells: Sequence[Cells], zone: tzinfo) -> Values:
    return ~cells[0].value.is_in(list(operator.values))


def _given(operator: Given, cells: Sequence[Cells], zone: tzinfo) -> Values:
    """Look for something in lists and texts; anything else is there unless it is null."""
    (one,) = cells
    if one.kind is Kind.WORDS:
        return _by_value(operator, cells, zone)
    if one.kind in WORDED:
        blank = _is_blank(one.value)
        return ~blank if operator.expected else blank
    return either(one.value.is_not_null(), operator.expected, None)


def _is_blank(texts: Values) -> Values:
    if isinstance(texts, Remote):
        return texts.is_blank()
    return texts.str.contains(_BLANK)


def _fewer_than(operator: FewerThan, cells: Sequence[Cells], zone: tzinfo) -> Values:
    return cells[0].value < operator.number


def _by_value(operator: Operator, cells: Sequence[Cells], zone: tzinfo) -> Values:
    """Ask the operator itself, once for each of the values that stand together in a row."""
    value, *others = cells
    if isinstance(value.value, Remote):
        return _by_remote_values(operator, cells, zone)
    if others:
        return _by_values(operator, cells, zone)
    found = {
        one: operator.holds(value.plain(one), (), zone)
        for one in value.value.drop_nulls().unique().to_list()
    }
    return looked_up(value.value, found, pl.Boolean)


def _by_values(operator: Operator, cells: Sequence[Cells], zone: tzinfo) -> Values:
    frame = pl.select(one.value.alias(str(number)) for number, one in enumerate(cells))
    each = frame.drop_nulls().unique()
    truths = []
    for row in each.iter_rows():
        first, *rest = (one.plain(value) for one, value in zip(cells, row, strict=True))
        truths.append(operator.holds(first, rest, zone))
    answers = each.with_columns(pl.Series("holds", truths, dtype=pl.Boolean))
    return frame.join(answers, on=frame.columns, how="left", maintain_order="left")["holds"]


def _by_remote_values(operator: Operator, cells: Sequence[Cells], zone: tzinfo) -> Any:
    def holds(*values: Any) -> bool:
        first, *rest = (one.plain(value) for one, value in zip(cells, values, strict=True))
        return operator.holds(first, rest, zone)

    one, *others = cells
    among = range(len(one.lists)) if one.kind is Kind.WORDS and not others else None
    return one.value.asked(holds, [other.value for other in others], among)


def _before(operator: Before, cells: Sequence[Cells], zone: tzinfo) -> Values:
    return compared(cells[0], cells[1], lt)


def _after(operator: After, cells: Sequence[Cells], zone: tzinfo) -> Values:
    return compared(cells[0], cells[1], gt)


def _within(operator: Within, cells: Sequence[Cells], zone: tzinfo) -> Values:
    first, last = operator.ordered(*cells)
    end = ended(first, operator.duration, zone)
    return compared(first, last, le) & compared(last, end, le)


def _more_than(operator: MoreThan, cells: Sequence[Cells], zone: tzinfo) -> Values:
    first, last = operator.ordered(*cells)
    return compared(last, ended(first, operator.duration, zone), gt)


def _at_least(operator: AtLeast, cells: Sequence[Cells], zone: tzinfo) -> Values:
    first, last = operator.ordered(*cells)
    return compared(last, ended(first, operator.duration, zone), ge)


ASKED: Final[Mapping[type[Operator], Ask]] = {
    Is: _is,
    In: _in,
    NotIn: _not_in,
    Given: _given,
    FewerThan: _fewer_than,
    Has: _by_value,
    HasAll: _by_value,
    HasOnly: _by_value,
    Exactly: _by_value,
    SameAs: _by_value,
    StartsWith: _by_value,
    ContainsLoosely: _by_value,
    ContainsWords: _by_value,
    Length: _by_value,
    ContainsEach: _by_value,
    ContainsOnly: _by_value,
    Reads: _by_value,
    Before: _before,
    After: _after,
    Within: _within,
    MoreThan: _more_than,
    AtLeast: _at_least,
}
"""How known, existing values are tested, by exact class; null where some value is not there."""
LACKS: Final[frozenset[type[Operator]]] = frozenset()
"""The operators for which rows are decided one by one."""
