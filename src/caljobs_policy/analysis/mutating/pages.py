# SPDX-License-Identifier: MIT
"""What became of mutants, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from caljobs_policy.analysis.mutating.mutation import Left, Mutation
from caljobs_policy.errors.problems import printable


def mutation_text(mutation: Mutation) -> str:
    """Return how many mutants the cases of a profile tell, and name each that they do not."""
    return "\n".join(_lines(mutation))


def _lines(mutation: Mutation) -> Iterator[str]:
    yield (
        f"{mutation.examined.name}: {mutation.made:,} mutants, of which {mutation.killed:,} "
        f"are killed by a case, {mutation.equivalent:,} are equivalent, "
        f"{len(mutation.survivors):,} survive"
    )
    if mutation.unproved:
        yield f"  it could not be found out of {len(mutation.unproved):,} whether a case can tell"
    for one in mutation.survivors:
        by = f" ({', '.join(one.clauses)})" if one.clauses else ""
        yield f"{_said(one)}{printable(by)}"
        yield indent(one.case or "no case can expect what differs", "  ")
    for unproved in mutation.unproved:
        yield f"{_said(unproved)}: {printable('; '.join(unproved.bounds))}"


def _said(one: Left) -> str:
    return printable(f"{one.place}: {one.change}")
