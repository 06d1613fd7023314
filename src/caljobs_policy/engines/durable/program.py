# SPDX-License-Identifier: MIT
"""The verdict of a plan's rulesets, run one after the other for one subject at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from threading import RLock
from typing import Final

from caljobs_policy.engines.durable.binding import Extension, extension
from caljobs_policy.engines.durable.formulas import BITS, violated
from caljobs_policy.engines.durable.operators import leaf
from caljobs_policy.engines.durable.ruleset import EngineFaultError, RuleSet
from caljobs_policy.engines.durable.splitting import Splitter
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.conditions import Test, tests_in
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.subjects.reader import FactReader

_LOCK: Final = RLock()
"""For everything that durable-rules is asked: it was not made for threads, and a ruleset must see
one fact at a time. Rulesets of its own for each thread were tried: they take megabytes for each
plan and thread, and the extension holds the interpreter's lock all the same. Where a signal's
handler decides in the midst of a decision, it finds the rulesets taken away (see `_run`), and makes
others."""


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told.

    Raises an `EngineError` where durable-rules is not installed, fails twice, or lacks an operator.
    """
    rules = extension()
    program = program_for(policy, plan)
    bits = program.bits(policy, subject, at)
    with _LOCK:
        return program.verdict(rules, bits)


def program_for(policy: Policy, plan: Plan) -> Program:
    """Return the plan's rulesets, made when first asked for."""
    program: Program = policy.made(("durable", plan.key), _program, plan)
    return program


def _program(policy: Policy, plan: Plan) -> Program:
    return Program(plan)


class Program:
    """The rulesets of one plan."""

    def __init__(self, plan: Plan) -> None:
        conditions = (part for check in plan.checks for part in (check.when, check.require))
        tests = tuple(dict.fromkeys(test for part in conditions for test in tests_in(part)))
        self._facts = tuple(dict.fromkeys(fact for test in tests for fact in test.facts))
        places = {fact: n for n, fact in enumerate(self._facts)}
        self._tests = [
            (leaf(test.operator), [places[fact] for fact in test.facts]) for test in tests
        ]
        numbers: dict[Test, int] = {test: 2 * n for n, test in enumerate(tests)}
        splitter = Splitter(2 * len(tests))
        for number, check in enumerate(plan.checks):
            for certainly in (True, False):
                formula = violated(check, numbers.__getitem__, certainly=certainly)
                splitter.add(formula, (number, certainly))
        self.groups = splitter.groups()
        self._parts = splitter.bits - 2 * len(tests)
        self._rulesets: list[RuleSet] | None = None

    def bits(self, policy: Policy, subject: Subject, at: datetime | None) -> list[int]:
        """Return the two bits of each test, worked out by its own operator."""
        read = FactReader(subject, at, policy.zone)
        values = [read(fact) for fact in self._facts]
        bits: list[int] = []
        for truth, (first, *others) in self._tests:
            bits += BITS[truth(values[first], [values[n] for n in others], policy.zone)]
        return bits

    def verdict(self, rules: Extension, bits: Sequence[int]) -> Verdict:
        """Run the rulesets; where the engine fails, make them anew and run them once more."""
        with suppress(Exception):
            return self._run(rules, bits)
        try:
            return self._run(rules, bits)
        except Exception as error:
            message = f"durable-rules failed twice: {str(error) or type(error).__name__}"
            remedy = "use the engine `native`, which gives the same decisions"
            raise EngineError(Problem(message, Place(), remedy)) from error

    def _run(self, rules: Extension, bits: Sequence[int]) -> Verdict:
        # Taken away until all went well: whatever is raised, an interrupt too, the next decision
        # makes the rulesets anew.
        rulesets, self._rulesets = self._rulesets, None
        if rulesets is None:
            rulesets = [RuleSet(rules, group) for group in self.groups]
        state = [*bits, *[0] * self._parts]
        found: dict[bool, set[int]] = {True: set(), False: set()}
        for ruleset in rulesets:
            for target in ruleset.ask(state):
                if isinstance(target, int):
                    state[target] = 1
                else:
                    number, certainly = target
                    found[certainly].add(number)
        if not found[True] <= found[False]:
            raise EngineFaultError("a check is violated, and cannot be")
        self._rulesets = rulesets
        return tuple(sorted(found[True])), tuple(sorted(found[False] - found[True]))
