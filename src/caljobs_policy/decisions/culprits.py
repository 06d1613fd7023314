# SPDX-License-Identifier: MIT
"""The fields of a subject beside which a form shows a finding."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.policy.conditions import Condition, Not, Test, parts_of
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact


def culprits(check: Check, leaf: Leaf) -> tuple[str, ...]:
    """Return the keys, below the subject's kind, that keep it from meeting a check.

    If nothing can meet the check, return the keys that make it apply.
    """
    found = _culprits(check.require, leaf, wanted=True)
    return found or _culprits(check.when, leaf, wanted=False)


def below_kind(path: str) -> str:
    """Return the keys of a fact without the kind of its subject."""
    return path.partition(".")[2]


def _against(condition: Condition, leaf: Leaf, *, wanted: bool) -> Iterator[Test]:
    """Yield the tests that keep a condition from being as wanted, in the order written."""
    if truth(condition, leaf) is wanted:
        return
    if isinstance(condition, Test):
        yield condition
        return
    turned = wanted is not isinstance(condition, Not)
    for part in parts_of(condition):
        yield from _against(part, leaf, wanted=turned)


def _culprits(condition: Condition, leaf: Leaf, *, wanted: bool) -> tuple[str, ...]:
    """Return the keys behind the failed tests or, if none failed, behind the unknown ones."""
    tests = tuple(_against(condition, leaf, wanted=wanted))
    failed = tuple(test for test in tests if leaf(test) is not None)
    return tuple(dict.fromkeys(key for test in failed or tests for key in _keys(test)))


def _keys(test: Test) -> Iterator[str]:
    """Yield the key of the tested fact or, if that is no field, of those it is compared with."""
    own, *others = test.facts
    for fact in (own,) if _is_stated(own) else filter(_is_stated, others):
        # A form is not a key of a statement.
        path = fact.path.removesuffix(f".{fact.form}") if fact.form else fact.path
        yield below_kind(path)


def _is_stated(fact: Fact) -> bool:
    return bool(fact.steps)
