# SPDX-License-Identifier: MIT
"""What a cell or a value of JSON states of one fact, as the fact holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeAlias

from caljobs_policy.errors.collecting import UnreadableError
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.columns import Column
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.placing import bare
from caljobs_policy.subjects.value_hooks import fact_reader
from caljobs_policy.syntax.nodes import AnyNode


class _NoValue(Enum):
    """What a cell holds that has no value."""

    BLANK = "blank"
    UNREADABLE = "unreadable"


BLANK: Final = _NoValue.BLANK
"""Nothing is stated."""
UNREADABLE: Final = _NoValue.UNREADABLE
"""Something is wrong with the cell, so its row is read by itself."""

Values: TypeAlias = Sequence[Any]
"""What rows state of one fact."""
Found: TypeAlias = tuple[Sequence[int], Mapping[Column, Values]]
"""The numbers of the rows of a block that can be read here, and their values."""


class ValueReader:
    """Reads what is written of one fact as the reader of subjects does."""

    def __init__(self, holds: Holds, policy: Policy) -> None:
        known = policy.words_for(holds)
        self._read = fact_reader(holds, known)
        self.takes_any_text = holds.kind is Kind.TEXT and known is None
        """Whether each text in quotes is read as it stands."""

    def value(self, node: AnyNode) -> Any:
        """Return what a node states, or UNREADABLE."""
        try:
            found = self._read(bare(node))
        except UnreadableError:
            return UNREADABLE
        return list(found) if isinstance(found, tuple) else found
