# SPDX-License-Identifier: MIT
"""The fields of a subject beside which a form shows what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.policy.conditions import Condition, Not, Test, parts_of
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact


def culprits(check: Check, leaf: Leaf) -> tuple[str, ...]:
    """Return the keys, below its kind, of what keeps a subject from meeting a check.

    Where nothing could meet the check, these are the keys that let it apply.
    """
    found = _culprits(check.require, leaf, wanted=True)
    return found or _culprits(check.when, leaf, wanted=False)


def below_kind(path: str) -> str:
    """Return the keys of a fact below the kind of its subject."""
    return path.partition(".")[2]


def _against(condition: Condition, leaf: Leaf, *, wanted: bool) -> Iterator[Test]:
    """Return the tests that keep a condition from being as wanted, in the order written."""
    if truth(condition, leaf) is wanted:
        return
    if isinstance(condition, Test):
        yield condition
        return
    turned = wanted is not isinstance(condition, Not)
    for part in parts_of(condition):
        yield from _against(part, leaf, wanted=turned)


def _culprits(condition: Condition, leaf: Leaf, *, wanted: bool) -> tuple[str, ...]:
    """Return the keys behind the tests that fail; behind those not known, where none fails."""
    tests = tuple(_against(condition, leaf, wanted=wanted))
    failed = tuple(test for test in tests if leaf(test) is not None)
    return tuple(dict.fromkeys(key for test in failed or tests for key in _keys(test)))


def _keys(test: Test) -> Iterator[str]:
    """Return the key of the tested fact, or those it is compared with where it is no field."""
    own, *others = test.facts
    for fact in (own,) if _is_stated(own) else filter(_is_stated, others):
        # A form is no key of a statement.
        path = fact.path.removesuffix(f".{fact.form}") if fact.form else fact.path
        yield below_kind(path)


def _is_stated(fact: Fact) -> bool:
    return bool(fact.steps)
