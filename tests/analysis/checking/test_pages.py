# SPDX-License-Identifier: MIT
"""The page of a rule says what is true of it: its example is found, and the mended form is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Fault, Rule
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.analysis.checking.running import check
from caljobs_policy.analysis.checking.settings import Settings
from tests.samples.rule_pages import of_pages, shown

TODAY: Final = date(2026, 6, 1)
MESSAGES: Final = {
    "looser-than-above": (
        "some `request/create` is `accept` here and `return` above, by `parameters/grace`"
    ),
    "cannot-fail": "nobody can fail to meet `no-county-staff`",
    "clause-never-broken": "no case breaks the clause `AREA-1/create-2`",
    "clause-never-met": "no case says that the clause `AREA-1/create-2` is met",
    "contradiction": "whoever meets `unsigned-by-county-staff` breaks `signed`",
    "edition-ends": "nothing is in force after 2026-06-30, when `area@2025-01-01` ends",
    "excuse-unused": "the excuse gives no reason",
    "exempts-all": "every `account` is exempt",
    "message-without-value": (
        "`trained` says `<request.staff.training_completed_on>`, which is missing whenever it fails"
    ),
    "never-decides": (
        "`signed-by-boss` never decides alone: whoever fails to meet it fails to meet `signed` too"
    ),
    "review-due": "`area@2025-01-01` was to be reviewed on 2026-03-01",
    "row-unreached": "nothing reaches this row of `routing/branch`",
    "unused-clause": "no entry names the clause `AREA-1/reset-4`",
    "unused-fact": "no entry names the fact `request.badge_returned`",
    "unused-parameter": "no entry names the parameter `notice`",
    "unused-role": "no entry names the role `night_desk`",
}
rules = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


def report(folder: Path, rule: type[Rule], files: Mapping[str, str]) -> Report:
    """Return what a rule finds in files, and whatever their comments allow."""
    named = re.findall(r"# allow: ([\w-]+)", rule.page())
    return check([of_pages(folder, files)], Settings(select=(rule.code, *named)), TODAY)


def told(found: Report) -> Sequence[Fault]:
    """Return all but what comments allow; what an authority allows has an example."""
    return [*found.problems, *(fault for fault in found.allowed if fault.witness is not None)]


@rules
def test_the_example_of_a_page_is_found_and_the_mended_form_is_not(
    tmp_path: Path, rule: type[Rule]
) -> None:
    example = shown(rule, "An example")
    found = report(tmp_path / "example", rule, example)
    (fault,) = (fault for fault in told(found) if fault.code == rule.code)
    assert fault.message == MESSAGES[rule.code]
    assert fault.place.line
    assert fault.help or fault.reason
    mended = report(tmp_path / "mended", rule, {**example, **shown(rule, "Mended so")})
    assert (told(mended), mended.bounds) == ([], ())


@rules
def test_a_page_says_what_why_an_example_and_what_is_not_reported(rule: type[Rule]) -> None:
    what, why, *_ = rule.page().split("\n\n")
    assert re.fullmatch(r"[A-Z][^.]+\.", what)
    assert re.match("[A-Z]", why)
    headings = [rule.page().index(part) for part in ("\n\nAn example", "\n\nMended so")]
    assert headings == sorted(headings)
    assert rule.page().index("\n\nWhat it does not report: ") > headings[1]


def test_the_area_of_the_pages_is_in_order(tmp_path: Path) -> None:
    assert told(check([of_pages(tmp_path, {})], Settings(), TODAY)) == []
