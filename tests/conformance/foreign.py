# SPDX-License-Identifier: MIT
"""Foreign systems for tests: one that knows the policy, and what it is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from caljobs_policy import Policy, evaluate, read_subject
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.conformance.adapters.adapter import Adapter
from caljobs_policy.conformance.adapters.callable import callable_adapter
from caljobs_policy.conformance.posing import Posed, Source, as_posed
from caljobs_policy.conformance.report import Report
from caljobs_policy.conformance.running import Held, conformance
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.subjects.facts import SUBJECT_KINDS
from tests.samples.profiles import (
    ACCEPT_YAML,
    EXEMPT_YAML,
    RETURN_YAML,
    TABLES_YAML,
    UNKNOWN_YAML,
    VIOLATION_YAML,
    sample_policy,
    sound_profile,
)

WORKED: Final = "---\n".join((ACCEPT_YAML, RETURN_YAML, UNKNOWN_YAML, EXEMPT_YAML, VIOLATION_YAML))
Decide = Callable[[dict[str, Any]], Any]


def held_to(folder: Path, tables: str = TABLES_YAML, cases: str = WORKED) -> Held:
    """Return a small profile as systems are held to it, with its worked cases."""
    sound_profile(folder, tables)
    policy = sample_policy(folder, tables)
    return Held("sample_area", (policy,), tuple(posed_in(cases, folder)))


def posed_in(text: str, folder: Path) -> Iterable[Posed]:
    documents = read_documents(text, "all.yaml")
    for _, case in cases_in(documents, profile=str(folder)):
        assert isinstance(case, Case), case
        one = as_posed(case, Source.WORKED)
        assert one is not None
        yield one


def knowing(policy: Policy) -> Decide:
    """Return a system that answers all that the policy decides."""

    def decide(case: dict[str, Any]) -> dict[str, Any]:
        (kind,) = (kind for kind in SUBJECT_KINDS if kind in case)
        subject = read_subject(policy, kind, case[kind])
        return evaluate(policy, subject, datetime.fromisoformat(case["at"])).to_dict()

    return decide


def only(decide: Decide, *keys: str) -> Decide:
    """Return a system that answers only some keys of what another one does."""
    return lambda case: {key: decide(case)[key] for key in keys}


def report_of(decide: Decide | Adapter, held: Held, jobs: int = 1) -> Report:
    adapter = decide if isinstance(decide, Adapter) else callable_adapter(decide, 5)
    return conformance(adapter, held, jobs)
