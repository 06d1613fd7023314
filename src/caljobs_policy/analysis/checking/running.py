# SPDX-License-Identifier: MIT
"""Runs the rules of `check` over profiles and gathers what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from os import PathLike

from attrs import evolve, field, frozen

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.excuses import Excuse, excuse_for, excuses_in
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule, Severity
from caljobs_policy.analysis.checking.rules import EXCUSE_UNUSED, RULES
from caljobs_policy.analysis.checking.settings import Settings
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.store import read_chain


@frozen
class Report:
    """What a run found."""

    problems: tuple[Fault, ...] = ()
    allowed: tuple[Fault, ...] = ()
    """What is allowed, each with its reason."""
    bounds: tuple[Bound, ...] = ()
    """What could not be told for certain."""
    codes: tuple[str, ...] = field(default=(), kw_only=True)
    """The rules that ran."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(one.severity is Severity.ERROR for one in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors


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
    return Report(
        tuple(one for one in faults if one.reason is None),
        tuple(one for one in faults if one.reason is not None),
        tuple(one for one in found if isinstance(one, Bound)),
        codes=tuple(rule.code for rule in rules),
    )


def _order(fault: Fault) -> tuple[Place, str, str]:
    return fault.place, fault.code, fault.message


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
    if any(rule.proves for rule in rules):
        yield from _too_large(examined)
    excuses = excuses_in(examined.chain.profiles[0].folder)
    used: set[Excuse] = set()
    for rule in rules:
        for one in rule().faults(examined):
            yield _weighed(one, rule, excuses, used)
        step()
    if settings.runs(EXCUSE_UNUSED.code):
        yield from _idle(excuses, used, {rule.code for rule in rules})


def _too_large(examined: Examined) -> Iterator[Bound]:
    for key, size in examined.large_plans().items():
        message = f"`{key}` has {size:,} checks, too many to ask about each of them"
        yield Bound(str(Code.TOO_LARGE), examined.profile.place, message)


def _of_loader(problem: Problem) -> Fault:
    code = problem.coded(Code.BAD_PROFILE).code
    return Fault(str(code), Severity.ERROR, problem.place, problem.message, problem.help)


def _weighed(
    one: Fault | Bound, rule: type[Rule], excuses: Sequence[Excuse], used: set[Excuse]
) -> Fault | Bound:
    """Return what a rule found, with the reason of the excuse that allows it."""
    if not isinstance(one, Fault) or not rule.excusable:
        return one
    excuse = excuse_for(excuses, one.code, one.place)
    if excuse is None:
        return one
    used.add(excuse)
    return evolve(one, reason=excuse.reason)


def _idle(excuses: Iterable[Excuse], used: set[Excuse], ran: set[str]) -> Iterator[Fault]:
    """Yield excuses that lack a reason, name no rule, or allow nothing that was found."""
    known = {rule.code: rule for rule in RULES}
    for excuse in excuses:
        fault: tuple[str, str] | None = None
        strange = next((code for code in excuse.codes if code not in known), None)
        if not excuse.codes or strange is not None:
            message = (
                f"there is no rule {shown(strange)}" if strange else "the excuse names no rule"
            )
            fault = message, str(remedy_for(strange or "", known))
        elif not excuse.reason:
            fault = "the excuse gives no reason", "end it with `because` and the reason"
        elif any(not known[code].excusable for code in excuse.codes):
            fault = "no comment can allow this", "mend it, or cite an authority"
        elif excuse not in used and ran.issuperset(excuse.codes):
            fault = "the excuse allows nothing", "remove it"
        if fault is not None:
            yield Fault(EXCUSE_UNUSED.code, EXCUSE_UNUSED.severity, excuse.place, *fault)
