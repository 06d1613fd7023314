# SPDX-License-Identifier: MIT
"""Facts of no subject, to speak of in sentences."""

from __future__ import annotations

from typing import Any

from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Holds, Kind


def sample_fact(kind: Kind = Kind.WORD, title: str = "sample", **more: Any) -> Fact:
    """Return a fact that holds words of a table, unless told otherwise."""
    return Fact(title, Holds(kind, title, **{"vocabulary": "samples", **more}))
