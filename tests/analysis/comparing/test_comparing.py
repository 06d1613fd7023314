# SPDX-License-Identifier: MIT
"""Policies are compared by what they do to real subjects, and every example reproduces."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Final

import pytest
import yaml
from attrs import evolve

from caljobs_policy import evaluate
from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.comparing import effects
from caljobs_policy.analysis.comparing.comparison import Compared, compared
from caljobs_policy.analysis.comparing.effects import Way
from caljobs_policy.analysis.comparing.pages import Page
from caljobs_policy.analysis.comparing.pair import Pair
from caljobs_policy.analysis.comparing.sources import Source, incomparable, source_of
from caljobs_policy.analysis.comparing.written import Change, written_differences
from caljobs_policy.analysis.formulas.finding import Limits
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.policy.differences import Direction
from tests.samples.profiles import DAY, TABLES_YAML, sound_profile
from tests.samples.towns import town

CREATE: Final = "request/create"
EDITIONS: Final = ("state@2025-02-28", "state@2025-03-01")
LOCAL: Final = ("state@2025-06-02", "la_city@2025-06-02")

Sides = tuple[Source, Source]


def sides(old: str | Path, new: str | Path, *keys: str) -> Sides:
    """Return two policies, of which only what is about some sorts of subject is kept."""

    def cut(name: str | Path) -> Source:
        source = source_of(str(name), DAY)
        plans = {k: plan for k, plan in source.policy.plans.items() if not keys or k in keys}
        return evolve(source, policy=evolve(source.policy, plans=plans))

    return cut(old), cut(new)


EDITIONS_KEYS: Final = (CREATE, "request/annual_maintenance", "request/issue_report")


@cache
def shipped(names: tuple[str, str]) -> tuple[Sides, Compared]:
    """Return two shipped policies and what differs in them."""
    both = sides(*names, *(EDITIONS_KEYS if names == EDITIONS else (CREATE, "office")))
    return both, found_in(both)


def found_in(both: Sides) -> Compared:
    old, new = both
    return compared(Pair(old.policy, new.policy), written_differences(old, new))


def versions(folder: Path, **changes: str) -> Sides:
    """Return a sample profile as it is, and with texts replaced: `was` by `now`."""
    new = TABLES_YAML
    assert changes["was"] in new
    new = new.replace(changes["was"], changes["now"])
    names = sound_profile(folder / "old", TABLES_YAML), sound_profile(folder / "new", new)
    return sides(*names, CREATE)


def told(compared: Compared) -> set[tuple[Way, Aspect, tuple[str, ...]]]:
    return {(one.way, one.aspect, one.because) for one in compared.effects}


@pytest.fixture(params=[EDITIONS, LOCAL], ids=["editions", "local"])
def both(request: pytest.FixtureRequest) -> Sides:
    return shipped(request.param)[0]


@pytest.fixture
def found(both: Sides) -> Compared:
    names = EDITIONS if both[0].profile == both[1].profile else LOCAL
    return shipped(names)[1]


def test_examples_of_a_page_are_cases_that_evaluate_reproduces(
    both: Sides, found: Compared
) -> None:
    page = Page(found, both, examples=True).text(markdown=True)
    shown = re.findall(r"```yaml\n# (.+?)(?:; with `date: (.+?)` (.+?))?\n(.+?)```", page, re.S)
    assert len(shown) >= len(re.findall(r"\[example \d+\]", page)) > 0
    for outcome, day, later, text in shown:
        assert decided(text) == outcome
        if day:
            on_that_day = re.sub(r"(?m)^date: .+$", f"date: {day}", text)
            assert decided(on_that_day) == later


def decided(text: str) -> str:
    ((_, case),) = cases_in(read_documents(text.encode(), "example.yaml"))
    assert isinstance(case, Case), case
    return evaluate(case.policy, case.subject, case.at).outcome.replace("_", " ")


def test_examples_of_the_data_reproduce_too(both: Sides, found: Compared) -> None:
    assert found.bounds == ()
    for told in found.to_dict()["differences"]:
        for name, number in (("old", 0), ("new", 1)):
            case = told.get("old_witness", told["witness"]) if number == 0 else told["witness"]
            policy = both[number].policy
            content = {**case, "profile": policy.jurisdiction, "date": policy.day}
            assert decided(yaml.safe_dump(content)) == told[name].replace("_", " ")


def test_a_local_profile_is_nowhere_looser_than_the_one_above(tmp_path: Path) -> None:
    local = sides(town(tmp_path).parent / "sample_area", tmp_path / "sample_town", CREATE)
    assert {effect.way for effect in found_in(local).effects} == {Way.STRICTER, Way.DIFFERENT}


def test_the_other_way_round_stricter_is_looser(tmp_path: Path) -> None:
    both = versions(tmp_path, was="value: 30 days", now="value: 60 days")
    later = (Way.DIFFERENT, Aspect.DEADLINES, ("deadlines/training_ends",))
    there, back = told(found_in(both)), told(found_in((both[1], both[0])))
    assert there == {(Way.LOOSER, Aspect.OUTCOME, ("training",)), later}
    assert back == {(Way.STRICTER, Aspect.OUTCOME, ("training",)), later}


def test_a_number_is_told_with_its_direction_and_what_it_does(tmp_path: Path) -> None:
    both = versions(tmp_path, was="value: 30 days", now="value: 60 days")
    found = found_in(both)
    (number,) = (one for one in found.written if one.table == "parameters")
    assert (number.change, number.direction) == (Change.CHANGED, Direction.LOOSER)
    page = Page(found, both).text(markdown=False)
    assert "Changed: days of grace: 60 days; before: days of grace: 30 days (looser)" in page
    assert "The training is older than 30 days." in page
    assert "There is no training" not in page


def test_every_kind_of_failure_is_told_of_a_new_check(tmp_path: Path) -> None:
    begin = "    about: {}\n    require: {{request.staff"
    both = versions(tmp_path, was=begin.format(CREATE), now=begin.format("request/change"))
    page = Page(found_in((both[1], both[0])), both).text(markdown=False)
    kinds = ("There is no training.", "The training comes too late.", "is older than 30 days.")
    assert [kind for kind in kinds if kind not in page] == []


def test_a_page_shows_no_value_of_an_example(both: Sides, found: Compared) -> None:
    page = Page(found, both).text(markdown=True)
    assert not re.search(r"\(none\)|\(not known\)|\(withheld\)", page)


def test_what_an_edition_changes_is_said_in_sentences() -> None:
    both, found = shipped(EDITIONS)
    page = Page(found, both).text(markdown=True)
    for line in (
        "From 1 March 2025 a request to create an account is returned in these cases; before it "
        "was accepted:",
        "- The ISPA training certificate is not attached. (WSD24-12/create-5)",
        "- ISPA training is missing; none is completed. Or: ISPA training was completed after the "
        "date of the request. Or: ISPA training was completed more than 365 days before the "
        "request. (WSD24-12/create-1)",
        "From 1 March 2025 the policy covers an annual maintenance request; before it had no rule "
        "about it.",
        "From 1 March 2025 the policy has no rule about a report of an issue any more.",
        "- The organization type is a WSB field division (WSD19-08/scope-1)",
        "- A Local Area: Manager/Supervisor → MIS Administrator; before: anyone → MIS "
        "Administrator. (WSD24-12/routing-1)",
        "- New: A WSB field division: Manager/Supervisor → WSB CalJOBS SPOC. (WSD24-12/routing-2)",
        "- New: Coordinator: Review the request and record the new dates. (WSD24-12/coordinator-2)",
        "- New: The coordinator hands managers the newest version of the confidentiality "
        "statement. (WSD24-12/coordinator-3)",
    ):
        assert line in page, line
    assert len(page.splitlines()) < 200


def test_two_time_zones_are_named_with_the_subjects_that_they_judge_unlike(tmp_path: Path) -> None:
    outlived = """\
