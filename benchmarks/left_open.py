# SPDX-License-Identifier: MIT
"""Many rules that unknown facts leave open, of which a stated subject looks up a few or none."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from attrs import evolve, frozen

from benchmarks.answers import fresh
from benchmarks.cases import AT, DAY
from benchmarks.generated import Generated, account_of, written
from benchmarks.timing import Pair, Timed
from caljobs_policy import UNKNOWN, Account, Outcome, evaluate, load_policy
from caljobs_policy.decisions.search import MOST_OPEN
from caljobs_policy.engines.native import function_for
from caljobs_policy.policy.policy import Policy

MANY: Final = 2_500
_ORGANIZATION: Final = "account.organization"
_STATED: Final = account_of(MANY)
"""An account of which all is stated, in an area that has no rules."""


@frozen
class LeftOpen:
    """A profile, and an account of which something is unknown."""

    title: str
    tables: str
    account: Account
    outcome: Outcome = Outcome.CANNOT_TELL


def _tables(*rules: Mapping[str, Any]) -> str:
    """Return the tables of some rules, one area for each and one more."""
    about = {"about": "account", "clauses": ["GEN-1/a"]}
    words = {
        "organizations": {f"area_{n}": {"title": f"Area {n}"} for n in range(MANY + 1)},
        "employers": {f"employer_{n}": {"title": f"Employer {n}"} for n in range(10)},
    }
    return json.dumps(
        {**words, "rules": {f"rule-{n}": {**about, **rule} for n, rule in enumerate(rules)}}
    )


def shapes(many: int = MANY) -> Iterator[LeftOpen]:
    """Yield profiles of so many rules that take the longest of those that were tried."""
    somewhere = evolve(_STATED, organization=UNKNOWN)
    areas = [f"area_{n}" for n in range(many)]
    yield LeftOpen(
        "each names a word",
        _tables(*({"forbid": {_ORGANIZATION: area}} for area in areas)),
        somewhere,
    )
    yield LeftOpen(
        "each asks for the same in its area",
        _tables(
            *({"when": {_ORGANIZATION: area}, "forbid": {"account.shared": True}} for area in areas)
        ),
        somewhere,
    )
    yield LeftOpen(
        "each asks for something else in its area",
        _tables(
            *(
                {"when": {_ORGANIZATION: area}, "forbid": {"account.username": f"name-{n}"}}
                for n, area in enumerate(areas)
            )
        ),
        evolve(somewhere, username=UNKNOWN),
    )
    yield LeftOpen(
        "as many are open as are searched",
        _tables(
            *(
                {
                    "when": {_ORGANIZATION: area},
                    "forbid": {"account.shared": n % (many // MOST_OPEN + 1) == 0},
                }
                for n, area in enumerate(areas)
            )
        ),
        somewhere,
    )
    generated = Generated(many, has_areas=True).text()
    yield LeftOpen("25 in each area", generated, somewhere)
    yield LeftOpen("25 in each area, nothing stated", generated, Account())


def open_pairs(many: int = MANY) -> Iterator[Pair]:
    """Return decisions, and the first of all, beside those on an account that states everything."""
    for shape in shapes(many):
        with written(shape.tables) as folder:
            policy = load_policy(folder, DAY)
        stated = evolve(_STATED, organization=f"area_{_last(policy)}")
        assert not evaluate(policy, stated, AT).unsure
        assert evaluate(policy, shape.account, AT).outcome is shape.outcome
        pair = partial(Pair, "open", f"{many:,} rules, {shape.title}", beside="all stated")
        usual = Timed(partial(evaluate, policy, stated, AT))
        verdict = function_for(policy, policy.plans["account"])
        yield pair("verdict", Timed(partial(verdict, shape.account, AT)), usual)
        yield pair("decision", Timed(partial(evaluate, policy, shape.account, AT)), usual)
        pickled = pickle.dumps(policy)
        made = partial(fresh, pickled, stated)
        first = Timed(lambda new, account=shape.account: evaluate(new, account, AT), made)
        yield pair("decision, nothing written", first, usual)
        made = partial(_written, pickled, stated, shape.account)
        yield pair("decision, first", evolve(first, prepare=made), usual)


def _written(pickled: bytes, stated: Account, account: Account) -> Policy:
    """Return the policy with its functions, but nothing searched of an account like the given one.

    What has to be made once for the whole policy is made.
    """
    policy = fresh(pickled, stated)
    plan = policy.plans["account"]
    function_for(policy, plan)(account, AT)
    assert plan.readers
    return policy


def _last(policy: Policy) -> int:
    """Return the number of the area that has no rules."""
    return len(policy.words["organizations"]) - 1
