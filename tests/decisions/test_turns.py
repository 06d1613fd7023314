# SPDX-License-Identifier: MIT
"""Options told by where the truths of tests turn, compared with the truths one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.decisions.turns import Options, Turns, options_from, options_from_bits
from caljobs_policy.subjects.unknown import Truth

TESTS = 3
ROWS = st.lists(st.tuples(*[st.sampled_from((True, False, None))] * TESTS), min_size=1, max_size=8)


def under(turns: Turns, option: int) -> bool:
    """Whether something is so under an option."""
    return sum(turn <= option for turn in turns) % 2 == 1


def rows_of(options: Options) -> list[tuple[Truth, ...]]:
    unsure = options.unsure or ((),) * len(options.holding)
    return [
        tuple(
            [
                None if under(unknown, option) else under(holding, option)
                for holding, unknown in zip(options.holding, unsure, strict=True)
            ]
        )
        for option in range(options.size)
    ]


@given(rows=ROWS)
def test_each_distinct_row_of_truths_is_an_option(rows: list[tuple[Truth, ...]]) -> None:
    assert rows_of(options_from(rows)) == list(dict.fromkeys(rows))


@given(rows=ROWS)
def test_the_bits_of_numbers_are_truths(rows: list[tuple[Truth, ...]]) -> None:
    numbers = [
        sum((truth is True) << n | (truth is None) << (TESTS + n) for n, truth in enumerate(row))
        for row in rows
    ]
    assert rows_of(options_from_bits(numbers, TESTS)) == list(dict.fromkeys(rows))


@given(rows=ROWS)
def test_turns_are_as_many_as_an_axis_needs(rows: list[tuple[Truth, ...]]) -> None:
    found = options_from(rows)
    for turns in (*found.holding, *found.unsure):
        assert len(turns) % 2 == 0
        assert list(turns) == sorted(set(turns))
