# SPDX-License-Identifier: MIT
"""What is remembered of unknown facts is right for all, bounded, and left behind where it is."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from attrs import evolve

from caljobs_policy import Account, Decision, Policy, Staff, Statement, evaluate, load_policy
from caljobs_policy.plain import memo
from caljobs_policy.plain.memo import Memo
from tests.samples.profiles import sample_policy

DAY = date(2025, 6, 2)
NOON = datetime(2025, 6, 2, 12)
STATE = load_policy("state", DAY)
STATED: dict[str, Any] = {
    "status": "active",
    "organization": "local_area",
    "created_on": date(2024, 12, 1),
    "last_maintenance_on": date(2025, 1, 1),
    "separated_on": None,
    "need_ended_on": None,
    "personal_device_used": False,
    "shared": False,
}
STAFF: dict[str, Any] = {
    "employer": "county",
    "training_completed_on": date(2025, 1, 15),
    "statement": (Statement(form="e1", signed_on=date(2025, 1, 15)), Statement()),
}


def accounts() -> list[Account]:
    """Accounts of which all but three facts are stated, or all but some others."""
    found = []
    for left_out in combinations([*STATED, *STAFF], 3):
        known = {name: value for name, value in STATED.items() if name not in left_out}
        staff = {name: value for name, value in STAFF.items() if name not in left_out}
        found.append(Account(username="a", staff=Staff(**staff), **known))
    return found


def answers(policy: Policy, some: Sequence[Account]) -> list[dict[str, Any]]:
    return [evaluate(policy, account, NOON).to_dict() for account in some]


def test_threads_that_share_a_policy_get_what_one_alone_gets() -> None:
    some = accounts()[::4]
    alone = answers(evolve(STATE), some)
    assert len({tuple(one["needs"]) for one in alone}) >= 10
    for most in (3, memo.MOST):
        shared = evolve(STATE)
        orders = [Random(number).sample(range(len(some)), len(some)) for number in range(4)]  # noqa: S311  # it shuffles

        def hammer(order: list[int], policy: Policy = shared) -> list[dict[str, Any]]:
            return answers(policy, [some[number] for number in order])

        kept = patch.object(Memo.__init__, "__defaults__", (most, most))
        with kept, ThreadPoolExecutor(4) as pool:
            found = list(pool.map(hammer, orders))
        for order, told in zip(orders, found, strict=True):
            assert told == [alone[number] for number in order]


def test_a_policy_leaves_behind_what_it_remembers_where_it_is_sent() -> None:
    policy = evolve(STATE)
    before = pickle.dumps(policy)
    found = answers(policy, accounts())
    assert pickle.dumps(policy) == before
    assert answers(pickle.loads(before), accounts()) == found


def test_what_is_remembered_is_bounded_however_many_facts_are_unknown(tmp_path: Path) -> None:
    """Each check that is open counts, as what is remembered of many takes more room."""
    names = [f"flag_{number}" for number in range(40)]
    tables = {
        "facts": {f"account.{name}": {"title": name, "type": "flag"} for name in names},
        "rules": {
            f"rule-{number}": {
                "about": "account",
                "forbid": {"all": [{f"account.{name}": True} for name in pair]},
                "clauses": ["SAMPLE-1/a"],
            }
            for number, pair in enumerate(combinations(names[:14], 2))
        },
    }
    policy = sample_policy(tmp_path, json.dumps(tables))
    made: list[Memo] = []

    def decided(chance: Random) -> Decision:
        own = {name: False for name in names if chance.random() < 0.5}
        return evaluate(policy, Account(own=own), NOON)

    class Watched(Memo):
        def __init__(self) -> None:
            super().__init__(heaviest=5_000)
            made.append(self)

    with patch("caljobs_policy.decisions.search.Memo", Watched):
        for number in range(300):
            decision = decided(Random(number))  # noqa: S311  # it draws tests
            assert decision == decided(Random(number))  # noqa: S311  # it draws the same
            assert made[0].weight <= 5_000
    (remembered,) = made
    assert 0 < len(remembered) < 300
