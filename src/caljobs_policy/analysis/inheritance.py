# SPDX-License-Identifier: MIT
"""A subject of one profile in the words of another that extends it, and what may differ there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from attrs import evolve, fields

from caljobs_policy.model.decision import Decision
from caljobs_policy.model.facts import Subject, subject_key
from caljobs_policy.model.fields import Kind, fields_of
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.unknown import UNKNOWN


def localized(subject: Subject, policy: Policy, above: str) -> Iterator[Subject]:
    """Give a subject of the profile `above` in the words of a policy that extends it.

    Where several words stand for one, there is a subject for each; where none does, there is none.
    """
    meanings = policy.meanings.get(above, {})
    yield from _localized(subject, meanings)


def _localized(part: Any, meanings: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[Any]:
    changes: dict[str, list[Any]] = {}
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if holds.kind is Kind.PART:
            changes[name] = list(_localized(value, meanings)) if _is_stated(value) else [value]
        elif holds.vocabulary in meanings and value is not None and value is not UNKNOWN:
            table = meanings[str(holds.vocabulary)]
            words = value if isinstance(value, tuple) else (value,)
            choices = [list(table.get(word, ())) for word in words]
            found: list[Any] = [tuple(choice) for choice in product(*choices)]
            changes[name] = found if isinstance(value, tuple) else [one for (one,) in found]
    names = {f.name for f in fields(type(part)) if f.init}
    for values in product(*changes.values()):
        stated = {n: v for n, v in zip(changes, values, strict=True) if n in names}
        yield evolve(part, **stated) if stated else part


def _is_stated(part: Any) -> bool:
    """Tell whether anything is known of a part; a null part stays the shared one."""
    return any(getattr(part, f.name) is not None for f in fields(type(part)) if f.init)


def is_explained(above: Decision, here: Decision) -> bool:
    """Tell whether a local rule, row or override accounts for an outcome that has changed.

    A row of the local scope does, where no rule above is about such a subject.
    """
    if above.outcome is here.outcome:
        return True
    key = subject_key(here.subject)
    if key in here.policy.plans and key not in above.policy.plans:
        return True
    local = here.policy.editions[0]
    if any(f.edition == local or f.replaces for f in here.findings):
        return True
    lost = {f.rule for f in above.findings} - {f.rule for f in here.findings}
    overridden = {override.what for override in here.policy.overrides}
    return here.outcome.weight < above.outcome.weight and all(
        rule.startswith("routing") or _is_overridden(rule, overridden) for rule in lost
    )


def _is_overridden(rule: str, overridden: set[str]) -> bool:
    return any(what.partition("/")[2].startswith(rule) or rule in what for what in overridden)
