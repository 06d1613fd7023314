# SPDX-License-Identifier: MIT
"""Which operators the engine takes: of each the truth alone, as two bits of a fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any, Final, TypeAlias

from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy import operators
from caljobs_policy.policy.operators import Operator
from caljobs_policy.subjects.unknown import Truth

Leaf: TypeAlias = Callable[[Any, Sequence[Any], tzinfo], Truth]
BY_TRUTH: Final[frozenset[type[Operator]]] = frozenset(
    {
        *(operators.Is, operators.In, operators.NotIn, operators.Given, operators.FewerThan),
        *(operators.Has, operators.HasAll, operators.HasOnly, operators.Exactly),
        *(operators.SameAs, operators.StartsWith),
        *(operators.ContainsLoosely, operators.ContainsWords),
        *(operators.Length, operators.ContainsEach, operators.ContainsOnly, operators.Reads),
        *(operators.Before, operators.After),
        *(operators.Within, operators.MoreThan, operators.AtLeast),
    }
)
"""The operators whose own truth is stated to the network, by exact class."""
LACKS: Final[frozenset[type[Operator]]] = frozenset()
"""The operators that the engine does not take."""


def leaf(operator: Operator) -> Leaf:
    """Return the function that finds the truth of an operator, from values.

    Raises an `EngineError` where the engine does not take the operator.
    """
    if type(operator) in BY_TRUTH:
        return operator.truth
    message = f"the engine `durable` cannot test `{operator.name}`"
    raise EngineError(Problem(message, Place(), "use the engine `native`, which tests all"))
