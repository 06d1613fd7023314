# SPDX-License-Identifier: MIT
"""What cases reach, for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.analysis.covering.coverage import Coverage
from caljobs_policy.analysis.covering.reached import Reached
from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.outcome import OPEN_RESULTS, Result
from caljobs_policy.policy.rules import ELSE
from caljobs_policy.policy.speech import listed


def coverage_text(coverage: Coverage, *, everything: bool) -> str:
    """Return how much is shown and what no case shows; `everything` adds what each case reaches."""
    return "\n".join(map(printable, _lines(coverage, everything=everything)))


def _lines(coverage: Coverage, *, everything: bool) -> Iterator[str]:
    failed = f", of which {coverage.failed:,} failed" if coverage.failed else ""
    number = len(coverage.cases)
    yield f"{coverage.profile}: {number:,} case{'' if number == 1 else 's'}{failed}"
    for what, (shown, whole) in coverage.totals().items():
        yield f"  {what}: {shown:,} of {whole:,}"
    for one in coverage.cases if everything else ():
        yield f"{one.case.place}: {one.case.title or 'a case'}: {_in_words(one)}"
    for gap in coverage.gaps():
        yield f"{gap.place}: {gap.message}"


def _in_words(reached: Reached) -> str:
    """Return what a case comes to, the checks behind that, and how many others it meets."""
    met = sum(one.result is Result.MET for one in reached.checks)
    found = [
        f"`{one.check.id}`" if one.kind in {None, ELSE} else f"`{one.check.id}` as `{one.kind}`"
        for one in reached.checks
        if one.result in OPEN_RESULTS
    ]
    outcome = str(reached.outcome).replace("_", " ")
    by = f" by {listed(found, 'and')}" if found else ""
    return f"{outcome}{by}; {met:,} met"
