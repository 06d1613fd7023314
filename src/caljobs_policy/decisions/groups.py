# SPDX-License-Identifier: MIT
"""Checks that are connected through unknown facts, whatever a subject states beside these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from attrs import frozen

from caljobs_policy.decisions.parts import variables_of
from caljobs_policy.decisions.variables import (
    PATH,
    Asked,
    Question,
    Questions,
    Reads,
    Source,
    Variable,
)
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact

Opened: TypeAlias = Mapping[Reads, tuple[Source, ...]]
"""The unknown facts among those that tests read together, in order."""


@frozen(eq=False)
class Reading:
    """What some checks ask, whatever is known of it."""

    alike: Mapping[tuple[Reads, ...], Sequence[Questions]]
    """What they ask, by the facts that they read together."""
    reads: tuple[Reads, ...]
    """These facts."""
    sources: Mapping[Fact, Source]
    """The same by themselves, each with the stated one behind it."""
    checks: int
    """How many checks they are."""
    tests: int
    """How many different tests they ask."""


def reading_of(asked: Asked, checks: Iterable[Check]) -> Reading:
    """Return what some checks ask."""
    each = [asked.by(check) for check in checks]
    alike: dict[tuple[Reads, ...], list[Questions]] = {}
    for one in each:
        alike.setdefault(one.reads, []).append(one)
    reads = tuple(dict.fromkeys(chain.from_iterable(alike)))
    sources = {f: s for one in reads for f, s in zip(one.facts, one.sources, strict=True)}
    tests = set(chain.from_iterable([one.each for one in each]))
    return Reading(alike, reads, sources, len(each), len(tests))


@frozen(eq=False)
class Group:
    """Checks that are connected through unknown facts, and what varies in them."""

    checks: Sequence[Check]
    known: tuple[Question, ...]
    """The questions whose facts are all known."""
    sources: frozenset[Source]
    """The unknown facts."""
    variables: tuple[Variable, ...]
    nullable: tuple[Source, ...]
    """The facts whose nullness varies beside their values."""


@frozen(eq=False)
class Layout:
    """What does not depend on the values of known facts: the groups of checks, and the rest."""

    groups: tuple[Group, ...]
    known: tuple[Question, ...]
    """The questions whose facts are all known."""
    partners: tuple[Fact, ...]
    """The known facts with which unknown ones are compared."""
    forms: tuple[Fact, ...]
    """The unknown facts that may have only a few values."""
    reads_moment: bool
    by_day: bool
    """Whether only the day of the moment may matter."""


def laid_out(policy: Policy, reading: Reading, unknown: frozenset[Source]) -> Layout:
    """Return the groups of checks that share no unknown fact."""
    opened = {
        reads: tuple(sorted(unknown.intersection(reads.sources), key=PATH))
        for reads in reading.reads
    }
    groups = [_group(policy, some, opened) for some in _connected(reading, opened)]
    variables = [variable for group in groups for variable in group.variables]
    dated = [variable for variable in variables if variable.reads_moment]
    return Layout(
        tuple(groups),
        tuple(dict.fromkeys([question for group in groups for question in group.known])),
        tuple(dict.fromkeys([fact for variable in variables for fact in variable.partners])),
        tuple([source.fact for source in unknown if source.fact.form is not None]),
        bool(dated),
        False not in [variable.by_day for variable in dated],
    )


def _connected(reading: Reading, opened: Opened) -> list[list[Questions]]:
    """Group what checks ask that are connected through unknown facts."""
    groups: list[tuple[set[Source], list[Questions]]] = []
    for reads, some in reading.alike.items():
        sources, connected, apart = set(chain(*[opened[one] for one in reads])), [*some], []
        for group in groups:
            if sources.isdisjoint(group[0]):
                apart.append(group)
            else:
                sources, connected = sources | group[0], group[1] + connected
        groups = [*apart, (sources, connected)]
    return [connected for _, connected in groups]


def _group(policy: Policy, asked: Sequence[Questions], opened: Opened) -> Group:
    """Return checks with what they ask: of known facts, and the rest by what is unknown."""
    known: list[Question] = []
    bundles: dict[tuple[Source, ...], list[Question]] = {}
    for question in dict.fromkeys(chain.from_iterable([one.each for one in asked])):
        if sources := opened[question.reads]:
            bundles.setdefault(sources, []).append(question)
        else:
            known.append(question)
    checks, unstated = [one.check for one in asked], frozenset(chain.from_iterable(bundles))
    return Group(checks, tuple(known), unstated, *variables_of(policy, bundles))
