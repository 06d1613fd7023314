# SPDX-License-Identifier: MIT
"""The first line of an exported suite, which describes the cases after it."""

from __future__ import annotations

from typing import Final

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Problem
from caljobs_policy.syntax.nodes import AnyNode, Scalar
from caljobs_policy.syntax.nodes import Mapping as MappingNode

VERSION: Final = 1
"""The version of the form in which suites are written; a change that a reader notices raises it."""
_KEYS: Final = ("schema", "version")
"""The keys that no case has, and every head does."""


def is_head(node: AnyNode) -> bool:
    """Return whether something that stands where a case may is the head of a suite."""
    return isinstance(node, MappingNode) and all(node.get(key) is not None for key in _KEYS)


def fault_of_head(node: MappingNode) -> Problem | None:
    """Return why the cases after a head cannot be read, if they cannot."""
    version = node.get("version")
    if isinstance(version, Scalar) and version.text == str(VERSION):
        return None
    message = f"this suite is not of version {VERSION}, the only one that can be read here"
    remedy = "export it anew, or use the release that exported it"
    place = node.place if version is None else version.place
    return Problem(message, place, remedy, code=Code.NEWER_SCHEMA)
