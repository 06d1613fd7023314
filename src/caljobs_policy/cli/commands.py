# SPDX-License-Identifier: MIT
"""The commands `evaluate`, `compare`, `show`, `schema` and `test`."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from caljobs_policy import __version__
from caljobs_policy.api import ENGINES, load_policy
from caljobs_policy.cli.answers import Answers
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.streams import usable_output
from caljobs_policy.cli.trials import Trials
from caljobs_policy.errors import PolicyError


class _Day(click.ParamType[date]):
    """A date on the command line."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the ISO form."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"`{value}` is no date; write it as 2025-03-01", param, ctx)


class _Commands(click.Group):
    """The commands, run with an output that can be written to."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command and leave with its exit code."""
        with usable_output():
            return super().main(*args, **more)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="caljobs-policy")
def main() -> None:
    """Evaluate who may have a CalJOBS account, who asks, who approves, and by when.

    Exit codes: 0 all is good; 1 could not run; 2 wrong usage; 3 a profile or case is invalid;
    4 some outcome is not good or an expectation failed; 5 some outcome cannot be told.
    """


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="CASE...")
@click.option("--profile", help="Evaluate under this profile, whatever a case names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--all", "everything", is_flag=True, help="Show the rules that are met, too.")
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="native",
    show_default=True,
    help="The engine that finds the answer.",
)
def evaluate(
    files: tuple[str, ...], profile: str | None, as_json: bool, everything: bool, engine: str
) -> NoReturn:
    """Answer the cases in files, or on standard input where a file is called `-`.

    A file holds YAML documents, JSON, or a JSON object a line.
    """
    answers = Answers(profile, engine, as_json=as_json, everything=everything)
    for name in files:
        answers.answer(name)
    sys.exit(answers.exit_code)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="CASE...")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    required=True,
    help="A profile to compare with; repeat it for more.",
)
def compare(files: tuple[str, ...], profiles: tuple[str, ...]) -> NoReturn:
    """Show the requests in files under their own profile and under others, side by side.

    A request is put into the words of the other profile, by what their words stand for.
    """
    from caljobs_policy.cli.comparing import Comparison

    comparison = Comparison(profiles)
    for name in files:
        comparison.show(name)
    sys.exit(comparison.exit_code)


@main.command()
@click.argument("profile")
@click.option("--date", "day", type=_Day(), help="The day to show; today by default.")
def show(profile: str, day: date | None) -> NoReturn:
    """Print the policy that is in force, with the origin of every line."""
    from caljobs_policy.cli.terminal import errors, output
    from caljobs_policy.report.show import policy_text

    try:
        policy = load_policy(profile, day or date.today())
    except PolicyError as error:
        errors(error)
        sys.exit(ExitCode.INVALID)
    output(policy_text(policy))
    sys.exit(ExitCode.GOOD)


@main.command()
def schema() -> None:
    """Print the JSON schema of a profile's files, for editors."""
    import json

    from caljobs_policy.report.schema import profile_schema

    click.echo(json.dumps(profile_schema(), indent=2))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--profile", help="Run the cases under this profile, whatever they name.")
def test(paths: tuple[str, ...], profile: str | None) -> NoReturn:
    """Run worked cases: files, folders, or the cases of a profile by its name.

    Without a path, the cases of all installed profiles.
    """
    trials = Trials(profile)
    trials.run([Path(path) for path in paths])
    sys.exit(trials.exit_code)
