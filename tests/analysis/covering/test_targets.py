# SPDX-License-Identifier: MIT
"""What there is to reach is what coverage counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.covering.coverage import Coverage
from caljobs_policy.analysis.covering.reached import reached
from caljobs_policy.analysis.covering.targets import (
    Aim,
    Target,
    is_counted,
    targets_of,
    targets_of_clauses,
    targets_reached,
)
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.decisions import evaluate
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.loader.store import read_chain
from tests.samples.profiles import (
    ACCEPT_YAML,
    EXEMPT_YAML,
    RETURN_YAML,
    TABLES_YAML,
    UNKNOWN_YAML,
    VIOLATION_YAML,
    sound_profile,
)

CASES: Final = (ACCEPT_YAML, RETURN_YAML, UNKNOWN_YAML, EXEMPT_YAML, VIOLATION_YAML)


@pytest.fixture
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examined:
    monkeypatch.chdir(tmp_path)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    return Examined(read_chain("sample_area"), date(2025, 6, 2))


def read(*texts: str) -> list[Case]:
    document = read_documents("---\n".join(texts).encode(), "cases.yaml")
    found = [case for _, case in cases_in(document, usual_profile="sample_area", folders=True)]
    return [case for case in found if isinstance(case, Case)]


@pytest.mark.parametrize("number", range(len(CASES) + 1))
def test_what_no_case_reaches_is_a_gap(examined: Examined, number: int) -> None:
    coverage, left = Coverage(examined), set()
    for _, _, plan in examined.plans():
        checks = (check for check in plan.checks if is_counted(check))
        left |= {target for check in checks for target in targets_of(check)}
    for case in read(*CASES[:number]) if number else ():
        coverage.add(reached(case))
        left -= targets_reached(evaluate(case.policy, case.subject, case.at))
    gaps = {key for key, one in coverage.checks.items() if any(one.gaps())}
    assert gaps == {one.check for one in left if one.aim in {Aim.MET, Aim.FAILED}}
    missing = {(key, kind) for key, one in coverage.checks.items() for kind in one.kinds_missing()}
    assert missing == {(one.check, one.kind) for one in left if one.aim is Aim.KIND}
    limits = {key for key, one in coverage.boundaries.items() if any(one.gaps())}
    assert limits == {(one.check, one.boundary) for one in left if one.boundary is not None}


def test_clauses_are_reached_as_coverage_counts_them(examined: Examined) -> None:
    coverage = Coverage(examined)
    found: set[Target] = set()
    for case in read(*CASES):
        coverage.add(reached(case))
        found |= targets_reached(evaluate(case.policy, case.subject, case.at))
    clauses = {target for _, _, plan in examined.plans() for target in targets_of_clauses(plan)}
    for one in coverage.clauses.values():
        counts = {Aim.MET: one.met, Aim.BROKEN: one.broken, Aim.FOLLOWED: one.followed}
        for aim, count in counts.items():
            target = Target(aim, clause=one.name)
            assert (target in found) is (count > 0)
            assert target in clauses or not count
