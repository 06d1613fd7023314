# SPDX-License-Identifier: MIT
"""Writes a function that answers several questions about a subject at once."""

from __future__ import annotations

from collections.abc import Sequence

from caljobs_policy.engines.native.writer import Writer
from caljobs_policy.engines.verdict import Answering, Question
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Fact


def answering(policy: Policy, plan: Plan, questions: Sequence[Question]) -> Answering:
    """Return a generated function of the truths of conditions and of what facts hold."""
    return _AnswersWriter(policy, plan, questions).function()


class _AnswersWriter(Writer):
    """Writes the function that answers some questions, in their order."""

    def __init__(self, policy: Policy, plan: Plan, questions: Sequence[Question]) -> None:
        super().__init__(plan, policy.zone)
        self.questions = questions

    def function(self) -> Answering:
        """Write and compile the function."""
        conditions = [one for one in self.questions if not isinstance(one, Fact)]
        facts = (one for one in self.questions if isinstance(one, Fact))
        body = [*self._prepared(conditions, facts)]
        found = "".join(f"{self._answer(one)}, " for one in self.questions)
        function: Answering = self.made(self._defined([*body, f"return ({found})"]))
        return function

    def _answer(self, question: Question) -> str:
        return self.facts[question] if isinstance(question, Fact) else self._truth(question)
