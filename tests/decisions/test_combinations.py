# SPDX-License-Identifier: MIT
"""Sets of combinations as the bits of numbers, compared with the combinations one by one."""

from __future__ import annotations

from itertools import product
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.decisions.combinations import axes_of, by_weight, weights_in

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def combinations(sizes: list[int]) -> list[tuple[int, ...]]:
    """All combinations in their order: the first option changes fastest."""
    backwards = product(*(range(size) for size in reversed(sizes)))
    return [tuple(reversed(choice)) for choice in backwards]


@given(sizes=SIZES)
def test_each_option_is_taken_by_the_combinations_that_have_it(sizes: list[int]) -> None:
    for position, axis in enumerate(axes_of(sizes)):
        for option in range(sizes[position]):
            where = axis.taking((option, option + 1))
            taken = [choice[position] == option for choice in combinations(sizes)]
            assert [bool(where >> n & 1) for n in range(prod(sizes))] == taken


@given(sizes=SIZES, data=st.data())
def test_a_variable_moves_what_differs_between_its_options(
    sizes: list[int], data: st.DataObject
) -> None:
    found = data.draw(st.integers(0, (1 << prod(sizes)) - 1))
    members = {c for n, c in enumerate(combinations(sizes)) if found >> n & 1}
    for position, axis in enumerate(axes_of(sizes)):
        rows: dict[tuple[int, ...], set[bool]] = {}
        for choice in combinations(sizes):
            rest = choice[:position] + choice[position + 1 :]
            rows.setdefault(rest, set()).add(choice in members)
        assert axis.moves(found) is any(len(row) > 1 for row in rows.values())


@given(violated=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 255)), min_size=1))
def test_the_weights_are_those_of_the_heaviest_findings(violated: list[tuple[int, int]]) -> None:
    weights, where = zip(*violated, strict=True)
    heaviest = {
        max((w for w, found in violated if found >> bit & 1), default=0) for bit in range(8)
    }
    assert set(weights_in(by_weight(weights, where), 255)) == heaviest
