# SPDX-License-Identifier: MIT
"""The clauses behind a disagreement that names none: what turns it, and which checks read that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caljobs_policy.analysis.checking.ledger import clauses_of
from caljobs_policy.analysis.variants import key_of
from caljobs_policy.conformance.asking import Answered
from caljobs_policy.conformance.stated import Path
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.rules import Check


def suspects(found: Answered, differing: Sequence[Path]) -> tuple[frozenset[str], bool]:
    """Return the clauses that a disagreement may be about, and whether they stand together.

    They are those of the checks that apply and that read what differs from a case on which both
    agree, if there is one. Where some of these would come to what the system says, it is one of
    them.
    """
    checks = [check for check in _kept(found) if not differing or _reads(check, differing)]
    like_theirs = [check for check in checks if check.outcome.value == found.their_outcome]
    behind = {frozenset(clauses_of(check)) for check in like_theirs or checks}
    every = frozenset[str]().union(*behind)
    return every, len(behind) == 1 and bool(differing)


def _kept(found: Answered) -> Iterator[Check]:
    """Yield the checks that apply to a case and are met by it."""
    explained = Explanation(found.decision)
    for number, finding in explained.looked_at.items():
        if explained.plan is not None and finding.result is Result.MET:
            yield explained.plan.checks[number]


def _reads(check: Check, differing: Sequence[Path]) -> bool:
    """Return whether a check reads something that stands at one of some places, or below it."""
    keys = [key_of(fact) for fact in check.facts]
    return any(
        key[: len(path)] == path or path[: len(key)] == key
        for key in keys
        if key
        for path in differing
    )
