# SPDX-License-Identifier: MIT
"""Makes the record of a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Protocol, TypeVar

from attrs import evolve

from caljobs_policy.dates.durations import in_zone
from caljobs_policy.decisions.reasons import PolicyAsked, Reasons
from caljobs_policy.decisions.record import DecisionRecord
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.writing import subject_to_dict

M = TypeVar("M", date, date | None)


class Decided(Protocol):
    """What a decision says."""

    @property
    def policy(self) -> Policy:
        """The policy that was asked."""

    @property
    def subject(self) -> Subject:
        """What it is about."""

    @property
    def at(self) -> datetime:
        """The moment of the evaluation."""

    @property
    def outcome(self) -> Outcome:
        """What the decision comes to."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The unknown facts on which the outcome depends."""

    @property
    def reasons(self) -> Reasons:
        """Everything else."""


def record_of(decision: Decided, *, private: bool) -> DecisionRecord:
    """Return the record of a decision, with or without the personal data of its subject."""
    zone, reasons = decision.policy.zone, decision.reasons
    stated = subject_to_dict(decision.subject, private=private)
    return DecisionRecord(
        at=_with_offset(decision.at, zone),
        policy=PolicyAsked.of(decision.policy),
        subject=subject_key(decision.subject),
        facts=_known(stated),
        unknown=tuple(_unknown(stated)),
        outcome=decision.outcome,
        findings=tuple(evolve(one, place=Place()) for one in reasons.findings),
        route=reasons.route,
        approvals=reasons.approvals,
        duties=tuple(evolve(one, due=_fixed(one.due, zone)) for one in reasons.duties),
        deadlines=tuple(
            evolve(one, due=_fixed(one.due, zone), met_on=_fixed(one.met_on, zone), counted=())
            for one in reasons.deadlines
        ),
        needs=decision.needs,
        readings=reasons.readings,
    )


def _fixed(moment: M, zone: tzinfo) -> M:
    return _with_offset(moment, zone) if isinstance(moment, datetime) else moment


def _with_offset(moment: datetime, zone: tzinfo) -> datetime:
    """Return a time with a fixed offset, as it is written."""
    return datetime.fromisoformat(in_zone(moment, zone).isoformat())


def _known(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stated and known."""
    return {
        name: _known(value) if isinstance(value, Mapping) else value
        for name, value in stated.items()
        if value is not UNKNOWN
    }


def _unknown(stated: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Return the paths of what is stated to be unknown."""
    for name, value in stated.items():
        if value is UNKNOWN:
            yield f"{above}{name}"
        elif isinstance(value, Mapping):
            yield from _unknown(value, f"{above}{name}.")
