# SPDX-License-Identifier: MIT
"""Signed confidentiality statements, and how a list of them is read as a date per form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.subjects.checking import check
from caljobs_policy.subjects.fields import Kind, holds
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe


@frozen(kw_only=True)
class Statement(FieldRepr):
    """A signed confidentiality statement: which form, and the day of the signature."""

    form: Maybe[str] = field(
        default=UNKNOWN,
        metadata=holds(Kind.WORD, "form of the statement", vocabulary="statements"),
    )
    signed_on: Maybe[date] = field(
        default=UNKNOWN, metadata=holds(Kind.DAY, "day of the signature")
    )
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check(self)


def statements_of(value: Maybe[Statement | Sequence[Statement]]) -> Maybe[tuple[Statement, ...]]:
    """Convert one statement, or a list of them, to a tuple; leave null and unknown."""
    if isinstance(value, Statement):
        return (value,)
    # Anything else passes through to `check`, which refuses it.
    found: Any = value
    return tuple(found) if isinstance(value, list | tuple) else found


def by_form(
    statements: Maybe[tuple[Statement, ...]],
) -> tuple[Mapping[str, Maybe[date]], Maybe[date], tuple[date, ...] | None]:
    """Return the last date of each form; a form that is not listed was never signed."""
    if statements is None or statements is UNKNOWN:
        return FrozenDict(), statements, None if statements is UNKNOWN else ()
    signed: dict[str, Maybe[date]] = {}
    open_days: list[Maybe[date]] = []
    for statement in statements:
        form, day = statement.form, statement.signed_on
        if form is UNKNOWN and day is not None:
            open_days.append(day)
        elif isinstance(form, str):
            signed[form] = _later(signed[form], day) if form in signed else day
    if not open_days:
        return FrozenDict(signed), None, ()
    known_days = tuple(day for day in open_days if isinstance(day, date))
    if UNKNOWN in open_days:
        return FrozenDict(), UNKNOWN, None
    # A statement of an unknown form matters if it is later than the last one of a known form.
    latest = max(known_days)
    kept = {f: day for f, day in signed.items() if isinstance(day, date) and day >= latest}
    return FrozenDict(kept), UNKNOWN, known_days


def last_signed_on(statements: Maybe[tuple[Statement, ...]]) -> date:
    """Return the latest day of any signature, or the first day of the calendar if none is known."""
    latest = date.min
    for statement in statements or ():
        if isinstance(statement.signed_on, date) and statement.signed_on > latest:
            latest = statement.signed_on
    return latest


def signed_by(day: date, statements: Maybe[tuple[Statement, ...]]) -> Maybe[tuple[Statement, ...]]:
    """Return the statements without those dated after a day."""
    if statements is None or statements is UNKNOWN:
        return statements
    return tuple(s for s in statements if not (isinstance(s.signed_on, date) and s.signed_on > day))


def _later(one: Maybe[date], other: Maybe[date]) -> Maybe[date]:
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    return max(filter(None, (one, other)), default=None)
