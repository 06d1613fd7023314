# SPDX-License-Identifier: MIT
"""A profile as rules look at it: its policies from day to day, its entries and its cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import frozen

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_beside
from caljobs_policy.compiler.build import build
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.exceptions import CaseError, EditionError, ProfileError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.policies import edition_on, policy_of
from caljobs_policy.loader.store import ReadChain
from caljobs_policy.policy.conditions import Condition
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Origin, Plan
from caljobs_policy.syntax.entries import Entry, Table
from caljobs_policy.syntax.profile import Profile

if TYPE_CHECKING:
    from caljobs_policy.analysis.questions import Prover


MOST_PARTS: Final = 200
"""Of a plan with more checks or routes, nobody waits for the answers about each."""


_MOST_STEPS: Final = 5_000_000
"""Of each of many questions; the longest about the shipped profiles takes 0.2 million."""


@frozen(eq=False)
class Stretch:
    """Some days on which the same editions of a chain are in force."""

    policy: Policy
    above: Policy | None
    """The policy of the profile above on those days."""
    layers: tuple[Layer, ...]


@frozen
class Written:
    """An entry as written in a table of the profile."""

    table: str
    key: str
    entry: Entry


class Examined:
    """A profile that can be read, with what several rules ask of it."""

    def __init__(self, chain: ReadChain, today: date) -> None:
        self.chain, self.today = chain, today
        self.stretches, self.problems = _stretches(chain)
        self._provers: dict[tuple[int, str], Prover] = {}

    @property
    def profile(self) -> Profile:
        """The profile itself."""
        return self.chain.profiles[0].profile

    @property
    def name(self) -> str:
        """Its name."""
        return self.profile.jurisdiction

    def is_own(self, origin: Origin) -> bool:
        """Return whether something stands in the profile itself, not in one above."""
        return origin.edition.partition("@")[0] == self.name

    @cached_property
    def written(self) -> Sequence[Sequence[Written]]:
        """For each edition, its entries."""
        return [
            [
                Written(table, key, entry)
                for table, entries in edition.tables.items()
                for key, entry in entries.items()
            ]
            for edition in self.profile.editions
        ]

    @cached_property
    def tables(self) -> Mapping[Place, Table]:
        """Its lookup tables, by where they stand."""
        entries = (one.entry for written in self.written for one in written)
        return {entry.place: entry for entry in entries if isinstance(entry, Table)}

    @cached_property
    def referred_to(self) -> Mapping[str, Set[tuple[str, str]]]:
        """For each own edition in force, the tables and names to which something refers."""
        found: dict[str, set[tuple[str, str]]] = {}
        for stretch in self.stretches:
            built = build(stretch.layers, stretch.policy.day, Problems())
            edition = stretch.layers[0].edition.id
            found.setdefault(edition, set()).update(built.vocabulary.used)
        return found

    @cached_property
    def cases(self) -> Sequence[Case]:
        """Its worked cases that can be read and ask for its own policy."""
        found = (case for case in self._beside if isinstance(case, Case))
        return tuple(case for case in found if case.policy.jurisdiction == self.name)

    @property
    def case_problems(self) -> Sequence[Problem]:
        """What is wrong with its worked cases, but for what they expect."""
        errors = (error for error in self._beside if isinstance(error, CaseError))
        return tuple(problem for error in errors for problem in error.problems)

    @cached_property
    def _beside(self) -> Sequence[Case | CaseError]:
        return tuple(cases_beside(self.chain.profiles[0]))

    def plans(self) -> Iterator[tuple[Stretch, str, Plan]]:
        """Yield every plan of every stretch."""
        for stretch in self.stretches:
            for key, plan in stretch.policy.plans.items():
                yield stretch, key, plan

    def small_plans(self) -> Iterator[tuple[Stretch, str, Plan]]:
        """Yield the plans that are small enough to ask about each of their parts."""
        return (one for one in self.plans() if _parts(one[2]) <= MOST_PARTS)

    def large_plans(self) -> Mapping[str, int]:
        """Return how many parts there are in each plan that is too large for that."""
        sizes = ((key, _parts(plan)) for _, key, plan in self.plans())
        return {key: size for key, size in sizes if size > MOST_PARTS}

    def prover(self, stretch: Stretch, key: str) -> Prover:
        """Return what answers questions about the subjects of a key under one policy."""
        known = (id(stretch), key)
        if known not in self._provers:
            self._provers[known] = prover_of_each(stretch.policy, key)
        return self._provers[known]


def prover_of_each(policy: Policy, key: str, also: Iterable[Condition] = ()) -> Prover:
    """Return what answers many questions about the subjects of a key, each within few steps."""
    from caljobs_policy.analysis.formulas.finding import Limits
    from caljobs_policy.analysis.questions import Prover

    return Prover((policy,), key, also=also, limits=Limits(work=_MOST_STEPS))


def _parts(plan: Plan) -> int:
    return max(len(plan.checks), len(plan.routes))


def _stretches(chain: ReadChain) -> tuple[Sequence[Stretch], Sequence[Problem]]:
    """Return the stretches of a chain, or all that is wrong with it."""
    found: dict[tuple[str, ...], Stretch] = {}
    problems: dict[Problem, None] = {}
    gaps: dict[Problem, None] = {}
    for day in _first_days(chain):
        try:
            stretch = _stretch(chain, day)
        except EditionError as error:
            gaps |= dict.fromkeys(error.problems)
        except ProfileError as error:
            problems |= dict.fromkeys(error.problems)
        else:
            found.setdefault(stretch.policy.editions, stretch)
    # Days between editions are the matter of a rule, unless no day is left.
    return tuple(found.values()), tuple(problems or (gaps if not found else ()))


def _stretch(chain: ReadChain, day: date) -> Stretch:
    policy = policy_of(chain, day)
    above = policy_of(_above(chain), day) if len(chain.profiles) > 1 else None
    layers = (Layer(one.profile, edition_on(one.profile, day)) for one in chain.profiles)
    return Stretch(policy, above, tuple(layers))


def _above(chain: ReadChain) -> ReadChain:
    return ReadChain(chain.profiles[1:], ())


def _first_days(chain: ReadChain) -> Sequence[date]:
    """Return the days on which other editions come into force, from the profile's first on."""
    editions = [edition for one in chain.profiles for edition in one.profile.editions]
    days = {edition.start for edition in editions}
    days |= {edition.end + timedelta(1) for edition in editions if edition.end is not None}
    first = min(edition.start for edition in chain.profiles[0].profile.editions)
    return sorted(day for day in days if day >= first)
