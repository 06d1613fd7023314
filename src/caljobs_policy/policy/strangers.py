# SPDX-License-Identifier: MIT
"""Finds words and own facts of a subject that its policy does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from attrs import evolve

from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import told_of, unknown_key, unknown_word
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Problem, settled
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject, kind_of_key, subject_key
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.unknown import UNKNOWN

Faults: TypeAlias = Callable[[Any], tuple[Problem, ...]]


def check_subject(policy: Policy, subject: Subject) -> tuple[Problem, ...]:
    """Return everything about a subject that its policy does not know.

    These are the words that no table of the policy lists, and the facts under `own` that its
    profiles do not declare, or declare to hold something else.
    """
    if not isinstance(policy, Policy):
        raise wrong("policy", "a Policy, as `load_policy` returns one", policy)
    kind = kind_of_key(subject_key(subject))
    return settled([*_strange_words(policy, subject, kind), *_strange_facts(policy, subject, kind)])


def refuse_strangers(policy: Policy, subject: Subject) -> None:
    """Raise a `SubjectError` with everything that `check_subject` finds."""
    if problems := check_subject(policy, subject):
        raise SubjectError(problems)


def _strange_words(
    policy: Policy, part: object, kind: str, keys: tuple[str | int, ...] = ()
) -> Iterator[Problem]:
    """Yield the unknown words of a part of a subject, each with the keys of its fact."""
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if value is not None and value is not UNKNOWN:
            yield from _strange_words_in(policy, holds, value, kind, (*keys, name))


def _strange_words_in(
    policy: Policy, holds: Holds, value: Any, kind: str, keys: tuple[str | int, ...]
) -> Iterator[Problem]:
    several = value if isinstance(value, tuple) else (value,)
    known = policy.words_for(holds)
    for number, one in enumerate(several):
        here = (*keys, number) if len(several) > 1 else keys
        if holds.kind in {Kind.PART, Kind.STATEMENTS}:
            yield from _strange_words(policy, one, kind, here)
        elif known is not None and one not in known:
            yield told_of(evolve(unknown_word(one, known), keys=here), kind)


def _problem(
    kind: str, keys: tuple[str | int, ...], message: str, remedy: str | None, code: Code
) -> Problem:
    return told_of(Problem(message, help=remedy, keys=keys, code=code), kind)


def _strange_facts(policy: Policy, subject: Subject, kind: str) -> Iterator[Problem]:
    """Yield the own facts that no profile declares, and those that hold a wrong value."""
    cls = type(subject)
    known = policy.own_facts(cls)
    faults = policy.made(("faults of own facts", cls), _own_faults, cls) if subject.own else {}
    for name, value in subject.own.items():
        if name in known:
            for problem in faults[name](value):
                yield told_of(evolve(problem, keys=(name, *problem.keys)), kind)
        elif name in fields_of(cls):
            message, remedy = "is not a fact of the profile's own", f"hand it over as `{name}=`"
            yield _problem(kind, (name,), message, remedy, Code.UNKNOWN_KEY)
        else:
            none = "the profile declares no facts of its own"
            listed = remedy_for(name, known, "the profile's own facts are", otherwise=none)
            yield told_of(unknown_key(name, known, listed), kind)


def _own_faults(policy: Policy, cls: type) -> Mapping[str, Faults]:
    """Return for each of the profiles' own facts a function that finds faults in a value."""
    from caljobs_policy.subjects.faults import faults  # noqa: PLC0415  # few subjects state any
    from caljobs_policy.subjects.value_hooks import fact_reader  # noqa: PLC0415

    return {
        name: partial(faults, holds=holds, read=fact_reader(holds, policy.words_for(holds)))
        for name, holds in policy.own_facts(cls).items()
    }
