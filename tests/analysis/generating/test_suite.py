# SPDX-License-Identifier: MIT
"""Generated cases show all that there is to show of a profile, each near one that is in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from caljobs_policy import evaluate
from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.covering.coverage import Coverage
from caljobs_policy.analysis.covering.reached import reached
from caljobs_policy.analysis.covering.targets import Aim, targets_reached
from caljobs_policy.analysis.generating.stream import summary, written_cases
from caljobs_policy.analysis.generating.suite import Suite
from caljobs_policy.analysis.generating.wanted import Wanted
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.loader.folders import profile_names
from caljobs_policy.loader.store import read_chain
from tests.samples.profiles import TABLES_YAML, sound_profile

TODAY: Final = date(2025, 6, 2)
MORE: Final = (
    TABLES_YAML
    + """\
facts:
  request.people: {title: number of people, type: count}
"""
)
MORE_RULES: Final = """\
  few:
    about: request/change
    require: {request.people: {fewer_than: 3}}
    clauses: [SAMPLE-1/a]
  strong:
    about: request/change
    require: {request.password: {length: 3 to 5}}
    clauses: [SAMPLE-1/a]
  never:
    about: request/change
    when: {all: [{request.people: {fewer_than: 1}}, {request.people: {is: 5}}]}
    require: {request.signed_by_requestor: true}
    clauses: [SAMPLE-1/d]
  monthly:
    about: account
    forbid: {at: {more_than: 1 months, after: account.created_on}}
    clauses: [SAMPLE-1/a]
  planned:
    about: account
    forbid: {account.deactivated_on: {after: at}}
    otherwise: note
    clauses: [SAMPLE-1/d]
