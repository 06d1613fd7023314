# SPDX-License-Identifier: MIT
"""Conditions as English clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caljobs_policy.policy.conditions import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.speech import NOT_THE_CASE, PLAIN, Speech


def in_words(condition: Condition, speech: Speech = PLAIN) -> str:
    """Return a condition as an English clause, by its name if it has one."""
    condition = simplified(condition, speech)
    name = speech.names.get(condition)
    if name is not None:
        return name.said
    if isinstance(condition, Test):
        return condition.operator.sentence(condition.fact, speech)
    if isinstance(condition, Not):
        return _denied(condition.part, speech)
    if not condition.parts:
        return "always" if isinstance(condition, AllOf) else "never"
    joint = " and " if isinstance(condition, AllOf) else " or "
    return joint.join(_clauses(condition.parts, speech))


def _clauses(parts: Iterable[Condition], speech: Speech) -> Iterator[str]:
    """Yield the clauses of a sentence; one about the same fact as the last begins at its verb."""
    before = ""
    for part in parts:
        test = part.part if isinstance(part, Not) else part
        text = _in_brackets(part, speech)
        subject = f"the {speech.fact(test.fact)} " if isinstance(test, Test) else ""
        yield text.removeprefix(before) if before and before == subject else text
        before = subject if subject and text.startswith(subject) else ""


def _denied(condition: Condition, speech: Speech) -> str:
    name = speech.names.get(condition)
    if name is not None:
        return name.denied
    if isinstance(condition, Test):
        return condition.operator.sentence(condition.fact, speech, negated=True)
    return f"{NOT_THE_CASE} {_in_brackets(condition, speech)}"


def is_clumsy(denied: Not, speech: Speech = PLAIN) -> bool:
    """Return whether a denial has no wording of its own, so that "unless" reads better."""
    return _denied(denied.part, speech).startswith(NOT_THE_CASE)


def _in_brackets(condition: Condition, speech: Speech) -> str:
    text = in_words(condition, speech)
    several = isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1
    return f"({text})" if several and condition not in speech.names else text


def simplified(condition: Condition, speech: Speech = PLAIN) -> Condition:
    """Return a condition in the form that reads best.

    Double denials go, "neither" is said part by part, nested parts of the same kind are flattened,
    and parts that together have a name become one.
    """
    if condition in speech.names:
        return condition
    if isinstance(condition, Test):
        always = condition.operator.always
        return condition if always is None else ALWAYS if always else NEVER
    if isinstance(condition, Not):
        return _simply_denied(condition, speech)
    parts = tuple(dict.fromkeys(_flattened(condition, speech)))
    decisive = NEVER if isinstance(condition, AllOf) else ALWAYS
    if decisive in parts:
        return decisive
    return parts[0] if len(parts) == 1 else type(condition)(parts)


def _simply_denied(condition: Not, speech: Speech) -> Condition:
    part = condition.part if condition.part in speech.names else simplified(condition.part, speech)
    if part in speech.names or isinstance(part, Test):
        return Not(part)
    if isinstance(part, Not):
        return part.part
    if isinstance(part, AnyOf):
        return simplified(AllOf(tuple(map(Not, part.parts))), speech)
    return Not(part) if part.parts else NEVER


def _flattened(condition: AllOf | AnyOf, speech: Speech) -> Iterator[Condition]:
    for part in _with_names(condition, speech):
        said = simplified(part, speech)
        if isinstance(said, type(condition)) and said not in speech.names:
            yield from said.parts
        else:
            yield said


def _with_names(condition: AllOf | AnyOf, speech: Speech) -> Iterable[Condition]:
    """Return the parts of a condition, with those that together have a name as one."""
    parts = list(condition.parts)
    for named in speech.names:
        if not isinstance(named, type(condition)) or not 1 < len(named.parts) < len(parts):
            continue
        if all(part in parts for part in named.parts):
            parts[parts.index(named.parts[0])] = named
            parts = [part for part in parts if part not in named.parts]
    return parts
