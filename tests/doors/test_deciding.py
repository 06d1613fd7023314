# SPDX-License-Identifier: MIT
"""Subjects and mappings are decided by the policy of their own day, and many by one policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from caljobs_policy import (
    Account,
    Decision,
    EditionError,
    PolicyStore,
    ProfileError,
    Request,
    Staff,
    SubjectError,
    decide,
    decide_many,
    evaluate,
    load_policy,
    subject_to_dict,
)
from caljobs_policy.errors.exceptions import UnknownProfileError
from caljobs_policy.loader.contents import ProfileFiles, profile_files
from caljobs_policy.subjects.foreign import without_blanks

DAY: Final = date(2025, 6, 2)
AT: Final = datetime(2025, 6, 2, 9)
POLICY: Final = load_policy("state", DAY)
REQUEST: Final = Request(
    type="create", submitted_on=DAY, organization="local_area", staff=Staff(employer="county")
)
ACCOUNT: Final = Account(organization="local_area", status="active", created_on=date(2025, 1, 1))


def problems_of(found: Decision | SubjectError) -> list[tuple[str, str]]:
    assert isinstance(found, SubjectError)
    return [(problem.pointer, problem.code) for problem in found.problems]


def refused(stated: Any, at: datetime | None = None) -> list[tuple[str, str]]:
    with pytest.raises(SubjectError) as caught:
        decide("state", stated, at)
    return problems_of(caught.value)


def test_a_request_is_decided_by_the_policy_of_its_day() -> None:
    assert decide("state", REQUEST) == evaluate(POLICY, REQUEST)
    early = Request(type="create", submitted_on=date(2022, 6, 2))
    assert decide("state", early).policy == load_policy("state", date(2022, 6, 2))


@pytest.mark.parametrize("day", ["2022-06-02", date(2022, 6, 2), datetime(2022, 6, 2)])
def test_a_mapping_is_read_and_decided_by_the_policy_of_its_day(day: object) -> None:
    stated = {"request": {"type": "create", "submitted_on": day}}
    if isinstance(day, datetime):
        assert refused(stated) == [("/submitted_on", "not-a-date")] or refused(stated)
        return
    found = decide("state", stated)
    assert found.policy == load_policy("state", date(2022, 6, 2))
    assert found == decide("state", Request(type="create", submitted_on=date(2022, 6, 2)))


def test_what_has_no_day_is_decided_by_the_day_of_the_moment() -> None:
    assert decide("state", ACCOUNT, AT) == evaluate(POLICY, ACCOUNT, AT)
    late = datetime(2025, 6, 2, 3, tzinfo=UTC)
    assert decide("state", ACCOUNT, late).policy.day == date(2025, 6, 1)
    assert decide("state", Request(type="create"), AT).policy == POLICY


def test_without_a_moment_today_is_decided_about() -> None:
    def today() -> date:
        return datetime.now(ZoneInfo("America/Los_Angeles")).date()

    before = today()
    assert before <= decide("state", {"account": {"status": "active"}}).policy.day <= today()


def test_a_store_decides_alike() -> None:
    store = PolicyStore(profiles=["state"])
    for subject, at in ((REQUEST, None), (ACCOUNT, AT), ({"request": {"type": "create"}}, AT)):
        assert decide("state", subject, at, store=store) == decide("state", subject, at)
    with pytest.raises(ProfileError, match="not allowed"):
        decide("la_city", REQUEST, store=store)
    with pytest.raises(TypeError, match="`jurisdiction` takes the name of a profile"):
        decide(Path("state"), REQUEST, store=store)
    with pytest.raises(TypeError, match="`store` takes a PolicyStore"):
        decide("state", REQUEST, store="state")  # type: ignore[arg-type]


def test_each_file_is_looked_at_once_and_with_a_store_none_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[Path] = []

    def listed(folder: Path) -> ProfileFiles:
        looked.append(folder)
        return profile_files(folder)

    store = PolicyStore()
    later = datetime(2025, 6, 20, 9)
    request, account = evolve(REQUEST, organization="other"), evolve(ACCOUNT, organization="other")
    decide("la_city", request, later, store=store)
    monkeypatch.setattr("caljobs_policy.loader.store.profile_files", listed)
    for subject, at in ((request, None), (request, later), (account, AT)):
        looked.clear()
        decide("la_city", subject, at)
        assert [folder.name for folder in looked] == ["la_city", "state"]
    looked.clear()
    monkeypatch.setattr(os, "stat", None)
    monkeypatch.setattr(os, "scandir", None)
    for subject, at in ((request, None), (request, later), (account, later)):
        decide("la_city", subject, at, store=store)
    assert not looked


def test_a_mapping_says_the_same_as_its_subject() -> None:
    stated = subject_to_dict(REQUEST, private=True)
    assert decide("la_city", {"request": {**stated, "organization": "other"}}) == decide(
        "la_city",
        Request(
            type="create", submitted_on=DAY, organization="other", staff=Staff(employer="county")
        ),
    )
    assert decide("state", {"request": REQUEST}) == decide("state", REQUEST)


def test_a_moment_of_other_rules_than_those_of_the_request_is_refused() -> None:
    early = Request(type="create", submitted_on=date(2022, 6, 2))
    assert refused(early, AT) == [("/submitted_on", "conflict")]
    assert refused(REQUEST, datetime(2025, 6, 1, 9)) == [("/submitted_on", "conflict")]
    later = datetime(2025, 6, 20, 9)
    assert decide("state", REQUEST, later) == evaluate(POLICY, REQUEST, later)


@pytest.mark.parametrize(
    ("stated", "problems"),
    [
        ({}, [("", "missing")]),
        ({"requst": {}}, [("", "unknown-key")]),
        ({"type": "create", "submitted_on": "2025-06-02"}, [("", "missing")]),
        ({"request": {"type": "create"}, "case": "a"}, [("", "unknown-key")]),
        ({"request": {"type": "create"}, "account": {}}, [("", "conflict")]),
        (5, [("", "wrong-kind")]),
        (None, [("", "wrong-kind")]),
        ("request", [("", "wrong-kind")]),
        ([REQUEST], [("", "wrong-kind")]),
        (Staff(), [("", "wrong-kind")]),
    ],
)
def test_what_is_no_subject_is_told(stated: Any, problems: list[tuple[str, str]]) -> None:
    assert refused(stated) == problems
    (found,) = decide_many(POLICY, [stated])
    assert problems_of(found) == problems


def test_all_that_is_wrong_with_a_mapping_is_told() -> None:
    found = refused({"request": {"type": "creat", "submitted_on": "soon", "office": 5}})
    assert [pointer for pointer, _ in found] == ["/office", "/submitted_on", "/type"]


def test_one_bad_row_keeps_no_other_back() -> None:
    rows: list[Any] = [
        {"account": {"organization": "local_area", "status": "active"}},
        {"account": {"status": "Private Sample"}},
        5,
        Account(organization="nowhere"),
        ACCOUNT,
    ]
    found = list(decide_many(POLICY, rows, AT))
    assert [isinstance(one, Decision) for one in found] == [True, False, False, False, True]
    assert found[-1] == evaluate(POLICY, ACCOUNT, AT)
    assert all("Private" not in str(one) for one in found)


def test_rows_are_decided_as_they_are_asked_for() -> None:
    def rows() -> Iterator[Account]:
        yield ACCOUNT
        raise AssertionError("not yet")

    assert next(decide_many(POLICY, rows(), AT)) == evaluate(POLICY, ACCOUNT, AT)


def test_the_engine_that_is_asked_for_decides() -> None:
    for engine in ("native", "naive"):
        assert decide("state", REQUEST, engine=engine) == evaluate(POLICY, REQUEST)
        assert list(decide_many(POLICY, [REQUEST], engine=engine)) == [evaluate(POLICY, REQUEST)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (5, "not int"),
        ("request", "not str"),
        (None, "not None"),
        ({"request": {"type": "create"}}, "not dict; put it in brackets"),
    ],
)
def test_what_has_no_rows_is_told_at_once(rows: Any, told: str) -> None:
    with pytest.raises(TypeError, match=f"`rows` takes subjects or mappings, .*, {told}"):
        decide_many(POLICY, rows)


def test_texts_are_no_flags() -> None:
    taken = "takes True or False, not str"
    with pytest.raises(TypeError, match=f"`none_is_blank` {taken}"):
        decide_many(POLICY, [], none_is_blank="false")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"`folders` {taken}"):
        decide("state", REQUEST, folders="false")  # type: ignore[arg-type]
    decision = decide("state", REQUEST)
    with pytest.raises(TypeError, match=f"`private` {taken}"):
        decision.record(private="false")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"`everything` {taken}"):
        decision.to_dict(everything="false")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"`private` {taken}"):
        subject_to_dict(REQUEST, private="false")  # type: ignore[arg-type]


def test_wrong_arguments_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="there is no engine `fast`"):
        decide("state", REQUEST, engine="fast")
    with pytest.raises(ValueError, match="there is no engine `fast`"):
        decide_many(POLICY, [], engine="fast")
    with pytest.raises(TypeError, match="`policy` takes a Policy"):
        decide_many("state", [])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`at` takes a datetime"):
        decide_many(POLICY, [], DAY)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`at` takes a datetime"):
        decide("state", REQUEST, DAY)  # type: ignore[arg-type]
    with pytest.raises(ProfileError):
        decide("sate", REQUEST)
    with pytest.raises(EditionError):
        decide("state", Request(type="create", submitted_on=date(1990, 1, 1)))


@pytest.mark.parametrize("blank", [float("nan"), type("NaTType", (), {})()])
def test_blank_cells_of_a_table_are_facts_left_out(blank: Any) -> None:
    row = {"account": {"username": blank, "staff": {"employer": blank}, "shared": True}}
    (found,) = decide_many(POLICY, [row], AT)
    assert found == evaluate(POLICY, Account(shared=True), AT)


def test_mapping_that_is_too_deep_keeps_no_other_back() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"staff": deep}
    first, second = decide_many(POLICY, [{"account": deep}, ACCOUNT], AT)
    assert isinstance(first, SubjectError)
    assert second == evaluate(POLICY, ACCOUNT, AT)


class Cell:
    """A scalar of NumPy, as far as it is asked: its type, its text, and its value."""

    ndim = 0

    def __init__(self, text: str) -> None:
        self.text = text
        self.dtype = type("dtype", (), {"kind": "M"})()

    def __str__(self) -> str:
        return self.text

    def tolist(self) -> Any:
        raise AssertionError("times go by their text")


def test_day_of_a_table_picks_the_edition() -> None:
    request = {"type": "reset", "submitted_on": Cell("2020-06-02")}
    assert decide("state", {"request": request}).policy.editions == ("state@2020-02-06",)


@pytest.mark.parametrize("text", ["2025-06", "2025", "20000-01-01"])
def test_time_that_there_is_not_keeps_no_other_row_back(text: str) -> None:
    first, second = decide_many(POLICY, [{"account": {"created_on": Cell(text)}}, ACCOUNT], AT)
    assert isinstance(first, SubjectError)
    assert second == evaluate(POLICY, ACCOUNT, AT)


def test_blank_cells_in_lists_are_left_out() -> None:
    nan = float("nan")
    row = {"account": {"staff": {"statement": [{"form": nan}], "duties": ["x", nan]}}}
    assert without_blanks(row) == {"account": {"staff": {"statement": [{}], "duties": ["x"]}}}


def test_error_of_a_row_does_not_keep_the_row() -> None:
    (error,) = decide_many(POLICY, [{"account": {"usrname": "Sample"}}], AT)
    assert isinstance(error, SubjectError)
    assert (error.__traceback__, error.__context__, error.__cause__) == (None, None, None)


def test_folder_is_read_only_where_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(UnknownProfileError):
        decide(str(tmp_path), ACCOUNT, folders=False)


@pytest.mark.parametrize("key", [10**5000, (), None], ids=["huge", "empty", "null"])
def test_key_that_is_no_text_is_no_kind(key: Any) -> None:
    with pytest.raises(SubjectError):
        decide("state", {key: {}})
