# SPDX-License-Identifier: MIT
"""What was worked out before is remembered, up to a bound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from caljobs_policy.plain.memo import Lookup, Memo


def test_an_answer_is_made_once() -> None:
    memo, made = Memo(), list[int]()

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    assert [memo.get(("double", n), double, n) for n in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert made == [1, 2]


def test_it_never_keeps_more_than_it_may() -> None:
    memo = Memo(most=10)
    for number in range(1000):
        assert memo.get(number, str, number) == str(number)
        assert len(memo) <= 10


def test_heavy_answers_are_fewer() -> None:
    memo = Memo(most=10, heaviest=20)
    for number in range(1000):
        assert memo.get(number, str, number, weight=number % 7) == str(number)
        assert memo.weight <= 20
        assert len(memo) <= 10


def test_an_answer_that_is_too_heavy_is_still_given() -> None:
    memo = Memo(heaviest=20)
    assert [memo.get(n, str, n, weight=30) for n in (1, 1, 2)] == ["1", "1", "2"]
    assert len(memo) == 1


def test_threads_get_the_right_answers() -> None:
    memo = Memo(most=5)
    numbers = [number % 11 for number in range(20_000)]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda number: memo.get(number, str, number), numbers, chunksize=50)
    assert list(found) == [str(number) for number in numbers]


def test_lookup_makes_each_answer_once_and_is_bounded() -> None:
    made: list[int] = []

    def make(number: int) -> str:
        made.append(number)
        return f"{number}"

    lookup = Lookup(make, most=2)
    assert [lookup[n] for n in (1, 2, 1, 2)] == ["1", "2", "1", "2"]
    assert made == [1, 2]
    assert [lookup[n] for n in (3, 1)] == ["3", "1"]
    assert made == [1, 2, 3, 1]
    assert len(lookup) == 2
