# SPDX-License-Identifier: MIT
"""Writes the function that finds the checks of a plan which are not met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import partial
from itertools import chain
from operator import itemgetter
from types import CodeType
from typing import Final, TypeAlias

from caljobs_policy.engines.native.blocks import Block, Choice, Numbered, block_of
from caljobs_policy.engines.native.writer import DAY, DAY_OF_MOMENT, MOMENT, Writer, defined
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.plain.memo import Lookup
from caljobs_policy.policy.conditions import ALWAYS, Condition, Not
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

Function: TypeAlias = Callable[[Subject, datetime | None], Verdict]
Inner: TypeAlias = Callable[..., None]
Asked: TypeAlias = tuple[str, bool]
"""An expression of what a check asks for, and its truth if that is met."""
_GIVEN: Final = f"(s, {MOMENT}, {DAY}, found)"
"""What the functions of inner blocks get."""
_WORTH: Final = 4
"""So many checks there have to be for it to be worth a look at their cases alone."""
_MANY: Final = 12
"""So many checks of one case are passed over at once where it is not given."""
_KEPT: Final = 256
"""So many outcomes of a group of checks are kept; most subjects come to a few of them."""


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told."""
    return function_for(policy, plan)(subject, at)


def function_for(policy: Policy, plan: Plan) -> Function:
    """Return the plan's function, generated when first asked for."""
    function: Function = policy.made(plan.key, _written, plan)
    return function


def _written(policy: Policy, plan: Plan) -> Function:
    return VerdictWriter(plan, policy.zone).function()


class LazyInner:
    """The function of a block, written when it is first called.

    A choice stands for all that depends on its fact, as it is arranged where that is unknown.
    """

    __slots__ = ("run", "source", "writer")

    def __init__(self, writer: Callable[[], VerdictWriter], source: Block | Choice) -> None:
        self.writer, self.source = writer, source
        self.run: Inner | None = None

    def written(self) -> Inner:
        """Return the function; two threads at once may each write it."""
        # Looked at before `run`: once that is there, what it was made of is given up.
        source = self.source
        if self.run is None:
            block = source.left_open() if isinstance(source, Choice) else source
            self.run, _ = self.writer().inner(block)
            self.source = Block(())
        return self.run


