# SPDX-License-Identifier: MIT
"""Forms and editors learn what a subject and a case may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft202012Validator

from caljobs_policy import Policy, case_schema, evaluate, fields, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in, profile_cases
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.subjects.facts import subject_key

POLICY: Final = load_policy("state", date(2025, 6, 2))
PROFILES: Final = ("state", "la_city", "slo_county")
KINDS: Final = ("request", "account", "office", "record/activity", "record/participant")


def plain(value: Any) -> Any:
    """Return what YAML holds as JSON would."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key if key is not True else "on": plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def worked(profile: str) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Return the worked cases of a profile, each with the mapping that it was written as."""
    for path in profile_cases(profile):
        text = path.read_text("utf-8")
        written: list[dict[str, Any]] = []
        for document in yaml.safe_load_all(text):
            shared = {key: one for key, one in document.items() if key != "cases"}
            written += [{**shared, **one} for one in document.get("cases", [{}])]
        cases = [case for _, case in cases_in(read_documents(text, str(path)))]
        for case, mapping in zip(cases, written, strict=True):
            assert isinstance(case, Case)
            yield case, plain(mapping)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_worked_case_fits_the_schema_of_its_policy(profile: str) -> None:
    made: dict[Policy | None, Draft202012Validator] = {None: Draft202012Validator(case_schema())}
    seen = 0
    for case, mapping in worked(profile):
        if case.policy not in made:
            made[case.policy] = Draft202012Validator(case_schema(case.policy))
        for validator in (made[case.policy], made[None]):
            faults = [
                f"{error.json_path}: {error.message}" for error in validator.iter_errors(mapping)
            ]
            assert faults == [], case.title
        seen += 1
    assert seen > 50


def test_the_schema_is_one() -> None:
    for policy in (None, POLICY):
        Draft202012Validator.check_schema(case_schema(policy))


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"request": {}},
        {"request": {"type": "creat"}},
        {"request": {"type": "create"}, "account": {}},
        {"account": {"statsu": "active"}},
        {"account": {"status": "activ"}},
        {"account": {"staff": {"employer": "EDD"}}},
        {"account": {"shared": "no"}},
        {"account": {"organization": None}},
        {"record": {"type": "activity", "kind": "activity"}},
        {"office": {"accounts": -1}},
        {"account": {}, "expect": {"outcom": "compliant"}},
        {"account": {}, "expect": None},
        {"account": {}, "expect": {}},
        {"account": {}, "expect": {"outcome": "complaint"}},
        {"account": {}, "expect": {"outcome": ["compliant"]}},
        {"account": {}, "expect": {"clauses": ["WSD24-12/create-one"]}},
        {"account": {}, "expect": {"needs": None}},
        {"account": {}, "expect": {"route": {"coordinatr": None}}},
        {"account": {}, "expect": {"route": {"cc": ["nobody"]}}},
        {"account": {}, "expect": {"deadlines": {"soft_exits": None}}},
        {"account": {}, "expect": {"deadlines": {"soft_exit": {}}}},
        {"account": {}, "expect": {"deadlines": {"soft_exit": {"due": None}}}},
        {"account": {}, "expect": {"duties": [["WSD24-12/create-6"]]}},
        {"account": {}, "expect": {"not_duties": {"who": "nobody"}}},
        {"account": {}, "expect": {"approvals": {"mis_administrator": "no"}}},
        {"account": {}, "titel": "x"},
        {"account": {"username": 5}},
        {"account": {}, "at": "2025-06-02T9:00"},
    ],
)
def test_what_no_case_may_hold_does_not_fit(case: dict[str, Any]) -> None:
    assert not Draft202012Validator(case_schema(POLICY)).is_valid(case)


@pytest.mark.parametrize(
    ("record", "fits"),
    [
        ({"type": "home_visit", "visited_on": "2025-06-02"}, True),
        ({"type": "activity", "code": "7", "strange": {}}, True),
        ({"type": "activity", "code": 7}, False),
        ({"type": "activity", "begins_on": []}, False),
        ({"type": ["home_visit"]}, False),
        ({}, False),
    ],
)
def test_schema_of_any_policy_takes_records_of_types_of_its_own(
    record: dict[str, Any], fits: bool
) -> None:
    assert Draft202012Validator(case_schema()).is_valid({"record": record}) is fits


def test_fields_have_titles_and_words_of_the_policy() -> None:
    found = {field.path: field for field in fields("request", POLICY)}
    employer = found["staff.employer"]
    assert "edd" in employer.choices
    assert (employer.kind, employer.left_out, employer.nullable) == ("word", "unknown", False)
    assert employer.choices["edd"] == POLICY.title_of("employers", "edd")
    assert found["type"].left_out == "required"
    assert found["approvals"].left_out == found["answer.granted"].left_out == "none"
    assert found["staff.name"].private
    assert not found["office"].choices
    assert found["staff.statement.form"].choices
    local = {field.path: field for field in fields("request", load_policy("la_city", POLICY.day))}
    assert set(local["organization"].choices) != set(found["organization"].choices)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_has_a_title_and_the_meaning_of_leaving_out_for_each_field(kind: str) -> None:
    whole = case_schema(POLICY)["$defs"][kind.partition("/")[0]]
    schemas = {one["title"]: one for one in whole.get("oneOf", [whole])}
    properties = schemas[kind]["properties"]
    for field in fields(kind, POLICY):
        if (
            "." not in field.path
            and field.path in properties
            and "const" not in properties[field.path]
        ):
            assert properties[field.path]["title"] == field.title
            assert "eft out" in properties[field.path]["description"] or field.path == "type"
            listed = properties[field.path].get("enum", [])
            assert not listed or listed == list(field.choices)


@pytest.mark.parametrize("kind", ["", "record/none", "requests", "John Sample"])
def test_a_kind_that_there_is_not_is_told(kind: str) -> None:
    remedy = r"known are: request, account, office, record/|did you mean `(request|record/closure)`"
    with pytest.raises(ValueError, match=f"there is no kind `{kind}`; ({remedy})"):
        fields(kind, POLICY)


def test_types_of_records_are_kinds_of_their_own() -> None:
    remedy = "there is no kind `record`; each of its types is one: record/data_entry, record/"
    with pytest.raises(ValueError, match=remedy):
        fields("record", POLICY)


def test_kind_is_a_text() -> None:
    with pytest.raises(TypeError, match="`kind` takes the name of a kind, such as `request`, not"):
        fields(5, POLICY)  # type: ignore[arg-type]


def test_wrong_policies_are_told() -> None:
    with pytest.raises(TypeError, match="`policy` takes a Policy"):
        fields("request", "state")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`policy` takes a Policy"):
        case_schema("state")  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", PROFILES)
def test_what_a_finding_names_is_a_field_of_the_form(profile: str) -> None:
    for case, _ in worked(profile):
        key = subject_key(case.subject)
        kind = key if key.startswith("record/") else key.partition("/")[0]
        paths = {field.path for field in fields(kind, case.policy)}
        for found in evaluate(case.policy, case.subject, case.at).findings:
            assert set(found.fields) <= paths