rules:
  outlived:
    about: account
    forbid: {at: {after: account.separated_on}}
    say: The account outlived the separation.
    clauses: [SAMPLE-1/a]
"""
    for name, zone in (("old", "America/Los_Angeles"), ("new", "America/New_York")):
        head = sound_profile(tmp_path / name, outlived) / "profile.yaml"
        head.write_text(head.read_text("utf-8").replace("America/Los_Angeles", zone), "utf-8")
    both = sides(tmp_path / "old", tmp_path / "new", "account")
    found = found_in(both)
    # A day begins and ends earlier in the east.
    assert [effect.way for effect in found.effects] == [Way.STRICTER]
    assert [effect.way for effect in found_in(both[::-1]).effects] == [Way.LOOSER]
    page = Page(found, both).text(markdown=True)
    assert "by the clocks of America/New_York; before: America/Los_Angeles." in page


def test_policies_that_are_the_same_differ_in_nothing() -> None:
    same = sides("state@2025-03-01", "state@2025-06-02", CREATE, "office")
    found = found_in(same)
    assert (found.effects, found.written, found.bounds) == ((), (), ())
    assert "Both say the same." in Page(found, same).text(markdown=False)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("state@2025-02-30", "is a day that does not exist"),
        ("nowhere", "there is no profile `nowhere`"),
        ("HEAD:profiles/state", "this folder belongs to no Git repository"),
    ],
)
def test_what_cannot_be_read_is_told(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ProfileError) as caught:
        source_of(name, date(2025, 6, 2))
    assert message in str(caught.value)


def test_policies_without_common_words_are_not_compared(tmp_path: Path) -> None:
    both = sides(sound_profile(tmp_path / "one"), "state@2025-06-02")
    problem = incomparable(*both)
    assert problem is not None
    assert "they have no profile in common" in problem.message
    assert incomparable(*sides(*EDITIONS)) is None


def test_words_without_a_counterpart_are_named(tmp_path: Path) -> None:
    local = sides(town(tmp_path).parent / "sample_area", tmp_path / "sample_town", CREATE)
    page = Page(found_in(local), local).text(markdown=False)
    assert "Left out, as nothing corresponds to it (Sample Area): a partner." in page


def test_a_bound_that_is_hit_is_told_and_nothing_is_invented(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = sides(*EDITIONS, CREATE)
    short = partial(Prover, limits=Limits(models=0))
    monkeypatch.setattr("caljobs_policy.analysis.comparing.pair.Prover", short)
    found = found_in(both)
    assert found.effects == ()
    assert f"{CREATE}: the search stopped after 0 attempts" in found.bounds
    assert found.to_dict()["complete"] is False
    assert "there may be more" in Page(found, both).text(markdown=False)


def test_a_comparison_that_takes_too_long_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "MOST_WORK", 1)
    both = versions(tmp_path, was="value: 30 days", now="value: 60 days")
    assert "not everything was asked" in " ".join(found_in(both).bounds)
