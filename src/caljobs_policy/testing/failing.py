# SPDX-License-Identifier: MIT
"""What a failing test says: how a decision differs, and what the clauses say that this is about."""

from __future__ import annotations

from collections.abc import Sequence

from caljobs_policy.cases.differences import Mismatch
from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.policy import Policy


def failure_text(heading: str, found: Sequence[Mismatch], policy: Policy) -> str:
    """Return a heading, each difference, and the clauses concerned with their texts."""
    named = dict.fromkeys(clause for one in found for clause in one.clauses)
    clauses = [policy.clauses[name] for name in named if name in policy.clauses]
    lines = [heading, *(f"  {one}" for one in found), *([""] if clauses else [])]
    lines += [f"  {clause.id} · {clause.at}: {clause.says}" for clause in clauses]
    return "\n".join(map(printable, lines))
