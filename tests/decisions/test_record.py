# SPDX-License-Identifier: MIT
"""The record of a decision is plain data that is read back as it was written."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from caljobs_policy import (
    UNKNOWN,
    Account,
    Code,
    DecisionRecord,
    RecordError,
    Request,
    Requestor,
    Staff,
    TemporaryPassword,
    evaluate,
    load_policy,
    read_subject,
)

POLICY: Final = load_policy("state", date(2025, 6, 2))
ACCOUNT: Final = Account(
    username="sample.person",
    organization="local_area",
    status="active",
    created_on=date(2024, 11, 4),
    temporary_password=TemporaryPassword(issued_at=datetime(2025, 6, 1, 9)),
    staff=Staff(name="Private Sample", employer="county", training_completed_on=date(2023, 1, 1)),
)
DECISION: Final = evaluate(POLICY, ACCOUNT, datetime(2025, 6, 2, 9))
RECORD: Final = DECISION.record()
Change = Callable[[dict[Any, Any]], Any]


def stored(record: DecisionRecord = RECORD) -> dict[str, Any]:
    """Return a record as it comes from a file."""
    found: dict[str, Any] = json.loads(json.dumps(record.to_dict()))
    return found


def refused(data: Any) -> list[tuple[str, Code]]:
    with pytest.raises(RecordError) as caught:
        DecisionRecord.from_dict(data)
    assert all(problem.help for problem in caught.value.problems)
    return sorted((problem.pointer, problem.code) for problem in caught.value.problems)


def test_a_record_says_what_the_decision_says() -> None:
    assert RECORD.policy.digest == POLICY.digest
    assert RECORD.policy.editions == POLICY.editions
    assert RECORD.subject == "account"
    assert RECORD.at == DECISION.at
    assert (RECORD.outcome, RECORD.findings) == (DECISION.outcome, DECISION.findings)
    assert (RECORD.needs, RECORD.readings) == (DECISION.needs, DECISION.readings)
    assert [one.due for one in RECORD.deadlines] == [one.due for one in DECISION.deadlines]
    assert RECORD.deadlines


def test_a_record_is_read_back_equal_and_pickles() -> None:
    again = DecisionRecord.from_dict(stored())
    assert again == RECORD
    assert hash(again) == hash(RECORD)
    assert again.digest == RECORD.digest == stored()["digest"]
    assert pickle.loads(pickle.dumps(RECORD)) == RECORD
    assert len(pickle.dumps(RECORD)) < 20_000
    with pytest.raises(FrozenInstanceError):
        RECORD.outcome = DECISION.outcome  # type: ignore[misc]
    with pytest.raises(TypeError):
        RECORD.facts["status"] = "x"  # type: ignore[index]


def test_a_record_holds_personal_data_only_where_it_is_asked_for() -> None:
    text = json.dumps(RECORD.to_dict())
    assert "Private" not in text
    whole = json.dumps(DECISION.record(private=True).to_dict())
    assert "Private Sample" in whole


def test_a_whole_record_can_be_decided_anew() -> None:
    record = DecisionRecord.from_dict(stored(DECISION.record(private=True)))
    subject = read_subject(POLICY, "account", record.facts)
    assert subject == ACCOUNT
    assert evaluate(POLICY, subject, record.at).record(private=True) == record


def test_what_is_stated_not_to_be_known_stands_apart() -> None:
    staff = Staff(name=UNKNOWN, employer="county")
    found = evaluate(POLICY, Request(type="create", staff=staff, approvals=UNKNOWN)).record()
    assert found.unknown == ("staff.name",) or "approvals" in found.unknown
    assert "approvals" not in found.facts
    assert DecisionRecord.from_dict(stored(found)) == found


def test_times_have_their_offset_wherever_they_come_from() -> None:
    record = evaluate(POLICY, ACCOUNT, datetime(2025, 6, 2, 9)).record()
    assert record.at == datetime(2025, 6, 2, 16, tzinfo=UTC)
    assert stored(record)["at"] == "2025-06-02T09:00:00-07:00"
    assert DecisionRecord.from_dict(stored(record)).at.utcoffset() == record.at.utcoffset()


def test_a_record_of_a_later_schema_is_refused_at_once() -> None:
    data = {**stored(), "schema": 2, "something": "new"}
    with pytest.raises(RecordError, match="schema 2, and this version of the library reads 1"):
        DecisionRecord.from_dict(data)
    assert refused(data) == [("/schema", "newer-schema")]


def test_number_that_nobody_can_write_out_is_refused() -> None:
    assert refused({**stored(), "schema": 10**5000}) == [("/schema", "newer-schema")]
    assert refused({**stored(), "facts": {"mis_administrators": 10**5000}})


def test_read_only_mappings_are_read_as_others() -> None:
    data = stored()
    assert DecisionRecord.from_dict(
        MappingProxyType({**data, "policy": MappingProxyType(data["policy"])})
    ) == DecisionRecord.from_dict(data)


@pytest.mark.parametrize("version", [0, -1])
def test_there_was_no_schema_before_the_first(version: int) -> None:
    assert refused({**stored(), "schema": version}) == [("/schema", "out-of-range")]


@pytest.mark.parametrize("key", sorted(RECORD.to_dict()))
def test_a_missing_key_is_told(key: str) -> None:
    data = stored()
    del data[key]
    assert (f"/{key}", "missing") in refused(data)


CHANGES: Final[dict[str, tuple[Change, str, str]]] = {
    "another digest": (lambda d: d.update(digest="sha256:" + "0" * 64), "/digest", "not-a-digest"),
    "no digest": (lambda d: d.update(digest="md5:1"), "/digest", "not-a-digest"),
    "another outcome": (lambda d: d.update(outcome="compliant"), "/digest", "not-a-digest"),
    "digest of the policy": (
        lambda d: d["policy"].update(digest=POLICY.digest[:-1]),
        "/policy/digest",
        "not-a-digest",
    ),
    "changed policy": (
        lambda d: d["policy"].update(digest="sha256:" + "0" * 64),
        "/digest",
        "not-a-digest",
    ),
    "no outcome": (lambda d: d.update(outcome="fine"), "/outcome", "unknown-word"),
    "outcome a list": (lambda d: d.update(outcome=["deny"]), "/outcome", "unknown-word"),
    "no offset": (lambda d: d.update(at="2025-06-02T09:00:00"), "/at", "not-a-time"),
    "a day": (lambda d: d.update(at="2025-06-02"), "/at", "not-a-time"),
    "no day": (lambda d: d["policy"].update(date="2025-06-31"), "/policy/date", "not-a-date"),
    "a number for a day": (lambda d: d["policy"].update(date=5), "/policy/date", "not-a-date"),
    "text schema": (lambda d: d.update(schema="1"), "/schema", "not-a-number"),
    "true schema": (lambda d: d.update(schema=True), "/schema", "not-a-number"),
    "null schema": (lambda d: d.update(schema=None), "/schema", "not-a-number"),
    "needs a text": (lambda d: d.update(needs="account.status"), "/needs", "wrong-kind"),
    "needs a number": (lambda d: d.update(needs=["a", 5]), "/needs/1", "wrong-kind"),
    "findings a mapping": (lambda d: d.update(findings={}), "/findings", "wrong-kind"),
    "finding a text": (lambda d: d.update(findings=["x"]), "/findings/0", "wrong-kind"),
    "message": (
        lambda d: d["findings"][0].update(message=None),
        "/findings/0/message",
        "wrong-kind",
    ),
    "result": (lambda d: d["findings"][0].update(result="?"), "/findings/0/result", "unknown-word"),
    "because": (lambda d: d["findings"][0].update(because=[]), "/findings/0/because", "wrong-kind"),
    "flag": (lambda d: d["deadlines"][0].update(is_met="no"), "/deadlines/0/is_met", "not-a-flag"),
    "due": (lambda d: d["deadlines"][0].update(due="soon"), "/deadlines/0/due", "not-a-time"),
    "no due": (lambda d: d["deadlines"][0].update(due=None), "/deadlines/0/due", "not-a-time"),
    "NaN": (lambda d: d["facts"].update(status=math.nan), "/facts", "wrong-kind"),
    "facts null": (lambda d: d.update(facts=None), "/facts", "wrong-kind"),
    "policy null": (lambda d: d.update(policy=None), "/policy", "wrong-kind"),
    "more": (lambda d: d.update(extra=1), "", "unknown-key"),
    "more below": (lambda d: d["policy"].update(extra=1), "/policy", "unknown-key"),
    "key a number": (lambda d: d.setdefault(5, 1), "", "unknown-key"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_record_is_refused_where_it_was_changed(name: str) -> None:
    change, pointer, code = CHANGES[name]
    data = stored()
    change(data)
    assert refused(data) == [(pointer, code)]


def test_all_that_is_wrong_is_told_in_one_run_and_no_value_repeated() -> None:
    data = stored()
    for name in ("no outcome", "no offset", "needs a number", "message", "more below", "no digest"):
        CHANGES[name][0](data)
    data["outcome"] = "John Private"
    del data["route"]
    assert len(refused(data)) == 7
    with pytest.raises(RecordError) as caught:
        DecisionRecord.from_dict(data)
    assert "John" not in str(caught.value)
    assert "`findings[0].message` must be a text" in str(caught.value)
    assert "`route` is missing" in str(caught.value)


def test_a_key_that_is_misspelt_is_told_with_the_one_that_is_near() -> None:
    data = stored()
    data["outcom"] = data.pop("outcome")
    with pytest.raises(RecordError, match="did you mean `outcome`"):
        DecisionRecord.from_dict(data)


@pytest.mark.parametrize("data", [None, [], "text", 5, [stored()]])
def test_what_is_no_mapping_is_no_record(data: object) -> None:
    assert refused(data) == [("", "wrong-kind")]


def test_what_lies_too_deep_is_refused() -> None:
    deep: Any = "x"
    for _ in range(1000):
        deep = {"a": deep}
    assert refused({**stored(), "facts": deep}) == [("/facts", "wrong-kind")]


def test_a_record_is_known_by_what_it_says() -> None:
    other = attrs.evolve(RECORD, readings=("another",))
    assert other != RECORD
    assert other.digest != RECORD.digest
    assert evaluate(POLICY, Request(type="create", requestor=Requestor())).record() != RECORD
