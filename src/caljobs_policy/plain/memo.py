# SPDX-License-Identifier: MIT
"""A bounded memory of what was worked out before."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
MOST: Final = 4096
"""How many answers are kept."""
HEAVIEST: Final = 100 * MOST
"""How much all of them may weigh together."""


class Memo:
    """Answers by their questions; threads may share it, as two at once only work twice."""

    def __init__(self, most: int = MOST, heaviest: int = HEAVIEST) -> None:
        self.most, self.heaviest = most, heaviest
        self.weight = 0
        self._known: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: Hashable, make: Callable[..., Any], *arguments: Any, weight: int = 1) -> Any:
        """Return the answer under a key; it is made if it is not known, and is never None.

        `weight` stands for the room that the answer takes, in answers of usual size.
        """
        found = self._known.get(key)
        if found is not None:
            return found
        found = make(*arguments)
        if len(self._known) >= self.most or self.weight + weight > self.heaviest:
            # One step, which no other thread can come between; what is still asked for comes back.
            self._known.clear()
            self.weight = 0
        self.weight += weight
        return self._known.setdefault(key, found)


class Lookup(dict[K, V]):
    """Answers by their questions, each made when it is first looked up as in any mapping."""

    def __init__(self, make: Callable[[K], V], most: int = MOST) -> None:
        super().__init__()
        self.make = make
        self.most = most

    def __missing__(self, key: K) -> V:
        found = self.make(key)
        if len(self) >= self.most:
            self.clear()
        self[key] = found
        return found
