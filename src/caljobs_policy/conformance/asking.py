# SPDX-License-Identifier: MIT
"""Asks a system about cases, several at a time where that is wanted, and judges its answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Self

from attrs import frozen

from caljobs_policy.conformance.adapters.adapter import Adapter, Connection, Reply
from caljobs_policy.conformance.answers import Aspect, Claims, read_claims
from caljobs_policy.conformance.comparing import Difference, compared
from caljobs_policy.conformance.posing import Posed
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.collecting import UnreadableError
from caljobs_policy.errors.problems import Problem

_MOST_LOST: Final = 3
"""After so many cases in a row of which nothing comes back, a system is given up."""
_AHEAD: Final = 4
"""How many cases for each connection wait to be asked."""


@frozen(eq=False)
class Answered:
    """A case with what the policy decides of it and what a system answers."""

    posed: Posed
    decision: Decision
    claims: Claims | None = None
    """None where the system claims nothing, or did not answer."""
    differences: tuple[Difference, ...] = ()
    fault: str | None = None
    remark: str | None = None
    answer: Any = None
    """What the system answered, as it came."""

    @property
    def their_outcome(self) -> str | None:
        """The outcome that the system claims, if it does."""
        has_one = self.claims is not None and Aspect.OUTCOME in self.claims.aspects
        return self.claims.said.outcome if has_one and self.claims is not None else None


class GivenUpError(Exception):
    """A system does not answer any longer."""


class Desk:
    """Asks a system about cases; as a context, it lets go of the system at the end."""

    def __init__(
        self, adapter: Adapter, jobs: int = 1, step: Callable[[], object] = lambda: None
    ) -> None:
        self.adapter, self.jobs, self._step = adapter, jobs, step
        self.questions = 0
        """How many were asked."""
        self.has_heard = False
        """Whether anything ever came back."""
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._connections = [adapter.connect() for _ in range(jobs)]
        for connection in self._connections:
            self._idle.put(connection)
        self._lost = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for connection in self._connections:
            connection.close()

    def ask(self, posed: Posed) -> Answered:
        """Ask about one case."""
        return self._noted(posed, self._reply(posed))

    def answers(self, cases: Iterable[Posed]) -> Iterator[Answered]:
        """Yield the answers in the order of the cases; raises a `GivenUpError` in the place of one.

        A case is asked when it may be answered soon, so that cases need not be made in vain.
        """
        if self.jobs == 1:
            for one in cases:
                yield self.ask(one)
            return
        with ThreadPoolExecutor(self.jobs) as pool:
            waiting: deque[tuple[Posed, Future[Reply]]] = deque()
            try:
                for one in cases:
                    waiting.append((one, pool.submit(self._reply, one)))
                    if len(waiting) > self.jobs * _AHEAD:
                        yield self._next(waiting)
                while waiting:
                    yield self._next(waiting)
            finally:
                pool.shutdown(cancel_futures=True)

    def _next(self, waiting: deque[tuple[Posed, Future[Reply]]]) -> Answered:
        posed, reply = waiting.popleft()
        return self._noted(posed, reply.result())

    def _reply(self, posed: Posed) -> Reply:
        connection = self._idle.get()
        try:
            return connection.ask(posed.asked)
        finally:
            self._idle.put(connection)

    def _noted(self, posed: Posed, reply: Reply) -> Answered:
        """Judge a reply, unless it is the last of too many that are none."""
        self.questions += 1
        self._step()
        self._lost = self._lost + 1 if reply.is_lost else 0
        self.has_heard = self.has_heard or not reply.is_lost
        if self._lost >= _MOST_LOST:
            raise GivenUpError(reply.fault)
        return judged(posed, reply)


def judged(posed: Posed, reply: Reply) -> Answered:
    """Return a case with what came back for it, compared with the decision."""
    decision = posed.decide()
    if reply.fault is not None:
        return Answered(posed, decision, fault=reply.fault)
    try:
        claims = read_claims(posed.policy, reply.answer)
    except UnreadableError as error:
        fault = "; ".join(map(_in_a_line, error.problems))
        return Answered(posed, decision, fault=fault, remark=reply.remark, answer=reply.answer)
    differences = compared(claims, decision) if claims is not None else ()
    return Answered(posed, decision, claims, differences, remark=reply.remark, answer=reply.answer)


def _in_a_line(problem: Problem) -> str:
    return f"{problem.message} ({problem.help})" if problem.help else problem.message
