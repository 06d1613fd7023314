# SPDX-License-Identifier: MIT
"""Checks that are connected through unknown facts, whatever a subject states beside these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from attrs import define, frozen

from caljobs_policy.decisions.parts import parts_of
from caljobs_policy.decisions.variables import (
    PATH,
    Asked,
    Part,
    Question,
    Source,
    partners_of,
    told_by_day,
)
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED


@frozen(eq=False)
class Group:
    """Checks that are connected through unknown facts, and what varies in them."""

    checks: Sequence[Check]
    known: tuple[Question, ...]
    """The questions whose facts are all known."""
    sources: frozenset[Source]
    """The unknown facts."""
    parts: tuple[Part, ...]
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


def laid_out(
    policy: Policy, checks: Iterable[Check], asked: Asked, unknown: frozenset[Source]
) -> Layout:
    """Return the groups of checks that share no unknown fact."""
    found = [_bundled(group, asked, unknown) for group in _connected(checks, asked, unknown)]
    bundled = [bundle for _, _, bundles in found for bundle in bundles.items()]
    dated = [
        ([source.fact for source in sources], [question.test for question in questions])
        for sources, questions in bundled
        if sources[0].fact.kind in DATED
    ]
    return Layout(
        tuple(
            [
                Group(
                    checks,
                    known,
                    frozenset(chain.from_iterable(bundles)),
                    *parts_of(policy, bundles),
                )
                for checks, known, bundles in found
            ]
        ),
        tuple(dict.fromkeys([question for _, known, _ in found for question in known])),
        partners_of([question for _, questions in bundled for question in questions], unknown),
        tuple([source.fact for source in unknown if source.fact.form is not None]),
        bool(dated),
        all(told_by_day(facts, tests) for facts, tests in dated),
    )


@define(eq=False)
class _Joined:
    """Checks that are connected so far, and the unknown facts that they read."""

    sources: set[Source]
    checks: list[Check]

    def size(self) -> int:
        """Return how many facts it has."""
        return len(self.sources)


def _connected(
    checks: Iterable[Check], asked: Asked, unknown: frozenset[Source]
) -> list[list[Check]]:
    """Group checks that are connected through unknown facts."""
    reading: dict[frozenset[Source], list[Check]] = {}
    for check in checks:
        reading.setdefault(asked.by(check).sources, []).append(check)
    joined: dict[Source, _Joined] = {}
    alone: list[list[Check]] = []
    for read, some in reading.items():
        sources = unknown & read
        near = [joined[source] for source in sources if source in joined]
        if not sources:
            alone += [[check] for check in some]
            continue
        whole = max(near, key=_Joined.size) if near else _Joined(set(), [])
        for other in near:
            if other is not whole and other.checks:
                whole.sources |= other.sources
                whole.checks += other.checks
                joined.update(dict.fromkeys(other.sources, whole))
                other.checks = []
        whole.checks += some
        if len(near) < len(sources):
            joined.update(dict.fromkeys(sources, whole))
            whole.sources |= sources
    return [*(whole.checks for whole in dict.fromkeys(joined.values())), *alone]


def _bundled(
    checks: list[Check], asked: Asked, unknown: frozenset[Source]
) -> tuple[list[Check], tuple[Question, ...], dict[tuple[Source, ...], list[Question]]]:
    """Return checks with what they ask: of known facts, and the rest by what is unknown."""
    known: list[Question] = []
    bundles: dict[tuple[Source, ...], list[Question]] = {}
    for question in dict.fromkeys(chain.from_iterable([asked.by(check).each for check in checks])):
        sources = question.sources
        if len(sources) > 1:
            sources = tuple(sorted(unknown.intersection(sources), key=PATH))
        if sources and sources[0] in unknown:
            bundles.setdefault(sources, []).append(question)
        else:
            known.append(question)
    return checks, tuple(known), bundles