class VerdictWriter(Writer):
    """Writes the function of a plan, or that of a block inside another one."""

    def __init__(self, plan: Plan, zone: tzinfo, codes: dict[str, CodeType] | None = None) -> None:
        super().__init__(plan, zone, codes)
        self.another = partial(VerdictWriter, plan, zone, self.codes)
        """Returns the writer of another function, which has names of its own."""

    def function(self) -> Function:
        """Write and compile the function of the whole plan."""
        block = block_of(self.plan.checks)
        early, lines = self._block(block, f"{DAY} = {DAY_OF_MOMENT}")
        if (block.choices or block.parts) and not self.reads_day:
            lines = [f"{DAY} = None", *lines]
        lines = [*early, "found = []", *lines]
        lines.append(f"return {self.constant(_merged)}(found) if found else NONE")
        function: Function = self.made(defined(f"(s, {MOMENT})", lines))
        return function

    def inner(self, block: Block) -> tuple[Inner, bool]:
        """Write and compile the function of a block; with it comes whether it needs the day."""
        early, lines = self._block(block, f"if {DAY} is None: {DAY} = {DAY_OF_MOMENT}")
        function: Inner = self.made(defined(_GIVEN, [*early, *lines]))
        return function, self.reads_day

    def _block(self, block: Block, day: str) -> tuple[list[str], list[str]]:
        """Write what leaves a block's function early, and then the rest, which may need the day."""
        parts = [self.another().inner(part) for part in block.parts]
        # Each of them would else find it out for itself.
        self.reads_day = any(reads_day for _, reads_day in parts)
        early = [*self._left_early(block)]
        if is_read := self.reads_day:
            early = [day, *early]
        lines = [*self._checked(block)]
        if self.reads_day and not is_read:
            lines = [day, *lines]
        reached = [self._reached(choice) for choice in block.choices]
        if len(reached) == 1 and not block.checks and not parts:
            early += [*lines, f"gs = {reached[0]}", "if not gs: return NONE"]
            lines, reached = [], ["gs"]
        lines += (f"for g in {one}: (g.run or g.written()){_GIVEN}" for one in reached)
        lines += (f"{self.constant(part)}{_GIVEN}" for part, _ in parts)
        return early, lines

    def _reached(self, choice: Choice) -> str:
        """Return an expression for the functions that the value of a fact leads to."""
        found: dict[Hashable, list[LazyInner]] = defaultdict(list)
        for values, block in choice.branches:
            function = LazyInner(self.another, block)
            for value in values:
                found[value].append(function)
        found[UNKNOWN].append(LazyInner(self.another, choice))
        return f"{self.constant(found.get)}({self.facts[choice.fact]}, ())"

    def _checked(self, block: Block) -> Iterator[str]:
        """Write the checks of a block, and load what they and its choices read."""
        asked = (part for _, check in block.checks for part in (check.when, check.require))
        told = (choice.fact for choice in block.choices)
        yield from self._prepared(asked, told)
        groups: dict[Condition, list[Numbered]] = defaultdict(list)
        for numbers, check in block.checks:
            groups[check.when].append((numbers, check))
        others = groups.pop(ALWAYS, [])
        for when, group in groups.items():
            if len(group) < _MANY:
                others += group
                continue
            yield from self._named([when])
            case = self._truth(when)
            required = [self._required(check) for _, check in group]
            yield f"if {case} is not False:"
            yield from (f"    {line}" for line in self._compared(group, required, case))
        if others:
            others.sort(key=itemgetter(0))
            yield from self._compared(others, [self._asked(check) for _, check in others])

    def _left_early(self, block: Block) -> Iterator[str]:
        """Leave before all else where none of many checks applies."""
        cases = dict.fromkeys(check.when for _, check in block.checks)
        if block.choices or len(block.checks) < _WORTH or ALWAYS in cases:
            return
        yield from self._prepared(cases, ())
        yield from self._named(cases)
        yield f"if {' is '.join(self.hoisted[case] for case in cases)} is False: return NONE"

    def _compared(
        self, checks: Sequence[Numbered], asked: Iterable[Asked], case: str = "True"
    ) -> Iterator[str]:
        """Compare the truths of what checks ask for in a case with those where all are met."""
        texts, met = zip(*asked, strict=True)
        numbers = tuple(each for each, _ in checks)
        known = self.constant(Lookup(partial(_found, numbers, met), _KEPT))
        yield f"r = ({', '.join((case, *texts))})"
        yield f"if r != {self.constant((True, *met))}: found.append({known}[r])"

    def _asked(self, check: Check) -> Asked:
        """Return what a check asks for where it applies."""
        text, met = self._required(check)
        case = self._truth(check.when)
        if case == "True":
            return text, met
        return (self._follows(case, text) if met else self._all_of((case, text))), met

    def _required(self, check: Check) -> Asked:
        """Return what a check requires, or what it forbids, which has to be false."""
        required = check.require
        if isinstance(required, Not) and required not in self.hoisted:
            return self._truth(required.part), False
        return self._truth(required), True


def _found(
    numbers: Sequence[Sequence[int]],
    met: Sequence[bool],
    truths: tuple[Truth, *tuple[Truth, ...]],
) -> Verdict:
    """Return which checks are not met or unsure, by whether they apply and what each comes to."""
    applies, *told = truths
    hits: list[int] = []
    unsure: list[int] = []
    for some, good, one in zip(numbers, met, told, strict=True):
        if one is not good:
            (unsure if one is None or applies is None else hits).extend(some)
    return tuple(sorted(hits)), tuple(sorted(unsure))


def _merged(found: Sequence[Verdict]) -> Verdict:
    """Return in order what groups and blocks find apart from each other."""
    if len(found) == 1:
        return found[0]
    hits, unsure = zip(*found, strict=True)
    return tuple(sorted(chain(*hits))), tuple(sorted(chain(*unsure)))
