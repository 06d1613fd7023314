# SPDX-License-Identifier: MIT
"""The commands about rosters: `review` and `sample`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, NoReturn

import click

from caljobs_policy.cli.parameters import (
    MOMENT,
    READING,
    Output,
    QuarterName,
    checked_outputs,
    engine_option,
    outputs_option,
)
from caljobs_policy.cli.program import main

if TYPE_CHECKING:
    from caljobs_policy.rosters.sample import Quarter


def _roster_options(usual_moment: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the options on reading a roster, and as of when."""
    options = (
        *READING,
        click.option(
            "--at", type=MOMENT, help=f"Day or time of the review.  [default: {usual_moment}]"
        ),
        click.option("--profile", required=True, help="Profile that applies."),
        click.argument("roster"),
    )
    return lambda command: reduce(lambda so_far, option: option(so_far), options, command)


@main.command()
@_roster_options("now")
@click.option(
    "--within",
    default=30,
    type=click.IntRange(0, 3660),
    show_default=True,
    help="Number of days ahead to list deadlines for.",
)
@outputs_option("table", "csv", "json", "html", "ics")
@click.option(
    "--jobs",
    default=1,
    type=click.IntRange(0, 256),
    show_default=True,
    help="Number of processes (0: one per core).",
)
@engine_option
def review(
    outputs: tuple[Output, ...], within: int, jobs: int, engine: str, **roster: Any
) -> NoReturn:
    """Review the accounts in a ROSTER and list what has to be done, most urgent first.

    A roster is a table of comma-separated values whose first line names the facts, or JSON lines;
    see `caljobs-policy docs roster`.
    """
    from caljobs_policy.cli.roster_sources import source_of
    from caljobs_policy.cli.work_lists import Review, run_review

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
@outputs_option("table", "csv", "json", "html")
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
    from caljobs_policy.cli.roster_sources import source_of
    from caljobs_policy.cli.sheets import run_sample
    from caljobs_policy.rosters.sampling import Draw

    found = checked_outputs(outputs, roster["roster"])
    if not seed.strip():
        raise click.UsageError("The seed is blank; give any text, and keep it with the sample")
    how = Draw(quarter, size, seed, by_organization)
    sys.exit(run_sample(source_of(**roster), how, found))
