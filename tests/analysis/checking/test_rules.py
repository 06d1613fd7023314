# SPDX-License-Identifier: MIT
"""What rules find beyond the examples of their pages, and what they say of bad profiles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml

from caljobs_policy import evaluate
from caljobs_policy.analysis.checking import examined
from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Severity
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.analysis.checking.running import check
from caljobs_policy.analysis.checking.settings import Settings
from caljobs_policy.analysis.formulas.finding import Finder, Limits
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents
from tests.samples.profiles import (
    DAY,
    EDITION,
    EDITION_YAML,
    TABLES_YAML,
    WORDS_YAML,
    sound_profile,
    written_profile,
)
from tests.samples.towns import town

LOOSER: Final = """
overrides:
  parameters/grace: {was: 30 days, now: 60 days, authority: SAMPLE-1/a, reason: It takes longer.}
"""
SIGNED: Final = "require: {request.signed_by_requestor: true}"


def found(folder: Path, *codes: str, today: date = DAY) -> Report:
    return check([folder], Settings(select=codes), today)


def rule(name: str, more: str) -> str:
    return f"  {name}: {{about: request/create, say: No., clauses: [SAMPLE-1/a], {more}}}\n"


def test_a_profile_that_makes_use_of_everything_has_no_fault_but_cases(tmp_path: Path) -> None:
    report = check([sound_profile(tmp_path / "sample_area", TABLES_YAML)], Settings(), DAY)
    codes = {fault.code for fault in report.problems}
    assert codes <= {"clause-never-broken", "clause-never-met"}
    assert not report.bounds


def test_what_is_looser_than_above_is_shown_under_the_authority(tmp_path: Path) -> None:
    report = found(town(tmp_path, LOOSER), "looser-than-above")
    assert not report.problems
    (allowed,) = report.allowed
    assert allowed.message == (
        "some `request/create` is `accept` here and `return` above, by `parameters/grace`"
    )
    assert allowed.reason == "It takes longer."
    assert allowed.witness is not None
    stated = yaml.safe_load(allowed.witness)["request"]
    days = (stated["submitted_on"] - stated["staff"]["training_completed_on"]).days
    assert days == 31


def test_an_example_is_a_case_that_has_the_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = town(tmp_path, LOOSER)
    (allowed,) = found(local, "looser-than-above").allowed
    assert allowed.witness is not None
    monkeypatch.chdir(tmp_path)
    documents = read_documents(allowed.witness.encode(), "example.yaml")
    ((_, case),) = cases_in(documents, folders=True)
    assert isinstance(case, Case)
    assert evaluate(case.policy, case.subject, case.at).outcome == "accept"


def test_a_town_that_only_adds_is_not_looser(tmp_path: Path) -> None:
    more = "rules:\n" + rule("own", SIGNED)
    report = found(town(tmp_path, more.replace("SAMPLE-1/a", "TOWN-1/a")), "looser-than-above")
    assert (report.problems, report.allowed, report.bounds) == ((), (), ())


def test_all_faults_of_the_loader_are_told(tmp_path: Path) -> None:
    folder = sound_profile(
        tmp_path / "sample_area", "rulez: {}\nrules: {x: {about: request/creat}}\n"
    )
    problems = found(folder).problems
    assert {fault.code for fault in problems} >= {"unknown-key"}
    assert {fault.severity for fault in problems} == {Severity.ERROR}
    assert len(problems) > 1


def test_a_profile_that_is_not_there_is_told() -> None:
    (fault,) = check(["nowhere_at_all"], Settings(), DAY).problems
    assert fault.code == "unknown-profile"


def test_a_case_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path / "sample_area", "rules:\n" + rule("signed", SIGNED))
    written_profile(folder, {"cases/bad.yaml": CASE.replace("signed_by", "sigend_by")})
    (fault,) = found(folder, "edition-ends").problems
    assert (fault.code, fault.severity) == ("unknown-key", Severity.ERROR)
    assert fault.place.file.endswith("cases/bad.yaml")


def test_a_profile_without_a_day_on_which_all_of_its_chain_is_in_force_is_told(
    tmp_path: Path,
) -> None:
    local = town(tmp_path)
    above = tmp_path / "sample_area" / EDITION / "edition.yaml"
    above.write_text(above.read_text() + "  until: 2025-02-01\n")
    (fault,) = found(local).problems
    assert fault.code == "no-edition"


LEFT: Final = """
rules:
  left:
    about: account
    when: {account.separated_on: {given: true}}
    require: {account.created_on: {before: account.separated_on}}
    say: It is older.
    clauses: [SAMPLE-1/a]
