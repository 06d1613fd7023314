# SPDX-License-Identifier: MIT
"""What a part of the reasons asks about a subject, answered at once by generated code."""

from __future__ import annotations

from collections.abc import Iterable

from caljobs_policy.engines import native
from caljobs_policy.engines.verdict import Answering, Question
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan


class Questions:
    """Questions about a subject, each asked once and known by its number."""

    def __init__(self) -> None:
        self._numbers: dict[Question, int] = {}

    def number(self, question: Question) -> int:
        """Return under which number a question is answered."""
        return self._numbers.setdefault(question, len(self._numbers))

    def numbers(self, questions: Iterable[Question]) -> tuple[int, ...]:
        """Return under which numbers questions are answered."""
        return tuple(map(self.number, questions))

    def answering(self, policy: Policy, plan: Plan) -> Answering:
        """Return what answers all of them; none can be added after that."""
        return native.answering(policy, plan, tuple(self._numbers))
