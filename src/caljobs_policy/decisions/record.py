# SPDX-License-Identifier: MIT
"""A decision as plain data that can be stored, read back and audited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Self

from attrs import field, frozen

from caljobs_policy.decisions.reasons import (
    ApprovalSought,
    DeadlineSet,
    DutyArisen,
    Finding,
    PolicyAsked,
    RouteTaken,
)
from caljobs_policy.plain.mappings import frozen_plain
from caljobs_policy.plain.written import Digest, digest_of, written
from caljobs_policy.policy.outcome import Outcome

SCHEMA: Final = 1
"""The version of the form in which records are written."""


@frozen(kw_only=True)
class DecisionRecord:
    """What was decided about which subject, by which policy and when.

    Two are equal if they say the same. It needs no policy and no files: `to_dict` writes it as
    plain data, and `from_dict` reads that back, in any process and years later.
    """

    schema: int = SCHEMA
    at: datetime
    policy: PolicyAsked
    subject: str
    """The kind of the subject with its type, such as `request/create`."""
    facts: Mapping[str, Any] = field(converter=frozen_plain)
    """What the subject states, as in a case; personal data only if it was asked for."""
    unknown: tuple[str, ...]
    """The facts that are stated to be unknown; left out, they would not have happened."""
    outcome: Outcome
    findings: tuple[Finding, ...]
    route: RouteTaken | None
    approvals: tuple[ApprovalSought, ...]
    duties: tuple[DutyArisen, ...]
    deadlines: tuple[DeadlineSet, ...]
    needs: tuple[str, ...]
    readings: tuple[str, ...]

    @property
    def digest(self) -> Digest:
        """The digest of everything the record says; it reveals changes to a stored record."""
        return digest_of(written(self, in_record=True))

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data, with its digest."""
        found: dict[str, Any] = written(self, in_record=True)
        return {**found, "digest": digest_of(found)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote.

        Raises a `RecordError` with everything that is wrong: a later schema, missing or unknown
        keys, values of the wrong kind, a digest that does not fit.
        """
        from caljobs_policy.decisions.record_reader import read_record  # noqa: PLC0415  # cattrs

        return read_record(cls, data, SCHEMA)
