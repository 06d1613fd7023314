# SPDX-License-Identifier: MIT
"""A reader of plain values reads nodes, and each problem has the place of its culprit."""

from __future__ import annotations

from typing import Any

import pytest

from caljobs_policy.errors.collecting import UnreadableError, unknown_key
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.placing import placed
from caljobs_policy.subjects.value_hooks import fact_reader
from tests.samples.profiles import node_of

WORDS = fact_reader(Holds(Kind.WORDS, "colors"), ("red", "green"))


def told(read: Any, text: str, *above: str) -> list[str]:
    with pytest.raises(UnreadableError) as caught:
        placed(read, *above)(node_of(text), None)
    return [f"{p.place.line}:{p.place.column}: {p.message}" for p in caught.value.problems]


def test_what_can_be_read_is_handed_on() -> None:
    assert placed(WORDS)(node_of("[red, green]"), None) == ("red", "green")
    assert placed(dict)(node_of("a: null"), None) == {"a": None}


def test_each_item_of_a_list_has_its_own_place_and_no_number() -> None:
    assert told(WORDS, "[rad, green, x]", "colors") == [
        "1:2: `colors` has no such value",
        "1:14: `colors` has no such value",
    ]


def test_a_value_without_a_path_is_called_this() -> None:
    assert told(WORDS, "x") == ["1:1: this has no such value"]


def test_an_unknown_key_is_reported_at_the_key() -> None:
    def refuse(_: Any) -> Any:
        raise UnreadableError([unknown_key("colur", ["color"])])

    assert told(refuse, "size: 1\ncolur: x", "paint") == ["2:1: `paint` has no key `colur`"]
