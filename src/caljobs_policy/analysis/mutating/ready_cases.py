# SPDX-License-Identifier: MIT
"""Cases that are ready to be put beside a profile: they pass there, and fail under a mutant."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.analysis.mutating.telling import telling
from caljobs_policy.analysis.mutating.trying import fails
from caljobs_policy.analysis.samples import case_of, in_yaml
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents

_ENGINES: Final = ("native", "naive")
"""The engines with each of which a case has to pass and to fail."""


def ready_case(witness: Witness, title: str, folder: Path) -> str | None:
    """Return a case about a witness, as YAML; None if nothing that it could expect tells enough.

    The first decision of the witness is that of the profile in a folder, the other a mutant's.
    """
    here, there = witness.decisions
    text = in_yaml({"case": title, **case_of(witness), "expect": telling(here, there)})
    case = _read(text, folder)
    if case is None or any(fails(case, case.policy, engine) for engine in _ENGINES):
        return None
    return text if all(fails(case, there.policy, engine) for engine in _ENGINES) else None


def _read(text: str, folder: Path) -> Case | None:
    documents = read_documents(text.encode(), "ready-case.yaml")
    read = cases_in(documents, usual_profile=folder.as_posix(), folders=True)
    return next((case for _, case in read if isinstance(case, Case)), None)
