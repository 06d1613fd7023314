# SPDX-License-Identifier: MIT
"""Rules and rulesets keep within the limits, at their edges too, and say the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from caljobs_policy.engines.durable.formulas import (
    FALSE,
    TRUE,
    Atom,
    Every,
    Formula,
    Some,
    brackets,
    joined,
    ways,
)
from caljobs_policy.engines.durable.splitting import (
    ALWAYS,
    MOST_BRACKETS,
    MOST_FIELDS,
    MOST_FIELDS_OF_RULE,
    MOST_RULES,
    MOST_WAYS,
    MOST_WAYS_OF_RULE,
    RuleGroup,
    Splitter,
    fits,
)
from tests.engines.durable.test_formulas import holds


def split(*formulas: Formula, bits: int = 1000) -> list[RuleGroup]:
    splitter = Splitter(bits)
    for number, formula in enumerate(formulas):
        splitter.add(formula, (number, True))
    return splitter.groups()


def sizes(groups: list[RuleGroup]) -> list[int]:
    return [len(group.rules) for group in groups]


def fired(groups: list[RuleGroup], bits: Sequence[int]) -> set[int]:
    """Run groups in ordinary logic, and return the numbers of the formulas that fire.

    A bit that a group sets is seen by the groups behind it alone, as in the network.
    """
    state = dict(enumerate(bits)) | {ALWAYS.bit: 1}
    found = set()
    for group in groups:
        read = dict(state)
        for rule in group.rules:
            values = [read.get(bit, 0) for bit in range(max(group.bits, default=0) + 1)]
            if rule.formula == ALWAYS or holds(rule.formula, values):
                if isinstance(rule.target, int):
                    state[rule.target] = 1
                else:
                    found.add(rule.target[0])
    return found


def check_limits(groups: list[RuleGroup]) -> None:
    for group in groups:
        assert len(group.rules) + 1 <= MOST_RULES
        assert len(group.bits | {ALWAYS.bit}) <= MOST_FIELDS
        assert 1 + sum(ways(rule.formula) for rule in group.rules) == group.ways <= MOST_WAYS
        assert all(fits(rule.formula) for rule in group.rules)


def test_with_the_rule_that_always_fires_there_are_forty_and_then_one_more() -> None:
    assert sizes(split(*[Atom(0, 1)] * 39)) == [39]
    assert sizes(split(*[Atom(0, 1)] * 40)) == [39, 1]


def test_facts_have_so_many_fields_and_then_one_more() -> None:
    def wide(number: int, size: int) -> Formula:
        return Every(tuple(Atom(40 * number + n, 1) for n in range(size)))

    assert sizes(split(wide(0, 40), wide(1, 40), wide(2, 39))) == [3]
    assert sizes(split(wide(0, 40), wide(1, 40), wide(2, 40))) == [2, 1]


def test_rules_can_fire_in_so_many_ways_and_then_one_more() -> None:
    def either(size: int) -> Formula:
        return Some(tuple(Atom(n, 1) for n in range(size)))

    assert sizes(split(either(20), either(20), either(19))) == [3]
    assert sizes(split(either(20), either(20), either(20))) == [2, 1]


def test_rule_is_cut_where_it_could_fire_in_too_many_ways() -> None:
    pairs = [Some((Atom(2 * n, 1), Atom(2 * n + 1, 1))) for n in range(5)]
    (whole,) = split(Every((*pairs[:4], *[Atom(99, 1)])))
    assert [rule.target for rule in whole.rules] == [(0, True)]
    assert ways(whole.rules[0].formula) == 16 <= MOST_WAYS_OF_RULE < 32
    first, second = split(Every(tuple(pairs)))
    assert [rule.target for rule in first.rules] == [1000]
    assert second.rules[0].formula == Every((*pairs[1:], Atom(1000, 1)))


def test_rule_is_cut_where_it_is_too_wide() -> None:
    def wide(size: int) -> list[RuleGroup]:
        return split(Every(tuple(Atom(n, 1) for n in range(size))))

    assert sizes(wide(MOST_FIELDS_OF_RULE)) == [1]
    assert sizes(wide(MOST_FIELDS_OF_RULE + 1)) == [3, 1]
    check_limits(wide(5000))


def test_rule_is_cut_where_it_is_too_deep() -> None:
    def deep(levels: int) -> Formula:
        formula: Formula = Atom(0, 1)
        for level in range(1, levels + 1):
            kind = Some if level % 2 else Every
            formula = joined(kind, (Atom(level, 1), formula))
        return formula

    assert brackets(deep(MOST_BRACKETS)) == MOST_BRACKETS
    assert sizes(split(deep(MOST_BRACKETS))) == [1]
    assert sizes(split(deep(MOST_BRACKETS + 1))) == [1, 1]
    check_limits(split(deep(100)))


def test_part_that_several_rules_need_is_matched_once() -> None:
    table = tuple(Some(tuple(Atom(3 * n + m, 1) for m in range(3))) for n in range(12))
    groups = split(Every(table), Every((*table, Atom(99, 1))))
    targets = [rule.target for group in groups for rule in group.rules]
    assert len(targets) == len(set(targets))
    once = split(Every(table))
    assert sum(sizes(groups)) < 2 * sum(sizes(once))


def test_what_never_holds_has_no_rule_and_what_always_does_has_one() -> None:
    assert split(FALSE) == []
    (group,) = split(TRUE)
    assert [rule.formula for rule in group.rules] == [ALWAYS]


def some_formula(chance: random.Random, depth: int, width: int) -> Formula:
    if depth == 0 or chance.random() < 0.2:
        return Atom(chance.randrange(60), chance.randrange(2))
    kind = chance.choice((Every, Some))
    parts = (some_formula(chance, depth - 1, width) for _ in range(chance.randrange(width + 1)))
    return joined(kind, tuple(parts))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_cut_says_the_same(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # it draws tests
    depth, width = chance.choice([(1, 60), (2, 12), (4, 5), (8, 2)])
    formulas = [some_formula(chance, depth, width) for _ in range(chance.choice([1, 12, 50]))]
    groups = split(*formulas, bits=60)
    check_limits(groups)
    for likely in (0.05, 0.5, 0.95):
        bits = [int(chance.random() < likely) for _ in range(60)]
        expected = {number for number, f in enumerate(formulas) if holds(f, bits)}
        assert fired(groups, bits) == expected
