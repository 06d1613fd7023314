# SPDX-License-Identifier: MIT
"""The command `diff`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from caljobs_policy.cli.exit_codes import ExitCode, code_of_error, first_that_applies
from caljobs_policy.cli.parameters import DAY, READING
from caljobs_policy.cli.program import main
from caljobs_policy.cli.progress import progress

if TYPE_CHECKING:
    from caljobs_policy.analysis.comparing.comparison import Compared
    from caljobs_policy.analysis.comparing.sources import Source


_FORMS: Final = ("text", "markdown", "json")


def _reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options on how the rosters of `--replay` are read."""
    return reduce(lambda so_far, option: option(so_far), READING, command)


@main.command()
@click.argument("old")
@click.argument("new")
@click.option("--date", "day", type=DAY, help="Day where none is named.  [default: today]")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="Form of what is printed.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--examples", is_flag=True, help="Add a case for each line, which shows it.")
@click.option(
    "--fail-on",
    type=click.Choice(["looser", "stricter", "different"]),
    multiple=True,
    help="Leave with exit code 4 if anything is so; may be repeated.",
)
@click.option(
    "--replay",
    multiple=True,
    metavar="CASES",
    help="Count what changes among recorded cases: a file, a folder, a profile or a roster; "
    "may be repeated.",
)
@_reading
def diff(  # noqa: PLR0913  # one for each option
    old: str,
    new: str,
    *,
    day: date | None,
    form: str,
    examples: bool,
    fail_on: tuple[str, ...],
    replay: tuple[str, ...],
    **reading: Any,
) -> NoReturn:
    """Compare two policies: what is written differently, and what that does to whom.

    Each is a profile or its folder, with a day behind it or not (`state@2025-03-01`), or a folder
    in a revision of Git (`HEAD~1:profiles/my_area`).
    """
    from caljobs_policy.cli.replaying import Replay
    from caljobs_policy.cli.roster_sources import reading_of
    from caljobs_policy.cli.terminal import print_problem, say
    from caljobs_policy.errors.extras import lacking

    if not replay and any(reading[name] for name in ("maps", "date_format", "delimiter")):
        raise click.UsageError("How to read a roster was said, but none is named with --replay")
    problem = lacking("`diff`", "analysis")
    if problem is not None:
        print_problem(problem)
        sys.exit(ExitCode.COULD_NOT_RUN)
    sources = _sources(old, new, day or date.today())
    replayed = Replay(*sources, reading_of(**reading))
    found = _compared(*sources)
    for name in replay:
        replayed.run(name)
    if form == "json":
        counted = {"replay": replayed.to_dict()} if replay else {}
        say(json.dumps({**found.to_dict(), **counted}))
    else:
        from caljobs_policy.analysis.comparing.pages import Page

        more = replayed.blocks() if replay else ()
        page = Page(found, sources, examples=examples, more=more)
        say(page.text(markdown=form == "markdown"))
    codes = {ExitCode.CANNOT_TELL} if found.bounds else set()
    if any(effect.way in fail_on for effect in found.effects):
        codes.add(ExitCode.NOT_GOOD)
    sys.exit(first_that_applies({*codes, *replayed.codes}))


def _sources(old: str, new: str, day: date) -> tuple[Source, Source]:
    """Return both policies; leave where something is wrong with either, or they don't compare."""
    from caljobs_policy.analysis.comparing.sources import incomparable, source_of
    from caljobs_policy.cli.outputs import ended_by_exceptions
    from caljobs_policy.cli.terminal import errors, print_problem, tell_notices
    from caljobs_policy.errors.exceptions import PolicyError

    found, codes = [], set()
    with ended_by_exceptions():
        for name in (old, new):
            try:
                found.append(source_of(name, day))
            except PolicyError as error:
                errors(error)
                codes.add(code_of_error(error))
            else:
                tell_notices(found[-1].policy)
    if codes:
        sys.exit(first_that_applies(codes))
    problem = incomparable(*found)
    if problem is not None:
        print_problem(problem)
        sys.exit(ExitCode.INVALID)
    return found[0], found[1]


def _compared(old: Source, new: Source) -> Compared:
    from caljobs_policy.analysis.comparing.comparison import compared
    from caljobs_policy.analysis.comparing.pair import Pair
    from caljobs_policy.analysis.comparing.written import written_differences

    with progress("Comparing", "sorts of subject") as bar:
        return compared(Pair(old.policy, new.policy), written_differences(old, new), bar.step)
