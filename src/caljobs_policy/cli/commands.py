# SPDX-License-Identifier: MIT
"""The commands: `evaluate`, `compare`, `review`, `sample`, `show`, `schema`, `docs`, `test`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

import click

from caljobs_policy import __version__
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.parameters import (
    DAY,
    MOMENT,
    EngineName,
    Form,
    Output,
    QuarterName,
    checked_outputs,
)
from caljobs_policy.cli.streams import once_each, usable_output

if TYPE_CHECKING:
    from caljobs_policy.rosters.sample import Quarter


class _Command(click.Command):
    """A command whose first sentence the list of commands shows whole."""

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence, however long it is."""
        return super().get_short_help_str(limit=len(self.help or ""))


class _Commands(click.Group):
    """The commands, which run with an output that can be written to."""

    command_class = _Command

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command and leave with its exit code."""
        with usable_output():
            return super().main(*args, **more)


_HELP = f"""Evaluate who may have a CalJOBS account, who asks, who approves, and by when.

Exit codes: {"; ".join(f"{code.value} {code.meaning}" for code in ExitCode)}.
"""


@click.group(cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="caljobs-policy")
def main() -> None:
    """Run one of the commands."""


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="CASE...")
@click.option("--profile", help="Use this profile, whatever profile a case names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.option("--all", "everything", is_flag=True, help="Also show the rules that are met.")
@click.option(
    "--engine",
    type=EngineName(),
    default="native",
    show_default=True,
    help="Engine that evaluates the policy.",
)
def evaluate(
    files: tuple[str, ...], profile: str | None, as_json: bool, everything: bool, engine: str
) -> NoReturn:
    """Evaluate the cases in files, or on standard input where a file is named `-`.

    A file holds YAML documents, JSON, or one JSON object per line.
    """
    from caljobs_policy.cli.answers import Answers

    answers = Answers(profile, engine, as_json=as_json, everything=everything)
    for name in once_each(files):
        answers.answer(name)
    sys.exit(answers.finish())


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="CASE...")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    required=True,
    help="Profile to compare with; may be repeated.",
)
def compare(files: tuple[str, ...], profiles: tuple[str, ...]) -> NoReturn:
    """Compare the requests in files under their own profile and others, side by side.

    A request is translated into the words of each profile by what those words stand for.
    """
    from caljobs_policy.cli.comparing import Comparison

    comparison = Comparison(profiles)
    for name in once_each(files):
        comparison.show(name)
    sys.exit(comparison.exit_code)


def _roster_options(usual_moment: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the options on reading a roster, and as of when."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in _options_of_rosters(usual_moment):
            command = option(command)
        return command

    return decorated


def _options_of_rosters(usual_moment: str) -> Iterator[Callable[..., Any]]:
    yield from (
        click.option(
            "--delimiter", help="Character between cells.  [default: read from the header]"
        ),
        click.option(
            "--encoding", default="utf-8", show_default=True, help="Encoding of the roster."
        ),
        click.option("--date-format", metavar="FORMAT", help="Format of dates, such as %m/%d/%Y."),
        click.option(
            "--map",
            "maps",
            multiple=True,
            metavar="HEADING=KEY",
            help="What a heading stands for, or a file that maps headings; may be repeated.",
        ),
        click.option(
            "--at", type=MOMENT, help=f"Day or time of the review.  [default: {usual_moment}]"
        ),
        click.option("--profile", required=True, help="Profile that applies."),
        click.argument("roster"),
    )


@main.command()
@_roster_options("now")
@click.option(
    "--within",
    default=30,
    type=click.IntRange(0, 3660),
    show_default=True,
    help="Number of days ahead to list deadlines for.",
)
@click.option(
    "--format",
    "outputs",
    type=Form(("table", "csv", "json", "html", "ics")),
    multiple=True,
    default=("table",),
    show_default=True,
    metavar="FORM[=FILE]",
    help="table, csv, json, html or ics, and the file to write it to; may be repeated.",
)
@click.option(
    "--jobs",
    default=1,
    type=click.IntRange(0, 256),
    show_default=True,
    help="Number of processes (0: one per core).",
)
@click.option(
    "--engine",
    type=EngineName(),
    default="native",
    show_default=True,
    help="Engine that evaluates the policy.",
)
def review(
    outputs: tuple[Output, ...], within: int, jobs: int, engine: str, **roster: Any
) -> NoReturn:
    """Review the accounts in a ROSTER and list what has to be done, most urgent first.

    A roster is a table of comma-separated values whose first line names the facts, or JSON lines;
    see `caljobs-policy docs roster`.
    """
    from caljobs_policy.cli.reviewing import Review, run_review
    from caljobs_policy.cli.rosters import source_of

    found = checked_outputs(outputs, roster["roster"])
    source = source_of(**roster)
    sys.exit(run_review(Review(source, within=within, jobs=jobs, engine=engine), found))


@main.command()
@_roster_options("the quarter's last day, or today if that is earlier")
@click.option("--quarter", type=QuarterName(), required=True, help="Quarter, such as 2026Q1.")
@click.option("--size", type=click.IntRange(1), required=True, help="Number of accounts to draw.")
@click.option("--seed", required=True, help="Any text; the same text draws the same sample.")
@click.option(
    "--by-organization",
    is_flag=True,
    help="Draw from each organization in proportion to its accounts.",
)
@click.option(
    "--format",
    "outputs",
    type=Form(("table", "csv", "json", "html")),
    multiple=True,
    default=("table",),
    show_default=True,
    metavar="FORM[=FILE]",
    help="table, csv, json or html, and the file to write it to; may be repeated.",
)
def sample(
    outputs: tuple[Output, ...],
    quarter: Quarter,
    size: int,
    seed: str,
    by_organization: bool,
    **roster: Any,
) -> NoReturn:
    """Draw a random sample of the accounts in a ROSTER and print its review sheet.

    The same roster, quarter, size and seed always give the same sample. A past quarter is reviewed
    as of its last day and the current one as of today, unless --at says otherwise.
    """
    from caljobs_policy.cli.rosters import source_of
    from caljobs_policy.cli.sampling import run_sample
    from caljobs_policy.rosters.sampling import Draw

    found = checked_outputs(outputs, roster["roster"])
    if not seed.strip():
        raise click.UsageError("The seed is blank; give any text, and keep it with the sample")
    how = Draw(quarter, size, seed, by_organization)
    sys.exit(run_sample(source_of(**roster), how, found))


@main.command()
@click.argument("profile")
@click.option("--date", "day", type=DAY, help="Day to show.  [default: today]")
@click.option(
    "--keys", is_flag=True, help="Also show the keys of entries, as cases and profiles write them."
)
def show(profile: str, day: date | None, keys: bool) -> NoReturn:
    """Print the rules of the policy in force, with the clauses and origin of each entry."""
    from caljobs_policy.api import load_policy
    from caljobs_policy.cli.terminal import errors, output, tell_notices
    from caljobs_policy.errors import PolicyError
    from caljobs_policy.report.show import policy_text

    try:
        policy = load_policy(profile, day or date.today())
    except PolicyError as error:
        errors(error)
        sys.exit(ExitCode.INVALID)
    tell_notices(policy)
    output(policy_text(policy, keys=keys))
    sys.exit(ExitCode.GOOD)


@main.command()
def schema() -> None:
    """Print the JSON schema of a profile's files, for editors."""
    import json

    from caljobs_policy.report.schema import profile_schema

    click.echo(json.dumps(profile_schema(), indent=2))


