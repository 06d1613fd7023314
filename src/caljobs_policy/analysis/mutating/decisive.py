# SPDX-License-Identifier: MIT
"""What a plan says that can make a difference to a decision: not its words, not its readings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Set
from typing import Any, Final, TypeAlias

import attrs

from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, DeadlineRule, DutyRule, Leg, Origin, Plan, Route

_Part: TypeAlias = Check | Route | DutyRule | DeadlineRule
_MADE_OF: Final = (Plan, Check, Route, DutyRule, DeadlineRule, Leg)
_TOLD: Final = frozenset(
    {
        "say",
        "remedy",
        "stated",
        "title",
        "names",
        "readings",
        "readings_if",
        "readings_where",
        "readings_by",
        "readings_open",
    }
)
"""The parts of a plan that say a decision in words, or by which readings it is so."""


@attrs.frozen(eq=False)
class _Decisive:
    """What decides in a plan: as a whole, and part by part."""

    whole: Hashable
    parts: Mapping[Hashable, _Part]


def decisive(plan: Plan) -> Hashable:
    """Return what is the same for plans by which every subject is decided alike."""
    return _decisive(plan)


def _decisive(value: Any) -> Hashable:
    if isinstance(value, _MADE_OF):
        return (type(value), *_parts(value))
    if isinstance(value, Mapping):
        return tuple((key, _decisive(one)) for key, one in value.items())
    if isinstance(value, tuple):
        return tuple(map(_decisive, value))
    found: Hashable = value
    return found


def _parts(value: Any) -> Iterator[Hashable]:
    for field in attrs.fields(type(value)):
        found = getattr(value, field.name) if field.init and field.name not in _TOLD else None
        yield None if isinstance(found, Origin) else _decisive(found)


def keys_that_differ(one: Policy, other: Policy) -> tuple[str, ...]:
    """Return the sorts of subject of which two policies may decide some unlike."""
    keys = dict.fromkeys((*one.plans, *other.plans))
    return tuple(key for key in keys if _are_unlike(one, other, key))


def _are_unlike(one: Policy, other: Policy, key: str) -> bool:
    is_kept = key in one.plans and one.plans[key] is other.plans.get(key)
    return not is_kept and _of(one, key).whole != _of(other, key).whole


def marks_that_differ(one: Policy, other: Policy, key: str) -> Set[str]:
    """Return the names and the clauses of the parts of a plan that differ in two policies."""
    here, there = _of(one, key).parts, _of(other, key).parts
    only = [part for name, part in here.items() if name not in there]
    only += [part for name, part in there.items() if name not in here]
    return {mark for part in only for mark in _marks(part)}


def _marks(part: _Part) -> Iterator[str]:
    yield part.id
    yield from part.clauses
    if isinstance(part, Check):
        yield from (clause for more in part.clauses_if.values() for clause in more)
        yield from (clause for _, more in part.clauses_where for clause in more)
    if isinstance(part, DeadlineRule):
        yield from (clause for leg in part.legs for clause in leg.clauses)


def _of(policy: Policy, key: str) -> _Decisive:
    found: _Decisive = policy.made(("decisive", key), _made, key)
    return found


def _made(policy: Policy, key: str) -> _Decisive:
    plan = policy.plans.get(key)
    if plan is None:
        return _Decisive(None, {})
    parts: tuple[_Part, ...] = (*plan.checks, *plan.routes, *plan.duties, *plan.deadlines)
    return _Decisive(decisive(plan), {_decisive(part): part for part in parts})
