# SPDX-License-Identifier: MIT
"""A comment allows what a rule finds where it stands, with a reason, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from caljobs_policy import load_policy
from caljobs_policy.analysis.checking.excuses import excuses_of
from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound
from caljobs_policy.analysis.checking.rules.unused_role import UnusedRole
from caljobs_policy.analysis.checking.running import check
from caljobs_policy.analysis.checking.settings import Settings
from caljobs_policy.errors.problems import Place
from tests.samples.profiles import DAY, sound_profile

ROLES: Final = "unused-parameter", "excuse-unused"


def report(folder: Path, parameters: str) -> Report:
    made = sound_profile(folder / "sample_area", f"parameters:\n{parameters}")
    return check([made], Settings(select=ROLES), DAY)


ENTRY: Final = "  spare: {title: spare, value: 3 days, clauses: [SAMPLE-1/a]}"
NESTED: Final = "  spare:{}\n    title: spare\n    value: 3 days\n    clauses: [SAMPLE-1/a]\n"
EXCUSE: Final = "# allow: unused-parameter because it is to come"


@pytest.mark.parametrize(
    "text",
    [
        f"{ENTRY}  {EXCUSE}\n",
        f"  {EXCUSE}\n{ENTRY}\n",
        f"  {EXCUSE}\n\n  # Another comment.\n{ENTRY}\n",
        f"  # allow: cannot-fail, unused-parameter because it is to come\n{ENTRY}\n",
        NESTED.format(f"  {EXCUSE}"),
        f"  {EXCUSE}\n{NESTED.format('')}",
    ],
)
def test_an_excuse_on_the_line_or_before_it_allows_a_fault(tmp_path: Path, text: str) -> None:
    found = report(tmp_path, text)
    assert found.problems == ()
    assert [one.reason for one in found.allowed] == ["it is to come"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{ENTRY}  # allow: unused-parameter\n", "the excuse gives no reason"),
        (f"{ENTRY}  # allow: unused-parameter because\n", "the excuse gives no reason"),
        (f"{ENTRY}  # allow: unused-paramter because so\n", "there is no rule `unused-paramter`"),
        (
            f"{ENTRY}  # allow: looser-than-above because so\n",
            "no comment can allow `looser-than-above`",
        ),
        (f"  # allow: because so\n{ENTRY}\n", "the excuse names no rule"),
    ],
)
def test_an_excuse_that_allows_nothing_is_told_beside_the_fault(
    tmp_path: Path, text: str, message: str
) -> None:
    found = report(tmp_path, text)
    assert sorted(one.code for one in found.problems) == ["excuse-unused", "unused-parameter"]
    assert message in [one.message for one in found.problems]


def test_an_excuse_for_what_is_not_found_is_told(tmp_path: Path) -> None:
    folder = sound_profile(
        tmp_path / "sample_area",
        f"guides:\n  {EXCUSE}\n  a: {{say: B., clauses: [SAMPLE-1/a]}}\n",
    )
    (fault,) = check([folder], Settings(select=ROLES), DAY).problems
    assert fault.message == "the excuse allows nothing"
    # A run that leaves the rule out cannot know.
    assert not check([folder], Settings(select=("excuse-unused",)), DAY).problems


def test_an_excuse_for_two_rules_of_which_one_finds_nothing_is_told(tmp_path: Path) -> None:
    two = "# allow: unused-parameter, unused-role because it is to come"
    folder = sound_profile(tmp_path / "sample_area", f"parameters:\n{ENTRY}  {two}\n")
    found = check([folder], Settings(select=(*ROLES, "unused-role")), DAY)
    fault = next(one for one in found.problems if one.code == "excuse-unused")
    assert fault.message == "the excuse allows nothing that `unused-role` finds"
    assert [one.reason for one in found.allowed] == ["it is to come"]


def test_an_excuse_for_what_is_not_certain_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = Bound("unused-role", Place("a.yaml", 1, 1), "whether it is used: the search stopped")
    monkeypatch.setattr(UnusedRole, "faults", lambda *_: iter([bound]))
    text = f"guides:\n  {EXCUSE}\n  a: {{say: B., clauses: [SAMPLE-1/a]}}\n"
    folder = sound_profile(tmp_path / "sample_area", text.replace("parameter", "role"))
    report = check([folder], Settings(select=("unused-role", "excuse-unused")), DAY)
    assert (report.problems, report.bounds) == ((), (bound,))


def test_an_excuse_for_another_line_allows_nothing(tmp_path: Path) -> None:
    found = report(tmp_path, f"{ENTRY}\n{ENTRY.replace('spare', 'other')}  {EXCUSE}\n")
    assert [one.message for one in found.problems] == ["no entry names the parameter `spare`"]


def test_an_excuse_says_nothing_to_the_policy(tmp_path: Path) -> None:
    with_it = sound_profile(tmp_path / "one" / "sample_area", f"parameters:\n{ENTRY}  {EXCUSE}\n")
    without = sound_profile(tmp_path / "two" / "sample_area", f"parameters:\n{ENTRY}\n")
    assert load_policy(with_it, DAY).digest == load_policy(without, DAY).digest


@pytest.mark.parametrize(
    "text",
    [
        "say: see page#allow: unused-role because so",
        "say: |\n  # allow: unused-role because so\n",
        'say: "see\n  # allow: unused-role because so"\n',
    ],
)
def test_what_is_no_comment_is_no_excuse(text: str) -> None:
    assert not list(excuses_of(text, "a.yaml"))
