# SPDX-License-Identifier: MIT
"""Compiles the policy in force on a day: each layer is built and judged by those above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from attrs import evolve, frozen

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


@frozen(eq=False)
class Basis:
    """A policy as it was built on a day, with which variations of its local profile begin."""

    built: Built
    above: Built | None
    """What stands above the local profile."""
    day: date

    def varied(self, layers: Sequence[Layer], anew: Collection[str]) -> Policy:
        """Compile a policy of which only the plans of some sorts of subject may differ.

        Of the layers, the first alone differs. Raises a `ProfileError` as `compile_policy` does.
        """
        problems = Problems()
        built = build(layers, self.day, problems, like=self.built, anew=anew)
        judged = _judged(layers, problems, built, self.above)
        problems.raise_if_any()
        return judged.policy


def basis_of(layers: Sequence[Layer], day: date) -> Basis:
    """Return what variations of a sound local profile have in common."""
    problems = Problems()
    above = _compared(layers[1:], day, problems) if len(layers) > 1 else None
    return Basis(build(layers, day, problems), above, day)


def _compared(layers: Sequence[Layer], day: date, problems: Problems) -> Built:
    """Build a policy, and judge each layer by what stands above it."""
    above = _compared(layers[1:], day, problems) if len(layers) > 1 else None
    return _judged(layers, problems, build(layers, day, problems), above)


def _judged(
    layers: Sequence[Layer], problems: Problems, built: Built, above: Built | None
) -> Built:
    """Judge the most local layer of a policy by what stands above it."""
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
