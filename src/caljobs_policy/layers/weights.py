# SPDX-License-Identifier: MIT
"""How severe it is not to meet an entry, and whether a change makes that stricter or looser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from caljobs_policy.compiler.chain import Chain
from caljobs_policy.policy.differences import Direction
from caljobs_policy.policy.outcome import Outcome, usual_failure
from caljobs_policy.syntax.entries import Approval
from caljobs_policy.syntax.nodes import Word
from caljobs_policy.syntax.timed_entries import Deadline

_NO_FINDING: Final = -1
"""The weight where nothing is ever found."""
_WEIGHTS: Final = {outcome.value: outcome.weight for outcome in Outcome}


def weight_of(entry: Any, name: str, key: str, choice: str = "", table: Any = None) -> int:
    """Return the weight of the outcome in a field of an entry about a sort of subject.

    `choice` is the choice of a reading, for which `instead` may name another outcome. A row takes
    what it does not say from its `table`.
    """
    entries = [one for one in (entry, table) if one is not None]
    said = [getattr(one, "instead", {}).get(choice) for one in entries]
    said += [getattr(one, name, None) for one in entries]
    word = next((word for word in said if word is not None), None)
    return _usual(entry, name, key) if word is None else weight_of_word(word)


def weight_of_word(word: Word) -> int:
    """Return the weight of an outcome as written; `none` is no outcome at all."""
    return _WEIGHTS.get(word.text, _NO_FINDING)


def _usual(entry: Any, name: str, key: str) -> int:
    """Return the usual weight, for a field that is left out."""
    failure = usual_failure(key)
    if name == "otherwise":
        return (Outcome.AWAIT_APPROVAL if isinstance(entry, Approval) else failure).weight
    usual = name == "missed" and failure is Outcome.VIOLATION
    return failure.weight if usual else _NO_FINDING


def main_field(entry: Any) -> str:
    """Return the field whose value `instead` may replace."""
    return "missed" if isinstance(entry, Deadline) else "otherwise"


def keys_of(chain: Chain, entry: Any) -> Iterator[str]:
    """Return the sorts of subject that an entry is about; one without `about` is about requests."""
    for word in getattr(entry, "about", ()):
        yield from chain.keys_of(word.text) or (word.text,)
    if not getattr(entry, "about", ()):
        yield "request/create"


def changed_outcome(pairs: Iterable[tuple[int, int]]) -> Direction:
    """Return whether outcomes become stricter or looser, given each weight before and after."""
    found = list(pairs)
    if any(now < was for was, now in found):
        return Direction.LOOSER
    return Direction.STRICTER if any(now > was for was, now in found) else Direction.NONE
