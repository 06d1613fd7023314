# SPDX-License-Identifier: MIT
"""What classes declare is written as plain data, in the forms of answers and of records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from attrs import evolve, field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.plain.written import When, Written, in_order, key, written


class Colour(StrEnum):
    RED = "red"


class Rank(IntEnum):
    HIGH = 1


@frozen
class Part(Written):
    on: date | datetime | None = None
    rank: Rank = Rank.HIGH


@frozen
class Whole(Written):
    colour: Colour | None = field(default=Colour.RED, metadata=key("color"))
    parts: tuple[Part, ...] = (Part(),)
    facts: Mapping[str, Any] = field(factory=dict)
    counts: Mapping[str, int] = field(factory=dict, metadata=key(how=in_order))
    given: tuple[str, ...] = field(default=(), metadata=key(when=When.GIVEN))
    kept: str = field(default="kept", metadata=key(when=When.RECORDED))
    hidden: str = field(default="hidden", metadata=key(when=When.NEVER))


def test_fields_are_written_in_their_order_under_their_keys() -> None:
    found = Whole(counts={"b": 1, "a": 2}).to_dict()
    assert list(found) == ["color", "parts", "facts", "counts"]
    assert found["parts"] == [{"on": None, "rank": "high"}]
    assert list(found["counts"]) == ["a", "b"]


def test_a_field_with_its_default_is_left_out_of_answers_alone() -> None:
    whole = Whole(given=("x",))
    assert whole.to_dict()["given"] == ["x"]
    assert written(Whole(), in_record=True)["given"] == []
    assert written(whole, in_record=True)["kept"] == "kept"
    assert "hidden" not in written(whole, in_record=True)


def test_what_is_written_is_plain_however_deep_it_lies() -> None:
    moment = datetime(2025, 6, 2, 9, tzinfo=UTC)
    facts = FrozenDict({"a": FrozenDict({"b": ("c", 1, True, None)})})
    found = evolve(Whole(), facts=facts, parts=(Part(moment), Part(date(2025, 6, 2)))).to_dict()
    assert found["facts"] == {"a": {"b": ["c", 1, True, None]}}
    assert [type(one) for one in (found["facts"], found["facts"]["a"])] == [dict, dict]
    assert type(found["color"]) is str
    assert [part["on"] for part in found["parts"]] == ["2025-06-02T09:00:00+00:00", "2025-06-02"]


def test_a_problem_is_written_with_its_code_and_where_it_leads() -> None:
    problem = Problem("is wrong", Place("a", 1, 2), "mend it", keys=("a", 0), code=Code.NULL)
    assert written({"told": (problem,)}) == {
        "told": [
            {
                "place": "a:1:2",
                "message": "is wrong",
                "help": "mend it",
                "code": "null",
                "pointer": "/a/0",
            }
        ]
    }
