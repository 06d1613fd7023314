# SPDX-License-Identifier: MIT
"""A connection that calls a function in a thread of its own, so that it can be given up."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread

from attrs import field, frozen

from caljobs_policy.conformance.adapters.adapter import Asked, Reply, late


@frozen(eq=False)
class _Worker:
    """A thread that answers cases, until it is told to end or given up."""

    function: Callable[[Asked], Reply]
    cases: SimpleQueue[Asked | None] = field(factory=SimpleQueue)
    replies: SimpleQueue[Reply] = field(factory=SimpleQueue)

    def start(self) -> None:
        # Nobody can end a thread that hangs, and as a daemon it keeps no program from ending.
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while (case := self.cases.get()) is not None:
            self.replies.put(self.function(case))


class TimedCalls:
    """Calls a function that never raises; what takes too long is left behind."""

    def __init__(self, function: Callable[[Asked], Reply], limit: float) -> None:
        self.function, self.limit = function, limit
        self._worker: _Worker | None = None

    def ask(self, case: Asked) -> Reply:
        """Call the function, and wait no longer than the time limit."""
        if self._worker is None:
            self._worker = _Worker(self.function)
            self._worker.start()
        self._worker.cases.put(case)
        try:
            return self._worker.replies.get(timeout=self.limit)
        except Empty:
            self.close()
            return late(self.limit)

    def close(self) -> None:
        """Let the thread end once it is done with what it does."""
        if self._worker is not None:
            self._worker.cases.put(None)
        self._worker = None
