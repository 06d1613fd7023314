# SPDX-License-Identifier: MIT
"""Subjects that are written are read back, as their classes make them."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Policy,
    SubjectError,
    load_policy,
    read_subject,
    subject_to_dict,
)
from caljobs_policy.subjects.fields import fields_of
from caljobs_policy.testing.strategies import subjects
from tests.samples.keys import subject_keys
from tests.samples.profiles import sample_policy

DAY: Final = date(2025, 6, 2)
FACTS: Final = """
facts:
  request.urgent: {title: urgency, type: flag}
  account.tags: {title: list of tags, type: words, left_out: none}
  account.seen_at: {title: time it was seen, type: time}
  record.visited_on: {title: day of the visit, type: date}
"""
JSON: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def made() -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        return sample_policy(Path(folder) / "sample_area", FACTS)


POLICIES: Final = (*(load_policy(n, DAY) for n in ("state", "la_city", "slo_county")), made())


def stated(part: Any) -> dict[str, Any]:
    """Return all that an object holds, also what is worked out."""
    return attrs.asdict(part, recurse=True)


@given(st.data())
def test_subject_that_is_written_is_read_back(data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(POLICIES))
    key = data.draw(st.sampled_from(subject_keys()))
    subject = data.draw(subjects(policy, key))
    written = subject_to_dict(subject, private=True)
    found = read_subject(policy, key.partition("/")[0], written)
    assert found == subject
    assert stated(found) == stated(subject)


@given(st.data())
def test_subject_goes_through_json(data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(POLICIES))
    key = data.draw(st.sampled_from(subject_keys()))
    subject = data.draw(subjects(policy, key))
    written = json.loads(json.dumps(subject_to_dict(subject, private=True)))
    assert read_subject(policy, key.partition("/")[0], written) == subject


@given(st.data())
def test_nothing_that_is_handed_in_is_a_traceback_or_comes_back(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(subject_keys()))
    kind, _, type_ = key.partition("/")
    names = [*fields_of(type(data.draw(subjects(POLICIES[0], key)))), "zebra"]
    mapping = data.draw(st.dictionaries(st.sampled_from(names), JSON | st.just(UNKNOWN)))
    if type_:
        mapping["type"] = type_
    try:
        found = read_subject(POLICIES[0], kind, mapping)
    except SubjectError as error:
        problems = error.problems
    else:
        problems = ()
        assert read_subject(POLICIES[0], kind, subject_to_dict(found, private=True)) == found
    assert all(problem.help for problem in problems)


@pytest.mark.parametrize("value", ["Zelda Quillfeather", "987-65-4321", 987654321])
def test_no_value_comes_back_in_a_problem(value: Any) -> None:
    for key in subject_keys():
        kind, _, type_ = key.partition("/")
        typed = {"type": type_} if type_ else {}
        for name in fields_of(type(read_subject(POLICIES[0], kind, typed))):
            for given_ in (value, [value], {value: 1}, {"name": {"x": value}}):
                try:
                    read_subject(POLICIES[0], kind, {**typed, name: given_})
                except SubjectError as error:
                    said = f"{error} {error.problems!r}"
                    assert str(value) not in said
