# SPDX-License-Identifier: MIT
"""Evaluates one request under several profiles and prints the answers side by side."""

from __future__ import annotations

from collections.abc import Sequence

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in, counterpart
from caljobs_policy.cli.exit_codes import ExitCode, first_that_applies
from caljobs_policy.cli.progress import Bar
from caljobs_policy.cli.streams import documents_of
from caljobs_policy.cli.terminal import errors, output, print_problem, tell_notices
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.exceptions import CaseError, PolicyError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.policies import load_policy
from caljobs_policy.report.side_by_side import side_by_side


class CaseComparison:
    """Compares cases and keeps what the run comes to."""

    def __init__(self, profiles: Sequence[str]) -> None:
        self.profiles = profiles
        self.codes: set[ExitCode] = set()

    @property
    def exit_code(self) -> ExitCode:
        """What the run comes to; outcomes themselves are neither good nor bad here."""
        return first_that_applies(self.codes)

    def show(self, name: str, bar: Bar) -> None:
        """Compare all cases of a file."""
        documents = documents_of(name)
        if isinstance(documents, Problem):
            self.codes.add(ExitCode.COULD_NOT_RUN)
            print_problem(documents)
            return
        for title, case in bar.over(cases_in(documents, folders=name != "-")):
            if isinstance(case, CaseError):
                self._refuse(case)
            else:
                self._compare(title, case)

    def _compare(self, title: str | None, case: Case) -> None:
        decisions = [evaluate(case.policy, case.subject, case.at)]
        for profile in self.profiles:
            decision = self._decide(profile, case)
            if decision is not None and decision.policy not in [d.policy for d in decisions]:
                decisions.append(decision)
        for decision in decisions:
            tell_notices(decision.policy)
        output(side_by_side(title, decisions))

    def _decide(self, profile: str, case: Case) -> Decision | None:
        try:
            policy = load_policy(profile, case.policy.day)
            return evaluate(policy, counterpart(case, policy), case.at)
        except PolicyError as error:
            self._refuse(error)
            return None

    def _refuse(self, error: PolicyError) -> None:
        self.codes.add(ExitCode.INVALID)
        errors(error)
