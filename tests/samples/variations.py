# SPDX-License-Identifier: MIT
"""Policies that differ from others in one thing that they say."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from attrs import evolve

from caljobs_policy import Policy
from caljobs_policy.dates.durations import Unit
from caljobs_policy.policy.conditions import ALWAYS, NEVER
from caljobs_policy.policy.outcome import outcomes_for
from caljobs_policy.policy.rules import COORDINATOR, REQUESTOR, DeadlineRule, Leg

TABLES: Final = ("checks", "routes", "duties", "deadlines")


def varied(policy: Policy, key: str, random: Random) -> Policy:
    """Return a policy with a check, a route, a duty or a deadline of a plan changed or left out."""
    plan = policy.plans[key]
    table = random.choice([name for name in TABLES if getattr(plan, name)])
    rules = list(getattr(plan, table))
    number = random.randrange(len(rules))
    # Texts and conditions may name a deadline.
    if table != "deadlines" and random.random() < 0.2:
        del rules[number]
    else:
        change = random.choice(_changes(policy, key, table, rules[number], random))
        rules[number] = evolve(rules[number], **change)
    made: Any = {table: tuple(rules)}
    digest = f"{policy.digest} varied {random.random()}"
    return evolve(policy, digest=digest, plans={key: evolve(plan, **made)})


def _changes(
    policy: Policy, key: str, table: str, rule: Any, random: Random
) -> Sequence[dict[str, Any]]:
    roles = [*policy.words["roles"]]
    some = tuple(random.sample(roles, random.randint(0, 2)))
    party = random.choice([*roles, COORDINATOR, REQUESTOR])
    if table == "checks":
        return [{"outcome": random.choice(outcomes_for(key))}, {"when": ALWAYS}]
    if table == "routes":
        line: Any = random.choice([None, ("About it",)])
        return [{"coordinator": random.choice(roles)}, {"cc": some}, {"subject": line}]
    if table == "duties":
        own: list[dict[str, Any]] = [{"who": party}, {"to": party}, {"cc": (party, *some)}]
        return [*own, {"what": ("Do it.",)}, {"by": None}, {"promptness": "soon"}]
    return [{"legs": _lengthened(rule, random)}, {"met_when": random.choice([ALWAYS, NEVER])}]


def _lengthened(rule: DeadlineRule, random: Random) -> tuple[Leg, ...]:
    """Return the legs of a deadline, one of them counted in another length or unit."""
    legs = list(rule.legs)
    number = random.randrange(len(legs))
    count = legs[number].count
    longer = evolve(count, amount=count.amount + 1)
    other = random.choice([longer, evolve(count, unit=random.choice([*Unit]))])
    legs[number] = evolve(legs[number], count=other)
    return tuple(legs)
