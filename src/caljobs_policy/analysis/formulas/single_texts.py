# SPDX-License-Identifier: MIT
"""Tests of one text, decided for all texts at once.

Each test is a small machine that reads a text character by character. Their states together are
few, so all that can be reached is tried: the first text found is a shortest one, and where none is
found there is none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from caljobs_policy.analysis.formulas.alphabets import alphabet
from caljobs_policy.analysis.formulas.machines import Machine, machine_of
from caljobs_policy.analysis.formulas.text_candidates import Place, Wanted

MOST_STATES: Final = 50_000
Machines: TypeAlias = list[tuple[Machine, bool]]
"""Machines, each with whether its test has to hold."""


def decided(wanted: Wanted, text: Place, known: Mapping[Place, Any]) -> tuple[bool, str | None]:
    """Return whether it is decided which text has some truths, and the text if there is one."""
    machines = machines_of(wanted, text, known)
    return (False, None) if machines is None else _shortest(machines)


def is_never(wanted: Wanted, text: Place) -> bool:
    """Return whether certainly no text has some truths, whatever else the tests read."""
    # Beside a day that is not known, a text that does not read as it may be any text.
    told = {one: t for one, t in wanted.items() if t or len(one.places) == 1}
    machines = machines_of(told, text, {})
    return machines is not None and _shortest(machines) == (True, None)


def machines_of(wanted: Wanted, text: Place, known: Mapping[Place, Any]) -> Machines | None:
    """Return a machine for each test, with its wanted truth; None if some test has none."""
    found = []
    for one, truth in wanted.items():
        first, *others = one.places
        is_read = first == text and text not in others
        machine = machine_of(one.test.operator, list(map(known.get, others))) if is_read else None
        if machine is None:
            return None
        found.append((machine, truth))
    return found


def _shortest(machines: Machines) -> tuple[bool, str | None]:
    """Return whether all reachable states were tried, and a shortest text that is as wanted."""
    letters = alphabet(machine for machine, _ in machines)
    start = tuple(machine.start for machine, _ in machines)
    waiting, seen = deque([(start, "")]), {start}
    while waiting:
        states, text = waiting.popleft()
        if are_as_wanted(machines, states):
            return True, text
        for letter in letters:
            following = stepped(machines, states, letter)
            if following not in seen:
                seen.add(following)
                waiting.append((following, text + letter))
        if len(seen) > MOST_STATES:
            return False, None
    return True, None


def stepped(machines: Machines, states: tuple[Any, ...], letter: str) -> tuple[Any, ...]:
    """Return the states of machines after a character."""
    pairs = zip(machines, states, strict=True)
    return tuple(machine.step(state, letter) for (machine, _), state in pairs)


def are_as_wanted(machines: Machines, states: tuple[Any, ...]) -> bool:
    """Return whether all tests come out as wanted in some states."""
    pairs = zip(machines, states, strict=True)
    return all(machine.holds(state) is truth for (machine, truth), state in pairs)
