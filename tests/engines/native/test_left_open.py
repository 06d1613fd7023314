# SPDX-License-Identifier: MIT
"""Where a fact is unknown, what many checks share is tried once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import product

import pytest
from attrs import evolve

from caljobs_policy import UNKNOWN, Request, Staff, load_policy
from caljobs_policy.engines import naive
from caljobs_policy.engines.native import function_for
from caljobs_policy.engines.native.blocks import Block, block_of
from caljobs_policy.policy.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, Test, exists
from caljobs_policy.policy.operators import Given, In, Is, NotIn, SameAs
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.rules import Check, Origin, Plan
from caljobs_policy.subjects.unknown import Maybe
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY, sample_fact

POLICY = load_policy("state", date(2025, 6, 2))
NOON = datetime(2025, 6, 2, 12)
ORGANIZATION = sample_fact("request.organization")
EMPLOYER = sample_fact("request.staff.employer")
OFFICE = sample_fact("request.office")
SIGNED = Test(sample_fact("request.signed_by_requestor"), Is(True))
NAMED = Test(sample_fact("request.requestor.name"), SameAs(OFFICE))
MANY = 20
Branch = Callable[[int], tuple[Condition, Condition]]


def organization(number: int) -> Test:
    return Test(ORGANIZATION, Is(f"o{number}"))


def employer(number: int) -> Test:
    return Test(EMPLOYER, Is(f"e{number}"))


def forbids_a_word(number: int) -> tuple[Condition, Condition]:
    return ALWAYS, Not(organization(number))


def requires_the_same(number: int) -> tuple[Condition, Condition]:
    return organization(number), SIGNED


def requires_something_else(number: int) -> tuple[Condition, Condition]:
    return organization(number), employer(number)


def forbids_something_else(number: int) -> tuple[Condition, Condition]:
    return organization(number), Not(employer(number))


def applies_by_two_facts(number: int) -> tuple[Condition, Condition]:
    return AllOf((organization(number), Test(EMPLOYER, Given(True)))), SIGNED


def applies_by_one_of_two_facts(number: int) -> tuple[Condition, Condition]:
    either = AnyOf((organization(number), AllOf((employer(number), organization(0)))))
    return either, Test(OFFICE, NotIn((f"a{number}", "b")))


def reads_two_facts_at_once(number: int) -> tuple[Condition, Condition]:
    return AllOf((Test(OFFICE, In((f"o{number}", "x"))), Not(NAMED))), Not(organization(number))


BRANCHES = (
    forbids_a_word,
    requires_the_same,
    requires_something_else,
    forbids_something_else,
    applies_by_two_facts,
    applies_by_one_of_two_facts,
    reads_two_facts_at_once,
)


def checks_of(*branches: Branch) -> list[Check]:
    origin = Origin("x@2025-01-01")
    pairs = [branch(number) for number in range(MANY) for branch in branches]
    return [
        Check(f"rule-{n}", require, Outcome.RETURN, ("X-1/a",), origin, when=when)
        for n, (when, require) in enumerate(pairs)
    ]


def opened(*branches: Branch) -> Block:
    (choice,) = block_of(checks_of(*branches)).choices
    return choice.left_open()


def asked(block: Block) -> list[tuple[tuple[int, ...], Condition, Condition]]:
    return [(numbers, check.when, check.require) for numbers, check in block.checks]


EVERY = tuple(range(MANY))
OPEN = exists(ORGANIZATION)


def test_what_reads_nothing_else_is_one_test() -> None:
    assert asked(opened(forbids_a_word)) == [(EVERY, ALWAYS, OPEN)]


def test_what_many_checks_require_is_tried_once() -> None:
    assert asked(opened(requires_the_same)) == [(EVERY, ALWAYS, AnyOf((SIGNED, OPEN)))]


def test_cases_that_become_the_same_are_tried_once() -> None:
    when = AllOf((OPEN, Test(EMPLOYER, Given(True))))
    assert asked(opened(applies_by_two_facts)) == [(EVERY, when, SIGNED)]


def test_what_depends_on_another_fact_is_looked_up_by_that() -> None:
    block = opened(forbids_something_else)
    assert not block.checks
    (choice,) = block.choices
    assert choice.fact == EMPLOYER
    both = AnyOf((exists(EMPLOYER), OPEN))
    assert asked(choice.left_open()) == [(EVERY, ALWAYS, both)]


def subjects() -> Iterator[Request]:
    flags: tuple[Maybe[bool], ...] = (UNKNOWN, True, False)
    organizations, offices, employers = ("o0", "o3", "x"), ("a3", "x"), ("e0", "e3", "x")
    words: tuple[tuple[Maybe[str], ...], ...] = (
        (UNKNOWN, *organizations),
        (UNKNOWN, None, *offices),
        (UNKNOWN, *employers),
    )
    for (organization, office, employer), is_signed in product(product(*words), flags):
        yield Request(
            type="create",
            organization=organization,
            office=office,
            signed_by_requestor=is_signed,
            staff=Staff(employer=employer),
        )


@pytest.mark.parametrize("branches", [*((one,) for one in BRANCHES), BRANCHES])
def test_what_is_open_is_what_the_oracle_finds(branches: tuple[Branch, ...]) -> None:
    plan = Plan(SAMPLE_KEY, tuple(checks_of(*branches)))
    policy = evolve(POLICY, plans={SAMPLE_KEY: plan})
    function = function_for(policy, plan)
    for subject in subjects():
        assert function(subject, NOON) == naive.verdict(policy, plan, subject, NOON)
