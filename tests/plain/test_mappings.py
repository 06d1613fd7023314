# SPDX-License-Identifier: MIT
"""A frozen mapping is read like any other, and nothing can change it."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from caljobs_policy.plain.mappings import FrozenDict, frozen_dict

FOUND: Any = FrozenDict({"b": 1, "a": (2, 3)})
CHANGES: list[Callable[[Any], object]] = [
    lambda found: found.__setitem__("b", 2),
    lambda found: found.__delitem__("b"),
    lambda found: found.__ior__({"b": 2}),
    lambda found: found.clear(),
    lambda found: found.pop("b"),
    lambda found: found.popitem(),
    lambda found: found.setdefault("c", 2),
    lambda found: found.update({"b": 2}),
    lambda found: found.update(b=2),
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_it(change: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match=r"can.t be changed"):
        change(FOUND)
    assert FOUND == {"b": 1, "a": (2, 3)}


def test_it_is_read_as_any_mapping() -> None:
    assert list(FOUND) == ["b", "a"]
    assert FOUND.get("c", 7) == 7
    assert json.dumps(FOUND) == '{"b": 1, "a": [2, 3]}'
    assert repr(FOUND) == "{'b': 1, 'a': (2, 3)}"
    assert FOUND | {"b": 2} == {"b": 2, "a": (2, 3)}


def test_it_is_hashed_by_what_it_holds() -> None:
    assert hash(FOUND) == hash(FrozenDict({"a": (2, 3), "b": 1}))
    assert len({FOUND, FrozenDict({"a": (2, 3), "b": 1}), FrozenDict({"b": 1})}) == 2


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda o: pickle.loads(pickle.dumps(o))]
)
def test_copies_are_equal_and_frozen(copied: Callable[[Any], Any]) -> None:
    assert copied(FOUND) == FOUND
    assert type(copied(FOUND)) is FrozenDict


def test_mappings_in_a_mapping_are_frozen_too() -> None:
    inner: dict[str, Any] = {"c": {"d": 1}}
    found = frozen_dict({"b": inner, "a": 1})
    inner["c"]["d"] = 2
    assert found == {"b": {"c": {"d": 1}}, "a": 1}
    assert type(found["b"]["c"]) is FrozenDict
    assert frozen_dict(found) is found
