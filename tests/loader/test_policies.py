# SPDX-License-Identifier: MIT
"""Policies are loaded with all that they extend, and cases are read and inherited."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from caljobs_policy import CaseError, ProfileError, evaluate, load_policy, load_profile
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in, counterpart
from caljobs_policy.errors.exceptions import EditionError
from caljobs_policy.loader.documents import read_documents
from tests.samples.profiles import (
    ACCEPT_YAML,
    DAY,
    EDITION,
    EDITION_YAML,
    PROFILE_YAML,
    SOUND,
    TABLES_YAML,
    messages,
    sound_profile,
    written_profile,
)
from tests.samples.towns import town

AT_MIDNIGHT = [
    ("2025-07-01T06:59:59Z", "2025-01-01"),
    ("2025-07-01T07:00:00Z", "2025-07-01"),
    ("2025-06-30T23:59:59-07:00", "2025-01-01"),
    ("2025-07-01T00:00:00-07:00", "2025-07-01"),
    ("2025-07-01T02:59:59-04:00", "2025-01-01"),
    ("2025-06-30T23:59:59", "2025-01-01"),
    ("2025-07-01T00:00", "2025-07-01"),
]


def cases(text: str, **more: str) -> list[Case | CaseError]:
    documents = read_documents(text, "case.yaml")
    found = cases_in(documents, today=lambda: DAY, folders=True, **more)
    return [case for _, case in found]


def case(text: str, **more: str) -> Case:
    (found,) = cases(text, **more)
    assert isinstance(found, Case), found
    return found


@pytest.mark.parametrize(("moment", "edition"), AT_MIDNIGHT)
def test_policy_of_a_time_is_that_of_the_day_in_the_profiles_zone(
    tmp_path: Path, moment: str, edition: str
) -> None:
    folder = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    files = {
        "2025-07-01/edition.yaml": EDITION_YAML.replace("2025-01-01", "2025-07-01"),
        "2025-07-01/words.yaml": SOUND["2025-01-01/words.yaml"],
    }
    written_profile(folder, files)
    found = case(f"profile: {folder}\nat: {moment}\naccount: {{}}")
    assert found.policy.editions == (f"sample_area@{edition}",)


def test_all_faults_of_a_profile_are_told_to_a_case_with_a_time(tmp_path: Path) -> None:
    folder = sound_profile(tmp_path / "sample_area", "rules: {a: {about: acount, clauses: [X]}}\n")
    text = f"profile: {folder}\nACCOUNT\naccount: {{}}"
    by_day = cases(text.replace("ACCOUNT", "date: 2025-06-02"))
    by_time = cases(text.replace("ACCOUNT", "at: 2025-06-02T09:00"))
    (one,), (other,) = by_day, by_time
    assert isinstance(one, CaseError)
    assert isinstance(other, CaseError)
    assert messages(one) == messages(other)


def test_zone_that_there_is_not_is_told_to_a_case_with_a_time(tmp_path: Path) -> None:
    files = {**SOUND, "profile.yaml": PROFILE_YAML.replace("Los_Angeles", "Nowhere")}
    folder = written_profile(tmp_path / "sample_area", files)
    (error,) = cases(f"profile: {folder}\nat: 2025-06-02T09:00\naccount: {{}}")
    assert isinstance(error, CaseError)
    assert messages(error)[0] == "there is no time zone `America/Nowhere`"


def test_usual_profile_is_for_cases_that_name_none(tmp_path: Path) -> None:
    town(tmp_path)
    usual = str(tmp_path / "sample_town")
    named = f"profile: {tmp_path / 'sample_area'}\naccount: {{}}"
    assert case("account: {}", usual_profile=usual).policy.jurisdiction == "sample_town"
    assert case(named, usual_profile=usual).policy.jurisdiction == "sample_area"
    both = case(named, usual_profile=named, profile=usual)
    assert both.policy.jurisdiction == "sample_town"


def test_chain_of_profiles_makes_one_policy(tmp_path: Path) -> None:
    town(tmp_path)
    district = {
        "profile.yaml": PROFILE_YAML.replace("sample_area", "district").replace(
            "Sample Area", "District"
        )
        + "  extends: sample_town\n",
        "2025-05-01/edition.yaml": EDITION_YAML.replace("2025-01-01", "2025-05-01")
        + "uses: {roles: [mayor, clerk, counter, checker], organizations: station}\n",
    }
    folder = written_profile(tmp_path / "district", district)
    policy = load_policy(folder, DAY)
    assert policy.editions == (
        "district@2025-05-01",
        "sample_town@2025-03-01",
        "sample_area@2025-01-01",
    )
    assert list(policy.meanings) == ["sample_town", "sample_area"]
    with pytest.raises(EditionError, match="`district` has no edition on 2025-04-30"):
        load_policy(folder, date(2025, 4, 30))


def test_profile_above_without_an_edition_on_the_day_is_told(tmp_path: Path) -> None:
    folder = town(tmp_path)
    edition = tmp_path / "sample_area" / "2025-01-01" / "edition.yaml"
    edition.write_text(EDITION_YAML.replace("2025-01-01", "2025-04-01"), encoding="utf-8")
    edition.parent.rename(edition.parent.with_name("2025-04-01"))
    with pytest.raises(EditionError, match="`sample_area` has no edition on 2025-03-15"):
        load_policy(folder, date(2025, 3, 15))


def test_day_between_two_editions_is_told_with_both(tmp_path: Path) -> None:
    """The gap itself is a fault of the profile, told beside it."""
    first = "edition: {from: 2025-01-01, until: 2025-03-31, title: First}\n"
    later = "edition: {from: 2025-07-01, title: Second}\n"
    folder = written_profile(
        tmp_path, {**SOUND, f"{EDITION}/edition.yaml": first, "2025-07-01/edition.yaml": later}
    )
    with pytest.raises(ProfileError) as caught:
        load_policy(folder, date(2025, 6, 2))
    told = [problem for problem in caught.value.problems if "no edition" in problem.message]
    assert [(problem.message, problem.help) for problem in told] == [
        (
            "`sample_area` has no edition on 2025-06-02: "
            "one ended on 2025-03-31, and the next begins on 2025-07-01",
            "ask about 2025-03-31 or earlier, or 2025-07-01 or later",
        )
    ]


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ({"one": "one"}, "the profile extends itself: one → one"),
        ({"one": "two", "two": "one"}, "the profile extends itself: one → two → one"),
        ({"one": "two", "two": "two"}, "the profile extends itself: two → two"),
        ({"one": "nowhere"}, "`extends`: there is no profile `nowhere`"),
        ({"one": "../two", "two": "one"}, "`../two` is not the name of a profile"),
    ],
)
def test_chain_that_leads_nowhere_is_told(
    tmp_path: Path, parents: dict[str, str], message: str
) -> None:
    for name, parent in parents.items():
        head = PROFILE_YAML.replace("sample_area", name) + f"  extends: {parent}\n"
        written_profile(tmp_path / name, {**SOUND, "profile.yaml": head})
    with pytest.raises(ProfileError) as caught:
        load_policy(tmp_path / "one", DAY)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert problem.place.file.endswith("profile.yaml")
    assert problem.help


def test_same_policy_is_given_until_a_file_changes(tmp_path: Path) -> None:
    folder = town(tmp_path)
    first = load_policy(folder, DAY)
    assert load_policy(folder, DAY) is first
    assert load_profile(folder) is load_profile(str(folder))
    sound_profile(tmp_path / "sample_area", f"{TABLES_YAML}# A comment.\n")
    again = load_policy(folder, DAY)
    assert again is not first
    assert again.digest == first.digest


def test_counterpart_is_one_whom_the_row_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    local = load_policy(town(tmp_path), DAY)
    asked = case(ACCEPT_YAML.replace("role: deputy", "role: boss"))
    assert counterpart(asked, local).requestor.role == "mayor"  # type: ignore[union-attr]
    assert evaluate(local, counterpart(asked, local)).outcome.value == "accept"
    with pytest.raises(CaseError, match="some word of this case has no counterpart"):
        counterpart(case(ACCEPT_YAML), local)


@pytest.mark.parametrize("jurisdiction", [None, 5, b"state", ["state"]])
def test_jurisdiction_is_told_where_it_is_none(jurisdiction: Any) -> None:
    taken = "`jurisdiction` takes the name of a profile, or the path of its folder, not "
    with pytest.raises(TypeError, match=taken):
        load_policy(jurisdiction, DAY)
    with pytest.raises(TypeError, match=taken):
        load_profile(jurisdiction)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (
            datetime(2025, 6, 2, 9),
            r"datetime; pass its day in .* time zone, as in `moment\.date\(\)`",
        ),
        ("2025-06-02", "str$"),
        (None, "None$"),
        (20250602, "int$"),
    ],
)
def test_day_is_told_where_it_is_none(day: Any, told: str) -> None:
    for ask in (
        lambda: load_policy("state", day),
        lambda: load_policy("state", DAY).on(day),
        lambda: load_profile("state").edition_on(day),
    ):
        with pytest.raises(TypeError, match=f"^`day` takes a date, not {told}"):
            ask()


LOCAL_YAML = """\
forms: {form_three: {title: Form Three}}
facts:
  account.seen: {title: whether it was seen, type: flag}
