# SPDX-License-Identifier: MIT
"""Hypothesis strategies for subjects that a policy accepts, and those that miss it by one fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from attrs import frozen
from hypothesis import strategies as st

from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import shown
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject
from caljobs_policy.testing.strategies.fitting import leaves
from caljobs_policy.testing.strategies.mending import Mender, Stated

_Known: TypeAlias = Callable[[Policy, str], object]
_MOST_ANSWERS: Final = 6
"""So many facts are set to a value beside a boundary."""
_MOST_DRAWN: Final = 12
"""So many facts are drawn as they come."""
_MOST_STARTS: Final = 256
_UNDECIDED: Final = (Outcome.OUT_OF_SCOPE, Outcome.CANNOT_TELL)


@frozen
class NearMiss:
    """A subject that a policy would accept but for one fact."""

    subject: Subject
    fact: str
    """The fact, by its path."""
    accepted: Subject
    """The same subject as the policy accepts it."""


def accepted(policy: Policy, key: str | None = None) -> st.SearchStrategy[Subject]:
    """Return subjects that a policy accepts, or that comply: of a key, or of all.

    None is drawn and thrown away: each begins as a small one, and takes on whatever does not cost
    it acceptance. A request is of the policy's day.
    """
    return _good(policy, key, _start).map(lambda found: found.decision.subject)


def near_misses(policy: Policy, key: str | None = None) -> st.SearchStrategy[NearMiss]:
    """Return subjects that a policy turns away, or finds something about, for one fact alone."""
    return _good(policy, key, small_misses).flatmap(_missing)


@frozen(eq=False)
class _Good:
    """A subject that is accepted, with what it states."""

    mender: Mender
    stated: Stated
    decision: Decision

    @classmethod
    def of(cls, mender: Mender, stated: Stated) -> _Good | None:
        """Return what is stated as a subject, if that is accepted."""
        decision = mender.variants.decide(stated)
        is_good = decision is not None and mender.accepts(decision)
        return cls(mender, stated, decision) if decision is not None and is_good else None

    def with_(self, change: Stated) -> _Good:
        """Return it with a change, or as it is where that costs acceptance."""
        return _Good.of(self.mender, {**self.stated, **change}) or self


def _good(policy: Policy, key: str | None, known: _Known) -> st.SearchStrategy[_Good]:
    """Return subjects of a key, or of all of which something is known."""
    if key is None:
        return st.deferred(lambda: _of_any(policy, known))
    if key not in policy.plans:
        remedy = remedy_for(key, policy.plans)
        raise LookupError(f"`{policy.jurisdiction}` has no rules about {shown(key)}; {remedy}")
    return _good_of(policy, key)


def _of_any(policy: Policy, known: _Known) -> st.SearchStrategy[_Good]:
    keys = [key for key in policy.plans if known(policy, key)]
    if not keys:
        raise LookupError(f"nothing that `{policy.jurisdiction}` accepts was found")
    return st.sampled_from(keys).flatmap(lambda key: _good_of(policy, key))


@st.composite
def _good_of(draw: st.DrawFn, policy: Policy, key: str) -> _Good:
    found = _start(policy, key)
    if found is None:
        raise LookupError(f"no `{key}` that `{policy.jurisdiction}` accepts was found")
    facts = found.mender.facts
    values = leaves(policy, key, found.mender.given)
    drawn = [st.tuples(st.just(steps), value) for steps, value in values.items()]
    for change in draw(st.lists(st.one_of(drawn), max_size=_MOST_DRAWN)):
        found = found.with_(dict([change]))
    for fact in draw(st.lists(st.sampled_from(facts), max_size=_MOST_ANSWERS)) if facts else ():
        answers = [*found.mender.answers(found.decision, found.stated, fact)]
        if answers:
            found = found.with_(draw(st.sampled_from(answers)))
    return found


def _missing(found: _Good) -> st.SearchStrategy[NearMiss]:
    """Return what misses by one fact; where no fact could turn a subject away, another is taken."""
    missed = [*_missed(found)] or small_misses(found.mender.policy, found.mender.key)
    if not missed:
        raise LookupError(f"no single fact keeps `{found.mender.key}` from being accepted")
    return st.sampled_from(missed)


def _missed(found: _Good) -> Iterator[NearMiss]:
    mender, accepted = found.mender, found.decision.subject
    for fact in mender.facts:
        for change in mender.answers(found.decision, found.stated, fact):
            decision = mender.variants.decide({**found.stated, **change})
            if decision is None or mender.accepts(decision) or decision.outcome in _UNDECIDED:
                continue
            yield NearMiss(decision.subject, fact.path, accepted)


@lru_cache(maxsize=_MOST_STARTS)
def small_misses(policy: Policy, key: str) -> tuple[NearMiss, ...]:
    """Return those that one fact turns away of some subject that is accepted, if there is any."""
    mender = Mender(policy, key)
    found = (_Good.of(mender, stated) for stated in mender.accepted())
    missed = (tuple(_missed(one)) for one in found if one is not None)
    return next((some for some in missed if some), ())


def small_accepted(policy: Policy, key: str) -> Subject | None:
    """Return a subject that is accepted and states little, or None if none was found."""
    start = _start(policy, key)
    return None if start is None else start.decision.subject


@lru_cache(maxsize=_MOST_STARTS)
def _start(policy: Policy, key: str) -> _Good | None:
    """Return a small subject that is accepted, or None if none was found."""
    mender = Mender(policy, key)
    stated = next(mender.accepted(), None)
    return None if stated is None else _Good.of(mender, mender.smallest(stated))
