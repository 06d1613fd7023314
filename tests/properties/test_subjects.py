# SPDX-License-Identifier: MIT
"""Subjects that are written are read back, as their classes make them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Policy,
    Staff,
    Statement,
    SubjectError,
    load_policy,
    read_subject,
    subject_to_dict,
)
from caljobs_policy.subjects import converter
from caljobs_policy.subjects.facts import subject_class
from caljobs_policy.subjects.fields import Holds, fields_of
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
MANY: Final = 40
"""After so many mappings of a kind, those that are usual are read by a function written for it."""
ODD: Final[tuple[Any, ...]] = (
    *(None, UNKNOWN, True, 0, -1, 10**9, 1.0, 2.5, "", "x", "cash", " CASH ", "x" * 2**20 + "x"),
    *("2025-02-30", "2025-06-02", "20250602", "2025-W23-1", "2025-06-02T09:00", "9:00 o'clock"),
    *(date(2025, 6, 2), datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 9, tzinfo=UTC)),
    *((), [], ["cash"], [" CASH ", "x"], [None], [1], [{}], {}, {"zebra": 1}),
    *(["cash"] * 10_001, ["mis_administrator"] * 10_001),
    *(Staff(), Staff(business_need=True), Statement(form="e1"), [Statement()], object()),
)
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


def key_by_key(stated: dict[str, Any], cls: Any) -> Any:
    """Return mappings as those of a program's own class, which are read key by key."""
    facts = {name: holds for name, holds in fields_of(cls).items() if holds.part is not None}
    parts = {name: stated[name] for name in facts if type(stated.get(name)) is dict}
    inner = {name: key_by_key(part, facts[name].part) for name, part in parts.items()}
    return MappingProxyType({**stated, **inner})


def places_in(cls: Any, own: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the keys of each fact, and some that are none."""
    for name in (*fields_of(cls), *own, "type", "own", "zebra"):
        yield (name,)
        part = fields_of(cls)[name].part if name in fields_of(cls) else None
        if part is not None:
            yield from ((name, *inner) for inner in places_in(part, ()))


def with_value(stated: dict[str, Any], keys: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Return a mapping with another value under some keys."""
    name, *inner = keys
    below = stated.get(name)
    if inner:
        below = below if type(below) is dict else {}
        value = with_value(below, tuple(inner), value)
    return {**stated, name: value}


def outcome(policy: Policy, kind: str, mapping: Any) -> Any:
    """Return what becomes of a mapping: all that its subject holds, or all that is wrong."""
    try:
        return stated(read_subject(policy, kind, mapping))
    except SubjectError as error:
        return error.problems


def every_part(facts: Mapping[str, Holds]) -> dict[str, Any]:
    """Return a mapping in which each part is stated."""
    return {n: every_part(fields_of(h.part)) for n, h in facts.items() if h.part is not None}


def usual(key: str) -> dict[str, Any]:
    """Return a mapping that states something in each part."""
    type_ = key.partition("/")[2]
    return {**every_part(fields_of(subject_class(key))), **({"type": type_} if type_ else {})}


for _policy in POLICIES:
    for _key in subject_keys():
        for _ in range(MANY):
            read_subject(_policy, _key.partition("/")[0], usual(_key))


@pytest.mark.parametrize("key", subject_keys())
def test_usual_mappings_are_not_read_key_by_key(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, cls, given_ = key.partition("/")[0], subject_class(key), usual(key)
    found = [stated(read_subject(policy, kind, key_by_key(given_, cls))) for policy in POLICIES]
    monkeypatch.setattr(converter, "read_facts", None)
    assert [stated(read_subject(policy, kind, given_)) for policy in POLICIES] == found
    with pytest.raises(TypeError):
        read_subject(POLICIES[0], kind, key_by_key(given_, cls))


@pytest.mark.parametrize("key", {subject_class(key): key for key in subject_keys()}.values())
def test_odd_value_comes_to_the_same_as_key_by_key(key: str) -> None:
    kind, cls = key.partition("/")[0], subject_class(key)
    for policy in (POLICIES[0], POLICIES[-1]):
        for keys in places_in(cls, policy.own_facts(cls)):
            for value in ODD:
                mapping = with_value(usual(key), keys, value)
                found = outcome(policy, kind, mapping)
                assert found == outcome(policy, kind, key_by_key(mapping, cls)), (keys, value)


@given(st.data())
def test_mapping_comes_to_the_same_as_key_by_key(data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(POLICIES))
    key = data.draw(st.sampled_from(subject_keys()))
    kind, cls = key.partition("/")[0], subject_class(key)
    subject = data.draw(subjects(policy, key))
    mapping = json.loads(json.dumps(subject_to_dict(subject, private=True)))
    places = st.sampled_from([*places_in(cls, policy.own_facts(cls))])
    for keys in data.draw(st.lists(places, max_size=3)):
        mapping = with_value(mapping, keys, data.draw(st.sampled_from(ODD)))
    found = outcome(policy, kind, mapping)
    assert found == outcome(policy, kind, key_by_key(mapping, cls))
