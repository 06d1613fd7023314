# SPDX-License-Identifier: MIT
"""What a subject could state of a fact: a value for each way in which its tests come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from caljobs_policy.analysis.variants import Steps, also_signed, key_of, statements_beside
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.options import answers_of
from caljobs_policy.decisions.variables import Asked, variable_of
from caljobs_policy.subjects.facts import Fact, subject_key


class Answers:
    """The answers that make a difference to a decision, fact by fact."""

    def __init__(self, decision: Decision) -> None:
        self.decision, self.policy = decision, decision.policy
        self.read = reader_of(decision)
        self._asked = Asked()
        plan = self.policy.plans.get(subject_key(decision.subject))
        checks = plan.checks if plan is not None else ()
        tests = dict.fromkeys(test for check in checks for test in check.tests)
        self._questions = [self._asked[test] for test in tests]

    def stated(self, fact: Fact) -> Fact:
        """Return the stated fact behind one that is read."""
        return self._asked.source(fact).fact

    def to(self, fact: Fact) -> Iterator[Mapping[Steps, Any]]:
        """Yield what answers about a stated fact would state."""
        about = tuple(one for one in self._questions if fact in one.reads.facts)
        variable = variable_of((self._asked.source(fact),), about)
        for value in answers_of(self.policy, variable, self.read):
            if fact.form is None:
                yield {key_of(fact): list(value) if isinstance(value, tuple) else value}
            else:
                known = statements_beside(fact, self.decision.subject)
                yield {key_of(fact): also_signed(known, fact, value)}