@main.command()
@click.argument("page", required=False)
def docs(page: str | None) -> None:
    """Print a PAGE of the documentation, or the names of all pages.

    The pages come with the package, so they match its version and need no network.
    """
    from caljobs_policy.errors import nearest, shown
    from caljobs_policy.loader.paths import docs_folder

    pages = {path.stem: path for path in sorted(docs_folder().rglob("*.md"))}
    if page is None:
        click.echo("\n".join(pages))
    elif page in pages:
        click.echo(pages[page].read_text("utf-8"), nl=False)
    else:
        remedy = nearest(page, pages) or f"known are: {', '.join(pages)}"
        raise click.UsageError(f"there is no page {shown(page)}; {remedy}")


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--profile", help="Use this profile, whatever profile a case names.")
@click.option("--all", "everything", is_flag=True, help="Also name every inherited case.")
def test(paths: tuple[str, ...], profile: str | None, everything: bool) -> NoReturn:
    """Run worked cases: those in files and folders, or those of a profile.

    Without a path, run the cases of all installed profiles. For a local profile, the cases of the
    profiles above it run too, in its own words: only a local entry may change an outcome.
    """
    from caljobs_policy.cli.trials import Trials

    trials = Trials(profile, everything=everything)
    trials.run(paths)
    sys.exit(trials.exit_code)
