# SPDX-License-Identifier: MIT
"""Each survivor comes with a case that tells it, about whatever differs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.mutating.mutation import Mutation, Survivor
from caljobs_policy.loader.store import read_chain
from tests.samples.mutated import write_cases
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML, sound_profile

CALENDAR_YAML: Final = """\
calendar:
  sundays: {title: Sunday, on: every Sunday}
  labor-day: {title: Labor Day, on: first Monday of September}
deadlines:
  use:
    about: account
    title: Account has to be used
    from: account.created_on
    count: 3 business days
    met_by: account.last_maintenance_on
    say: {missed: It is not used.}
    clauses: [SAMPLE-1/c]
"""


def mutation(folder: Path) -> Mutation:
    found = Mutation(Examined(read_chain(folder), date(2025, 6, 2)))
    for _ in found.run():
        pass
    return found


@pytest.fixture(scope="module")
def survivors(tmp_path_factory: pytest.TempPathFactory) -> list[Survivor]:
    folder = sound_profile(tmp_path_factory.mktemp("profiles") / "sample_area", TABLES_YAML)
    write_cases(folder, f"{ACCEPT_YAML}expect: {{outcome: accept}}\n")
    return mutation(folder).survivors


def expected(survivors: list[Survivor], change: str) -> Any:
    (case,) = (one.case for one in survivors if one.change == change)
    assert case is not None
    return yaml.safe_load(case)["expect"]


def test_every_survivor_has_a_case(survivors: list[Survivor]) -> None:
    assert len(survivors) > 50
    assert not [one.change for one in survivors if one.case is None]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("parameters/grace: `30 days` becomes `29 days`", {"not_findings": ["training"]}),
        ("routing/branch: `cc` is left out", {"route": {"cc": ["auditor"]}}),
        (
            "rules/quiet: `note` becomes `deny`",
            {"findings": [{"rule": "quiet", "outcome": "note"}]},
        ),
        ("rules/named: it is left out", {"outcome": "deny", "findings": ["named"]}),
        (
            "duties/tell: `to` is left out",
            {"duties": [{"clauses": ["SAMPLE-1/b"], "to": "requestor"}]},
        ),
        ("scope/request/change: it is left out", {"outcome": "accept"}),
    ],
)
def test_a_case_expects_what_differs(
    survivors: list[Survivor], change: str, told: dict[str, Any]
) -> None:
    found = expected(survivors, change)
    assert told.items() <= found.items()


def test_what_recurs_is_shown_in_a_year_near_the_policy_s_own(tmp_path: Path) -> None:
    found = mutation(sound_profile(tmp_path / "sample_area", CALENDAR_YAML))
    change = "calendar/labor-day: `first Monday of September` becomes `first Tuesday of September`"
    (case,) = (one.case for one in found.survivors if one.change == change)
    created = yaml.safe_load(case or "")["account"]["created_on"]
    assert abs(created.year - 2025) <= 12
