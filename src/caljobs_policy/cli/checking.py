# SPDX-License-Identifier: MIT
"""The command `check`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.parameters import DAY, Output, outputs_asked, outputs_option
from caljobs_policy.cli.program import main
from caljobs_policy.cli.progress import progress

if TYPE_CHECKING:
    from caljobs_policy.analysis.checking.report import Report
    from caljobs_policy.analysis.checking.settings import Settings


@main.command()
@click.argument("profiles", nargs=-1, metavar="[PROFILE...]")
@click.option(
    "--select", multiple=True, metavar="RULE", help="Rule to run, and no other; may be repeated."
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    help="Rule to leave out; may be repeated.",
)
@click.option("--strict", is_flag=True, help="Also fail where there are only warnings.")
@outputs_option("pretty", "json", "github", "sarif", "junit", usual="pretty")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--on", "today", type=DAY, help="Day for what depends on it.  [default: today]")
def check(
    profiles: tuple[str, ...],
    *,
    strict: bool,
    outputs: tuple[Output, ...],
    as_json: bool,
    today: date | None,
    **rules: tuple[str, ...],
) -> NoReturn:
    """Look for what is wrong with profiles, or doubtful, though they can be read.

    A profile is named, or its folder is; without one, all installed profiles are checked. A comment
    `# allow: RULE because REASON` in a profile allows what a rule finds on that line, or on
    the next one. Settings stand in `caljobs-policy.toml` or `pyproject.toml`.
    """
    _check_names(*rules["select"], *rules["ignore"])
    asked = outputs_asked(outputs, as_json=as_json)
    settings = _settings().with_options(**rules, strict=strict)
    can_prove = _can_prove(settings)
    report = _run(profiles, settings, today or date.today(), can_prove=can_prove)
    written = _write(report, asked)
    sys.exit(written or _code(report, can_prove=can_prove))


def _write(report: Report, outputs: tuple[Output, ...]) -> ExitCode:
    """Write each output, and say on standard error how much was found where nobody sees it."""
    from caljobs_policy.analysis.checking.formats import FORMATS
    from caljobs_policy.cli.outputs import written_texts
    from caljobs_policy.cli.terminal import say

    code = written_texts(outputs, lambda form: FORMATS[form](report))
    if all(one.file is not None for one in outputs):
        say(report.summary(), err=True)
    return code


def _check_names(*codes: str) -> None:
    from caljobs_policy.analysis.checking.rules import RULES
    from caljobs_policy.analysis.checking.settings import unknown_rule

    known = {rule.code for rule in RULES}
    for code in codes:
        for problem in unknown_rule(code, known):
            raise click.UsageError(f"{problem.message}; {problem.help}")


def _settings() -> Settings:
    """Return the settings of the nearest file; leave where something is wrong with it."""
    from caljobs_policy.analysis.checking.rules import RULES
    from caljobs_policy.analysis.checking.settings import settings_near
    from caljobs_policy.cli.terminal import errors
    from caljobs_policy.errors.exceptions import FileError

    try:
        return settings_near(Path.cwd(), {rule.code for rule in RULES})
    except FileError as error:
        errors(error)
        sys.exit(ExitCode.USAGE)


def _can_prove(settings: Settings) -> bool:
    """Return whether proofs can be made, and say how to get what they need where they cannot."""
    from caljobs_policy.analysis.checking.rules import RULES
    from caljobs_policy.cli.terminal import print_problem
    from caljobs_policy.errors.extras import lacking

    wanted = [rule.code for rule in RULES if rule.proves and settings.runs(rule.code)]
    problem = lacking(f"the rule `{wanted[0]}`", "analysis") if wanted else None
    if problem is not None:
        print_problem(problem)
    return problem is None


def _run(profiles: tuple[str, ...], settings: Settings, today: date, *, can_prove: bool) -> Report:
    from caljobs_policy.analysis.checking.running import check as run
    from caljobs_policy.cli.terminal import note
    from caljobs_policy.loader.folders import missing_profiles, profile_names

    named = profiles or settings.profiles
    for problem in missing_profiles() if not named else ():
        note(problem)
    with progress("Checking", "rules") as bar:
        return run(named or profile_names(), settings, today, can_prove=can_prove, step=bar.step)


def _code(report: Report, *, can_prove: bool) -> ExitCode:
    if not can_prove:
        return ExitCode.COULD_NOT_RUN
    if report.errors:
        return ExitCode.INVALID
    if report.warnings and report.strict:
        return ExitCode.NOT_GOOD
    return ExitCode.CANNOT_TELL if report.bounds else ExitCode.GOOD
