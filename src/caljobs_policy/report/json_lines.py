# SPDX-License-Identifier: MIT
"""Decisions and problems as JSON, one object per line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.exceptions import PolicyError
from caljobs_policy.errors.problems import bounded
from caljobs_policy.plain.written import written


def decision_line(
    title: str | None,
    decision: Decision,
    differences: Sequence[str] = (),
    *,
    everything: bool = False,
) -> str:
    """Return a decision as one line of JSON, with its differences from the expectation."""
    content = {"case": title, **decision.to_dict(everything=everything)}
    if differences:
        content["differences"] = list(differences)
    return line_of(content)


def problems_line(title: str | None, error: PolicyError) -> str:
    """Return what is wrong with a case as one line of JSON."""
    return line_of({"case": title, "problems": written(bounded(error.problems))})


def line_of(content: dict[str, Any]) -> str:
    """Return plain data as one line of JSON."""
    # Plain ASCII works in every terminal, and no character of a user's text can control one.
    return json.dumps(content)
