# SPDX-License-Identifier: MIT
"""The deadlines about one sort of subject by name, and what sentences call conditions."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import NEVER, Condition
from caljobs_policy.policy.rules import DeadlineRule
from caljobs_policy.policy.speech import NOT_THE_CASE, Naming
from caljobs_policy.syntax.nodes import AnyNode
from caljobs_policy.syntax.timed_entries import Deadline


@frozen
class NamedDeadlines:
    """The deadlines to which conditions and duties can refer."""

    key: str
    names: frozenset[str]
    made: dict[str, DeadlineRule] = field(factory=dict)
    """Those made so far, in the order in which they are written."""
    numbers: dict[str, tuple[tuple[AnyNode, ...], AnyNode | None]] = field(factory=dict)
    """By name, the counts and the warning time of each of those, as written."""

    def add(self, rule: DeadlineRule, entry: Deadline) -> None:
        """Add a deadline that was made from an entry."""
        legs = entry.earliest.values() or (entry,)
        counts = (leg.count for leg in legs)
        written = tuple(count for count in counts if count is not None)
        self.made[rule.name] = rule
        self.numbers[rule.name] = (written, entry.warning)

    terms: dict[Condition, Naming] = field(factory=dict)
    """The terms with a title that are in use."""

    def name(self, term: Condition | None, title: str | None) -> None:
        """Note that sentences call a term by its title, where it has one."""
        if term is not None and title:
            self.terms[term] = Naming(title, f"{NOT_THE_CASE} {title}")

    @property
    def namings(self) -> Mapping[Condition, Naming]:
        """What sentences call missed and near deadlines, and terms with a title."""
        found: dict[Condition, Naming] = {}
        for rule in self.made.values():
            title = f"the deadline “{rule.title}”"
            found[rule.missed] = Naming(f"{title} is missed", f"{title} is not missed")
            found[rule.near] = Naming(f"{title} is near", f"{title} is not near")
        named = {**found, **self.terms}
        return {condition: said for condition, said in named.items() if condition != NEVER}

    def find(self, name: str, place: Place, problems: Problems) -> DeadlineRule | None:
        """Find a deadline; None after a problem."""
        if name in self.names and name not in self.made:
            message = f"the deadline `{name}` comes further down, or refers to itself"
            problems.add(Code.CIRCULAR, place, message, "list it above what refers to it")
        elif name not in self.made:
            remedy = f"list it under `deadlines` about {self.key}"
            problems.unknown(place, "deadline", name, self.names, remedy)
        return self.made.get(name)
