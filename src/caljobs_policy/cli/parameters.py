# SPDX-License-Identifier: MIT
"""Values on the command line that click does not know: days, moments, engines, outputs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen
from click.core import ParameterSource

from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.streams import real
from caljobs_policy.cli.terminal import print_problem
from caljobs_policy.dates.reading import Fault, day_from, day_or_time_from
from caljobs_policy.errors.extras import lacking
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import shown

if TYPE_CHECKING:
    from caljobs_policy.rosters.sample import Quarter


class IsoDate(click.ParamType[date]):
    """A date in the ISO form, as a reader of such texts takes it."""

    def __init__(self, name: str, read: Callable[[str], tuple[date | None, Fault | None]]) -> None:
        self.name = name
        self._read = read

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the text, or tell what is wrong with it."""
        if isinstance(value, date):
            return value
        found, fault = self._read(value)
        if found is None:
            self.fail(f"{shown(value)} {'; '.join(fault or ())}", param, ctx)
        return found


DAY: Final = IsoDate("date", day_from)
MOMENT: Final = IsoDate("moment", day_or_time_from)
"""A date, with or without its time."""

READING: Final = (
    click.option("--delimiter", help="Character between cells.  [default: read from the header]"),
    click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the roster."),
    click.option("--date-format", metavar="FORMAT", help="Format of dates, such as %m/%d/%Y."),
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="HEADING=KEY",
        help="What a heading stands for, or a file that maps headings; may be repeated.",
    ),
)
"""The options on how a roster is read; the last is shown first."""


class EngineName(click.ParamType[str]):
    """The name of an engine; none is loaded before it is asked for."""

    name = "engine"

    @cached_property
    def _choice(self) -> click.Choice[str]:
        from caljobs_policy.decisions import ENGINES

        return click.Choice(list(ENGINES))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the names for the help."""
        return self._choice.get_metavar(param, ctx)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or say which there are."""
        return self._choice.convert(value, param, ctx)


engine_option: Final = click.option(
    "--engine",
    type=EngineName(),
    default="native",
    show_default=True,
    help="Engine that evaluates the policy.",
)


class QuarterName(click.ParamType["Quarter"]):
    """A calendar quarter."""

    name = "quarter"

    def convert(
        self, value: str | Quarter, param: click.Parameter | None, ctx: click.Context | None
    ) -> Quarter:
        """Read `2026Q1`."""
        from caljobs_policy.rosters.sample import Quarter, quarter_from

        found = value if isinstance(value, Quarter) else quarter_from(value)
        if found is None:
            self.fail(f"{shown(value)} is not a quarter; write it as 2026Q1", param, ctx)
        return found


@frozen
class Output:
    """One output of a run: its form, and the file that it goes to."""

    form: str
    file: str | None = None
    """None stands for standard output."""


class Form(click.ParamType[Output]):
    """A form of output, alone or with the file that it goes to."""

    name = "form"

    def __init__(self, forms: Iterable[str]) -> None:
        self.forms: Final = tuple(forms)

    def convert(
        self, value: str | Output, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        """Read `html` or `html=page.html`."""
        if isinstance(value, Output):
            return value
        form, given, file = value.partition("=")
        if form not in self.forms:
            remedy = remedy_for(form, self.forms)
            self.fail(f"there is no form {shown(form)}; {remedy}", param, ctx)
        if given and not file:
            self.fail(f"name the file behind `{form}=`", param, ctx)
        return Output(form, None if file in {"", "-"} else file)


def outputs_option(
    *forms: str, usual: str = "table"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option that says in which forms to write, and to which files."""
    return click.option(
        "--format",
        "outputs",
        type=Form(forms),
        multiple=True,
        default=(usual,),
        show_default=True,
        metavar="FORM[=FILE]",
        help=f"{', '.join(forms[:-1])} or {forms[-1]}, and the file to write it to; "
        "may be repeated.",
    )


_NEEDED: Final = {"html": "jinja2", "ics": "icalendar"}
"""The modules that forms of output are written with."""


def checked_outputs(outputs: Iterable[Output], roster: str) -> tuple[Output, ...]:
    """Refuse two outputs that would go to one place, and one that would replace the roster.

    Leaves with a message where a form cannot be written, as what it takes is not installed.
    """
    found = tuple(outputs)
    _require_writers({output.form for output in found})
    files = [output.file for output in found]
    if any(file is not None and _is_same(file, roster) for file in files):
        raise click.UsageError("An output would replace the roster; name another file for it")
    refuse_same_place(found)
    return found


def outputs_asked(outputs: tuple[Output, ...], *, as_json: bool) -> tuple[Output, ...]:
    """Return the outputs that are asked for, with `--json`, of which each has its own place."""
    if as_json:
        source = click.get_current_context().get_parameter_source("outputs")
        is_given = source is not ParameterSource.DEFAULT
        outputs = (*(outputs if is_given else ()), Output("json"))
    refuse_same_place(outputs)
    return outputs


def refuse_same_place(outputs: Iterable[Output]) -> None:
    """Refuse two outputs that would go to one place."""
    for one, other in combinations(outputs, 2):
        if _is_same(one.file, other.file):
            example = f"--format {other.form}=FILE"
            raise click.UsageError(
                f"Two outputs go to the same place; name a file for each, as in {example}"
            )


def _require_writers(forms: set[str]) -> None:
    needed = [(form, module) for form, module in _NEEDED.items() if form in forms]
    problems = [lacking(f"the form `{form}`", "rosters", module) for form, module in needed]
    for problem in filter(None, problems):
        print_problem(problem)
    if any(problems):
        sys.exit(ExitCode.COULD_NOT_RUN)


def _is_same(one: str | None, other: str | None) -> bool:
    """Return whether two names are of one file, perhaps by a link; None stands for a stream."""
    if one is None or other is None:
        return one is other
    try:
        return os.path.samefile(one, other)
    except OSError:
        return real(one) == real(other)
