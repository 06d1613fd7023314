# SPDX-License-Identifier: MIT
"""The command `conform`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

import click

from caljobs_policy.cli.exit_codes import ExitCode, first_that_applies
from caljobs_policy.cli.parameters import DAY, Output, outputs_asked, outputs_option
from caljobs_policy.cli.program import main
from caljobs_policy.cli.progress import Bar, progress
from caljobs_policy.cli.standards import standard_of

if TYPE_CHECKING:
    from caljobs_policy.conformance.adapters.adapter import Adapter
    from caljobs_policy.conformance.posing import Posed
    from caljobs_policy.conformance.report import Report
    from caljobs_policy.conformance.sources import Standard


@main.command()
@click.option(
    "--adapter",
    "system",
    required=True,
    metavar="SYSTEM",
    help="What answers: `module:function`, `file.py:function`, a URL, or else a command.",
)
@click.option("--profile", required=True, help="Profile to hold the system to, or its folder.")
@click.option("--date", "day", type=DAY, help="Ask only under the policy of this day.")
@click.option(
    "--generated/--no-generated",
    default=True,
    show_default=True,
    help="Also ask about cases that are made for each check and boundary.",
)
@click.option(
    "--random",
    "number",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    metavar="NUMBER",
    help="Number of random cases near to the others.",
)
@click.option(
    "--seed", default=0, show_default=True, help="Number that decides which random cases."
)
@click.option(
    "--time-limit",
    "limit",
    type=click.FloatRange(0, min_open=True),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="How long an answer may take.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Number of cases that are asked at once.",
)
@outputs_option("text", "json", "html", "junit", usual="text")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def conform(  # noqa: PLR0913  # one for each option
    system: str,
    profile: str,
    *,
    day: date | None,
    generated: bool,
    number: int,
    seed: int,
    limit: float,
    jobs: int,
    outputs: tuple[Output, ...],
    as_json: bool,
) -> NoReturn:
    """Hold another system to a profile, and tell which clauses it gets wrong.

    It is asked about the worked cases of the profile and of its parents, about cases for each check
    and boundary, and about random ones near to these, as JSON in the form of a case. It answers as
    `evaluate --json` does, with as much of that as it claims, or with null. A command reads lines
    of `{"id": 1, "case": {...}}` and answers each with a line of `{"id": 1, "answer": {...}}`.
    """
    asked = outputs_asked(outputs, as_json=as_json)
    standard, adapter = standard_of(profile, day), _adapter(system, limit)
    begun = monotonic()
    with progress("Asking", "cases") as bar:
        cases = standard.cases(number, seed, generated=generated and _can_generate())
        report = _run(adapter, standard, cases, jobs, bar)
    seconds = monotonic() - begun
    written = _write(report, asked)
    _tell_speed(report.questions, seconds)
    sys.exit(first_that_applies({written, _code(report)}))


def _adapter(system: str, limit: float) -> Adapter:
    """Return the adapter; leave where there is none of that name."""
    from caljobs_policy.cli.terminal import print_problem
    from caljobs_policy.conformance.adapters.adapter import AdapterError
    from caljobs_policy.conformance.adapters.named import adapter_named

    # As `python -m` does: what lies in the working folder can be imported.
    sys.path.insert(0, "")
    try:
        with redirect_stdout(sys.stderr):
            return adapter_named(system, limit)
    except AdapterError as error:
        print_problem(error.problem)
        sys.exit(ExitCode.COULD_NOT_RUN)


def _run(
    adapter: Adapter, standard: Standard, cases: Iterator[Posed], jobs: int, bar: Bar
) -> Report:
    from caljobs_policy.cli.terminal import print_problem
    from caljobs_policy.conformance.adapters.adapter import AdapterError
    from caljobs_policy.conformance.running import Held, conformance

    held = Held(standard.profile, standard.policies, cases)
    try:
        # What a function prints is none of the report.
        with redirect_stdout(sys.stderr):
            return conformance(adapter, held, jobs, bar.step)
    except AdapterError as error:
        print_problem(error.problem)
        sys.exit(ExitCode.COULD_NOT_RUN)


def _can_generate() -> bool:
    """Return whether cases can be generated, and say how to get what that needs otherwise."""
    from caljobs_policy.cli.terminal import note
    from caljobs_policy.errors.extras import lacking

    problem = lacking("asking about every boundary", "analysis")
    if problem is not None:
        note(problem)
    return problem is None


def _tell_speed(number: int, seconds: float) -> None:
    from caljobs_policy.cli.terminal import say

    rate = f"{number / seconds:,.0f} a second"
    say(f"{number:,} questions, smaller cases included, in {seconds:.1f} s ({rate})", err=True)


def _write(report: Report, outputs: tuple[Output, ...]) -> ExitCode:
    from caljobs_policy.cli.outputs import written_texts
    from caljobs_policy.conformance.formats import FORMATS

    return written_texts(outputs, lambda form: FORMATS[form](report))


def _code(report: Report) -> ExitCode:
    """Return what a report comes to: less than the whole is no pass."""
    if report.stopped is not None:
        return ExitCode.COULD_NOT_RUN
    if report.fails:
        return ExitCode.NOT_GOOD
    return ExitCode.CANNOT_TELL if report.is_partial else ExitCode.GOOD
