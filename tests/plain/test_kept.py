# SPDX-License-Identifier: MIT
"""A kept property is worked out once, and is the same object for every thread."""

from __future__ import annotations

from threading import Barrier, Thread

from caljobs_policy.plain.kept import kept


class Slow:
    """Has a value that two threads begin to work out at the same time."""

    def __init__(self, threads: int) -> None:
        self.made = 0
        self.barrier = Barrier(threads)

    @kept
    def value(self) -> object:
        """A new object each time."""
        self.barrier.wait(10)
        self.made += 1
        return object()


def test_a_value_is_made_when_first_asked_for_and_then_kept() -> None:
    slow = Slow(1)
    assert slow.made == 0
    assert slow.value is slow.value
    assert slow.made == 1


def test_threads_that_ask_at_once_get_one_object() -> None:
    slow = Slow(4)
    found: list[object] = []
    threads = [Thread(target=lambda: found.append(slow.value)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slow.made == 4
    assert len(found) == 4
    assert set(found) == {slow.value}
