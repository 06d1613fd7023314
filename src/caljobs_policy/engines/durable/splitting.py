# SPDX-License-Identifier: MIT
"""Rules small enough for the network, and rulesets small enough, in the order in which they run.

durable-rules says nowhere what it can bear; the limits are those of its source, with room to spare.
A formula above them is cut: a part of it becomes a rule of an earlier ruleset, and where that rule
fires, a bit of its own is set for the rulesets that follow. So all of the logic is still matched by
the network, and only the outcome of a part is carried over. To multiply a formula out instead would
need as many rules as it has ways to hold, which has no bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from attrs import define, field, frozen

from caljobs_policy.engines.durable.formulas import (
    FALSE,
    TRUE,
    Atom,
    Formula,
    bits_in,
    brackets,
    joined,
    ways,
)

MOST_RULES: Final = 40
"""In one ruleset. With 256 under one condition the process crashes."""
MOST_WAYS: Final = 60
"""In which the rules of one ruleset can fire at once. A rule fires once for each way in which its
formula holds, and 65 matches that are pending at once are more than the network's stack holds."""
MOST_FIELDS: Final = 120
"""Of a fact. With more than 252 besides the two that the engine adds, it takes no fact."""
MOST_WAYS_OF_RULE: Final = 20
MOST_BRACKETS: Final = 10
"""The `and` and `or` of one rule. With more than 15 a rule cannot be made."""
MOST_FIELDS_OF_RULE: Final = 40
_CHUNK: Final = 16
"""How many parts are put aside together; as atoms, so many are within all limits of a rule."""
ALWAYS: Final = Atom(-1, 1)
"""Stands for the field that every fact has, whatever the bits are."""
Target: TypeAlias = int | tuple[int, bool]
"""What is so where a rule fires: a bit is set, or a check is violated certainly or possibly."""


@frozen
class Rule:
    """A formula within all limits, and what is so where it holds."""

    formula: Formula
    target: Target
    stage: int
    """0 where it reads bits of tests alone, else 1 more than the rules that set its bits."""


@define
class RuleGroup:
    """The rules of one ruleset, which read one fact."""

    rules: list[Rule] = field(factory=list)
    bits: set[int] = field(factory=set)
    ways: int = 1
    """The rule that always fires is one."""

    def takes(self, rule: Rule) -> bool:
        """Add a rule, unless that breaks a limit."""
        bits = self.bits | {*bits_in(rule.formula)}
        ways_ = self.ways + ways(rule.formula)
        # Beside these rules, each ruleset has one that always fires, and each fact its field.
        if len(self.rules) + 2 > MOST_RULES or len(bits) + 1 > MOST_FIELDS or ways_ > MOST_WAYS:
            return False
        self.rules.append(rule)
        self.bits, self.ways = bits, ways_
        return True


class Splitter:
    """Makes rules of formulas, and cuts off what is too large for one."""

    def __init__(self, bits: int) -> None:
        self.bits: int = bits
        """How many bits there are; those of parts come after those of tests."""
        self._rules: list[Rule] = []
        self._parts: dict[Formula, Atom] = {}
        self._stages: dict[int, int] = {}

    def add(self, formula: Formula, target: Target) -> None:
        """Add a rule; a formula that never holds has none, as it never fires."""
        if formula != FALSE:
            self._rule(ALWAYS if formula == TRUE else self._fitted(formula), target)

    def groups(self) -> list[RuleGroup]:
        """Return all rules in groups, those that set bits before those that read them."""
        stages = sorted({rule.stage for rule in self._rules})
        return [
            group
            for stage in stages
            for group in _grouped(rule for rule in self._rules if rule.stage == stage)
        ]

    def _rule(self, formula: Formula, target: Target) -> None:
        self._rules.append(Rule(formula, target, self._stage(formula)))

    def _stage(self, formula: Formula) -> int:
        return max(self._stages.get(bit, 0) for bit in bits_in(formula))

    def _fitted(self, formula: Formula) -> Formula:
        """Return a formula within the limits that says the same with bits of parts."""
        if isinstance(formula, Atom):
            return formula
        kind = type(formula)
        fitted = joined(kind, tuple(map(self._fitted, formula.parts)))
        while isinstance(fitted, kind) and not fits(fitted):
            parts = fitted.parts
            if len(parts) > _CHUNK:
                chunks = (parts[n : n + _CHUNK] for n in range(0, len(parts), _CHUNK))
                fitted = joined(kind, tuple(self._part(joined(kind, c)) for c in chunks))
            else:
                # Some part is no atom, as so few atoms would fit.
                largest = max(parts, key=lambda part: (ways(part), brackets(part)))
                others = tuple(part for part in parts if part != largest)
                fitted = joined(kind, (*others, self._part(largest)))
        return fitted

    def _part(self, formula: Formula) -> Atom:
        """Return a bit that is set where a part holds."""
        fitted = self._fitted(formula)
        if isinstance(fitted, Atom):
            return fitted
        if fitted not in self._parts:
            atom = self._parts[fitted] = Atom(self.bits, 1)
            self._stages[atom.bit] = self._stage(fitted) + 1
            self._rule(fitted, atom.bit)
            self.bits += 1
        return self._parts[fitted]


def fits(formula: Formula) -> bool:
    """Return whether one rule can hold a formula."""
    return (
        ways(formula) <= MOST_WAYS_OF_RULE
        and brackets(formula) <= MOST_BRACKETS
        and len({*bits_in(formula)}) <= MOST_FIELDS_OF_RULE
    )


def _grouped(rules: Iterable[Rule]) -> list[RuleGroup]:
    groups: list[RuleGroup] = []
    for rule in rules:
        if not groups or not groups[-1].takes(rule):
            groups.append(RuleGroup())
            groups[-1].takes(rule)
    return groups
