# SPDX-License-Identifier: MIT
"""Signed confidentiality statements, and how a list of them is read as a date per form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

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


def signatures(statements: Maybe[tuple[Statement, ...]]) -> Signatures:
    """Return the last date of each form, and what else facts about signatures are read from."""
    if statements is None or statements is UNKNOWN:
        return _NONE if statements is None else _UNKNOWN
    signed: dict[str, Maybe[date]] = {}
    open_days: list[Maybe[date]] = []
    latest = date.min
    for statement in statements:
        form, day = statement.form, statement.signed_on
        if isinstance(day, date) and day > latest:
            latest = day
        if form is UNKNOWN and day is not None:
            open_days.append(day)
        elif isinstance(form, str):
            signed[form] = _later(signed[form], day) if form in signed else day
    if not open_days:
        return FrozenDict(signed), None, (), latest
    known_days = tuple(day for day in open_days if isinstance(day, date))
    if UNKNOWN in open_days:
        return FrozenDict(), UNKNOWN, None, latest
    # A statement of an unknown form matters if it is later than the last one of a known form.
    last = max(known_days)
    kept = {f: day for f, day in signed.items() if isinstance(day, date) and day >= last}
    return FrozenDict(kept), UNKNOWN, known_days, latest


Signatures: TypeAlias = tuple[Mapping[str, Maybe[date]], Maybe[date], tuple[date, ...] | None, date]
"""The last date of each form; that of any form not listed there; the days of statements whose form
is unknown, None if such a day is unknown too; and the latest day of any signature."""
_NONE: Final[Signatures] = (FrozenDict(), None, (), date.min)
_UNKNOWN: Final[Signatures] = (FrozenDict(), UNKNOWN, None, date.min)


def signed_by(day: date, statements: Maybe[tuple[Statement, ...]]) -> Maybe[tuple[Statement, ...]]:
    """Return the statements without those dated after a day."""
    if statements is None or statements is UNKNOWN:
        return statements
    return tuple(s for s in statements if not (isinstance(s.signed_on, date) and s.signed_on > day))


def _later(one: Maybe[date], other: Maybe[date]) -> Maybe[date]:
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    return max(filter(None, (one, other)), default=None)
