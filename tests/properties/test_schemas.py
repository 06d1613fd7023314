# SPDX-License-Identifier: MIT
"""The schema of a case and the reader of subjects take the same values."""

from __future__ import annotations

import copy
import json
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from caljobs_policy import (
    Policy,
    SubjectError,
    case_schema,
    load_policy,
    read_subject,
    subject_to_dict,
)
from caljobs_policy.subjects.facts import subject_keys
from caljobs_policy.testing.strategies import subjects
from tests.samples.profiles import sample_policy

DAY: Final = date(2025, 6, 2)
OWN: Final = """
request_types:
  recertify: {title: a request to recertify an account}
record_types:
  standing: {title: a standing order}
facts:
  request.urgent: {title: urgency, type: flag}
  request.turn: {title: turn, type: word, words: [first, second]}
  account.tags: {title: list of tags, type: words, left_out: none}
  account.marks: {title: marks, type: words, words: [red, green]}
  account.seen_at: {title: time it was seen, type: time}
  office.rooms: {title: rooms, type: count}
  record.code: {title: number of the order, type: count}
  record.held_on: {title: day or time, type: date_or_time}
"""


def made() -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        return sample_policy(Path(folder) / "sample_area", OWN)


POLICIES: Final = (*(load_policy(n, DAY) for n in ("state", "la_city", "slo_county")), made())
CASES: Final = [
    (number, key) for number, one in enumerate(POLICIES) for key in subject_keys(one.words)
]


def validators(schema: dict[str, Any]) -> dict[str, Draft202012Validator]:
    """Return what holds a subject of each kind against a schema."""
    checked = FormatChecker(["date"])
    return {
        kind: Draft202012Validator(one, format_checker=checked)
        for kind, one in schema["$defs"].items()
    }


SCHEMAS: Final = [validators(case_schema(policy)) for policy in POLICIES]
ANY_POLICY: Final = validators(case_schema())
DATES: Final = (
    *(
        "2025-06-02",
        "2025-02-30",
        "2025-6-2",
        "20250602",
        "2025-W23-1",
        "06/02/2025",
        "2025-06-02 ",
    ),
    *(
        "2025-06-02T09:00",
        "2025-06-02 09:00:00",
        "2025-06-02T09:00Z",
        "2025-06-02T09:00:00.25-07:00",
    ),
    *("2025-06-02T24:00", "2025-06-02T09:60", "2025-06-02T09:00+14:00", "2025-06-02T09:00+14:30"),
    *("2025-06-02T09", "2025-06-02T09:00-0700", "2025-13-01T09:00", "2025-06-02T09:00:00.Z"),
    "2025-06-02T09:00:00.1234567890",
)
STRANGE: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 10**9 + 2)
    | st.sampled_from([0.0, -0.0, 3.0, 3.5, 1e9])
    | st.sampled_from(["", "create", "first", "red", "true", "5", "EDD", "edd", "e1", *DATES]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["form", "signed_on", "role", "name", "x"]), inner)
    ),
    max_leaves=4,
)


@st.composite
def drawn(draw: st.DrawFn) -> tuple[int, str, dict[str, Any]]:
    """Return a policy by its number, a kind, and a subject that fits, as JSON states it."""
    number, key = draw(st.sampled_from(CASES))
    written = subject_to_dict(draw(subjects(POLICIES[number], key)), private=True)
    return number, key.partition("/")[0], json.loads(json.dumps(written))


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Return each part of a subject that can be changed: what holds it, and under which key."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield value, key
        yield from places(value[key])


@st.composite
def changed(draw: st.DrawFn) -> tuple[int, str, Any]:
    """Return a subject of which something was changed, added or left out."""
    number, kind, stated = draw(drawn())
    mapping: Any = copy.deepcopy(stated)
    names = [path.partition(".")[2] for path in POLICIES[number].facts]
    for _ in range(draw(st.integers(1, 2))):
        found = [*places(mapping), (mapping, draw(st.sampled_from(["x", "staff", "type", *names])))]
        holder, key = draw(st.sampled_from(found))
        if isinstance(holder, dict) and key in holder and draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = draw(STRANGE)
    return number, kind, draw(st.just(mapping) | STRANGE) if draw(st.booleans()) else mapping


def takes(policy: Policy, kind: str, stated: Any) -> bool:
    """Return whether the reader takes what is stated."""
    try:
        read_subject(policy, kind, stated)
    except SubjectError:
        return False
    return True


def is_beyond_a_pattern(value: Any) -> bool:
    """Return whether a time in it has a day that its month lacks."""
    text = json.dumps(value)
    return any(not _is_day(day) for day in re.findall(r'"(\d{4}-\d\d-\d\d)[T ]', text))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@given(drawn())
def test_what_fits_a_policy_fits_its_schema(found: tuple[int, str, dict[str, Any]]) -> None:
    number, kind, stated = found
    for validator in (SCHEMAS[number][kind], ANY_POLICY[kind]):
        assert [error.message for error in validator.iter_errors(stated)] == []


@given(changed())
@example((0, "request", {"type": "create", "office": 5}))
@example((0, "request", {"type": "create", "submitted_on": "2025-02-30"}))
@example((0, "account", {"temporary_password": {"issued_at": "2025-06-02 09:00"}}))
@example((3, "record", {"type": "standing", "code": 10**9}))
@example((3, "record", {"type": "follow_up", "code": 10}))
@example((3, "account", {"marks": ["red", None]}))
def test_the_schema_takes_what_the_reader_takes(found: tuple[int, str, Any]) -> None:
    number, kind, stated = found
    is_taken = takes(POLICIES[number], kind, stated)
    if not is_beyond_a_pattern(stated):
        assert SCHEMAS[number][kind].is_valid(stated) is is_taken
    assert ANY_POLICY[kind].is_valid(stated) or not is_taken
