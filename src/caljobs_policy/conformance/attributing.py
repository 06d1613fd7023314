# SPDX-License-Identifier: MIT
"""The clauses behind a disagreement that names none: what turns it, and which checks read that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

from attrs import frozen

from caljobs_policy.analysis.checking.ledger import clauses_of
from caljobs_policy.analysis.variants import key_of
from caljobs_policy.conformance.asking import Answered
from caljobs_policy.conformance.posing import Posed
from caljobs_policy.conformance.stated import Path, alike, apart, stating, value_at
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.truth import leaf_from, truth

Ends: TypeAlias = Callable[[Posed], bool]
"""Whether a system and the policy agree on a case, in what they disagreed about."""


@frozen(eq=False)
class Turn:
    """One change after which a disagreement is gone, though the policy decides as before."""

    path: Path
    posed: Posed
    """The case with the change."""


def turns(found: Answered, base: Posed, ends: Ends) -> Iterator[Turn]:
    """Yield the changes that end a disagreement, each taken from a case on which both agree."""
    outcome = found.decision.outcome
    for path in apart(found.posed.stated, base.stated):
        for stated in _changed(found.posed.stated, base.stated, path):
            posed = found.posed.stating(stated)
            if posed is not None and posed.decide().outcome is outcome and ends(posed):
                yield Turn(path, posed)
                break


def _changed(
    stated: Mapping[str, Any], other: Mapping[str, Any], path: Path
) -> Iterator[Mapping[str, Any]]:
    """Yield a statement made like another one at one place: of lists, first in one item."""
    here, there = value_at(stated, path), value_at(other, path)
    if isinstance(here, list) and isinstance(there, list):
        for item in there:
            if item not in here:
                yield stating(stated, path, [*here, item])
        for item in here:
            if item not in there:
                yield stating(stated, path, [one for one in here if one != item])
    yield alike(stated, other, path)


def suspects(found: Answered, turned: Sequence[Turn], differing: Sequence[Path]) -> list[Check]:
    """Return the checks that a disagreement may be about, which the policy sees kept.

    They are those that a case does not keep before a change which ends the disagreement, and keeps
    after it: the system asks for them where the policy does not. Or they are those that apply,
    which the system takes more strictly. They come to what the system says, if any do, and read
    all that turns the disagreement or, if none do, something of it.
    """
    asked_too_much = [check for turn in turned for check in _kept_after(found.posed, turn.posed)]
    applying = [*_met(found)]
    each = [[turn.path] for turn in turned]
    some = [[turn.path for turn in turned] or [*differing]]
    # An item more in a list is asked for by one check; another value may be what either asks for.
    is_item = all(isinstance(value_at(turn.posed.stated, turn.path), list) for turn in turned)
    pools = [asked_too_much, applying] if is_item else [[*asked_too_much, *applying]]
    for places, is_like, checks in product((each, some), (True, False), pools):
        suspected = [
            one
            for one in checks
            if (_comes_to(one, found.their_outcome) or not is_like)
            and all(reads(one, any_of) for any_of in places if any_of)
        ]
        if suspected:
            return suspected
    return []


def clauses_of_all(checks: Sequence[Check], outcome: str | None) -> tuple[frozenset[str], bool]:
    """Return the clauses of some checks, and whether these are as one in what they come to."""
    behind = {frozenset(clauses_of(check)) for check in checks}
    is_one = len(behind) == 1 and all(_comes_to(check, outcome) for check in checks)
    return frozenset[str]().union(*behind), is_one


def _comes_to(check: Check, outcome: str | None) -> bool:
    return check.outcome.value == outcome


def _kept_after(before: Posed, after: Posed) -> Iterator[Check]:
    first, second = Explanation(before.decide()), Explanation(after.decide())
    for check in first.plan.checks if first.plan is not None else ():
        if _requires(check, second) is True and _requires(check, first) is not True:
            yield check


def _requires(check: Check, explained: Explanation) -> object:
    """Return whether what a check requires is so, whether or not the check applies."""
    read = explained.reader
    return truth(check.require, leaf_from(read, read.zone))


def _met(found: Answered) -> Iterator[Check]:
    """Yield the checks that apply to a case and are met by it."""
    explained = Explanation(found.decision)
    for number, finding in explained.looked_at.items():
        if explained.plan is not None and finding.result is Result.MET:
            yield explained.plan.checks[number]


def reads(check: Check, places: Sequence[Path]) -> bool:
    """Return whether a check reads something that stands at one of some places, or below it."""
    keys = [key_of(fact) for fact in check.facts]
    return any(
        key[: len(path)] == path or path[: len(key)] == key
        for key in keys
        if key
        for path in places
    )
