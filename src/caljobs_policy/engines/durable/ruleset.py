# SPDX-License-Identifier: MIT
"""One ruleset in durable-rules: made, asked and freed in the one way that is known to be safe."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Final
from weakref import finalize

from caljobs_policy.engines.durable.binding import Extension
from caljobs_policy.engines.durable.formulas import Atom, Every, Formula
from caljobs_policy.engines.durable.splitting import (
    ALWAYS,
    MOST_FIELDS,
    MOST_RULES,
    MOST_WAYS,
    RuleGroup,
    Target,
)

FIELDS: Final = ("a", *(f"b{number}" for number in range(MOST_FIELDS - 1)))
"""The fields of facts; the first is always there. durable-rules tells fields apart by a hash of 32
bits alone, so their names are few and fixed, and a test shows that no two of them collide, nor one
with a name that the engine uses itself. No name of a profile or case ever gets here: not `id` or
`sid`, which would choose a message and a session, none with `$` or a dot, no colliding one."""
RULES: Final = ("alive", *(f"r{number}" for number in range(MOST_RULES - 1)))
_SESSION: Final = "0"
"""The session of a fact that names none. With the 1025th session the process crashes, and sessions
are told apart by a hash as well, so there is only ever this one."""
_HANDLED: Final = 0
_unused: deque[tuple[Extension, int]] = deque()
"""Rulesets that nobody refers to any more."""


class EngineFaultError(Exception):
    """durable-rules failed, or did what it cannot; the ruleset must not be used again."""


class RuleSet:
    """A ruleset, and the text of the fact that it is asked about."""

    def __init__(self, extension: Extension, group: RuleGroup) -> None:
        names = dict(zip(sorted(group.bits - {ALWAYS.bit}), FIELDS[1:], strict=False))
        self._fragments = [(bit, (f',"{name}":0', f',"{name}":1')) for bit, name in names.items()]
        self._targets: dict[str, Target] = {
            name: rule.target for name, rule in zip(RULES[1:], group.rules, strict=False)
        }
        names[ALWAYS.bit] = FIELDS[0]
        formulas = (ALWAYS, *(rule.formula for rule in group.rules))
        rules = {
            name: {"all": [{"m": _written(formula, names)}]}
            for name, formula in zip(RULES, formulas, strict=False)
        }
        free_unused()
        self._extension = extension
        self._sound: set[bool] = set()
        self._handle = extension.create_ruleset("caljobs", json.dumps(rules))
        # Asked once, with a fact that fires only the rule that always does. It shows that rules
        # fire at all, and the engine frees a session safely only after an action.
        if self._fired('{"a":1}') - self._always(group):
            raise EngineFaultError("a rule fired without a reason")
        finalize(self, _dropped, extension, self._handle, self._sound).atexit = False

    def ask(self, bits: Sequence[int]) -> list[Target]:
        """Return what is so, as the rules that fire for some bits say."""
        text = "".join([fragments[bits[bit]] for bit, fragments in self._fragments])
        # The fact holds the digits 0 and 1 and nothing else: null, other numbers, exponents,
        # texts and booleans are what the engine misreads, or crashes on.
        return [self._targets[name] for name in self._fired(f'{{"a":1{text}}}')]

    def _always(self, group: RuleGroup) -> set[str]:
        pairs = zip(RULES[1:], group.rules, strict=False)
        return {name for name, rule in pairs if rule.formula == ALWAYS}

    def _fired(self, fact: str) -> set[str]:
        """State a fact, give the names of the rules that fire but for the first, take it back.

        A fact, not an event: an event that no rule consumed would stay. One fact, never several:
        calls for batches, and rules over several facts, are where the engine was seen to crash.
        """
        self._sound.clear()
        code, session = self._extension.assert_fact(self._handle, fact)
        if code != _HANDLED:
            raise EngineFaultError(f"a fact was not taken: code {code}")
        try:
            # A rule fires once for each way in which it holds: a set counts it once.
            fired = {*self._actions(session)}
        finally:
            # Also where this thread is interrupted: the next decision must not see this fact.
            code, _ = self._extension.retract_fact(self._handle, fact)
        if code != _HANDLED:
            raise EngineFaultError(f"a fact was not taken back: code {code}")
        # A session that was left in the midst of an action is locked for a minute, and then nothing
        # fires, which would look like a subject without a fault.
        if RULES[0] not in fired:
            raise EngineFaultError("the rule that always fires did not")
        self._sound.add(True)
        return fired - {RULES[0]}

    def _actions(self, session: int) -> Iterator[str]:
        """Return the names of the rules that fired, as the engine hands them out."""
        started = self._extension.start_action_for_state(self._handle, session)
        action = started[1] if started else None
        for _ in range(MOST_WAYS + 1):
            if action is None:
                return
            yield action.split('"', 2)[1]
            action = self._extension.complete_and_start_action(self._handle, session)
        raise EngineFaultError("more rules fired than there are ways to")


def _written(formula: Formula, names: dict[int, str]) -> dict[str, Any]:
    """Return a formula as durable-rules writes it.

    Only `==` on bits, `$and` and `$or`: joins, `$nex` on its own, arithmetic and order crash.
    """
    if isinstance(formula, Atom):
        return {names[formula.bit]: formula.value}
    parts = [_written(part, names) for part in formula.parts]
    return {"$and" if isinstance(formula, Every) else "$or": parts}


def _dropped(extension: Extension, handle: int, sound: set[bool]) -> None:
    """Note that nobody refers to a ruleset any more.

    It is not freed here, since a collector may run in the midst of another ruleset's decision. One
    that was left unsound is never freed, as that might crash.
    """
    if sound:
        _unused.append((extension, handle))


def free_unused() -> None:
    """Free rulesets that nobody refers to any more, which the engine never does by itself."""
    while _unused:
        extension, handle = _unused.popleft()
        extension.delete_state(handle, _SESSION)
        extension.delete_ruleset(handle)
