# SPDX-License-Identifier: MIT
"""Whoever names a kind that there is not learns which there are."""

from __future__ import annotations

from datetime import date

import pytest

from caljobs_policy import SubjectError, fields, load_policy
from caljobs_policy.doors.columns import decide_columns
from caljobs_policy.doors.kinds import kind_remedy

POLICY = load_policy("slo_county", date(2025, 6, 2))
KNOWN = ("account", "record/activity", "record/closure")


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("record", "each of its types is one: record/activity, record/closure"),
        ("acount", "did you mean `account`?"),
        ("record/closur", "did you mean `record/closure`?"),
        ("zebra", "known are: account, record/activity, record/closure"),
    ],
)
def test_the_types_of_a_kind_are_listed_or_the_nearest_kind_is_named(
    kind: str, remedy: str
) -> None:
    assert str(kind_remedy(kind, KNOWN)) == remedy


def test_tables_and_forms_say_the_same() -> None:
    with pytest.raises(SubjectError) as columns:
        decide_columns(POLICY, None, kind="record")
    with pytest.raises(ValueError, match="there is no kind") as form:
        fields("record", POLICY)
    remedy = columns.value.problems[0].help
    assert remedy is not None
    assert remedy.startswith("each of its types is one: record/")
    assert str(form.value).endswith(remedy)