"""


def test_what_another_time_zone_loosens_is_shown_under_its_authority(tmp_path: Path) -> None:
    local = town(tmp_path)
    written_profile(tmp_path / "sample_area", {f"{EDITION}/more.yaml": LEFT})
    file = local / "profile.yaml"
    more = "  authority: SAMPLE-1/a\n  reason: It lies elsewhere.\n"
    file.write_text(file.read_text().replace("Los_Angeles", "Denver") + more)
    report = found(local, "looser-than-above")
    assert (report.problems, report.bounds) == ((), ())
    assert [(one.message, one.reason) for one in report.allowed] == [
        (
            "some `account` is `compliant` here and `violation` above, by `time_zone`",
            "It lies elsewhere.",
        )
    ]


def test_too_many_checks_are_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examined, "MOST_PARTS", 1)
    tables = (
        "rules:\n"
        + rule("signed", SIGNED)
        + rule("twice", "require: {request.signed_by_requestor: true}")
    )
    report = found(sound_profile(tmp_path / "sample_area", tables), "never-decides")
    assert not report.problems
    assert [bound.message for bound in report.bounds] == [
        "`request/create` has 2 checks or routes, too many to ask about each"
    ]


def test_an_edition_that_ends_without_a_successor_is_found(tmp_path: Path) -> None:
    ending = EDITION_YAML + "  until: 2025-12-31\n"
    folder = sound_profile(tmp_path / "sample_area", "{}\n")
    (folder / EDITION / "edition.yaml").write_text(ending)
    (fault,) = found(folder, "edition-ends").problems
    assert fault.message == (
        "nothing is in force after 2025-12-31, when `sample_area@2025-01-01` ends"
    )
    later = EDITION_YAML.replace("2025-01-01", "2026-01-01")
    written_profile(folder, {"2026-01-01/edition.yaml": later, "2026-01-01/words.yaml": WORDS_YAML})
    assert not found(folder, "edition-ends").problems


@pytest.mark.parametrize(("today", "number"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 1)])
def test_a_review_is_due_after_its_day(tmp_path: Path, today: date, number: int) -> None:
    folder = sound_profile(tmp_path / "sample_area", "{}\n")
    (folder / EDITION / "edition.yaml").write_text(EDITION_YAML + "  review_on: 2026-03-01\n")
    faults = found(folder, "review-due", today=today).problems
    assert len(faults) == number


CASE: Final = """\
case: Unsigned
request:
  type: create
  submitted_on: 2025-06-02
  signed_by_requestor: false
expect: {outcome: return, clauses: [SAMPLE-1/a]}
"""


def test_a_clause_is_broken_and_met_by_cases_alone(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path / "sample_area", "rules:\n" + rule("signed", SIGNED))
    codes = ("clause-never-broken", "clause-never-met")
    assert [fault.code for fault in found(folder, *codes).problems] == list(codes)
    written_profile(folder, {"cases/some.yaml": CASE})
    assert [fault.code for fault in found(folder, *codes).problems] == ["clause-never-met"]
    met = (
        CASE.replace("false", "true")
        .replace("return", "accept")
        .replace(" clauses", " not_clauses")
    )
    written_profile(folder, {"cases/more.yaml": met})
    assert not found(folder, *codes).problems


def test_codes_are_stable() -> None:
    assert [rule.code for rule in RULES] == [
        "looser-than-above",
        "cannot-fail",
        "clause-never-broken",
        "clause-never-met",
        "contradiction",
        "edition-ends",
        "excuse-unused",
        "exempts-all",
        "message-without-value",
        "never-decides",
        "review-due",
        "row-unreached",
        "unused-clause",
        "unused-fact",
        "unused-parameter",
        "unused-role",
    ]


def test_a_name_that_only_looks_like_another_is_not_used(tmp_path: Path) -> None:
    words = WORDS_YAML.replace("roles:\n", "roles:\n  outside: {title: An outsider}\n")
    tables = "parameters:\n  days: {title: some days, value: 3 days, clauses: [SAMPLE-1/a]}\n"
    recent = "require: {request.staff.training_completed_on: {within: 30 days, before: at}}"
    tables += "rules:\n" + rule("outside", f"when: {{request.staff.employer: outside}}, {recent}")
    folder = sound_profile(tmp_path / "sample_area", tables, words=words)
    messages = [one.message for one in found(folder, "unused-parameter", "unused-role").problems]
    assert "no entry names the parameter `days`" in messages
    assert "no entry names the role `outside`" in messages


LOOKED_UP: Final = """\
tables:
  by-employer:
    about: request/create
    by: request.staff.employer
    when: {{request.staff.employer: {{not_in: [{}]}}}}
    require: {{request.attachments: {{has: <form>}}}}
    rows:
      inside: {{form: form_one, clauses: [SAMPLE-1/a]}}
      outside: {{form: form_two, clauses: [SAMPLE-1/b]}}
