# SPDX-License-Identifier: MIT
"""How a fact is read of a subject that leaves it out, or says that it is unknown or null."""

from __future__ import annotations

from functools import cache
from typing import Any

from caljobs_policy.subjects.facts import Fact, subject_class, type_of_key
from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.subjects.unknown import UNKNOWN


@cache
def left_out(key: str, fact: Fact, given: int) -> Any:
    """Return what a fact is read as where only so many of the parts around it are given."""
    if fact.own or fact.holds.sure_with is not None:
        return None if fact.holds.optional else UNKNOWN
    return _read(key, fact.steps, given, {})


@cache
def said(key: str, fact: Fact, state: Any) -> Any:
    """Return what a fact is read as that is said to be unknown, or null."""
    plain = fact.own or fact.holds.sure_with is not None or (state is None and not _nullable(fact))
    given = len(fact.steps) - 1
    return state if plain else _read(key, fact.steps, given, {fact.steps[-1]: state})


def _nullable(fact: Fact) -> bool:
    return fact.holds.nullable


def _read(key: str, steps: tuple[str, ...], given: int, stated: dict[str, Any]) -> Any:
    """Make a subject with so many parts, the innermost of which states something, and read it."""
    classes: list[Any] = [subject_class(key)]
    for step in steps[:-1]:
        classes.append(fields_of(classes[-1])[step].part)
    typed = {"type": type_of_key(key)} if "type" in fields_of(classes[0]) else {}
    value = classes[given](**stated, **({} if given else typed))
    for depth in reversed(range(given)):
        value = classes[depth](**{steps[depth]: value}, **({} if depth else typed))
    for step in steps:
        value = getattr(value, step)
    return value
