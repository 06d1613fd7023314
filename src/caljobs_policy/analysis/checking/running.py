# SPDX-License-Identifier: MIT
"""Runs the rules of `check` over profiles and gathers what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from os import PathLike

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.excuses import Excuses, excuses_in
from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule, Severity
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.analysis.checking.rules.excuse_unused import ExcuseUnused
from caljobs_policy.analysis.checking.settings import Settings
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.store import read_chain


def check(
    profiles: Iterable[str | PathLike[str]],
    settings: Settings,
    today: date,
    *,
    can_prove: bool = True,
    step: Callable[[], object] = lambda: None,
) -> Report:
    """Run the rules over profiles; without what proofs need, only those that prove nothing."""
    rules = [rule for rule in RULES if settings.runs(rule.code) and (can_prove or not rule.proves)]
    found: dict[Fault | Bound, None] = {}
    for profile in profiles:
        found |= dict.fromkeys(_of_profile(profile, rules, settings, today, step))
    faults = sorted((one for one in found if isinstance(one, Fault)), key=_order)
    bounds = sorted((one for one in found if isinstance(one, Bound)), key=_order)
    return Report(
        tuple(one for one in faults if one.reason is None),
        tuple(one for one in faults if one.reason is not None),
        tuple(bounds),
        codes=tuple(rule.code for rule in rules),
        strict=settings.strict,
    )


def _order(one: Fault | Bound) -> tuple[Place, str, str]:
    return one.place, one.code, one.message


def _of_profile(
    profile: str | PathLike[str],
    rules: Sequence[type[Rule]],
    settings: Settings,
    today: date,
    step: Callable[[], object],
) -> Iterator[Fault | Bound]:
    """Yield what is wrong with one profile; its rules run once it can be read."""
    try:
        examined = Examined(read_chain(profile), today)
        problems: Sequence[Problem] = examined.problems
    except ProfileError as error:
        problems = error.problems
    if problems:
        yield from map(_of_loader, problems)
        return
    yield from map(_of_loader, examined.case_problems)
    excuses = Excuses(excuses_in(examined.chain.profiles[0].folder))
    sure: set[str] = set()
    for rule in rules:
        found = [*rule().faults(examined), *(_too_large(rule, examined) if rule.of_each else ())]
        yield from (excuses.weighed(one) if rule.excusable else one for one in found)
        if not any(isinstance(one, Bound) for one in found):
            sure.add(rule.code)
        step()
    if settings.runs(ExcuseUnused.code):
        yield from ExcuseUnused.idle(excuses, {rule.code: rule for rule in RULES}, sure)


def _too_large(rule: type[Rule], examined: Examined) -> Iterator[Bound]:
    for key, size in examined.large_plans().items():
        message = f"`{key}` has {size:,} checks or routes, too many to ask about each"
        yield Bound(rule.code, examined.profile.place, message)


def _of_loader(problem: Problem) -> Fault:
    code = problem.coded(Code.BAD_PROFILE).code
    return Fault(str(code), Severity.ERROR, problem.place, problem.message, problem.help)
