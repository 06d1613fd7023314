# SPDX-License-Identifier: MIT
"""Evaluates the cases in files and prints the answers; a broken case doesn't stop the rest."""

from __future__ import annotations

import sys

import click

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.cli.exit_codes import ExitCode, code_of, first_that_applies
from caljobs_policy.cli.progress import Bar
from caljobs_policy.cli.streams import documents_of
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.exceptions import CaseError, EngineError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.report.json_lines import decision_line, problems_line


class Answers:
    """Answers cases and keeps what the run comes to."""

    def __init__(
        self, profile: str | None, engine: str, *, as_json: bool, everything: bool
    ) -> None:
        self.profile = profile
        self.engine = engine
        self.as_json = as_json
        self.everything = everything
        self.codes: set[ExitCode] = set()
        self.printed = 0
        self.repeated = 0
        """The cases that only problems already reported keep from being evaluated."""

    @property
    def exit_code(self) -> ExitCode:
        """What the run comes to."""
        return first_that_applies(self.codes)

    def answer(self, name: str, bar: Bar) -> None:
        """Answer all cases of a file, or of standard input."""
        documents = documents_of(name)
        if isinstance(documents, Problem):
            self._fail(documents)
            return
        try:
            cases = cases_in(documents, profile=self.profile, folders=name != "-")
            for title, case in bar.over(cases):
                if isinstance(case, CaseError):
                    self._refuse(title, case)
                else:
                    self._decide(case)
        except EngineError as error:
            self._fail(error.problem)

    def finish(self) -> ExitCode:
        """Print how many cases were silently left out, and return the exit code."""
        if self.repeated:
            cases = "one more case" if self.repeated == 1 else f"{self.repeated:,} more cases"
            click.echo(f"the problems above keep {cases} from being evaluated", err=True)
        return self.exit_code

    def _fail(self, problem: Problem) -> None:
        from caljobs_policy.cli.terminal import print_problem

        self.codes.add(ExitCode.COULD_NOT_RUN)
        print_problem(problem)

    def _refuse(self, title: str | None, error: CaseError) -> None:
        self.codes.add(ExitCode.INVALID)
        if self.as_json:
            self._line(problems_line(title, error))
            return
        from caljobs_policy.cli.terminal import errors

        sys.stdout.flush()
        if not errors(error):
            self.repeated += 1

    def _decide(self, case: Case) -> None:
        if case.policy.notices:
            from caljobs_policy.cli.terminal import tell_notices

            tell_notices(case.policy)
        decision = evaluate(case.policy, case.subject, case.at, engine=self.engine)
        self.codes.add(code_of(decision.outcome))
        self.tell(case, decision)

    def tell(self, case: Case, decision: Decision) -> None:
        """Print a decision, and how it differs from what the case expects."""
        differences = [str(one) for one in case.differences(decision)]
        if differences:
            self.codes.add(ExitCode.NOT_GOOD)
        if self.as_json:
            everything = self.everything
            line = decision_line(case.title, decision, differences, everything=everything)
            self._line(line)
            return
        from caljobs_policy.cli.terminal import output
        from caljobs_policy.report.decision_text import decision_text

        if self.printed:
            click.echo()
        self.printed += 1
        text = decision_text(case.title, decision, differences, everything=self.everything)
        output(text)

    def _line(self, text: str) -> None:
        click.echo(text)
