# SPDX-License-Identifier: MIT
"""The stages of an answer, from a mapping to plain data, each with what is written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeAlias

from benchmarks.twins.parts import Twin
from caljobs_policy import evaluate
from caljobs_policy.engines import native
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject

Answering: TypeAlias = Callable[[Subject, datetime], Any]
"""Makes something of a subject at a moment."""


def _as_it_is(policy: Policy, key: str, found: Any) -> Any:
    return found


class Stage(NamedTuple):
    """A stage: how a policy goes through it, and how a function written by hand does."""

    name: str
    of_policy: Callable[[Policy, str], Answering]
    by_hand: Callable[[Twin, Policy], Answering]
    seen: Callable[[Policy, str, Any], Any] = _as_it_is
    """Makes what a policy gives comparable: by hand, a rule is its name and no number."""


def _verdict(policy: Policy, key: str) -> Answering:
    return native.function_for(policy, policy.plans[key])


def _rules(policy: Policy, key: str, found: Any) -> Any:
    hits, unsure = found
    assert not unsure
    return tuple(policy.plans[key].checks[number].id for number in hits)


def _decision(policy: Policy, key: str) -> Answering:
    return partial(evaluate, policy)


def _answer(policy: Policy, key: str, found: Any) -> Any:
    assert not found.needs
    rules = _rules(policy, key, (found.hits, found.unsure))
    return (found.subject, found.at, found.outcome, rules)


def _part(name: str) -> Stage:
    """Return the stage of a decision and one part of its reasons."""
    return Stage(f".{name}", _reading(name), lambda twin, _: attrgetter(name)(twin))


def _reading(*names: str) -> Callable[[Policy, str], Answering]:
    """Return what decides and then reads some parts of the reasons."""
    read = attrgetter(*names)
    return lambda policy, key: lambda subject, at: read(evaluate(policy, subject, at))


_PARTS: Final = ("findings", "route", "duties", "deadlines", "readings")


def _to_dict(policy: Policy, key: str) -> Answering:
    return lambda subject, at: evaluate(policy, subject, at).to_dict()


def _to_dict_by_hand(twin: Twin, policy: Policy) -> Answering:
    return partial(twin.to_dict, policy)


STAGES: Final = (
    Stage("verdict", _verdict, lambda twin, _: twin.verdict, _rules),
    Stage("decision", _decision, lambda twin, _: twin.decision, _answer),
    *map(_part, _PARTS),
    Stage("all parts", _reading(*_PARTS), lambda twin, _: twin.reasons),
    Stage("to_dict()", _to_dict, _to_dict_by_hand),
)
"""The stages of what is known; each begins with the subject."""
