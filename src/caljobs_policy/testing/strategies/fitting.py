# SPDX-License-Identifier: MIT
"""Hypothesis strategies for subjects that fit a policy."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from hypothesis import strategies as st

from caljobs_policy.analysis.variants import Steps
from caljobs_policy.dates.durations import days_from
from caljobs_policy.dates.reaching import earliest_reaching
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject, subject_class, type_of_key
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.statement import Statement
from caljobs_policy.subjects.unknown import UNKNOWN

_YEARS: Final = (date(2023, 1, 1), date(2026, 12, 31))
_ZONES: Final = [timezone(timedelta(hours=hours)) for hours in (-14, -8, 0, 14)]


def subjects(
    policy: Policy, key: str, days: tuple[date, date] = _YEARS
) -> st.SearchStrategy[Subject]:
    """Return well-typed subjects of a key, some facts of which are left out or null."""
    cls = subject_class(key)
    values = _Values(policy, days)
    parts = values.of_parts(cls)
    own = values.of_own_facts(cls)
    if own:
        parts["own"] = st.fixed_dictionaries({}, optional=own)
    # All that has no type, or a class for it, goes without.
    typed = {"type": type_of_key(key)} if "type" in parts else {}
    built: st.SearchStrategy[Subject] = st.fixed_dictionaries({}, optional=parts).map(
        lambda stated: cls(**{**stated, **typed})
    )
    return built


def leaves(
    policy: Policy, key: str, but: Container[Steps] = ()
) -> Mapping[Steps, st.SearchStrategy[Any]]:
    """Return values for every key of a case about subjects of a key, but for some, as it has them.

    A part is drawn key by key, and is never null as a whole.
    """
    cls = subject_class(key)
    values = _Values(policy, _YEARS)
    own: dict[Steps, st.SearchStrategy[Any]] = {
        (name,): one for name, one in values.of_own_facts(cls).items()
    }
    found = {**own, **values.of_leaves(cls)}
    return {steps: each.map(_as_stated) for steps, each in found.items() if steps not in but}


def _as_stated(value: Any) -> Any:
    """Return a value as a case has it: a list, and signed statements as mappings."""
    if isinstance(value, tuple):
        return [_as_stated(one) for one in value]
    if isinstance(value, Statement):
        facts = {"form": value.form, "signed_on": value.signed_on}
        return {name: fact for name, fact in facts.items() if fact is not UNKNOWN}
    return value


class _Values:
    """The values that the facts of a policy's subjects can have."""

    def __init__(self, policy: Policy, days: tuple[date, date]) -> None:
        self.policy = policy
        # The first is what an example is made simple with: the policy's day, where it may be.
        near = _near(policy, days)
        self.dates = (st.sampled_from(near) | st.dates(*days)) if near else st.dates(*days)
        self.times = st.datetimes(
            datetime.combine(days[0], datetime.min.time()),
            datetime.combine(days[1], datetime.min.time()),
            timezones=st.none() | st.sampled_from(_ZONES),
        )

    def of_own_facts(self, cls: type) -> dict[str, st.SearchStrategy[Any]]:
        """Return values for the facts that profiles declare themselves."""
        return {name: self.of_field(holds) for name, holds in self.policy.own_facts(cls).items()}

    def of_parts(self, cls: type) -> dict[str, st.SearchStrategy[Any]]:
        """Return values for each field of a subject, or of a part of one."""
        return {name: self.of_field(holds) for name, holds in fields_of(cls).items()}

    def of_leaves(self, cls: type, above: Steps = ()) -> Mapping[Steps, st.SearchStrategy[Any]]:
        """Return values for each field of a class and of its parts, by the keys that lead there."""
        found: dict[Steps, st.SearchStrategy[Any]] = {}
        for name, holds in fields_of(cls).items():
            steps = (*above, name)
            if holds.kind is Kind.PART and holds.part is not None:
                found.update(self.of_leaves(holds.part, steps))
            else:
                found[steps] = self.of_field(holds)
        return found

    def of_field(self, holds: Holds) -> st.SearchStrategy[Any]:
        """Return values for one field, including null if the field may be null."""
        if holds.part is not None:
            part = st.fixed_dictionaries({}, optional=self.of_parts(holds.part)).map(
                lambda stated: holds.part(**stated) if holds.part else None
            )
            some: st.SearchStrategy[Any] = part
            if holds.kind is Kind.STATEMENTS:
                some = st.lists(part, max_size=3).map(tuple)
        else:
            some = self._plain(holds)
        return some | st.none() if holds.nullable else some

    def _plain(self, holds: Holds) -> st.SearchStrategy[Any]:
        words = _words(self.policy, holds)
        return {
            Kind.FLAG: st.booleans(),
            Kind.WORD: words,
            Kind.TEXT: words,
            Kind.COUNT: st.integers(0, 20),
            Kind.DAY: self.dates,
            Kind.TIME: self.times,
            Kind.DAY_OR_TIME: self.dates | self.times,
            Kind.WORDS: st.lists(words, max_size=4).map(tuple),
        }[holds.kind]


def _near(policy: Policy, days: tuple[date, date]) -> list[date]:
    """Return the days around those from which a parameter's duration ends on the policy's day."""
    lengths = (parameter.value for parameter in policy.parameters.values())
    starts = {earliest_reaching(policy.day, length, policy.zone) for length in lengths}
    around = {days_from(day, step) for day in {*starts, policy.day} for step in (-1, 0, 1)}
    within = sorted(day for day in around if days[0] <= day <= days[1])
    return sorted(within, key=lambda day: abs((day - policy.day).days))


def _words(policy: Policy, holds: Holds) -> st.SearchStrategy[str]:
    known = policy.words_for(holds)
    if known is not None:
        return st.sampled_from(sorted(known))
    return st.sampled_from(["", "Sample", "sample  ", "cash", "cash_draw", "other", "Ab1!efgh"])
