# SPDX-License-Identifier: MIT
"""Writes the function that finds the checks of a plan which are not met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final, TypeAlias

from caljobs_policy.engines.native.blocks import Block, Choice, block_of
from caljobs_policy.engines.native.writer import DAY, MOMENT, Writer, defined
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.conditions import ALWAYS, Condition, Not, facts_in
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.subjects.unknown import UNKNOWN

Function: TypeAlias = Callable[[Subject, datetime | None], Verdict]
Inner: TypeAlias = Callable[..., None]
_GIVEN: Final = f"(s, {MOMENT}, {DAY}, hits, unsure)"
"""What the functions of inner blocks get."""
_WORTH: Final = 4
"""In so many cases at least checks have to apply to be worth a look at these alone."""


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told."""
    return function_for(policy, plan)(subject, at)


def function_for(policy: Policy, plan: Plan) -> Function:
    """Return the plan's function, generated when first asked for."""
    function: Function = policy.made(plan.key, _written, plan)
    return function


def _written(policy: Policy, plan: Plan) -> Function:
    return VerdictWriter(policy, plan).function()


class VerdictWriter(Writer):
    """Writes a function for each block of checks; that of the whole plan calls the others."""

    def function(self) -> Function:
        """Write and compile the functions, and return that of the whole plan."""
        block = block_of(self.plan.checks)
        lines = ["hits, unsure = [], []", *self._block(block)]
        lines.append("if not hits and not unsure: return NONE")
        if block.choices or block.parts:
            # Blocks find theirs apart from each other.
            lines += ["hits.sort()", "unsure.sort()"]
            lines = lines if self.reads_day else [f"{DAY} = None", *lines]
        lines.append("return tuple(hits), tuple(unsure)")
        function: Function = self.made(self._defined(lines))
        return function

    def _block(self, block: Block) -> list[str]:
        """Write the body of a block's function, after the functions of those inside it."""
        tables = [self._table(choice) for choice in block.choices]
        parts = [self._inner(part) for part in block.parts]
        self.start()
        lines = [*self._checked(block)]
        for choice, table in zip(block.choices, tables, strict=True):
            functions = f"{self.constant(table.get)}({self.facts[choice.fact]}, ())"
            lines.append(f"for g in {functions}: g{_GIVEN}")
        return [*lines, *(f"{self.constant(part)}{_GIVEN}" for part in parts)]

    def _table(self, choice: Choice) -> dict[Hashable, tuple[Inner, ...]]:
        """Return the functions for each value of a fact; an unknown one may have any."""
        found: dict[Hashable, tuple[Inner, ...]] = defaultdict(tuple)
        for values, block in choice.branches:
            function = self._inner(block)
            for value in (*values, UNKNOWN):
                found[value] = (*found[value], function)
        return found

    def _inner(self, block: Block) -> Inner:
        function: Inner = self.made(defined(_GIVEN, self._block(block)))
        return function

    def _checked(self, block: Block) -> Iterator[str]:
        """Write the checks of a block, and load what they and its choices read."""
        asked = [c for _, k in block.checks for c in dict.fromkeys((k.when, k.require))]
        told = (choice.fact for choice in block.choices)
        yield from self._left_early(block)
        yield from self._loads(dict.fromkeys((*facts_in(*asked), *told)))
        yield from self._spans(asked)
        yield from self._hoisted(asked)
        # The numbers have names by their places, so that blocks of one form have the same text.
        named = [(f"N{place}", check) for place, (_, check) in enumerate(block.checks)]
        self.namespace |= {f"N{place}": number for place, (number, _) in enumerate(block.checks)}
        for when, group in groupby(named, key=lambda pair: pair[1].when):
            yield from self._group(when, group)

    def _left_early(self, block: Block) -> Iterator[str]:
        """Leave before all else where none of many checks applies."""
        cases = dict.fromkeys(check.when for _, check in block.checks)
        if block.choices or len(cases) < _WORTH or ALWAYS in cases:
            return
        yield from self._loads(dict.fromkeys(facts_in(*cases)))
        yield from self._spans(cases)
        yield from self._named(cases)
        yield f"if {' is '.join(self.hoisted[case] for case in cases)} is False: return NONE"

    def _group(self, when: Condition, checks: Iterable[tuple[str, Check]]) -> Iterator[str]:
        """Write checks that apply in the same case; where that is unknown, all are unsure."""
        failed, indent = "hits", ""
        if when != ALWAYS:
            yield f"w = {self._truth(when)}"
            yield "if w is not False:"
            yield "    o = hits if w else unsure"
            failed, indent = "o", "    "
        for number, check in checks:
            fails = f"{indent}if {self._fails(check.require)}"
            yield f"{fails}: (unsure if r is None else {failed}).append({number})"

    def _fails(self, required: Condition) -> str:
        """Return the expression that is true unless something holds; `r` is None if unknown."""
        if isinstance(required, Not) and required not in self.hoisted:
            return f"(r := {self._truth(required.part)}) is not False"
        return f"not (r := {self._truth(required)})"
