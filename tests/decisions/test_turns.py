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
    failing = options.failing
    return [
        tuple(
            [
                True
                if under(holding, option)
                else None
                if failing is not None and not under(failing[number], option)
                else False
                for number, holding in enumerate(options.holding)
            ]
        )
        for option in range(options.size)
    ]


@given(rows=ROWS)
def test_each_distinct_row_of_truths_is_an_option(rows: list[tuple[Truth, ...]]) -> None:
    assert rows_of(options_from(rows)) == list(dict.fromkeys(rows))


@given(rows=ROWS)
def test_the_bits_of_numbers_are_truths(rows: list[tuple[Truth, ...]]) -> None:
    known = [tuple([truth is True for truth in row]) for row in rows]
    numbers = [sum(truth << number for number, truth in enumerate(row)) for row in known]
    found = options_from_bits(numbers, TESTS)
    assert rows_of(found) == rows_of(options_from(known)) == list(dict.fromkeys(known))


@given(rows=ROWS)
def test_turns_are_as_many_as_an_axis_needs(rows: list[tuple[Truth, ...]]) -> None:
    found = options_from(rows)
    for turns in (*found.holding, *(found.failing or ())):
        assert len(turns) % 2 == 0
        assert list(turns) == sorted(set(turns))
