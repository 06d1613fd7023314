# SPDX-License-Identifier: MIT
"""Two policies show a fact in a text alike, unless their words, zones or secrets differ."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import evolve

from caljobs_policy import Policy, load_policy
from caljobs_policy.analysis.formulas.filled_texts import reads_unlike
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import FALSE, TRUE, Formula, is_open
from caljobs_policy.analysis.formulas.views import View
from caljobs_policy.subjects.facts import Fact, constant_day, fact_named
from caljobs_policy.subjects.fields import Holds, Kind

STATE: Final = load_policy("state", date(2025, 6, 2))
CREATE: Final = "request/create"
OWN: Final = "request.case_number"


def fact(path: str, policy: Policy = STATE) -> Fact:
    found = fact_named(path, CREATE, policy.facts)
    assert found is not None
    return found


def unlike(shown: Fact, **other: Any) -> Formula:
    """Return whether a policy that differs in some fields shows a fact otherwise."""
    return between(STATE, evolve(STATE, digest="other", **other), shown)


def between(one: Policy, other: Policy, shown: Fact) -> Formula:
    space = Space((one, other), CREATE)
    return reads_unlike(("about ", shown), View(space, 0), View(space, 1))


def with_own(*, private: bool) -> Policy:
    own = Fact(OWN, Holds(Kind.TEXT, "case", private=private), ("case_number",), own=True)
    return evolve(STATE, digest=f"own {private}", facts={**STATE.facts, OWN: own})


def retitled(table: str) -> dict[str, Any]:
    words = {word: evolve(one, title=f"{one.title}!") for word, one in STATE.words[table].items()}
    return {"words": {**STATE.words, table: words}}


def test_the_same_words_in_the_same_zone_are_shown_alike() -> None:
    for path in ("request.office", "request.submitted_on", "request.staff.business_need"):
        assert unlike(fact(path)) is FALSE
    assert unlike(constant_day(date(2025, 1, 1)), zone=ZoneInfo("UTC")) is FALSE


def test_dates_may_read_otherwise_in_another_zone() -> None:
    assert unlike(fact("request.submitted_on"), zone=ZoneInfo("UTC")) is TRUE


def test_words_of_another_title_are_shown_otherwise() -> None:
    assert is_open(unlike(fact("request.organization"), **retitled("organizations")))
    assert is_open(unlike(fact("request.privileges"), **retitled("privileges")))


def test_what_is_private_for_both_is_shown_by_neither() -> None:
    assert unlike(fact("request.staff.name"), **retitled("organizations")) is FALSE


def test_what_is_private_for_one_alone_is_shown_otherwise() -> None:
    one, other = with_own(private=True), with_own(private=False)
    assert is_open(between(one, other, one.facts[OWN]))
    # Its text may stand in another one too, which the one policy then withholds.
    assert is_open(between(one, other, fact("request.office")))
    assert between(one, other, fact("request.organization")) is not TRUE