"""


def examined(folder: Path, tables: str = TABLES_YAML) -> Examined:
    found = Examined(read_chain(str(sound_profile(folder, tables))), TODAY)
    assert not found.problems
    return found


def read_back(text: str) -> list[Case]:
    """Return the cases of a text, all of which can be read."""
    found = [case for _, case in cases_in(read_documents(text.encode(), "made.yaml"), folders=True)]
    assert all(isinstance(case, Case) for case in found), found
    return [case for case in found if isinstance(case, Case)]


def cases_of(suite: Suite, folder: Path) -> list[Case]:
    return read_back(written_cases(suite, (folder / "more").as_posix()))


SHIPPED: Final = ("la_city",) if settings().max_examples <= 100 else profile_names()
"""The profile `soak` writes cases for all shipped profiles."""


@pytest.mark.parametrize("name", SHIPPED)
def test_cases_show_all_that_a_shipped_profile_writes_itself(name: str) -> None:
    suite = Suite(Examined(read_chain(name), TODAY), Wanted(own=True))
    coverage = Coverage(suite.listing.examined)
    for case in read_back(written_cases(suite, name)):
        coverage.add(reached(case))
    assert not coverage.failed
    assert not any(one.bounds for one in suite.unreached)
    impossible = {one.purpose.place for one in suite.unreached}
    assert {gap.place for gap in coverage.gaps()} == impossible


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profiles")


@pytest.fixture(scope="module")
def suite(folder: Path) -> Suite:
    """The cases of a profile with limits of every sort."""
    rules = MORE.replace("approvals:\n", f"{MORE_RULES}approvals:\n")
    return Suite(examined(folder / "more", rules))


def test_each_case_passes_with_every_engine(suite: Suite, folder: Path) -> None:
    cases = cases_of(suite, folder)
    assert len(cases) == len(suite.made) > 25
    for case in cases:
        for engine in ("native", "naive", "durable"):
            assert not case.differences(evaluate(case.policy, case.subject, case.at, engine=engine))


def test_coverage_finds_shown_whatever_can_be_shown(suite: Suite, folder: Path) -> None:
    coverage = Coverage(suite.listing.examined)
    for case in cases_of(suite, folder):
        coverage.add(reached(case))
    gaps = [gap.message for gap in coverage.gaps()]
    assert gaps == ["no case fails `never`", "no case meets `never`"]


def test_what_no_case_can_show_is_listed(suite: Suite) -> None:
    told, *others = summary(suite)
    assert told == f"{len(suite.made)} cases: 84 of 86 points shown"
    assert [one.partition("tables.yaml:")[2].partition(": ")[2] for one in others] == [
        "no case can meet `never`",
        "no case can fail `never`",
    ]


def test_no_case_but_those_in_order_can_be_left_out(suite: Suite) -> None:
    wanted = suite.listing.purposes.keys()
    shown = [targets_reached(made.decision) & wanted for made in suite.made]
    counted = Counter(target for one in shown for target in one)
    for made, targets in zip(suite.made, shown, strict=True):
        assert made.target is None or any(counted[target] == 1 for target in targets)
    assert suite.made[0].target is None


def test_each_case_says_what_it_alone_shows(suite: Suite) -> None:
    for one in suite.cases:
        assert one.purposes or one.reaching.target is None
        assert one.title
        assert all(purpose.clauses for purpose in one.purposes)


def differing(one: Any, other: Any) -> Iterator[str]:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        if one != other:
            yield "a value"
        return
    for key in {*one, *other}:
        yield from differing(one.get(key), other.get(key))


def test_a_case_differs_little_from_one_in_order(suite: Suite) -> None:
    stated: dict[str, list[Any]] = {}
    for made in suite.made:
        case = made.witness.case.stated[0]
        near = stated.setdefault(made.decision.policy.digest + str(case.get("type")), [])
        if near:
            assert min(len([*differing(case, other)]) for other in near) <= 3
        near.append(case)


def test_dates_lie_near_the_first_day_of_the_edition(suite: Suite, folder: Path) -> None:
    text = written_cases(suite, "sample_area")
    years = {line.split("-")[0][-4:] for line in text.splitlines() if "_on: 20" in line}
    assert years <= {"2024", "2025"}


def test_the_same_profile_gives_the_same_text(folder: Path) -> None:
    one, other = (written_cases(Suite(examined(folder / "usual")), "sample_area") for _ in range(2))
    assert one == other


def test_a_part_of_a_profile_can_be_asked_for(folder: Path) -> None:
    found = examined(folder / "usual")
    accounts = Suite(found, Wanted(subjects=["account"]))
    assert {made.witness.case.stated[0].get("type") for made in accounts.made} == {None}
    clause = Suite(found, Wanted(clauses=["SAMPLE-1/c"]))
    assert {one.clauses for one in clause.listing.purposes.values()} == {("SAMPLE-1/c",)}
    assert not Suite(found, Wanted(day=date(2024, 1, 1))).made


def test_titles_say_what_a_case_shows_in_plain_words(folder: Path) -> None:
    titles = [one.title for one in Suite(examined(folder / "usual")).cases]
    assert titles[0] == "A request to create an account, in order"
    assert "SAMPLE-1/a broken: there is no training" in titles
    assert (
        "SAMPLE-1/a broken: the day the training was completed is just more than 30 days before "
        "the date of the request" in titles
    )
    assert (
        "SAMPLE-1/a broken: the requestor's name is the same as the staff member's name" in titles
    )
    assert not any("withheld" in one for one in titles)


def test_cases_in_which_a_fact_is_missing_can_be_asked_for(folder: Path) -> None:
    usual, suite = (
        Suite(examined(folder / "usual"), Wanted(missing=missing)) for missing in (False, True)
    )
    found = {one.title: one.expect for one in suite.cases}
    more = found.keys() - {one.title for one in usual.cases}
    assert more
    assert all("cannot be told: not known: " in title for title in more)
    title = "SAMPLE-1/a cannot be told: not known: day the training was completed"
    assert found[title] == {
        "outcome": "cannot_tell",
        "needs": ["request.staff.training_completed_on"],
    }
    # Nothing is unknown of who shares an account: left out, nobody does.
    assert not any(one.purpose.aim is Aim.UNKNOWN for one in suite.unreached)


def test_a_case_expects_what_follows_from_no_case_in_order(folder: Path) -> None:
    first, *others = (one.expect for one in Suite(examined(folder / "usual")).cases)
    assert first["deadlines"] == {
        "training_ends": {"due": date(2025, 1, 31), "clauses": ("SAMPLE-1/c",)}
    }
    assert [duty["who"] for duty in first["duties"]] == ["desk", "desk"]
    assert first["route"]["requestors"] == ["boss"]
    routes = [one["route"] for one in others if "route" in one]
    assert routes
    whole = {"coordinator": "auditor", "requestors": ["auditor", "boss"], "clauses": ["SAMPLE-1/b"]}
    assert all(whole.items() <= route.items() for route in routes)
    assert not any(duty in first["duties"] for one in others for duty in one.get("duties", ()))


def test_purposes_name_check_clause_and_side(folder: Path) -> None:
    found = [purpose for one in Suite(examined(folder / "usual")).cases for purpose in one.purposes]
    far = [one for one in found if one.limit == "30 days before request.submitted_on"]
    assert {one.aim for one in far} >= {Aim.HIGHER, Aim.LOWER, Aim.ON, Aim.ABOVE}
    assert {(one.check, one.fact, one.clauses) for one in far} == {
        ("training", "request.staff.training_completed_on", ("SAMPLE-1/a",))
    }