"""


def test_counterpart_leaves_out_facts_that_the_other_profile_cannot_ask_for(tmp_path: Path) -> None:
    folder = town(tmp_path, LOCAL_YAML)
    above = load_policy(tmp_path / "sample_area", DAY)
    asked = case(f"profile: {folder}\naccount: {{seen: true, organization: station}}")
    subject = counterpart(asked, above)
    assert subject.own == {}
    assert evaluate(above, subject, asked.at).subject is subject
    assert counterpart(asked, asked.policy).own == {"seen": True}


def test_word_that_the_other_profile_does_not_list_is_told(tmp_path: Path) -> None:
    folder = town(tmp_path, LOCAL_YAML)
    above = load_policy(tmp_path / "sample_area", DAY)
    asked = case(f"profile: {folder}\nrequest: {{type: create, attachments: form_three}}")
    with pytest.raises(CaseError) as caught:
        counterpart(asked, above)
    (problem,) = caught.value.problems
    assert problem.message.startswith("this case has no counterpart in `sample_area`: ")
    assert "`request.attachments` has no" in problem.message
    assert problem.place == asked.place


@pytest.mark.parametrize("named", ["sample_area", "./sample_area", "/", "../{folder}", "{folder}"])
def test_case_names_no_folder_unless_the_caller_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    name = named.format(folder=folder)
    documents = read_documents(f"profile: {name}\naccount: {{}}", "case.yaml")
    ((_, error),) = cases_in(documents, today=lambda: DAY)
    assert isinstance(error, CaseError)
    (problem,) = error.problems
    assert problem.message == "there is no such profile"
    assert problem.help is not None
    assert "a folder is loaded only where whoever asks allows it" in problem.help
    for allowed in ({"profile": str(folder)}, {"folders": True}):
        ((_, found),) = cases_in(
            read_documents("profile: sample_area\naccount: {}", "case.yaml"),
            today=lambda: DAY,
            **allowed,
        )
        assert isinstance(found, Case)


def test_case_names_an_installed_profile() -> None:
    documents = read_documents("profile: state\naccount: {}", "case.yaml")
    ((_, found),) = cases_in(documents, today=lambda: DAY)
    assert isinstance(found, Case)
    assert found.policy.jurisdiction == "state"


def test_name_from_outside_loads_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    for name in ("sample_area", str(folder), folder):
        assert load_policy(name, DAY).jurisdiction == "sample_area"
        with pytest.raises(ProfileError, match="there is no profile"):
            load_policy(name, DAY, folders=False)
    assert load_policy("state", DAY, folders=False).jurisdiction == "state"
