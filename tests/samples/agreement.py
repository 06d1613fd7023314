# SPDX-License-Identifier: MIT
"""Compares what two engines say of many random subjects."""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random
from typing import Final

from attrs import evolve, fields
from hypothesis import settings

from caljobs_policy import Policy, evaluate
from caljobs_policy.decisions.decision import usual_moment
from caljobs_policy.decisions.evaluation import ENGINES
from caljobs_policy.subjects.facts import Subject
from tests.conftest import IN_CI

_PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "")
CASES: Final = {"ci": 10_000, "soak": 100_000, "quick": 500}.get(_PROFILE, 2_000)
"""How many random cases are compared: half under random policies, half under shipped ones."""
DRAWN: Final = 3
"""How many subjects are drawn at a time, which is slow."""
MIXED: Final = 50
"""How many cases are made of these and their parts."""
_FEWEST: Final = 4
"""How often to draw at least: what is drawn first is plain, and states next to nothing."""


def examples(cases: int) -> settings:
    """Return how often to draw subjects for so many cases."""
    return settings(max_examples=max(_FEWEST, -(-cases // MIXED)))


def rows_of_each(kinds: int) -> int:
    """Return how many rows of tables about each of some kinds of subjects are compared."""
    return CASES if _PROFILE == "soak" else CASES // 2 // kinds


def mixed(drawn: Sequence[Subject], chance: Random) -> Subject:
    """Return a subject whose every fact is that of one of several subjects."""
    return evolve(
        drawn[0],
        **{
            field.alias: getattr(chance.choice(drawn), field.name)
            for field in fields(type(drawn[0]))
            if field.init and field.name != "type"
        },
    )


def agree(
    engines: tuple[str, str], policy: Policy, key: str, drawn: Sequence[Subject], seed: int
) -> None:
    """Compare the verdicts of many subjects, and two decisions of them field by field.

    All of a decision beside the verdict is worked out by the same functions, from the verdict.
    """
    chance = Random(seed)  # noqa: S311  # it draws tests
    one, other = (ENGINES[name] for name in engines)
    plan = policy.plans[key]
    for number in range(MIXED):
        subject = drawn[number] if number < len(drawn) else mixed(drawn, chance)
        at = usual_moment(policy, subject)
        assert one(policy, plan, subject, at) == other(policy, plan, subject, at)
        if number in {0, MIXED - 1}:
            first, second = (evaluate(policy, subject, engine=name) for name in engines)
            assert first.to_dict(everything=True) == second.to_dict(everything=True)
