# SPDX-License-Identifier: MIT
"""Cases that are ready to be put beside a profile: they pass there, and fail under a mutant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.analysis.mutating.telling import telling
from caljobs_policy.analysis.samples import case_of, in_yaml
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.decisions import evaluate
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.policy.policy import Policy

_ENGINES = ("native", "naive")


def ready_case(witness: Witness, title: str, folder: Path) -> str | None:
    """Return a case about a witness, as YAML; None if nothing that it could expect tells enough.

    The first decision of the witness is that of the profile in a folder, the other a mutant's.
    """
    here, there = witness.decisions
    text = in_yaml({"case": title, **case_of(witness), "expect": telling(here, there)})
    case = _read(text, folder)
    if case is None or any(_fail(case, case.policy)) or not all(_fail(case, there.policy)):
        return None
    return text


def _read(text: str, folder: Path) -> Case | None:
    documents = read_documents(text.encode(), "ready-case.yaml")
    read = cases_in(documents, usual_profile=folder.as_posix(), folders=True)
    return next((case for _, case in read if isinstance(case, Case)), None)


def _fail(case: Case, policy: Policy) -> Iterator[bool]:
    """Yield, for each of two engines that have to agree, whether a case fails with it."""
    for engine in _ENGINES:
        yield bool(case.differences(evaluate(policy, case.subject, case.at, engine=engine)))
