# SPDX-License-Identifier: MIT
"""Which names of a profile nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.analysis.checking.examined import Examined, Written


def unused(examined: Examined, table: str) -> Iterator[Written]:
    """Yield the entries of a table to which nothing refers as long as their edition is in force.

    What refers to a name is what the compiler looked up, not a text that happens to be like it.
    """
    for edition, written in zip(examined.profile.editions, examined.written, strict=True):
        used = examined.referred_to.get(edition.id)
        if used is not None:
            for one in written:
                if one.table == table and (table, one.key) not in used:
                    yield one