"""


def test_a_row_of_a_table_that_nothing_reaches_is_found(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path / "sample_area", LOOKED_UP.format("outside"))
    (fault,) = found(folder, "row-unreached").problems
    assert fault.message == "nothing reaches this row of `tables/by-employer`"
    assert fault.place.line == LOOKED_UP[: LOOKED_UP.index("outside:")].count("\n") + 1
    mended = LOOKED_UP.replace("not_in", "in").format("inside, outside")
    other = sound_profile(tmp_path / "other" / "sample_area", mended)
    assert not found(other, "row-unreached").problems


EXCEPTIONS: Final = """\
    except:
      named: {when: {request.office: {given: true}}, coordinator: auditor}
      late: {when: {request.office: {given: true}}, coordinator: desk}
"""


def test_an_exception_is_told_where_it_stands_and_in_its_own_profile_alone(tmp_path: Path) -> None:
    local = town(tmp_path)
    tables = tmp_path / "sample_area" / EDITION / "tables.yaml"
    head = "    subject: New account at <request.office>\n"
    tables.write_text(tables.read_text().replace(head, head + EXCEPTIONS))
    (fault,) = found(tmp_path / "sample_area", "row-unreached").problems
    assert fault.message == "nothing reaches this row of `routing/branch`"
    line = tables.read_text().splitlines()[fault.place.line - 1]
    assert line.strip().startswith("late:")
    # The row of the town has the exceptions of the row above.
    assert not found(local, "row-unreached").problems


CLOSED: Final = """
rules:
  closed:
    about: record/closure
    require: {record.all_fields_completed: true}
    say: A field is empty.
    clauses: [SAMPLE-1/a]
"""
OPENED: Final = """
overrides:
  rules/closed/require:
    was: {record.all_fields_completed: true}
    now: {record.all_fields_completed: {given: true}}
    authority: SAMPLE-1/a
    reason: It is checked later.
"""


def test_an_example_of_a_record_is_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = town(tmp_path, OPENED)
    written_profile(tmp_path / "sample_area", {f"{EDITION}/more.yaml": CLOSED})
    (allowed,) = found(local, "looser-than-above").allowed
    assert allowed.witness is not None
    monkeypatch.chdir(tmp_path)
    ((_, case),) = cases_in(read_documents(allowed.witness.encode(), "a.yaml"), folders=True)
    assert isinstance(case, Case)
    assert evaluate(case.policy, case.subject, case.at).subject == case.subject


VILLAGE: Final = """\
edition: {from: 2025-03-01, title: First edition of the village}
documents:
  VILLAGE-1: {title: Village Directive, issuer: Village Board}
roles:
  elder: {title: Elder, stands_for: mayor}
  booth: {title: Booth, stands_for: counter}
  censor: {title: Censor, stands_for: checker}
organizations:
  hut: {title: a hut, stands_for: station}
"""
NARROWER: Final = """
parameters:
  leave: {value: 10 days, clauses: [TOWN-1/a]}
rules:
  soon:
    about: request/create
    require: {request.staff.training_completed_on: {within: leave, before: request.submitted_on}}
    say: It is too old.
    clauses: [TOWN-1/a]
"""
WIDER: Final = """\
overrides:
  parameters/leave: {was: 10 days, now: 20 days, authority: TOWN-1/a, reason: It is far.}
"""


def test_each_profile_of_a_chain_of_three_is_held_to_the_one_above(tmp_path: Path) -> None:
    local = town(tmp_path, NARROWER)
    head = "profile: {jurisdiction: village, title: Village, extends: sample_town, time_zone: "
    zone = "America/Los_Angeles}\n"
    files = {"profile.yaml": head + zone, "2025-03-01/edition.yaml": VILLAGE + WIDER}
    village = written_profile(tmp_path / "village", files)
    assert found(local, "looser-than-above") == Report(codes=("looser-than-above",))
    (allowed,) = found(village, "looser-than-above").allowed
    assert allowed.reason == "It is far."
    assert "10 days" not in allowed.message


def test_a_search_that_runs_out_of_its_steps_says_what_it_leaves_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Finder.__init__
    monkeypatch.setattr(
        Finder, "__init__", lambda self, space, _: made(self, space, Limits(work=0))
    )
    report = check([town(tmp_path, LOOSER), tmp_path / "sample_area"], Settings(), DAY)
    assert {bound.code for bound in report.bounds} == {rule.code for rule in RULES if rule.proves}
    assert all("the search stopped after 0 steps" in bound.message for bound in report.bounds)
    assert not any(fault.witness for fault in (*report.problems, *report.allowed))
    assert "clause-never-met" in {fault.code for fault in report.problems}
