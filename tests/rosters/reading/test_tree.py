# SPDX-License-Identifier: MIT
"""Facts with dotted keys become the nested mapping that a case would have."""

from __future__ import annotations

import json

from caljobs_policy.errors.problems import Place
from caljobs_policy.rosters.reading.tree import Tree
from caljobs_policy.syntax.nodes import Mapping, Scalar
from tests.samples.profiles import node_of

PLACE = Place("r.csv", 2, 1)


def tree_of(text: str) -> tuple[Tree, list[str]]:
    node = node_of(text)
    assert isinstance(node, Mapping)
    tree = Tree(PLACE)
    return tree, [key.text for key in tree.put_all(node)]


def test_values_stand_below_their_keys() -> None:
    tree = Tree(PLACE)
    for path in (("a", "b"), ("c",), ("a", "d", "e")):
        assert tree.put(path, PLACE, Scalar(".".join(path)))
    assert tree.node() == node_of("{c: c, a: {b: a.b, d: {e: a.d.e}}}")
    assert tree.node().place == PLACE


def test_nothing_stands_twice() -> None:
    tree = Tree(PLACE)
    assert tree.put(("a", "b"), PLACE, Scalar("1"))
    assert not tree.put(("a", "b"), PLACE, Scalar("2"))
    assert not tree.put(("a",), PLACE, Scalar("2"))
    assert not tree.put(("a", "b", "c"), PLACE, Scalar("2"))
    assert tree.node() == node_of("{a: {b: 1}}")


def test_keys_may_be_nested_or_have_dots() -> None:
    tree, doubles = tree_of("{a: {b: 1, c.d: 2}, a.e: 3, f: null, g: {}}")
    assert doubles == []
    assert tree.node() == node_of("{f: null, g: {}, a: {b: 1, e: 3, c: {d: 2}}}")


def test_kind_of_subject_may_stand_before_each_key_or_around_all() -> None:
    tree, doubles = tree_of("{account: {a: 1, b.c: 2}, account.d: 3, e: 4}")
    assert doubles == []
    assert tree.node() == node_of("{a: 1, d: 3, e: 4, b: {c: 2}}")


def test_keys_that_stand_twice_are_given() -> None:
    _, doubles = tree_of("{a: 1, account.a: 2, b: {c: 3}, b.c: 4, account.b: {}, d: 5, d.e: 6}")
    assert doubles == ["account.a", "b.c", "account.b", "d.e"]


def test_key_of_a_thousand_dots_is_one_unknown_key() -> None:
    tree, _ = tree_of(json.dumps({".".join("a" * 5000): 1}))
    depth, node = 0, tree.node()
    while isinstance(inner := node.entries[0][1], Mapping):
        depth, node = depth + 1, inner
    assert depth == 5


def test_list_is_made_of_a_mapping_and_further_items() -> None:
    tree = Tree(PLACE)
    tree.put(("a", "b", "c"), PLACE, Scalar("1"))
    tree.gather(("a", "b"), [Scalar("2"), Scalar("3")])
    tree.gather(("d",), [Scalar("4")])
    assert tree.node() == node_of("{d: [4], a: {b: [{c: 1}, 2, 3]}}")
