# SPDX-License-Identifier: MIT
"""Each rule finds what its page says, and nothing where a small change has mended it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml

from caljobs_policy import evaluate
from caljobs_policy.analysis.checking import examined
from caljobs_policy.analysis.checking.rule import Fault, Rule, Severity
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.analysis.checking.running import Report, check
from caljobs_policy.analysis.checking.settings import Settings
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
OUTSIDE: Final = "{request.staff.employer: outside}"


def found(folder: Path, *codes: str, today: date = DAY) -> Report:
    return check([folder], Settings(select=codes), today)


def of_tables(folder: Path, tables: str, code: str) -> Sequence[Fault]:
    """Return what a rule finds in a profile with some tables."""
    return found(sound_profile(folder / "sample_area", tables), code).problems


def rule(name: str, more: str) -> str:
    return f"  {name}: {{about: request/create, say: No., clauses: [SAMPLE-1/a], {more}}}\n"


def routed(late: str) -> str:
    """Return a routing with an exception for named offices, and another one after it."""
    return f"""\
routing:
  branch:
    requestors: boss
    coordinator: desk
    clauses: [SAMPLE-1/a]
    except:
      named: {{when: {{request.office: {{given: true}}}}, coordinator: auditor}}
      late: {{when: {{request.office: {{given: {late}}}}}, coordinator: deputy}}
  partner: {{requestors: boss, coordinator: auditor, clauses: [SAMPLE-1/b]}}
submission:
  create: {{clauses: [SAMPLE-1/b]}}
