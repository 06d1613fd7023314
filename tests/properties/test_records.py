# SPDX-License-Identifier: MIT
"""Records of random decisions are read back as they were written."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Decision,
    DecisionRecord,
    Policy,
    evaluate,
    load_policy,
    read_subject,
)
from caljobs_policy.testing.strategies import subjects

DAY: Final = date(2025, 6, 2)
POLICIES: Final = [load_policy(name, DAY) for name in ("state", "la_city", "slo_county")]
PLANS: Final = [(policy, key) for policy in POLICIES for key in policy.plans]
MOMENTS: Final = st.none() | st.datetimes(datetime(2025, 4, 1), datetime(2025, 8, 1))


def stated(record: DecisionRecord) -> dict[str, Any]:
    """Return the mapping that a record states, with what is stated not to be known."""
    found: dict[str, Any] = json.loads(json.dumps(record.to_dict()["facts"]))
    for path in record.unknown:
        *above, name = path.split(".")
        part = found
        for step in above:
            part = part.setdefault(step, {})
        part[name] = UNKNOWN
    return found


@st.composite
def decisions(draw: st.DrawFn, policy: Policy, key: str) -> Decision:
    return evaluate(policy, draw(subjects(policy, key)), draw(MOMENTS))


@pytest.mark.parametrize(("policy", "key"), PLANS, ids=str)
@given(data=st.data())
def test_a_record_is_read_back_equal(policy: Policy, key: str, data: st.DataObject) -> None:
    """`from_dict` reads back what `to_dict` wrote, also through JSON and by pickle."""
    decision = data.draw(decisions(policy, key))
    for record in (decision.record(), decision.record(private=True)):
        content = json.loads(json.dumps(record.to_dict()))
        again = DecisionRecord.from_dict(content)
        assert again == record
        assert hash(again) == hash(record)
        assert again.to_dict() == record.to_dict() == content
        assert pickle.loads(pickle.dumps(record)) == record


@pytest.mark.parametrize(("policy", "key"), PLANS, ids=str)
@given(data=st.data())
def test_a_whole_record_decides_the_same_anew(
    policy: Policy, key: str, data: st.DataObject
) -> None:
    """What a record states, decided anew at its moment, gives the same record."""
    decision = data.draw(decisions(policy, key))
    record = decision.record(private=True)
    subject = read_subject(policy, key.partition("/")[0], stated(record))
    assert subject == decision.subject
    assert evaluate(policy, subject, record.at).record(private=True) == record
