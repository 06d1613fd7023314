# SPDX-License-Identifier: MIT
"""The review of rosters, row by row, on one core or on several."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Final

from caljobs_policy.decisions import check_asked, evaluate
from caljobs_policy.errors.arguments import require_moment, wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import EngineError, SubjectError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.reading.rows import Raw
from caljobs_policy.rosters.reviewer import WITHIN, Reviewer
from caljobs_policy.rosters.transport import (
    PackedEntry,
    PackedRows,
    packed_entries,
    packed_rows,
    unpacked_entries,
    unpacked_rows,
)
from caljobs_policy.rosters.worklist import entry_of, unread
from caljobs_policy.subjects.account import Account
from caljobs_policy.subjects.fields import folded

BLOCK: Final = 10_000
"""How many rows are reviewed together."""
_SHARED_BLOCK: Final = 5_000
"""How many of them one process of several takes at a time."""


def review(
    policy: Policy,
    rows: Iterable[Account],
    *,
    at: datetime | None = None,
    within: int = WITHIN,
    engine: str = "native",
) -> Iterator[RosterEntry]:
    """Evaluate accounts one by one, and yield for each what has to be done.

    `at` is the moment of the review, noon of the policy's day by default; `within` is how many
    days ahead deadlines are listed. Entries come in the order of the rows and are not kept in
    memory. An account with words that the policy does not know gets problems and no outcome.
    Raises a `TypeError` if an argument has the wrong type.
    """
    check_asked(policy, engine)
    require_moment("at", at)
    if not isinstance(within, int):
        raise wrong("within", "a whole number of days", within)
    if not isinstance(rows, Iterable):
        raise wrong("rows", "Accounts, in a list or any other iterable", rows)
    return _reviewed(policy, rows, at, within, engine)


def _reviewed(
    policy: Policy, rows: Iterable[Account], at: datetime | None, within: int, engine: str
) -> Iterator[RosterEntry]:
    for number, account in enumerate(rows, start=1):
        if not isinstance(account, Account):
            raise wrong("rows", "Accounts", account, f"it is number {number}")
        try:
            decision = evaluate(policy, account, at, engine=engine)
        except SubjectError as error:
            username = account.username if isinstance(account.username, str) else None
            yield unread(number, Place(), username, error.problems)
        else:
            yield entry_of(decision, number, Place(), within)


def review_rows(
    reviewer: Reviewer, rows: Iterable[Raw], jobs: int = 1, block: int = BLOCK
) -> Iterator[RosterEntry]:
    """Review rows in order, in `jobs` processes (0: one per core), `block` of them together.

    A row that repeats the user name of an earlier one gets no outcome, whatever else it says.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs > 1:
        return _without_doubles(
            _in_processes(reviewer, _blocks(rows, min(block, _SHARED_BLOCK)), jobs)
        )
    run = reviewer.run()
    return _without_doubles(entry for some in _blocks(rows, block) for entry in run(some))


def _blocks(rows: Iterable[Raw], size: int) -> Iterator[list[Raw]]:
    given = iter(rows)
    return iter(lambda: [*islice(given, size)], [])


def _in_processes(
    reviewer: Reviewer, blocks: Iterable[list[Raw]], jobs: int
) -> Iterator[RosterEntry]:
    """Review blocks in several processes, with no more in flight than they can soon take."""
    waiting: deque[tuple[list[Raw], Future[list[PackedEntry]]]] = deque()

    def first() -> Iterator[RosterEntry]:
        block, future = waiting.popleft()
        return unpacked_entries(future.result(), block, reviewer.layout.file)

    with _pool(reviewer, jobs) as pool:
        for block in blocks:
            waiting.append((block, _submitted(pool, block)))
            if len(waiting) > 3 * jobs:
                yield from first()
        while waiting:
            yield from first()


@contextmanager
def _pool(reviewer: Reviewer, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Return processes that review; whatever happens, none of them goes on or waits for more."""
    # Once Polars has begun its threads, a fork of this process would wait for them for ever.
    start = get_context("spawn" if "polars" in sys.modules else None)
    pool = ProcessPoolExecutor(jobs, start, initializer=_prepare, initargs=(reviewer,))
    try:
        yield pool
    except BrokenProcessPool:
        message = "a worker process was ended from outside, so the review is incomplete"
        remedy = "run it again, perhaps with fewer processes, such as --jobs 1"
        raise EngineError(Problem(message, Place(), remedy)) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, block: list[Raw]) -> Future[list[PackedEntry]]:
    try:
        with _interrupts_held_back():
            return pool.submit(_work, packed_rows(block))
    except OSError as error:
        # Those that were started would wait for ever, as nothing hands out rows.
        for process in active_children():
            process.terminate()
        reason = (error.strerror or "nobody says why").lower()
        message = f"no more worker processes can be started: {reason}"
        remedy = "use fewer of them, such as --jobs 1"
        raise EngineError(Problem(message, Place(), remedy)) from None


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that no interrupt reaches, where the system can: this one ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_running: list[Callable[[Sequence[Raw]], list[RosterEntry]]] = []
"""In a worker process, the function that reviews rows."""


def _prepare(reviewer: Reviewer) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_parent, daemon=True).start()
    _running.append(reviewer.run())


def _end_with_the_parent() -> None:
    """End this process as soon as its parent has ended for whatever reason."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(block: PackedRows) -> list[PackedEntry]:
    return packed_entries(_running[-1](unpacked_rows(block)))


def _without_doubles(entries: Iterable[RosterEntry]) -> Iterator[RosterEntry]:
    """Refuse a user name that an earlier row has; a digest of each is kept, 80 MB for a million."""
    seen: set[bytes] = set()
    for entry in entries:
        if entry.username is None:
            yield entry
            continue
        name = blake2b(folded(entry.username).encode(), digest_size=8).digest()
        if name not in seen:
            seen.add(name)
            yield entry
            continue
        problems = (*entry.problems, double(entry.place))
        yield unread(entry.number, entry.place, entry.username, problems)


def double(place: Place) -> Problem:
    """Return the problem of a user name that an earlier row has."""
    message = "an earlier row has the same user name"
    return Problem(message, place, "keep the row that is right", code=Code.DUPLICATE)
