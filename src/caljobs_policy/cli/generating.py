# SPDX-License-Identifier: MIT
"""The command `cases`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

from caljobs_policy.cli.exit_codes import ExitCode, code_of_error, first_that_applies
from caljobs_policy.cli.parameters import DAY, Output
from caljobs_policy.cli.program import main
from caljobs_policy.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Collection

    from caljobs_policy.analysis.checking.examined import Examined
    from caljobs_policy.analysis.generating.suite import Suite
    from caljobs_policy.analysis.generating.wanted import Wanted


@main.command()
@click.argument("profile")
@click.option("--date", "day", type=DAY, help="Day whose policy is meant.  [default: every day]")
@click.option(
    "--subject",
    "subjects",
    multiple=True,
    metavar="SUBJECT",
    help="Sort of subject, such as request/create; may be repeated.",
)
@click.option(
    "--clause", "clauses", multiple=True, metavar="CLAUSE", help="Clause; may be repeated."
)
@click.option("--own", is_flag=True, help="Leave out what the profile inherits.")
@click.option("--missing", is_flag=True, help="Add cases in which a fact is missing.")
@click.option("--output", "file", metavar="FILE", help="File to write to.")
def cases(  # noqa: PLR0913  # one for each option
    profile: str,
    *,
    day: date | None,
    subjects: tuple[str, ...],
    clauses: tuple[str, ...],
    own: bool,
    missing: bool,
    file: str | None,
) -> NoReturn:
    """Write cases that meet and break every rule of a PROFILE, at every boundary.

    Each begins with one in order and changes what it shows. All data is made up. What no case can
    show is listed on standard error.
    """
    from caljobs_policy.analysis.generating.wanted import Wanted
    from caljobs_policy.cli.outputs import written
    from caljobs_policy.cli.terminal import print_problem
    from caljobs_policy.errors.extras import lacking

    problem = lacking("`cases`", "analysis")
    if problem is not None:
        print_problem(problem)
        sys.exit(ExitCode.COULD_NOT_RUN)
    suite = _suite(_examined(profile, day), Wanted(day, subjects, clauses, own, missing))

    def write(_: str, stream: BinaryIO | None) -> None:
        _write(suite, profile, stream)

    codes = {written([Output("yaml", None if file == "-" else file)], write), _told(suite)}
    sys.exit(first_that_applies(codes))


def _examined(profile: str, day: date | None) -> Examined:
    """Return a profile that can be read, on a day if one is named; leave with its problems."""
    from caljobs_policy.analysis.checking.examined import Examined
    from caljobs_policy.cli.terminal import errors, tell_notices
    from caljobs_policy.errors.exceptions import PolicyError, ProfileError
    from caljobs_policy.loader.policies import policy_of
    from caljobs_policy.loader.store import read_chain

    try:
        chain = read_chain(profile)
        if day is not None:
            policy_of(chain, day)
        examined = Examined(chain, date.today())
        if examined.problems:
            raise ProfileError(examined.problems)
    except PolicyError as error:
        errors(error)
        sys.exit(code_of_error(error))
    for stretch in examined.stretches:
        tell_notices(stretch.policy)
    return examined


def _suite(examined: Examined, wanted: Wanted) -> Suite:
    from caljobs_policy.analysis.generating.suite import Suite
    from caljobs_policy.analysis.generating.wanted import clauses_in, subjects_in

    _check_words("sort of subject", wanted.subjects, subjects_in(examined))
    _check_words("clause", wanted.clauses, clauses_in(examined))
    with progress("Finding", "cases") as bar:
        return Suite(examined, wanted, bar.step)


def _check_words(what: str, words: Collection[str], known: Collection[str]) -> None:
    from caljobs_policy.errors.near import remedy_for
    from caljobs_policy.errors.problems import shown

    for word in words:
        if word not in known:
            raise click.UsageError(f"there is no {what} {shown(word)}; {remedy_for(word, known)}")


def _write(suite: Suite, profile: str, stream: BinaryIO | None) -> None:
    from caljobs_policy.analysis.generating.stream import written_cases
    from caljobs_policy.cli.terminal import say

    text = written_cases(suite, profile)
    if stream is None:
        say(text.removesuffix("\n"))
    else:
        stream.write(text.encode())


def _told(suite: Suite) -> ExitCode:
    """Say how much the cases show and what no case does; return what that comes to."""
    from caljobs_policy.analysis.generating.stream import summary
    from caljobs_policy.cli.terminal import say
    from caljobs_policy.errors.problems import printable

    for line in summary(suite):
        say(printable(line), err=True)
    return ExitCode.GOOD if suite.is_certain else ExitCode.CANNOT_TELL
