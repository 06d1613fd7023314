# SPDX-License-Identifier: MIT
"""Whatever two policies decide differently at random, a comparison has told with its cause.

The profile `soak` compares all that the shipped chains and editions say, and draws more subjects.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import settings

from caljobs_policy import Decision, Outcome, Policy, load_policy
from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.comparing.comparison import Compared, compared
from caljobs_policy.analysis.comparing.effects import Way
from caljobs_policy.analysis.comparing.outcomes import SCOPE
from caljobs_policy.analysis.comparing.pair import Pair
from caljobs_policy.policy.outcome import is_better
from caljobs_policy.subjects.facts import subject_key
from tests.properties.test_proofs import both
from tests.samples.shipped_chains import CHAINS

EDITIONS: Final = [load_policy("state", date(*day)) for day in ((2025, 2, 28), (2025, 3, 1))]
FIRST: Final = [load_policy("state", date(2015, 6, 1)), EDITIONS[0]]
EASTERN: Final = evolve(EDITIONS[1], digest="eastern", zone=ZoneInfo("America/New_York"))
CLOCKS: Final = Pair(EDITIONS[1], EASTERN)
PAIRS: Final = [
    *(Pair(*EDITIONS), Pair(*FIRST), *(Pair(above, local) for local, above in CHAINS), CLOCKS)
]
SOAK: Final = settings().max_examples > 500
KEYS: Final = [(pair, key) for pair in PAIRS for key in pair.keys]
QUICK: Final = [
    *((PAIRS[0], "request/deactivate"), (PAIRS[3], "account")),
    *((pair, "office") for pair in (PAIRS[2], CLOCKS)),
]
MANY: Final = 10 * settings().max_examples


@pytest.mark.parametrize(("pair", "key"), KEYS if SOAK else QUICK, ids=lambda one: str(one)[:30])
def test_what_is_decided_differently_is_told(pair: Pair, key: str) -> None:
    found = compared(Pair(only(pair.old, key), only(pair.new, key)), ())
    assert found.bounds == ()
    random = Random(key)  # noqa: S311  # no secret
    tried = 0
    for old, new in both(random, pair.old, pair.new, key, MANY):
        if not old.unsure and not new.unsure:
            tried += 1
            check_outcomes(found, old, new)
            check_what_follows(found, old, new)
    # Few requests at random can be said in the words of a county too.
    assert tried > MANY / 100


def only(policy: Policy, key: str) -> Policy:
    return evolve(policy, plans={one: plan for one, plan in policy.plans.items() if one == key})


def check_outcomes(found: Compared, old: Decision, new: Decision) -> None:
    """Look among what was told for a cause of another outcome that these decisions have."""
    if old.outcome is new.outcome:
        return
    is_stricter = is_better(old.outcome, new.outcome)
    hard, soft = (new, old) if is_stricter else (old, new)
    way = Way.STRICTER if is_stricter else Way.LOOSER
    causes = {name for one in found.effects if one.way is way for name in one.because}
    assert causes & {SCOPE, *hits(soft if soft.outcome is Outcome.OUT_OF_SCOPE else hard)}


def hits(decision: Decision) -> set[str]:
    plan = decision.policy.plans.get(subject_key(decision.subject))
    return {plan.checks[number].id for number in decision.hits} if plan is not None else set()


def check_what_follows(found: Compared, old: Decision, new: Decision) -> None:
    """Look among what was told for another way, deadline or duty that these decisions have."""
    if Outcome.OUT_OF_SCOPE in {old.outcome, new.outcome}:
        return
    told = {
        one.aspect: {n for e in found.effects if e.aspect is one.aspect for n in e.because}
        for one in found.effects
    }
    ways = [one.route and (one.route.requestors, one.route.submit_to) for one in (old, new)]
    assert ways[0] == ways[1] or Aspect.ROUTE in told
    for one in set(old.deadlines) ^ set(new.deadlines):
        other = old if one in new.deadlines else new
        if all(
            (d.name, d.due, d.is_met) != (one.name, one.due, one.is_met) for d in other.deadlines
        ):
            assert Aspect.DEADLINES in told, one
    if old.outcome is new.outcome and found.pair.is_one_profile:
        duties = [{(d.who, d.to, d.rule): d for d in one.duties} for one in (old, new)]
        for who in duties[0].keys() ^ duties[1].keys():
            assert who[2] in told.get(Aspect.DUTIES, ()), who
