# SPDX-License-Identifier: MIT
"""What helps where a program names a kind of subject that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from caljobs_policy.errors.near import Remedy, remedy_for


def kind_remedy(kind: str, known: Iterable[str]) -> str | Remedy:
    """Return the kinds with the types of one that was named without a type, or the nearest kind."""
    kinds = tuple(known)
    types = ", ".join(one for one in kinds if one.startswith(f"{kind}/"))
    return f"each of its types is one: {types}" if types else remedy_for(kind, kinds)
