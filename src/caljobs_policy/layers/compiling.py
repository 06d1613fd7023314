# SPDX-License-Identifier: MIT
"""Compiles the policy in force on a day: each layer is built and judged by those above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from caljobs_policy.compiler.build import Built, build, check_used
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.layers.authority import Authorities
from caljobs_policy.layers.comparison import Comparison
from caljobs_policy.layers.differing import differences
from caljobs_policy.policy.policy import Policy


def compile_policy(layers: Sequence[Layer], day: date) -> Policy:
    """Compile the policy in force on a day; the first layer is the most local one.

    Raises a `ProfileError` with everything that is wrong.
    """
    problems = Problems(is_partial=any(layer.profile.is_partial for layer in layers))
    built = _compared(layers, day, problems)
    problems.raise_if_any()
    return built.policy


def _compared(layers: Sequence[Layer], day: date, problems: Problems) -> Built:
    """Build a policy, and judge each layer by what stands above it."""
    above = _compared(layers[1:], day, problems) if len(layers) > 1 else None
    built = build(layers, day, problems)
    if not problems and not any(layer.profile.problems for layer in layers):
        check_used(built.chain, built.vocabulary, problems)
    if above is None:
        return built
    loosenings, overrides = differences(Comparison(built, above), Authorities(layers, problems))
    policy = evolve(
        built.policy,
        loosenings=(*above.policy.loosenings, *loosenings),
        overrides=(*above.policy.overrides, *overrides),
    )
    return evolve(built, policy=policy)
