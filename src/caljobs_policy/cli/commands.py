# SPDX-License-Identifier: MIT
"""Commands about cases and policies: `evaluate`, `explain`, `compare`, `show`, `test`, others."""

from __future__ import annotations

import sys
from datetime import date
from typing import NoReturn

import click

from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.parameters import DAY, engine_option
from caljobs_policy.cli.program import main
from caljobs_policy.cli.progress import on_screen, progress
from caljobs_policy.cli.streams import once_each

_MEASURES = {False: "--coverage", True: "--mutate"}


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="CASE...")
@click.option("--profile", help="Use this profile, whatever profile a case names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.option("--all", "everything", is_flag=True, help="Also show the rules that are met.")
@engine_option
def evaluate(
    files: tuple[str, ...], profile: str | None, as_json: bool, everything: bool, engine: str
) -> NoReturn:
    """Evaluate the cases in files, or on standard input where a file is named `-`.

    A file holds YAML documents, JSON, or one JSON object per line.
    """
    from caljobs_policy.cli.answers import Answers

    answers = Answers(profile, engine, as_json=as_json, everything=everything)
    with progress("Evaluating", "cases", hidden=on_screen(files)) as bar:
        for name in once_each(files):
            answers.answer(name, bar)
    sys.exit(answers.finish())


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="CASE...")
@click.option("--profile", help="Use this profile, whatever profile a case names.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Form of what is printed.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--all", "everything", is_flag=True, help="Also show the rules that are met.")
@click.option(
    "--no-remedies", "without", is_flag=True, help="Do not look for what would turn the outcome."
)
def explain(
    files: tuple[str, ...], profile: str | None, *, form: str, everything: bool, without: bool
) -> NoReturn:
    """Explain the decisions about cases: what decided, and what would turn the outcome.

    Each rule is shown with its clauses, its place, and what holds of the facts. What would turn an
    outcome is the fewest facts that, changed, lead to the best one.
    """
    from caljobs_policy.cli.explaining import Explanations

    explanations = Explanations(profile, form, everything=everything, without=without)
    with progress("Explaining", "cases", hidden=on_screen(files)) as bar:
        for name in once_each(files):
            explanations.answer(name, bar)
    sys.exit(explanations.finish())


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
    from caljobs_policy.cli.comparing import CaseComparison

    comparison = CaseComparison(profiles)
    with progress("Comparing", "cases", hidden=on_screen(files)) as bar:
        for name in once_each(files):
            comparison.show(name, bar)
    sys.exit(comparison.exit_code)


@main.command()
@click.argument("profile")
@click.option("--date", "day", type=DAY, help="Day to show.  [default: today]")
@click.option(
    "--keys", is_flag=True, help="Also show the keys of entries, as cases and profiles write them."
)
def show(profile: str, day: date | None, keys: bool) -> NoReturn:
    """Print the rules of the policy in force, with the clauses and origin of each entry."""
    from caljobs_policy.cli.terminal import errors, output, tell_notices
    from caljobs_policy.errors.exceptions import PolicyError
    from caljobs_policy.loader.policies import load_policy
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
    from caljobs_policy.errors.near import remedy_for
    from caljobs_policy.errors.problems import shown
    from caljobs_policy.loader.paths import docs_folder

    pages = {path.stem: path for path in sorted(docs_folder().rglob("*.md"))}
    if page is None:
        click.echo("\n".join(pages))
    elif page in pages:
        click.echo(pages[page].read_text("utf-8"), nl=False)
    else:
        raise click.UsageError(f"there is no page {shown(page)}; {remedy_for(page, pages)}")


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--profile", help="Use this profile, whatever profile a case names.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also name every inherited case or, with --coverage, what each case reaches.",
)
@click.option(
    "--coverage", is_flag=True, help="Show what the cases of profiles reach of them, and what not."
)
@click.option(
    "--mutate", is_flag=True, help="Change profiles in small ways, and name what no case notices."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="With --coverage or --mutate, print one JSON object per profile.",
)
def test(  # one for each option
    paths: tuple[str, ...],
    profile: str | None,
    *,
    everything: bool,
    coverage: bool,
    mutate: bool,
    as_json: bool,
) -> NoReturn:
    """Run worked cases: those in files and folders, or those of a profile.

    Without a path, run the cases of all installed profiles. For a local profile, the cases of the
    profiles above it run too, in its own words: only a local entry may change an outcome.

    With --coverage, count which clauses, checks, kinds of failure and boundaries of a profile its
    own cases reach, and name what none of them shows; --all adds what each case reaches.

    With --mutate, change a profile in one small way after another (a number, an operator, a role,
    a row, an outcome), in memory alone. A change is noticed if a case of the profile fails then.
    If none does, it is proved that no subject is decided otherwise, or a case is shown that does
    notice it.
    """
    if (coverage or mutate) and profile is not None:
        raise click.UsageError(f"{_MEASURES[mutate]} takes profiles as PATH, and no --profile")
    if mutate:
        from caljobs_policy.cli.mutating import mutated

        if coverage or everything:
            raise click.UsageError("--mutate takes neither --coverage nor --all")
        sys.exit(mutated(paths, as_json=as_json))
    if coverage:
        from caljobs_policy.cli.covering import Coverages

        with progress("Covering", "cases") as bar:
            coverages = Coverages(bar, as_json=as_json, everything=everything)
            coverages.run(paths)
        sys.exit(coverages.exit_code)
    if as_json:
        raise click.UsageError("--json is for --coverage and --mutate alone")
    from caljobs_policy.cli.trials import Trials

    with progress("Testing", "cases") as bar:
        trials = Trials(profile, bar, everything=everything)
        trials.run(paths)
    sys.exit(trials.exit_code)
