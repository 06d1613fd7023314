# SPDX-License-Identifier: MIT
"""Reads a subject as it is written in a case or a roster, with the places of what is wrong."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from caljobs_policy.errors.collecting import StrangeKey, UnreadableError, told_of
from caljobs_policy.errors.problems import Keys, Place, Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import converter_of
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode


@frozen
class SubjectReader:
    """Reads subjects and collects what is wrong with them."""

    policy: Policy
    problems: list[Problem]

    def subject(self, kind: str, node: AnyNode) -> Subject | None:
        """Read a subject of a kind; None after a problem."""
        try:
            return converter_of(self.policy).read(kind, _bare(node))
        except UnreadableError as error:
            self.problems.extend(_placed(problem, kind, node) for problem in error.problems)
            return None


def _bare(node: AnyNode) -> Any:
    """Return mappings and lists as those of Python, with single values as they are written."""
    if isinstance(node, Scalar):
        return None if node.is_null else node
    if isinstance(node, Sequence):
        return [_bare(item) for item in node.items]
    return {key.text: _bare(value) for key, value in node.entries}


def _placed(problem: Problem, kind: str, node: AnyNode) -> Problem:
    """Return what is wrong at its place, which tells items of lists better than a number."""
    told = told_of(evolve(problem, place=_place(problem.keys, node)), kind)
    named = evolve(problem, keys=tuple(key for key in problem.keys if isinstance(key, str)))
    return evolve(told, message=told_of(named, kind).message)


def _place(keys: Keys, node: AnyNode) -> Place:
    """Return where the culprit stands; what is missing, where it should."""
    for key in keys:
        if isinstance(key, StrangeKey) and isinstance(node, MappingNode):
            return (node.key(key) or node).place
        below = _below(node, key)
        if below is None:
            return node.place
        node = below
    return node.place


def _below(node: AnyNode, key: str | int) -> AnyNode | None:
    if isinstance(key, int):
        return node.items[key] if isinstance(node, Sequence) else None
    return node.get(key) if isinstance(node, MappingNode) else None
