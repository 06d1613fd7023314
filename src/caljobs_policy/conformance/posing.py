# SPDX-License-Identifier: MIT
"""The cases that a system is asked about, in the form in which it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from attrs import field, frozen

from caljobs_policy.analysis.samples import in_json
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.expectation import Expectation
from caljobs_policy.conformance.adapters.adapter import Asked
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import evaluate
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.facts import Subject, kind_of_key, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.writing import subject_to_dict

_NOWHERE: Final = Place()


class Source(StrEnum):
    """Where a case comes from, in the order in which cases are asked."""

    WORKED = "worked"
    INHERITED = "inherited"
    GENERATED = "generated"
    RANDOM = "random"


@frozen(eq=False)
class Posed:
    """A case as a system is asked about it, with the policy that it is decided by."""

    policy: Policy
    subject: Subject
    stated: Mapping[str, Any]
    """What the case states of its subject, as plain data of JSON."""
    at: datetime
    source: Source
    title: str = ""
    """What it is called, or what it is for."""
    place: Place = field(default=Place())
    expect: Expectation | None = None
    """What its author expects of it, if it has one."""

    @property
    def kind(self) -> str:
        """The kind of its subject."""
        return kind_of_key(self.key)

    @property
    def key(self) -> str:
        """The key of its subject."""
        return subject_key(self.subject)

    @property
    def asked(self) -> Asked:
        """The case in the form of the reference, without an expectation."""
        return {
            "profile": self.policy.jurisdiction,
            "date": self.policy.day.isoformat(),
            "at": self.at.isoformat(),
            self.kind: self.stated,
        }

    def decide(self, engine: str = "native") -> Decision:
        """Return what the policy decides of it."""
        return evaluate(self.policy, self.subject, self.at, engine=engine)

    def stating(self, stated: Mapping[str, Any]) -> Posed | None:
        """Return the case with another statement of its subject, if a case can have it."""
        return posed(self.policy, self.kind, stated, self.at, self.source, self.title, self.place)


def posed(  # noqa: PLR0913, PLR0917  # one for each part of a case
    policy: Policy,
    kind: str,
    stated: Mapping[str, Any],
    at: datetime,
    source: Source,
    title: str = "",
    place: Place = _NOWHERE,
) -> Posed | None:
    """Return a case of what it states, or None if the policy cannot read that."""
    try:
        subject = read_subject(policy, kind, stated)
    except SubjectError:
        return None
    return Posed(policy, subject, stated, at, source, title, place)


def as_posed(case: Case, source: Source) -> Posed | None:
    """Return a case that was read; None if what it says of its subject cannot be written."""
    stated = in_json(subject_to_dict(case.subject, private=True))
    if _holds_unknown(stated):
        return None
    title, expect = case.title or "", None if source is Source.INHERITED else case.expect
    return Posed(case.policy, case.subject, stated, case.at, source, title, case.place, expect)


def as_generated(decision: Decision, title: str) -> Posed | None:
    """Return a case that was made for what is decided of it, given its title."""
    policy = decision.policy.on(decision.at.date())
    case = Case(title, policy, decision.subject, decision.at, None)
    return as_posed(case, Source.GENERATED)


def _holds_unknown(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_holds_unknown, value.values() if isinstance(value, dict) else value))
    return value is UNKNOWN


def each_once(cases: Iterable[Posed], but: Iterable[Posed] = ()) -> Iterator[Posed]:
    """Yield cases without those that ask the same as an earlier one, or as some others."""
    seen = set(map(_asked, but))
    for one in cases:
        key = _asked(one)
        if key not in seen:
            seen.add(key)
            yield one


def _asked(one: Posed) -> str:
    return json.dumps(one.asked, sort_keys=True)
