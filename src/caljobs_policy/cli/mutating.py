# SPDX-License-Identifier: MIT
"""Shows what no worked case of a profile would notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caljobs_policy.cli.covering import examined_profile
from caljobs_policy.cli.exit_codes import ExitCode, code_of_error, first_that_applies
from caljobs_policy.cli.progress import progress
from caljobs_policy.cli.streams import once_each
from caljobs_policy.cli.terminal import errors, note, print_problem, say
from caljobs_policy.errors.exceptions import CaseError, PolicyError
from caljobs_policy.errors.extras import lacking
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.folders import missing_profiles, profile_names
from caljobs_policy.report.json_lines import line_of

if TYPE_CHECKING:
    from caljobs_policy.analysis.mutating.mutation import Mutation


def mutated(profiles: Sequence[str], *, as_json: bool) -> ExitCode:
    """Show what becomes of the mutants of some profiles, or of all that are installed."""
    problem = lacking("`test --mutate`", "analysis")
    if problem is not None:
        print_problem(problem)
        return ExitCode.COULD_NOT_RUN
    for missing in missing_profiles() if not profiles else ():
        note(missing)
    names = once_each(profiles or profile_names())
    return first_that_applies({code for name in names for code in _of(name, as_json=as_json)})


def _of(name: str, *, as_json: bool) -> set[ExitCode]:
    """Show what becomes of the mutants of a profile, and return what that comes to."""
    from caljobs_policy.analysis.mutating.mutation import Mutation
    from caljobs_policy.analysis.mutating.pages import mutation_text

    try:
        examined = examined_profile(name)
    except PolicyError as error:
        errors(error)
        return {code_of_error(error)}
    codes = set()
    if examined.case_problems:
        codes.add(ExitCode.INVALID)
        errors(CaseError(examined.case_problems))
    mutation = Mutation(examined)
    for case in mutation.worked.failing:
        codes.add(ExitCode.NOT_GOOD)
        what = case.title or "a case"
        print_problem(Problem(f"{what}: it fails already, so it notices nothing", case.place))
    with progress("Mutating", "changes", len(mutation.mutants.sites)) as bar:
        for _ in bar.over(mutation.run()):
            pass
    say(line_of(mutation.to_dict()) if as_json else mutation_text(mutation))
    return codes | _codes(mutation)


def _codes(mutation: Mutation) -> set[ExitCode]:
    survived = {ExitCode.NOT_GOOD} if mutation.survivors else set()
    return survived | ({ExitCode.CANNOT_TELL} if mutation.unproved else set())
