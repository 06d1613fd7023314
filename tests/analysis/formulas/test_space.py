# SPDX-License-Identifier: MIT
"""A space holds the subjects that policies take, in the words of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from caljobs_policy import Policy, load_policy
from caljobs_policy.analysis.formulas.cells import CountCell
from caljobs_policy.analysis.formulas.finding import Finder, Found, Question
from caljobs_policy.analysis.formulas.operators import truth_of
from caljobs_policy.analysis.formulas.shrinking import Real
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import Formula, all_of, denied
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.decisions.decision import reader_of
from caljobs_policy.policy.conditions import AllOf, Condition, Test, exists
from caljobs_policy.policy.operators import Given, Has, Is, Operator
from caljobs_policy.subjects.facts import Fact, fact_named
from caljobs_policy.subjects.fields import Holds, Kind

DAY: Final = date(2025, 6, 2)
STATE, LOCAL = load_policy("state", DAY), load_policy("la_city", DAY)
CREATE: Final = "request/create"


def fact(path: str, key: str = CREATE, policy: Policy = STATE) -> Fact:
    found = fact_named(path, key, policy.facts)
    assert found is not None
    return found


def asked(space: Space, *formulas: Formula, real: Real = lambda _: True) -> Found:
    """Return whether a subject of a space has something, and perhaps is decided as it should."""
    question = Question(all_of(formulas), real)
    return Finder(space).find(question, smallest=False)


def stated(found: Found, view: int = 0) -> Mapping[str, Any]:
    assert found.witness is not None
    return found.witness.case.stated[view]


def said(path: str, operator: Operator, view: View, key: str = CREATE) -> Formula:
    return truth_of(view, Test(fact(path, key), operator))


def space_of(*policies: Policy, key: str = CREATE, also: tuple[Condition, ...] = ()) -> Space:
    return Space(policies, key, also=also)


def test_a_part_that_is_null_leaves_all_its_facts_out() -> None:
    space = space_of(STATE)
    view = View(space, 0)
    role = fact("request.requestor.role")
    found = asked(space, view.null(role))
    assert stated(found)["requestor"] is None
    name = fact("request.requestor.name")
    assert asked(space, view.null(role), denied(view.null(name))).is_certain
    assert asked(space, view.null(role), denied(view.null(name))).witness is None


def test_a_local_word_stands_for_one_above() -> None:
    space = space_of(LOCAL, STATE)
    above = View(space, 1)
    word = next(word for word, local in LOCAL.meanings["state"]["roles"].items() if local)
    found = asked(space, said("request.requestor.role", Is(word), above))
    here, there = stated(found), stated(found, 1)
    assert there["requestor"]["role"] == word
    assert here["requestor"]["role"] in LOCAL.meanings["state"]["roles"][word]


def test_a_word_above_without_a_local_one_is_no_subject() -> None:
    space = space_of(LOCAL, STATE)
    lacking = next(w for w, local in LOCAL.meanings["state"]["roles"].items() if not local)
    found = asked(space, said("request.requestor.role", Is(lacking), View(space, 1)))
    assert found.witness is None
    assert found.is_certain


def test_a_list_has_a_counterpart_for_each_word_above() -> None:
    space = space_of(LOCAL, STATE)
    meanings = LOCAL.meanings["state"]["roles"]
    two = [word for word, local in meanings.items() if local][:2]
    found = asked(space, *(said("request.submitted_to", Has((w,)), View(space, 1)) for w in two))
    here = set(stated(found)["submitted_to"])
    assert all(here & set(meanings[word]) for word in two)


def test_forms_are_signed_before_and_after_the_moment() -> None:
    form = next(iter(STATE.words["statements"]))
    path = f"account.staff.statement.{form}"
    space = space_of(STATE, key="account")
    view = View(space, 0)
    now, ever = fact(path, "account"), fact(path, "account").as_stated
    found = asked(space, view.null(now), denied(view.null(ever)))
    assert found.witness is not None
    at = found.witness.case.at
    assert at is not None
    (signed,) = stated(found)["staff"]["statement"]
    assert signed["form"] == form
    assert signed["signed_on"] > at.date()


def test_what_must_have_happened_is_known() -> None:
    deactivated = fact("account.deactivated_on", "account")
    space = space_of(STATE, key="account")
    view = View(space, 0)
    is_off = said("account.status", Is("deactivated"), view, "account")
    found = asked(space, is_off, view.null(deactivated))
    assert found.witness is None
    assert found.is_certain


def with_own(kind: Kind) -> Policy:
    own = Fact("request.pages", Holds(kind, "pages", optional=True), ("pages",), own=True)
    return evolve(STATE, digest=kind.name, facts={**STATE.facts, "request.pages": own})


def test_a_fact_that_two_policies_declare_unlike_is_null() -> None:
    policies = with_own(Kind.COUNT), with_own(Kind.FLAG)
    space = space_of(*policies)
    views = [View(space, number) for number in (0, 1)]
    facts = [policy.facts["request.pages"] for policy in policies]
    nulls = [view.null(one) for view, one in zip(views, facts, strict=True)]
    assert asked(space, *nulls).witness is not None
    for null in nulls:
        assert asked(space, denied(null)).witness is None


def test_a_fact_that_one_policy_lacks_is_left_out_for_it() -> None:
    space = space_of(with_own(Kind.COUNT), STATE)
    pages = space.policies[0].facts["request.pages"]
    found = asked(space, truth_of(View(space, 0), Test(pages, Is(7))))
    assert stated(found)["pages"] == 7
    assert "pages" not in stated(found, 1)


def test_the_type_is_that_of_the_key() -> None:
    space = space_of(STATE)
    type_ = fact("request.type")
    assert asked(space, truth_of(View(space, 0), Test(type_, Is("create")))).witness is not None
    assert asked(space, truth_of(View(space, 0), Test(type_, Is("reset")))).witness is None


def test_a_given_condition_tells_its_words_apart() -> None:
    held = fact("request.staff.privileges")
    both = AllOf((Test(held, Has(("rare",))), exists(held)))
    space = space_of(STATE, also=(both,))
    view = View(space, 0)
    found = asked(space, *(truth_of(view, part) for part in both.parts if isinstance(part, Test)))
    assert "rare" in stated(found)["staff"]["privileges"]
    empty = truth_of(view, Test(held, Given(False)))
    assert asked(space, empty).witness is not None


def test_policies_of_two_zones_read_one_moment_each_in_its_own() -> None:
    elsewhere = evolve(STATE, digest="elsewhere", zone=ZoneInfo("America/New_York"))
    space = space_of(STATE, elsewhere, key="account")
    created = fact("account.created_on", "account")
    here, there = (View(space, number) for number in (0, 1))

    def is_read(*views: int) -> Real:
        return lambda decisions: (
            tuple(n for n, one in enumerate(decisions) if reader_of(one)(created) is not None)
            == views
        )

    found = asked(space, here.null(created), denied(there.null(created)), real=is_read(1))
    assert found.witness is not None
    at = found.witness.case.at
    assert at is not None
    day = stated(found)["created_on"]
    assert day == at.astimezone(elsewhere.zone).date() == at.date() + timedelta(days=1)
    never = asked(space, denied(here.null(created)), there.null(created), real=is_read(0))
    assert (never.witness, never.bounds) == (None, ())


def test_requests_are_judged_at_noon_of_each_zone() -> None:
    elsewhere = evolve(STATE, digest="elsewhere", zone=ZoneInfo("America/New_York"))
    space = space_of(STATE, elsewhere)
    here, there = (View(space, number).at for number in (0, 1))
    assert asked(space, here.day == there.day, there.second < here.second).witness is not None
    apart = asked(space, there.second >= here.second, real=lambda each: each[1].at >= each[0].at)
    assert (apart.witness, apart.bounds) == (None, ())


def test_each_zone_reads_a_signature_of_its_own() -> None:
    elsewhere = evolve(STATE, digest="elsewhere", zone=ZoneInfo("America/New_York"))
    space = space_of(STATE, elsewhere, key="account")
    form = next(iter(STATE.words["statements"]))
    signed = fact(f"account.staff.statement.{form}", "account")
    here, there = (View(space, number) for number in (0, 1))
    read = [view.dated(signed).day for view in (here, there)]
    ever = here.dated(signed.as_stated).day
    found = asked(space, denied(here.null(signed)), read[0] < read[1], read[1] < ever)
    assert len(stated(found)["staff"]["statement"]) == 3


def test_a_fact_that_holds_something_else_is_never_guessed() -> None:
    view = View(space_of(STATE), 0)
    with pytest.raises(TypeError, match=r"`request\.staff\.name` has no CountCell"):
        view.cell(fact("request.staff.name"), CountCell)
