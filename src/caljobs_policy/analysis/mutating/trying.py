# SPDX-License-Identifier: MIT
"""Which worked case of a profile fails under a mutant of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from caljobs_policy.cases.case import Case
from caljobs_policy.decisions import evaluate
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import subject_key

_QUICKEST: Final = "naive"
"""The engine that needs no time to get ready, as a mutant decides few cases."""


class WorkedCases:
    """The worked cases of a profile that pass, those first that told the last mutants."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.failing: list[Case] = []
        self._passing: dict[tuple[tuple[str, ...], str], list[Case]] = defaultdict(list)
        for case in cases:
            if case.expect is None:
                continue
            if fails(case, case.policy):
                self.failing.append(case)
            else:
                key = subject_key(case.subject)
                self._passing[case.policy.editions, key].append(case)

    def that_tells(self, was: Policy, mutant: Policy, keys: Collection[str]) -> Case | None:
        """Return a case about one of some sorts of subject that fails under a mutant."""
        known = was.words_known <= mutant.words_known
        tried = keys if known else (*keys, *(key for key in was.plans if key not in keys))
        for key in tried:
            cases = self._passing.get((was.editions, key), [])
            for number, case in enumerate(cases):
                if fails(case, mutant):
                    cases.insert(0, cases.pop(number))
                    return case
        return None


def fails(case: Case, policy: Policy, engine: str = _QUICKEST) -> bool:
    """Return whether a case fails under a policy, or is none there."""
    try:
        decision = evaluate(policy, case.subject, case.at, engine=engine)
    except SubjectError:
        return True
    return bool(case.differences(decision))
