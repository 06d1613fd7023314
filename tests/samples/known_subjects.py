# SPDX-License-Identifier: MIT
"""Random subjects of which every fact is known, drawn fast from a seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random
from typing import Any, Final

from attrs import evolve, fields, has

from caljobs_policy import Policy
from caljobs_policy.subjects.facts import REQUEST, Subject, subject_class
from caljobs_policy.subjects.fields import Holds, Kind, fields_of, null_part

TEXTS: Final = (
    *("", " ", "a", "ab", "abc", "b", "AB", "aab", "a \N{EN DASH}  b", "Sample", "sample  x"),
    *("05", "06", "a-ab", "A  -", "Ab1!efgh", "blue", "cash_draw", "stranger", "104", "f1 note"),
)
"""Texts around the boundaries of the operators of random policies, and others."""
STEPS: Final = (*range(-5, 6), -400, -366, -365, -364, -183, -91, -31, -30, 28, 31, 90, 365)
"""How many days dates lie from the middle."""
NULL: Final = 0.15
NULLS: Final = (0.02, 0.1, 0.3)
"""How likely facts are null in one subject or another."""
HOURS: Final = (0, 1, 7, 12, 16, 17, 23)


def known_subject(
    random: Random, policy: Policy, key: str, middle: date, likely: float = NULL
) -> Subject:
    """Return a subject of a key; about one in `1 / likely` of its facts is null."""
    cls = subject_class(key)
    own = {
        name: _value(random, policy, holds, middle, likely)
        for name, holds in policy.own_facts(cls).items()
    }
    stated = _stated(random, policy, cls, middle, likely)
    if "type" in stated:
        stated["type"] = key.partition("/")[2]
    for name, holds in fields_of(cls).items():
        if holds.sure_with and stated[holds.sure_with[0]] == holds.sure_with[1]:
            # It has happened, so that null or a day ahead would be read as unknown.
            stated[name] = middle + timedelta(random.choice((-40, -2, -1, 0)))
    return cls(**stated, own=own)


def drawn(random: Random, policy: Policy, key: str) -> tuple[Subject, datetime | None]:
    """Return a subject near the day of a policy, and a moment unless it has one of its own."""
    subject = known_subject(random, policy, key, policy.day, random.choice(NULLS))
    at = None if key.startswith(REQUEST) else random_moment(random, policy.day)
    return subject, at


def random_moment(random: Random, middle: date) -> datetime:
    """Return a moment near a day."""
    day = middle + timedelta(random.choice((-1, 0, 0, 0, 1, 30)))
    return datetime.combine(day, time(random.choice(HOURS), random.choice((0, 0, 59))))


def with_offset(value: Any, zone: tzinfo) -> Any:
    """Return a subject or a time whose times all have an offset: the same ones in every zone."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, tuple):
        return tuple(with_offset(one, zone) for one in value)
    if not has(type(value)) or value is null_part(type(value)):
        return value
    named = [field.alias for field in fields(type(value)) if field.init]
    return evolve(value, **{name: with_offset(getattr(value, name), zone) for name in named})


def _stated(
    random: Random, policy: Policy, cls: Any, middle: date, likely: float
) -> dict[str, Any]:
    return {
        name: _value(random, policy, holds, middle, likely)
        for name, holds in fields_of(cls).items()
    }


def _value(random: Random, policy: Policy, holds: Holds, middle: date, likely: float) -> Any:
    if holds.nullable and random.random() < likely:
        return None
    if holds.kind is Kind.STATEMENTS and holds.part is not None:
        number = random.choice((0, 1, 1, 2, 3))
        return tuple(
            holds.part(**_stated(random, policy, holds.part, middle, likely)) for _ in range(number)
        )
    if holds.part is not None:
        return holds.part(**_stated(random, policy, holds.part, middle, likely))
    day = middle + timedelta(random.choice(STEPS))
    hour = datetime.combine(day, time(random.choice(HOURS), random.choice((0, 30)), 0))
    words = sorted(policy.words_for(holds) or TEXTS)
    choices: dict[Kind, Callable[[], Any]] = {
        Kind.FLAG: lambda: random.random() < 0.5,
        Kind.WORD: lambda: random.choice(words),
        Kind.TEXT: lambda: random.choice(TEXTS),
        Kind.COUNT: lambda: random.choice((0, 1, 2, 3, 4, 7)),
        Kind.DAY: lambda: day,
        Kind.TIME: lambda: hour,
        Kind.DAY_OR_TIME: lambda: random.choice((day, hour)),
        Kind.WORDS: lambda: tuple(random.sample(words, random.randint(0, min(4, len(words))))),
    }
    return choices[holds.kind]()
