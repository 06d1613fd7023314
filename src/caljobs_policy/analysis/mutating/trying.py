# SPDX-License-Identifier: MIT
"""Which worked case of a profile fails under a mutant of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.mutating.decisive import marks_that_differ
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.expectation import Expectation, expected_clauses
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.strangers import check_subject
from caljobs_policy.subjects.facts import subject_key

_QUICKEST: Final = "naive"
"""The engine that needs no time to get ready, as a mutant decides few cases."""


@frozen(eq=False)
class _Passing:
    """A case that passes, with the rules and clauses that it is about."""

    case: Case
    marks: Set[str]


class WorkedCases:
    """The worked cases of a profile; the likeliest of those that pass are tried first."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.failing: list[Case] = []
        self._passing: dict[tuple[tuple[str, ...], str], list[_Passing]] = defaultdict(list)
        for case in cases:
            if case.expect is None:
                continue
            decision = evaluate(case.policy, case.subject, case.at)
            if case.differences(decision):
                self.failing.append(case)
                continue
            marks = frozenset({*_named(case.expect), *_found(decision)})
            key = case.policy.editions, subject_key(case.subject)
            self._passing[key].append(_Passing(case, marks))

    def that_tells(self, was: Policy, mutant: Policy, keys: Collection[str]) -> Case | None:
        """Return a case about one of some sorts of subject that fails under a mutant.

        Those are tried first that are about what differs, and then those that told the last ones.
        """
        if not was.words_known <= mutant.words_known:
            for key in was.plans:
                for one in self._passing.get((was.editions, key), ()):
                    if check_subject(mutant, one.case.subject):
                        return one.case
        return next(filter(None, (self._about(was, mutant, key) for key in keys)), None)

    def _about(self, was: Policy, mutant: Policy, key: str) -> Case | None:
        cases = self._passing.get((was.editions, key), [])
        differing = marks_that_differ(was, mutant, key)
        for one in sorted(cases, key=lambda one: len(one.marks & differing), reverse=True):
            if fails(one.case, mutant):
                cases.remove(one)
                cases.insert(0, one)
                return one.case
        return None


def _named(expect: Expectation) -> Iterator[str]:
    """Yield the clauses that an expectation names, also those that must not be cited."""
    yield from expected_clauses(expect)
    yield from expect.not_clauses
    for duty in expect.not_duties:
        yield from duty.clauses


def _found(decision: Decision) -> Iterator[str]:
    for finding in decision.findings:
        yield finding.rule
        yield from finding.clauses


def fails(case: Case, policy: Policy, engine: str = _QUICKEST) -> bool:
    """Return whether a case fails under a policy, or is none there."""
    try:
        decision = evaluate(policy, case.subject, case.at, engine=engine)
    except SubjectError:
        return True
    return bool(case.differences(decision))
