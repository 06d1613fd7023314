# SPDX-License-Identifier: MIT
"""The deadlines about subjects of one key, found by their names."""

from __future__ import annotations

from attrs import field, frozen

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors import Place
from caljobs_policy.model.rules import DeadlineRule


@frozen
class NamedDeadlines:
    """The deadlines to which conditions and duties can refer."""

    key: str
    names: frozenset[str]
    made: dict[str, DeadlineRule] = field(factory=dict)
    """Those that were made so far; they are made in the order in which they are written."""

    def find(self, name: str, place: Place, problems: Problems) -> DeadlineRule | None:
        """Find a deadline; None after a problem."""
        if name in self.names and name not in self.made:
            message = f"the deadline `{name}` stands further down, or refers to itself"
            problems.add(place, message, "list it above what refers to it")
        elif name not in self.made:
            remedy = f"list it under `deadlines` about {self.key}"
            problems.unknown(place, "deadline", name, self.names, remedy)
        return self.made.get(name)
