# SPDX-License-Identifier: MIT
"""Explains the cases in files; a broken case doesn't stop the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from caljobs_policy.cli.answers import Answers
from caljobs_policy.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from caljobs_policy.analysis.explaining.reasoning import Reasoning
    from caljobs_policy.analysis.explaining.remedies import Remedies
    from caljobs_policy.cases.case import Case
    from caljobs_policy.decisions.decision import Decision


class Explanations(Answers):
    """Explains cases and keeps what the run comes to."""

    def __init__(self, profile: str | None, form: str, *, everything: bool, without: bool) -> None:
        super().__init__(profile, "native", as_json=form == "json", everything=everything)
        self.form = form
        self.can_turn = not without and self._can_turn()

    def _can_turn(self) -> bool:
        """Return whether remedies can be looked for; say how to get what that takes if not."""
        from caljobs_policy.cli.terminal import print_problem
        from caljobs_policy.errors.extras import lacking

        problem = lacking("what would turn an outcome", "analysis")
        if problem is not None:
            print_problem(problem)
            self.codes.add(ExitCode.COULD_NOT_RUN)
        return problem is None

    def tell(self, case: Case, decision: Decision) -> None:
        """Print what explains a decision."""
        from caljobs_policy.analysis.explaining.reasoning import explain as reasoning_of
        from caljobs_policy.analysis.explaining.remedies import remedies

        found = remedies(decision) if self.can_turn else None
        if found is not None and found.bounds:
            self.codes.add(ExitCode.CANNOT_TELL)
        reasoning = reasoning_of(decision)
        if self.as_json:
            self._as_json(case.title, reasoning, found)
        else:
            self._as_page(case.title, reasoning, found)

    def _as_json(self, title: str | None, reasoning: Reasoning, found: Remedies | None) -> None:
        from caljobs_policy.report.json_lines import line_of

        turned = {"remedies": None} if found is None else found.to_dict()
        click.echo(line_of({"case": title, **reasoning.to_dict(), **turned}))

    def _as_page(self, title: str | None, reasoning: Reasoning, found: Remedies | None) -> None:
        from caljobs_policy.analysis.explaining.pages import Page
        from caljobs_policy.cli.terminal import output, say

        page = Page(title, reasoning, found, everything=self.everything)
        if self.form == "markdown":
            say(page.markdown())
        else:
            output(page.text())
