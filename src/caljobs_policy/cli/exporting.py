# SPDX-License-Identifier: MIT
"""The command `export-suite`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

from caljobs_policy.cli.exit_codes import ExitCode, first_that_applies
from caljobs_policy.cli.parameters import DAY, Output
from caljobs_policy.cli.program import main
from caljobs_policy.cli.progress import progress
from caljobs_policy.cli.standards import standard_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caljobs_policy.conformance.sources import Standard
    from caljobs_policy.conformance.suite import ExportedSuite, SuiteCase


@main.command("export-suite")
@click.option("--profile", required=True, help="Profile whose cases to write, or its folder.")
@click.option("--date", "day", type=DAY, help="Write only cases under the policy of this day.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="Form of what is written.",
)
@click.option("--worked", "worked_alone", is_flag=True, help="Leave out generated cases.")
@click.option("--output", "file", metavar="FILE", help="File to write to.")
def export_suite(
    profile: str, *, day: date | None, form: str, worked_alone: bool, file: str | None
) -> NoReturn:
    """Write all cases of a profile with the whole answer to each, for systems in any language.

    They are its worked cases, those of its parents in its words, and generated ones, as lines of
    JSON. The first line describes the others: version, policies, number of cases and JSON schema.
    """
    from caljobs_policy.cli.outputs import ended_by_exceptions, written

    _require_solver(worked_alone=worked_alone)
    standard = standard_of(profile, day)
    with ended_by_exceptions():
        suite = _suite(standard, worked_alone=worked_alone)
    if suite.failing:
        _tell_failing(suite.failing)
        sys.exit(ExitCode.NOT_GOOD)

    def write(_: str, stream: BinaryIO | None) -> None:
        _write(suite, stream)

    code = written([Output(form, None if file == "-" else file)], write)
    _tell_counts(suite)
    sys.exit(first_that_applies({code}))


def _require_solver(*, worked_alone: bool) -> None:
    """Leave where generated cases are asked for, and what finds them is not installed."""
    from attrs import evolve

    from caljobs_policy.cli.terminal import print_problem
    from caljobs_policy.errors.extras import lacking

    problem = None if worked_alone else lacking("`export-suite`", "analysis")
    if problem is not None:
        remedy = f"{problem.help}, or leave out generated cases with --worked"
        print_problem(evolve(problem, help=remedy))
        sys.exit(ExitCode.COULD_NOT_RUN)


def _suite(standard: Standard, *, worked_alone: bool) -> ExportedSuite:
    from caljobs_policy.conformance.suite import exported

    with progress("Collecting", "cases") as bar:
        return exported(standard, bar.step, worked_alone=worked_alone)


def _tell_failing(failing: Sequence[SuiteCase]) -> None:
    from caljobs_policy.cli.terminal import print_problem
    from caljobs_policy.errors.problems import Problem

    for one in failing:
        said = "; ".join(map(str, one.differences))
        message = f"the case does not come out as it expects: {said}"
        print_problem(Problem(message, one.posed.place, "see `caljobs-policy test`; mend it first"))


def _write(suite: ExportedSuite, stream: BinaryIO | None) -> None:
    from caljobs_policy.cli.terminal import say

    for line in suite.lines():
        if stream is None:
            say(line)
        else:
            stream.write(f"{line}\n".encode())


def _tell_counts(suite: ExportedSuite) -> None:
    from caljobs_policy.cli.terminal import say

    counts = ", ".join(f"{number:,} {source}" for source, number in suite.counts.items())
    say(f"{len(suite.cases):,} cases: {counts}", err=True)
