# SPDX-License-Identifier: MIT
"""The operators that a condition may use, one class each."""

from collections.abc import Mapping
from typing import Final

from caljobs_policy.policy.operators.characters import ContainsEach, ContainsOnly, Length
from caljobs_policy.policy.operators.comparisons import FewerThan, Given, In, Is, NotIn
from caljobs_policy.policy.operators.lists import Exactly, Has, HasAll, HasOnly
from caljobs_policy.policy.operators.operator import Argument, Operator
from caljobs_policy.policy.operators.order import After, Before
from caljobs_policy.policy.operators.patterns import Reads
from caljobs_policy.policy.operators.texts import (
    ContainsLoosely,
    ContainsWords,
    SameAs,
    StartsWith,
)
from caljobs_policy.policy.operators.times import AtLeast, MoreThan, Within

OPERATORS: Final[Mapping[str, type[Operator]]] = {
    cls.name: cls
    for cls in (
        Is,
        In,
        NotIn,
        Given,
        FewerThan,
        Has,
        HasAll,
        HasOnly,
        Exactly,
        SameAs,
        StartsWith,
        ContainsLoosely,
        ContainsWords,
        Length,
        ContainsEach,
        ContainsOnly,
        Reads,
        Before,
        After,
        Within,
        MoreThan,
        AtLeast,
    )
}

__all__ = [
    "OPERATORS",
    "After",
    "Argument",
    "AtLeast",
    "Before",
    "ContainsEach",
    "ContainsLoosely",
    "ContainsOnly",
    "ContainsWords",
    "Exactly",
    "FewerThan",
    "Given",
    "Has",
    "HasAll",
    "HasOnly",
    "In",
    "Is",
    "Length",
    "MoreThan",
    "NotIn",
    "Operator",
    "Reads",
    "SameAs",
    "StartsWith",
    "Within",
]
