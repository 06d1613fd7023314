# SPDX-License-Identifier: MIT
"""Subjects near one that is in order: the same but for what shows something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import evolve

from caljobs_policy.analysis.formulas.shrinking import Real
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.stated_values import (
    Keys,
    moment_of,
    moved_ways,
    places_in,
    value_at,
    with_value,
)
from caljobs_policy.analysis.formulas.terms import Formula, any_of, denied
from caljobs_policy.analysis.formulas.witnesses import Case, Witness, is_confirmed, witness_of
from caljobs_policy.analysis.formulas.word_cells import WordsCell
from caljobs_policy.analysis.variants import key_of
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind

_PASSES: Final = 3
"""How often all that is stated is gone through, as one change may make room for another."""


def nearest(
    space: Space, real: Real, witness: Witness, base: Case, facts: Iterable[Fact] = ()
) -> Witness:
    """Return a witness that states what another case does, as far as it still shows the same.

    `facts` are those that have to differ, if no others do.
    """
    ahead = (moment_of(space, base) - moment_of(space, witness.case)).days
    witness = first_that_shows(space, real, witness, moved_ways(witness.case, ahead))
    witness = first_that_shows(space, real, witness, [evolve(witness.case, at=base.at)])
    witness = first_that_shows(space, real, witness, [_with_facts(base, witness.case, facts)])
    for _ in range(_PASSES):
        before = witness
        places = (*_wholes(witness.case.stated[0]), *_wholes(base.stated[0]))
        for keys in dict.fromkeys(places):
            witness = first_that_shows(space, real, witness, _alike(witness.case, base, keys))
        if witness is before:
            break
    return witness


def _with_facts(base: Case, case: Case, facts: Iterable[Fact]) -> Case:
    """Return a case with what another one states of some facts."""
    found = base
    for keys in dict.fromkeys(key_of(fact) for fact in facts if fact.steps):
        value = value_at(case.stated[0], keys)
        if isinstance(value_at(found.stated[0], keys[:-1]), dict):
            found = stating(found, keys, value)
    return found


def first_that_shows(space: Space, real: Real, witness: Witness, cases: Iterable[Case]) -> Witness:
    """Return the first of some cases that shows the same, or else the witness itself."""
    for case in cases:
        if (case.stated, case.at) == (witness.case.stated, witness.case.at):
            continue
        tried = witness_of(space, case)
        if tried is not None and real(tried.decisions) and is_confirmed(tried):
            return tried
    return witness


def _wholes(stated: Any) -> Iterator[Keys]:
    """Yield the keys of all that is stated, lists as wholes."""
    yield from (keys for keys in places_in(stated) if not any(isinstance(k, int) for k in keys))


def _alike(case: Case, base: Case, keys: Keys) -> Iterator[Case]:
    """Yield a case with what another states at some keys: all of it, or as much of a list."""
    here, there = value_at(case.stated[0], keys), value_at(base.stated[0], keys)
    if here == there or not isinstance(value_at(case.stated[0], keys[:-1]), dict):
        return
    yield stating(case, keys, there)
    if isinstance(here, list) and isinstance(there, list):
        more = [*there, *(one for one in here if one not in there)]
        both = [one for one in there if one in here]
        yield from (stating(case, keys, some) for some in (both, more) if some)
        for one in there if len(there) > 1 else ():
            yield stating(case, keys, [other for other in there if other != one])
        yield from (stating(case, keys, [*there, one]) for one in here if one not in there)


def stating(case: Case, keys: Keys, value: Any) -> Case:
    """Return a case that states a value at some keys."""
    return evolve(case, stated=tuple(with_value(one, keys, value) for one in case.stated))


def plainest(space: Space, policy: Policy, real: Real, witness: Witness) -> Witness:
    """Return a witness with words that come as early in their tables as may be."""
    for fact in [*space.facts.values()]:
        table = policy.words_for(fact.holds) if fact.kind is Kind.WORD else None
        stated = value_at(witness.case.stated[0], fact.steps)
        if table and isinstance(stated, str) and fact.form is None:
            words = [*table]
            earlier = words[: words.index(stated)] if stated in words else words
            cases = [stating(witness.case, fact.steps, word) for word in earlier]
            witness = first_that_shows(space, real, witness, cases)
    return witness


def plain_statements(space: Space) -> Iterator[Formula]:
    """Yield that each fact exists which usually does, and that each such list holds a word."""
    for fact in [*space.facts.values()]:
        cell = space.cell(fact)
        if fact.holds.optional or fact.form is not None:
            continue
        yield denied(cell.null)
        if isinstance(cell, WordsCell):
            yield any_of(cell.bits[0].values())
