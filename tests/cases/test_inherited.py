# SPDX-License-Identifier: MIT
"""Cases of the profiles above are run, and each change is traced to the entries that cause it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import Policy
from caljobs_policy.cases.inherited import InheritedCase, inherited_cases
from caljobs_policy.cases.worked import profile_cases
from tests.samples.profiles import ACCEPT_YAML, RETURN_YAML, VIOLATION_YAML, written_profile
from tests.samples.towns import town

RIGHT = "authority: SAMPLE-1/d, reason: The area lets us."
BOSS = ACCEPT_YAML.replace("role: deputy", "role: boss")


def inherited(folder: Path, more: str, *cases: str) -> list[InheritedCase]:
    """Run cases of the area in a town with some more entries."""
    local = town(folder, more)
    text = "---\n".join(case.replace("profile: sample_area\n", "") for case in cases)
    written_profile(folder / "sample_area", {"cases/all.yaml": text})
    return list(inherited_cases(local))


def test_cases_of_a_profile_above_are_inherited(tmp_path: Path) -> None:
    folder = town(tmp_path)
    texts = [
        ACCEPT_YAML.replace("role: deputy", "role: boss"),
        ACCEPT_YAML,
        RETURN_YAML.replace("role: deputy", "role: boss"),
        VIOLATION_YAML,
        VIOLATION_YAML.replace("2025-06-02", "2025-02-28"),
        ACCEPT_YAML.replace("organization: branch", "organization: brunch"),
    ]
    unnamed = "---\n".join(text.replace("profile: sample_area\n", "") for text in texts)
    written_profile(tmp_path / "sample_area", {"cases/all.yaml": unnamed})
    found = list(inherited_cases(folder))
    run = [one for one in found if not one.not_run]
    assert [one.case.title for one in run] == [
        *["Accepted"] * 2,
        *["Returned"] * 2,
        "Violation",
    ]
    assert not any(one.fault for one in found)
    assert {one.here.policy.jurisdiction for one in run if one.here} == {"sample_town"}
    assert {one.above.policy.jurisdiction for one in run if one.above} == {"sample_area"}
    assert [one.not_run for one in found if one.not_run] == [
        "nothing stands for the role `deputy`",
        "sample_town has no edition on its day",
    ]
    assert list(inherited_cases(tmp_path / "sample_area")) == []
    assert profile_cases(folder) == ()


RULE = """
rules:
  no-office: {about: request/create, require: {request.office: North}, clauses: [TOWN-1/a]}
  calm:
    about: request/create
    require: {request.office: North}
    otherwise: note
    clauses: [TOWN-1/a]
"""


def test_change_is_attributed_to_the_rule_that_causes_it_alone(tmp_path: Path) -> None:
    south = BOSS.replace("office: North", "office: South")
    assert south != BOSS
    found = inherited(tmp_path, RULE, south)
    assert {one.by for one in found} == {
        ("rules/no-office",),
        ("routing/station", "rules/no-office"),
    }
    assert not any(one.fault for one in found)


def test_authorized_better_outcome_is_attributed_to_the_override(tmp_path: Path) -> None:
    change = f"""
overrides:
  - {{what: parameters/grace, was: 30 days, now: 4000 days, {RIGHT}}}
"""
    old = BOSS.replace("training_completed_on: 2025-05-31", "training_completed_on: 2020-05-31")
    assert old != BOSS
    by = {one.by for one in inherited(tmp_path, change, old) if one.is_changed}
    assert ("parameters/grace",) in by


def test_better_outcome_without_a_reported_difference_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exempt = f"""
exempt:
  all: {{about: account, when: {{account.shared: true}}, clauses: [TOWN-1/a], {RIGHT}}}
"""
    (one,) = inherited(tmp_path, exempt, VIOLATION_YAML)
    assert (one.by, one.fault) == (("exempt/all",), "")
    monkeypatch.setattr(Policy, "differences", ())
    (one,) = inherited_cases(tmp_path / "sample_town")
    assert one.fault == "it is better because of exempt/all, and no difference says so"


def test_change_by_an_unknown_word_is_attributed_to_the_words_that_nothing_stands_for(
    tmp_path: Path,
) -> None:
    left_out = BOSS.replace("  organization: branch\n", "")
    assert left_out != BOSS
    found = inherited(tmp_path, "", left_out)
    assert {one.above.outcome for one in found if one.above} == {"cannot_tell"}
    assert {(one.here.outcome, one.by, one.fault) for one in found if one.here} == {
        ("accept", ("organizations/partner",), ""),
        ("return", ("organizations/partner", "routing/station"), ""),
    }


def test_change_by_a_word_that_stands_for_several_is_attributed_to_it(tmp_path: Path) -> None:
    annex = (
        f"organizations: {{annex: {{title: an annex, stands_for: [branch, partner], {RIGHT}}}}}\n"
    )
    folder = town(tmp_path)
    written_profile(folder, {"2025-03-01/annex.yaml": annex})
    text = BOSS.replace("profile: sample_area\n", "")
    written_profile(tmp_path / "sample_area", {"cases/all.yaml": text})
    found = list(inherited_cases(folder))
    assert [
        (one.here.outcome, one.by, one.fault)
        for one in found
        if one.here and getattr(one.here.subject, "organization", None) == "annex"
    ] == [("return", ("organizations/annex",), "")] * 2


def test_word_that_stands_for_one_accounts_for_no_change(tmp_path: Path) -> None:
    found = inherited(tmp_path, "", BOSS)
    assert {one.by for one in found} == {(), ("routing/station",)}
