# SPDX-License-Identifier: MIT
"""Rules that unknown facts leave open, of which a stated subject looks up those of its area."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
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
_STATED: Final = account_of(0)
"""An account of which all is stated, in an area that has rules."""


_CREATED: Final = "account.created_on"
_MAINTAINED: Final = "account.last_maintenance_on"
_SEPARATED: Final = "account.separated_on"
_PRIVILEGES: Final = "account.staff.privileges"
_LISTED: Final = 10
"""How many words of a list vary together."""
_AREAS, _WINDOWS = 9, 7
"""So many areas with so many rules each ask about as many tests as are searched."""
_CLOSED: Final = {
    "saturdays": {"title": "Saturday", "on": "every Saturday"},
    "sundays": {"title": "Sunday", "on": "every Sunday"},
    "new-year": {"title": "New Year's Day", "on": "January 1"},
}


@frozen
class LeftOpen:
    """A profile of so many rules, and an account as it is and with something of it unknown."""

    rules: int
    title: str
    tables: str
    account: Account
    stated: Account = _STATED
    outcome: Outcome = Outcome.CANNOT_TELL


def _tables(*rules: Mapping[str, Any]) -> str:
    """Return the tables of some rules, one area for each and one more."""
    about = {"about": "account", "clauses": ["GEN-1/a"]}
    words = {
        "organizations": {f"area_{n}": {"title": f"Area {n}"} for n in range(MANY + 1)},
        "employers": {f"employer_{n}": {"title": f"Employer {n}"} for n in range(10)},
        "privileges": {f"privilege_{n}": {"title": f"Privilege {n}"} for n in range(_LISTED)},
    }
    named = {f"rule-{n}": {**about, **rule} for n, rule in enumerate(rules)}
    return json.dumps({**words, "calendar": _CLOSED, "rules": named})


def shapes(many: int = MANY) -> Iterator[LeftOpen]:
    """Yield profiles of so many rules that take the longest of those that were tried."""
    somewhere = evolve(_STATED, organization=UNKNOWN)
    areas = [f"area_{n}" for n in range(many)]
    yield LeftOpen(
        many,
        "each names a word",
        _tables(*({"forbid": {_ORGANIZATION: area}} for area in areas)),
        somewhere,
    )
    yield LeftOpen(
        many,
        "each asks for the same in its area",
        _tables(
            *({"when": {_ORGANIZATION: area}, "forbid": {"account.shared": True}} for area in areas)
        ),
        somewhere,
    )
    yield LeftOpen(
        many,
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
        many,
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
    yield LeftOpen(many, "25 in each area", generated, somewhere)
    yield LeftOpen(many, "25 in each area, nothing stated", generated, Account())


def windows() -> Iterator[LeftOpen]:
    """Yield windows of unknown dates, those of each area with lengths of their own."""
    for unit, each in (
        ("days", 1),
        ("hours", 20),
        ("months", 1),
        ("quarters", 1),
        ("business days", 1),
    ):
        window = partial(_windows, unit, each)
        yield window("a date or time", (_SEPARATED, "at"))
        yield window("a date", (_CREATED, "at"))
        yield window("two dates", (_CREATED, "at"), (_MAINTAINED, "at"))
        yield window("a date and a known one", (_CREATED, _MAINTAINED), known=True)
        yield window("two dates compared", (_CREATED, _MAINTAINED))


def lists() -> Iterator[LeftOpen]:
    """Yield rules that each ask for other words of an unknown list."""
    words = [f"privilege_{n}" for n in range(_LISTED)]
    rules = [
        {
            "forbid": {
                _PRIVILEGES: {"has_all": [w for n, w in enumerate(words) if 37 * rule >> n & 1]}
            }
        }
        for rule in range(1, _AREAS * _WINDOWS + 1)
    ]
    guarded = [{"when": {_ORGANIZATION: "area_0"}, **rule} for rule in rules]
    staff = evolve(_STATED.staff, privileges=UNKNOWN)
    account = evolve(_STATED, organization=UNKNOWN, staff=staff)
    stated = evolve(_STATED, staff=evolve(_STATED.staff, privileges=()))
    yield LeftOpen(len(rules), "lists of ten words", _tables(*guarded), account, stated)


def _windows(
    unit: str, each: int, title: str, *pairs: tuple[str, str], known: bool = False
) -> LeftOpen:
    rules = []
    for area, number in product(range(_AREAS), range(_WINDOWS)):
        length = f"{each * (_WINDOWS * area + number + 1)} {unit}"
        fact, other = pairs[number % len(pairs)]
        require = {fact: {"within": length, "before": other}}
        rules.append({"when": {_ORGANIZATION: f"area_{area}"}, "require": require})
    # In order in each window: what is out of order takes longer.
    stated = evolve(_STATED, created_on=DAY, last_maintenance_on=DAY, separated_on=DAY)
    account = evolve(stated, organization=UNKNOWN, created_on=UNKNOWN, separated_on=UNKNOWN)
    if not known:
        account = evolve(account, last_maintenance_on=UNKNOWN)
    return LeftOpen(len(rules), f"windows of {title} in {unit}", _tables(*rules), account, stated)


def open_pairs(many: int = MANY) -> Iterator[Pair]:
    """Return decisions, and the first of all, beside those on the same account as it is."""
    for shape in (*shapes(many), *windows(), *lists()):
        with written(shape.tables) as folder:
            policy = load_policy(folder, DAY)
        assert not evaluate(policy, shape.stated, AT).unsure
        assert evaluate(policy, shape.account, AT).outcome is shape.outcome
        pair = partial(Pair, "open", f"{shape.rules:,} rules, {shape.title}", beside="all stated")
        usual = Timed(partial(evaluate, policy, shape.stated, AT))
        verdict = function_for(policy, policy.plans["account"])
        yield pair("verdict", Timed(partial(verdict, shape.account, AT)), usual)
        yield pair("decision", Timed(partial(evaluate, policy, shape.account, AT)), usual)
        pickled = pickle.dumps(policy)
        made = partial(fresh, pickled, shape.stated)
        first = Timed(lambda new, account=shape.account: evaluate(new, account, AT), made)
        yield pair("decision, nothing written", first, usual)
        made = partial(_written, pickled, shape)
        yield pair("decision, first", evolve(first, prepare=made), usual)


def _written(pickled: bytes, shape: LeftOpen) -> Policy:
    """Return the policy with all of its functions, and nothing searched yet."""
    policy = fresh(pickled, shape.stated)
    plan = policy.plans["account"]
    function_for(policy, plan)(shape.account, AT)
    assert plan.readers
    return policy