"""


def exempt(when: str) -> str:
    return (
        f"rules:\n{SIGNED}exempt:\n"
        f"  all: {{about: request/create, when: {when}, say: Out., clauses: [SAMPLE-1/a]}}\n"
    )


TRAINED: Final = "request.staff.training_completed_on"
SAYS_REQUIRED: Final = rule("told", f"require: {{{TRAINED}: {{given: true}}}}").replace(
    "No.", f"Since <{TRAINED}>."
)
SIGNED: Final = rule("signed", "require: {request.signed_by_requestor: true}")
UNSIGNED: Final = "require: {request.signed_by_requestor: false}"
SPARE: Final = "parameters:\n  spare: {title: spare, value: 3 days, clauses: [SAMPLE-1/a]}\n"
BADGE: Final = "facts:\n  request.badge: {title: badge returned, type: flag}\n"
NO_EMPLOYER: Final = "{request.staff.employer: {given: false}}"
ANY_EMPLOYER: Final = "{request.staff.employer: [inside, outside]}"
CASES: Final[Sequence[tuple[str, str, str, str]]] = [
    (
        "cannot-fail",
        "rules:\n" + rule("odd", f"when: {OUTSIDE}, forbid: {{request.staff.employer: inside}}"),
        "rules:\n" + rule("odd", f"forbid: {OUTSIDE}"),
        "nobody can fail to meet `odd`",
    ),
    (
        "never-decides",
        f"rules:\n{SIGNED}"
        + rule("twice", f"when: {OUTSIDE}, require: {{request.signed_by_requestor: true}}"),
        f"rules:\n{SIGNED}"
        + rule("twice", f"when: {OUTSIDE}, require: {{request.training_confirmed: true}}"),
        "`twice` never decides alone: whoever fails to meet it fails to meet `signed` too",
    ),
    (
        "contradiction",
        f"rules:\n{SIGNED}" + rule("two", f"when: {OUTSIDE}, {UNSIGNED}"),
        "rules:\n"
        + rule("one", f"unless: {OUTSIDE}, require: {{request.signed_by_requestor: true}}")
        + rule("two", f"when: {OUTSIDE}, {UNSIGNED}"),
        "whoever meets `two` breaks `signed`",
    ),
    (
        "exempts-all",
        exempt(f"{{any: [{ANY_EMPLOYER}, {NO_EMPLOYER}]}}"),
        exempt(OUTSIDE),
        "every `request/create` is exempt",
    ),
    (
        "message-without-value",
        "rules:\n" + SAYS_REQUIRED,
        "rules:\n" + SAYS_REQUIRED.replace("require", "forbid"),
        f"`told` says `<{TRAINED}>`, which is missing whenever it fails",
    ),
    (
        "unused-parameter",
        f"rules:\n{SIGNED}{SPARE}",
        f"{SPARE}rules:\n"
        + rule("fresh", f"require: {{{TRAINED}: {{within: spare, before: request.submitted_on}}}}"),
        "no entry names the parameter `spare`",
    ),
    (
        "unused-fact",
        f"rules:\n{SIGNED}{BADGE}",
        f"{BADGE}rules:\n" + rule("badge", "require: {request.badge: true}"),
        "no entry names the fact `request.badge`",
    ),
    (
        "row-unreached",
        routed(late="true"),
        routed(late="false"),
        "no request takes the row `branch/2`",
    ),
]


@pytest.mark.parametrize(("code", "bad", "mended", "message"), CASES, ids=[c[0] for c in CASES])
def test_a_rule_finds_a_fault_and_lets_the_mended_entry_pass(
    tmp_path: Path, code: str, bad: str, mended: str, message: str
) -> None:
    faults = of_tables(tmp_path / "bad", bad, code)
    assert message in [fault.message for fault in faults]
    assert {fault.code for fault in faults} == {code}
    assert all(fault.place.line and fault.help for fault in faults)
    assert message not in [fault.message for fault in of_tables(tmp_path / "good", mended, code)]


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
    more = "rules:\n" + rule("own", "require: {request.signed_by_requestor: true}")
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
    folder = sound_profile(tmp_path / "sample_area", f"rules:\n{SIGNED}")
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


def test_another_time_zone_is_a_bound(tmp_path: Path) -> None:
    local = town(tmp_path)
    file = local / "profile.yaml"
    more = "  authority: SAMPLE-1/a\n  reason: It lies elsewhere.\n"
    file.write_text(file.read_text().replace("Los_Angeles", "Denver") + more)
    report = found(local, "looser-than-above")
    assert [bound.message for bound in report.bounds] == [
        "whether it is looser: its time zone is not the one above"
    ]


def test_too_many_checks_are_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examined, "MOST_CHECKS", 1)
    tables = f"rules:\n{SIGNED}" + rule("twice", "require: {request.signed_by_requestor: true}")
    report = found(sound_profile(tmp_path / "sample_area", tables), "never-decides")
    assert not report.problems
    assert [bound.message for bound in report.bounds] == [
        "`request/create` has 2 checks, too many to ask about each of them"
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


def test_a_role_and_a_clause_that_nothing_names_are_found(tmp_path: Path) -> None:
    words = WORDS_YAML.replace("roles:\n", "roles:\n  idle: {title: Idle}\n").replace(
        "clauses:\n", "clauses:\n  SAMPLE-1/z: {at: Section Z, kind: check, says: So.}\n", 1
    )
    folder = sound_profile(tmp_path / "sample_area", TABLES_YAML, words=words)
    messages = [f.message for f in found(folder, "unused-role", "unused-clause").problems]
    assert messages == ["no entry names the clause `SAMPLE-1/z`", "no entry names the role `idle`"]


CASE: Final = """\
case: Unsigned
request:
  type: create
  submitted_on: 2025-06-02
  signed_by_requestor: false
expect: {outcome: return, clauses: [SAMPLE-1/a]}
"""


def test_a_clause_is_broken_and_met_by_cases_alone(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path / "sample_area", f"rules:\n{SIGNED}")
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


@pytest.mark.parametrize("one", RULES, ids=[rule.code for rule in RULES])
def test_a_page_says_what_why_an_example_and_what_is_not_reported(one: type[Rule]) -> None:
    summary, *rest = one.page().split("\n\n")
    assert summary.endswith(".")
    assert len(rest) >= 4
    page = one.page()
    assert "An example:\n\n    " in page
    assert "\nWhat it does not report: " in page


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
