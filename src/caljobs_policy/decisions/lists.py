# SPDX-License-Identifier: MIT
"""The lists of words that an unknown fact can hold, as the truths that they give its tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from caljobs_policy.decisions.combinations import Axis, axes_of
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.operators.lists import Naming
from caljobs_policy.subjects.unknown import Truth


def truths_of_lists(
    tests: Iterable[Test], words: Sequence[str], zone: tzinfo
) -> list[tuple[Truth, ...]]:
    """Return the distinct truths that lists of some words give to tests.

    A list takes or leaves each word, so the lists are combinations; those that no test so far
    tells apart are kept together.
    """
    axes = axes_of([2] * len(words))
    full = (1 << 2 ** len(words)) - 1
    alike: dict[tuple[Truth, ...], int] = {(): full}
    for test in tests:
        passing = _passing(test.operator, dict(zip(words, axes, strict=True)), full, zone)
        alike = {
            (*truths, truth): part
            for truths, lists in alike.items()
            for truth, part in ((True, lists & passing), (False, lists & ~passing))
            if part
        }
    return list(alike)


def _passing(operator: Operator, axes: Mapping[str, Axis], full: int, zone: tzinfo) -> int:
    """Return the lists that pass a test; combination 0 is the empty one."""
    if not isinstance(operator, Naming):
        # What names no words asks only whether there are some.
        empty, filled = (operator.holds(value, (), zone) for value in ((), ("",)))
        return (1 if empty else 0) | (full & ~1 if filled else 0)
    if not axes.keys() >= set(operator.needed):
        return 0
    passing = full
    for word, axis in axes.items():
        if word in operator.needed:
            passing &= axis.taking((1, 2))
        if not operator.allows(word):
            passing &= axis.taking((0, 1))
    return passing
