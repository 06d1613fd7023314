# SPDX-License-Identifier: MIT
"""A subject of one profile in the words of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, TypeAlias

from attrs import evolve, fields

from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.subjects.fields import Kind, fields_of
from caljobs_policy.subjects.unknown import UNKNOWN

Meanings: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By table and word, the words that stand for it."""


def counterparts(subject: Subject, own: Policy, other: Policy) -> Iterator[Subject]:
    """Yield a subject of one policy in the words of another: one below, above or beside it.

    If several words stand for one, there is a subject for each. There is none if a word has no
    counterpart, or if the policies have no profile above in common. Facts that only the subject's
    own profiles declare are left out, since the other policy cannot ask for them.
    """
    for found in _translated(subject, own, other):
        known = other.own_facts(type(found))
        shared = {name: value for name, value in found.own.items() if name in known}
        yield found if shared == found.own else evolve(found, own=shared)


def _translated(subject: Subject, own: Policy, other: Policy) -> Iterator[Subject]:
    common = common_profile(own, other)
    if own.jurisdiction == other.jurisdiction:
        yield subject
    elif common == own.jurisdiction:
        yield from localized(subject, other, common)
    elif common is not None:
        for above in _localized(subject, _upwards(own.meanings[common])):
            at_top = common == other.jurisdiction
            yield from [above] if at_top else localized(above, other, common)


def common_profile(one: Policy, other: Policy) -> str | None:
    """Return the nearest profile that two policies have in common: one of theirs, or one above."""
    if one.jurisdiction in other.meanings:
        return one.jurisdiction
    return next((n for n in one.meanings if n in {other.jurisdiction, *other.meanings}), None)


def _upwards(meanings: Meanings) -> Meanings:
    """Turn the words that stand for one above into the words above that each stands for."""
    return {
        table: {
            word: tuple(above for above, stand_in in words.items() if word in stand_in)
            for word in dict.fromkeys(word for stand_in in words.values() for word in stand_in)
        }
        for table, words in meanings.items()
    }


def localized(subject: Subject, policy: Policy, above: str) -> Iterator[Subject]:
    """Yield a subject of the profile `above` in the words of a policy that extends it.

    If several words stand for one, there is a subject for each; if none does, there is none.
    """
    meanings = policy.meanings.get(above, {})
    yield from _localized(subject, meanings)


def _localized(part: Any, meanings: Meanings) -> Iterator[Any]:
    changes: dict[str, list[Any]] = {}
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if holds.kind is Kind.PART:
            changes[name] = list(_localized(value, meanings))
        elif holds.vocabulary in meanings and value is not None and value is not UNKNOWN:
            table = meanings[str(holds.vocabulary)]
            words = value if isinstance(value, tuple) else (value,)
            choices = [list(table.get(word, ())) for word in words]
            found: list[Any] = [tuple(choice) for choice in product(*choices)]
            changes[name] = found if isinstance(value, tuple) else [one for (one,) in found]
    names = {f.name for f in fields(type(part)) if f.init}
    for values in product(*changes.values()):
        stated = {n: v for n, v in zip(changes, values, strict=True) if n in names}
        # A null part is shared, and cannot be built again.
        yield evolve(part, **stated) if stated else part


def untranslated(part: Any, meanings: Meanings) -> Iterator[tuple[str, str]]:
    """Yield the words of a subject that nothing stands for, each with its table."""
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if holds.kind is Kind.PART:
            yield from untranslated(value, meanings)
        elif holds.vocabulary in meanings and value is not None and value is not UNKNOWN:
            table = str(holds.vocabulary)
            for word in value if isinstance(value, tuple) else (value,):
                if not meanings[table].get(word):
                    yield table, word
