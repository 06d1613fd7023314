# SPDX-License-Identifier: MIT
"""The readings that the parts of a decision rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from caljobs_policy.decisions.reasons import DeadlineSet
from caljobs_policy.policy.rules import Check, DeadlineRule, Route
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact


def behind_check(check: Check, kind: str | None, leaf: Leaf) -> tuple[str, ...]:
    """Return the readings behind the result of a check.

    A failed check rests on the readings of its `kind` of failure, any other on those of all kinds.
    """
    kinds = [*check.readings_if] if kind is None else [kind]
    of_kind = (reading for one in kinds for reading in check.readings_if.get(one, ()))
    where = _holding(check.readings_where, leaf)
    return tuple(dict.fromkeys((*check.readings, *of_kind, *where)))


def behind_route(
    row: Route, facts: Mapping[str, Fact], read: Callable[[Fact], Any]
) -> Iterator[str]:
    """Yield the readings behind a row, and those by which the requestor counts as named in it."""
    yield from row.readings
    yield from row.readings_by.get(str(read(facts["request.requestor.role"])), ())


def behind_deadline(rule: DeadlineRule, found: DeadlineSet, leaf: Leaf) -> Iterator[str]:
    """Yield the readings behind a deadline, and those of its conditions that may hold."""
    yield from rule.readings
    yield from _holding(rule.readings_where, leaf)
    if not found.is_met:
        yield from rule.readings_open


def _holding(readings_where: Iterable[tuple[Any, tuple[str, ...]]], leaf: Leaf) -> Iterator[str]:
    for condition, readings in readings_where:
        if truth(condition, leaf) is not False:
            yield from readings
