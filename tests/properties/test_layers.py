# SPDX-License-Identifier: MIT
"""How rules and layers interact, on the shipped chains and on chains made at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Outcome,
    Policy,
    Request,
    Requestor,
    Staff,
    Statement,
    evaluate,
    load_policy,
)
from caljobs_policy.policy.conditions import facts_in
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.subjects.fields import Kind, fields_of
from caljobs_policy.testing.strategies import subjects
from tests.samples.chains import CHAIN_DAY, Chain, chains, load

DAY = date(2025, 6, 2)
FEW = max(10, settings().max_examples // 5)
"""How many chains are written and loaded; each takes as long as many decisions."""
SHIPPED = {
    "state": load_policy("state", DAY),
    "state in 2022": load_policy("state", date(2022, 6, 2)),
    "la_city": load_policy("la_city", DAY),
    "slo_county": load_policy("slo_county", DAY),
    "slo_county in 2022": load_policy("slo_county", date(2022, 6, 2)),
}
LOCAL = {
    "la_city": "state",
    "slo_county": "state",
    "slo_county in 2022": "state in 2022",
}
WORDS: Mapping[str, Mapping[str, Any]] = {
    "state": {
        "organization": "local_area",
        "requestor": "manager_supervisor",
        "submitted_to": "mis_administrator",
    },
    "la_city": {
        "organization": "worksource_center",
        "requestor": "program_director",
        "submitted_to": "city_mis_unit",
    },
    "slo_county": {
        "organization": "service_provider",
        "requestor": "supervisor",
        "submitted_to": "dss_mis_administrator",
    },
}


def good_request(policy: Policy, request_type: str) -> Request:
    """A request that every shipped policy accepts."""
    words = WORDS[policy.jurisdiction]
    day = policy.day
    staff = Staff(
        employer="county",
        training_completed_on=day - timedelta(days=30),
        statement=Statement(form="e1", signed_on=day - timedelta(days=30)),
        business_need=True,
        duties=("title_i_services",),
    )
    return Request(
        type=request_type,
        submitted_on=day,
        organization=words["organization"],
        office="Sample Office",
        requestor=Requestor(role=words["requestor"]),
        signed_by_requestor=True,
        submitted_to=words["submitted_to"],
        sent_to=policy.words["roles"][words["submitted_to"]].email,
        subject="Access Request - Sample Office",
        training_confirmed=True,
        attachments=tuple(policy.words["forms"]),
        staff=staff,
        additional_duties="sample duties",
        approvals=tuple(policy.words["roles"]),
    )


@st.composite
def nearly_good(draw: st.DrawFn, policy: Policy, request_type: str = "") -> Request:
    """Requests that differ from a good one in a few facts."""
    types = [key.partition("/")[2] for key in policy.plans if key.startswith("request/")]
    request_type = request_type or draw(st.sampled_from([t for t in types if t in TYPES]))
    good = good_request(policy, request_type)
    days = (policy.day - timedelta(days=400), policy.day + timedelta(days=5))
    other: Any = draw(subjects(policy, f"request/{request_type}", days))
    names = [f.name for f in attrs.fields(Request) if f.init and f.name not in {"type", "own"}]
    changed = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return attrs.evolve(good, **{name: getattr(other, name) for name in changed})


TYPES = ("create", "reset", "change", "deactivate", "annual_maintenance")


def upwards(policy: Policy, above: str, request: Request) -> Request:
    """A local request in the words of the profile above: what stands for none is not known."""
    up: Request = translated(request, policy.meanings[above])
    return up


def translated(part: Any, tables: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Any:
    def word(table: str, value: Any) -> Any:
        return next((up for up, here in tables[table].items() if value in here), UNKNOWN)

    changes: dict[str, Any] = {}
    for name, holds in fields_of(type(part)).items():
        value, table = getattr(part, name), str(holds.vocabulary)
        if holds.kind is Kind.PART:
            changes[name] = translated(value, tables)
        elif table in tables and isinstance(value, tuple):
            found = (word(table, one) for one in value)
            changes[name] = tuple(one for one in found if one is not UNKNOWN)
        elif table in tables and value is not None and value is not UNKNOWN:
            changes[name] = word(table, value)
    return attrs.evolve(part, **changes) if changes else part


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("request_type", ["create", "reset", "deactivate"])
def test_a_good_request_is_accepted(name: str, request_type: str) -> None:
    decision = evaluate(SHIPPED[name], good_request(SHIPPED[name], request_type))
    assert (decision.outcome, decision.needs) == (Outcome.ACCEPT, ())


def with_known_forms(policy: Policy, request: Request) -> Request:
    """A request without the forms that a policy does not list, which it would refuse to look at."""
    if not isinstance(request.attachments, tuple):
        return request
    known = policy.words["forms"]
    return attrs.evolve(request, attachments=[f for f in request.attachments if f in known])


class TestLocalOnTop:
    """What a local policy accepts, the policy above accepts under the mapping of words."""

    @pytest.mark.parametrize(("name", "above"), LOCAL.items())
    @given(data=st.data())
    def test_on_the_shipped_chains(self, name: str, above: str, data: st.DataObject) -> None:
        local, base = SHIPPED[name], SHIPPED[above]
        request = data.draw(nearly_good(local))
        assume(f"request/{request.type}" in base.plans)
        assume(UNKNOWN not in (request.organization, request.requestor.role))
        if evaluate(local, request).outcome is Outcome.ACCEPT:
            mapped = with_known_forms(base, upwards(local, base.jurisdiction, request))
            assert evaluate(base, mapped).outcome is Outcome.ACCEPT

    @settings(max_examples=FEW)
    @given(chain=chains(looser=False), data=st.data())
    def test_on_random_chains(self, chain: Chain, data: st.DataObject) -> None:
        local, base = load(chain)
        request = data.draw(sample_requests(local))
        if evaluate(local, request).outcome is Outcome.ACCEPT:
            mapped = with_known_forms(base, upwards(local, "base", request))
            assert evaluate(base, mapped).outcome is Outcome.ACCEPT


def sample_requests(policy: Policy) -> st.SearchStrategy[Request]:
    """Requests about random chains."""
    days = (CHAIN_DAY - timedelta(days=8), CHAIN_DAY)
    roles, forms = sorted(policy.words["roles"]), sorted(policy.words["forms"])
    return st.builds(
        lambda role, to, papers, trained, approvals: Request(
            type="create",
            submitted_on=CHAIN_DAY,
            organization=sorted(policy.words["organizations"])[0],
            requestor=Requestor(role=role),
            submitted_to=to,
            attachments=papers,
            staff=Staff(training_completed_on=trained),
            approvals=approvals,
        ),
        st.sampled_from(roles),
        st.sampled_from(roles),
        st.lists(st.sampled_from(forms), unique=True),
        st.dates(*days) | st.none(),
        st.lists(st.sampled_from(roles), unique=True),
    )


DAYS_MORE = st.integers(1, 6)


class TestTightening:
    """Tightening a value never improves an outcome."""

    @settings(max_examples=FEW)
    @given(chain=chains(looser=False), shorter=st.integers(0, 5), by=DAYS_MORE, data=st.data())
    def test_a_shorter_window(
        self, chain: Chain, shorter: int, by: int, data: st.DataObject
    ) -> None:
        chain = attrs.evolve(chain, window=shorter + by)
        before, _ = load(attrs.evolve(chain, local_window=None))
        after, _ = load(attrs.evolve(chain, local_window=shorter))
        request = data.draw(sample_requests(before))
        one, other = evaluate(before, request).outcome, evaluate(after, request).outcome
        assert other.weight >= one.weight

    @settings(max_examples=FEW)
    @given(chain=chains(looser=False), shorter=st.integers(0, 5), by=DAYS_MORE)
    def test_the_direction_is_computed(self, chain: Chain, shorter: int, by: int) -> None:
        local, _ = load(attrs.evolve(chain, window=shorter + by, local_window=shorter))
        assert [override.direction for override in local.overrides] == ["stricter"]


class TestPapersAndDates:
    """Adding a paper, or a fresher document up to the request, never worsens an outcome."""

    @pytest.mark.parametrize("name", SHIPPED)
    @given(data=st.data())
    def test_a_paper_more(self, name: str, data: st.DataObject) -> None:
        policy = SHIPPED[name]
        request = data.draw(nearly_good(policy))
        form = data.draw(st.sampled_from(sorted(policy.words["forms"])))
        known = request.attachments
        assume(isinstance(known, tuple))
        more = attrs.evolve(request, attachments=(*known, form) if known else (form,))
        assert evaluate(policy, more).outcome.weight <= evaluate(policy, request).outcome.weight

    @pytest.mark.parametrize("name", SHIPPED)
    @given(data=st.data(), days=st.integers(0, 500))
    def test_a_fresher_training(self, name: str, data: st.DataObject, days: int) -> None:
        policy = SHIPPED[name]
        request = data.draw(nearly_good(policy))
        trained, submitted = request.staff.training_completed_on, request.submitted_on
        assume(isinstance(trained, date) and isinstance(submitted, date))
        assert isinstance(trained, date)
        assert isinstance(submitted, date)
        fresher = min(submitted, trained + timedelta(days=days))
        assume(trained <= submitted)
        staff = attrs.evolve(request.staff, training_completed_on=fresher)
        after = evaluate(policy, attrs.evolve(request, staff=staff)).outcome
        assert after.weight <= evaluate(policy, request).outcome.weight


class TestOrder:
    """The order of rules, rows, attachments and keys does not matter."""

    @settings(max_examples=FEW)
    @given(chain=chains(), seed=st.integers(0, 1000), data=st.data())
    def test_of_keys_in_a_file(self, chain: Chain, seed: int, data: st.DataObject) -> None:
        straight, _ = load(chain)
        shuffled, _ = load(chain, random.Random(seed))  # noqa: S311  # no secret
        assert straight.digest == shuffled.digest
        request = data.draw(sample_requests(straight))
        one, other = evaluate(straight, request), evaluate(shuffled, request)
        assert one.outcome is other.outcome
        assert {f.rule: f.to_dict() for f in one.all_findings} == {
            f.rule: f.to_dict() for f in other.all_findings
        }

    @pytest.mark.parametrize("name", SHIPPED)
    @given(data=st.data())
    def test_of_attachments(self, name: str, data: st.DataObject) -> None:
        policy = SHIPPED[name]
        request = data.draw(nearly_good(policy))
        known = request.attachments
        assume(isinstance(known, tuple))
        assert isinstance(known, tuple)
        turned = attrs.evolve(request, attachments=tuple(reversed(known)))
        assert evaluate(policy, turned).outcome is evaluate(policy, request).outcome


class TestFacts:
    """Irrelevant facts do not matter; a known fact never improves a decided outcome."""

    @pytest.mark.parametrize("name", SHIPPED)
    @given(data=st.data())
    def test_a_fact_that_no_check_reads_changes_nothing(
        self, name: str, data: st.DataObject
    ) -> None:
        policy = SHIPPED[name]
        request = data.draw(nearly_good(policy))
        key = f"request/{request.type}"
        checks = policy.plans[key].checks
        read = {fact.path for fact in facts_in(*(p for c in checks for p in (c.when, c.require)))}
        free = ("office", "subject", "reporter", "change_of", "adjustable")
        unread = [name for name in free if f"request.{name}" not in read]
        assume(unread)
        changed: Any = data.draw(subjects(policy, key))
        other = attrs.evolve(request, **{name: getattr(changed, name) for name in unread})
        one, two = evaluate(policy, request), evaluate(policy, other)
        assert (one.outcome, one.needs) == (two.outcome, two.needs)

    @pytest.mark.parametrize("name", SHIPPED)
    @given(data=st.data())
    def test_a_known_fact_in_place_of_an_unknown_one(self, name: str, data: st.DataObject) -> None:
        policy = SHIPPED[name]
        request = data.draw(nearly_good(policy))
        complete: Any = data.draw(nearly_good(policy, request.type))
        before = evaluate(policy, request).outcome
        assume(before is not Outcome.CANNOT_TELL)
        unknown = [name for name in plain_facts() if getattr(request, name) is UNKNOWN]
        filled = attrs.evolve(request, **{name: getattr(complete, name) for name in unknown})
        after = evaluate(policy, filled).outcome
        assert after is before or {before, after} == {Outcome.RETURN, Outcome.DENY}


def plain_facts() -> Iterator[str]:
    for path, fact in facts_about("request/create").items():
        name = path.removeprefix("request.")
        if "." not in name and fact.kind is not Kind.PART and name not in {"at", "type"}:
            yield name
