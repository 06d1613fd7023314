# SPDX-License-Identifier: MIT
"""A subject is checked against the words and the facts that its policy knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import (
    UNKNOWN,
    Account,
    DataEntry,
    FutureActivity,
    Office,
    PlannedBreak,
    Policy,
    Record,
    Request,
    Requestor,
    Staff,
    Statement,
    Subject,
    SubjectError,
    check_subject,
    evaluate,
    load_policy,
)
from caljobs_policy.subjects.facts import SUBJECT_KINDS, subject_class
from caljobs_policy.subjects.fields import Kind, fields_of
from caljobs_policy.testing.strategies import subjects
from tests.engines.durable.present import ENGINES_HERE
from tests.samples.keys import subject_keys
from tests.samples.profiles import sample_policy

DAY = date(2025, 6, 2)
STATE = load_policy("state", DAY)
FACTS_YAML = """\
facts:
  account.seen: {title: whether it was seen, type: flag}
  account.logins: {title: number of logins, type: count}
  account.seen_on: {title: day it was seen, type: date}
  account.groups: {title: groups, type: words, left_out: none}
  request.urgent: {title: urgency, type: flag}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """A policy with facts of its own, and no work duties, designations or statuses."""
    return sample_policy(tmp_path_factory.mktemp("own") / "sample_area", FACTS_YAML)


def told(policy: Policy, subject: Subject) -> dict[str, str | None]:
    found = check_subject(policy, subject)
    assert len({problem.message for problem in found}) == len(found)
    return {problem.message: problem.help for problem in found}


@pytest.mark.parametrize(
    "subject",
    [
        Request(type="create"),
        Request(type="create", requestor=None, staff=None, answer=None),
        Request(type="create", staff=Staff(statement=None, duties=None), approvals=None),
        Request(type="create", attachments=[], submitted_to=UNKNOWN, privilege_group="anything"),
        Account(organization="local_area", status="active", staff=Staff(statement=[Statement()])),
        Office(organization="other"),
        PlannedBreak(future_activity=FutureActivity()),
    ],
)
def test_what_a_policy_knows_is_no_problem(subject: Subject) -> None:
    assert check_subject(STATE, subject) == ()


def test_ten_misspelt_words_are_ten_problems() -> None:
    subject = Request(
        type="create",
        organization="local_areaa",
        requestor=Requestor(role="manger_supervisor"),
        submitted_to=["mis_administrator", "mis_adminstrator"],
        attachments=["access_request_from", "access_request_form", "training_certficate"],
        staff=Staff(
            employer="EDD",
            statement=[Statement(form="e1"), Statement(form="de7411")],
            duties=["view_onli"],
        ),
        employment_status="resignatoin",
        reporter="staf",
    )
    assert told(STATE, subject) == {
        "`request.organization` has no value `local_areaa`": "did you mean `local_area`?",
        "`request.requestor.role` has no value `manger_supervisor`": (
            "did you mean `manager_supervisor`?"
        ),
        "`request.submitted_to[1]` has no value `mis_adminstrator`": (
            "did you mean `mis_administrator`?"
        ),
        "`request.attachments[0]` has no value `access_request_from`": (
            "did you mean `access_request_form`?"
        ),
        "`request.attachments[2]` has no value `training_certficate`": (
            "did you mean `training_certificate`?"
        ),
        "`request.staff.employer` has no value `EDD`": "did you mean `edd`?",
        "`request.staff.statement[1].form` has no value `de7411`": "did you mean `de7410`?",
        "`request.staff.duties` has no value `view_onli`": "did you mean `view_only`?",
        "`request.employment_status` has no value `resignatoin`": "did you mean `resignation`?",
        "`request.reporter` has no value `staf`": "did you mean `staff`?",
    }
    with pytest.raises(SubjectError) as caught:
        evaluate(STATE, subject)
    assert set(caught.value.problems) == set(check_subject(STATE, subject))
    assert len(caught.value.problems) == 10


@pytest.mark.parametrize("engine", ENGINES_HERE)
@pytest.mark.parametrize(
    "subject",
    [
        Request(type="create", staff=Staff(employer="EDD")),
        Account(organization="local_areaa"),
        Request(type="deactivate", employment_status="resigned!!"),
        Office(organization="office"),
        DataEntry(approvals="supervisr"),
        Account(own={"seen": True}),
        # No rule is about it; its words are read all the same.
        Request(type="issue_report", reporter="nobody"),
    ],
)
def test_no_engine_decides_about_a_stranger(engine: str, subject: Subject) -> None:
    with pytest.raises(SubjectError) as caught:
        evaluate(STATE, subject, engine=engine)
    assert caught.value.problems == check_subject(STATE, subject)
    assert all(problem.help for problem in caught.value.problems)


def test_only_a_misspelt_word_is_repeated() -> None:
    subject = Account(organization="Sample Person", own={"Sample Person": True})
    found = "".join(map(str, check_subject(STATE, subject)))
    assert "`account.organization` has no such value" in found
    assert "Sample" not in found


def test_table_without_words_takes_any(own: Policy) -> None:
    subject = Request(type="create", change_of="anything", staff=Staff(duties=["anything"]))
    assert check_subject(own, subject) == ()
    assert evaluate(own, subject).subject is subject


def test_same_word_can_be_known_in_one_table_alone(own: Policy) -> None:
    subject = Request(type="create", organization="branch", requestor=Requestor(role="branch"))
    assert list(told(own, subject)) == ["`request.requestor.role` has no such value"]


def test_own_facts_that_fit_are_taken(own: Policy) -> None:
    facts = {"seen": False, "logins": 0, "seen_on": DAY, "groups": ["a"]}
    assert check_subject(own, Account(own=facts)) == ()
    assert check_subject(own, Account(own=dict.fromkeys(facts, UNKNOWN))) == ()
    assert check_subject(own, Account(own=dict.fromkeys(facts))) == ()
    assert evaluate(own, Account(own=facts)).outcome.value == "compliant"


def test_own_facts_that_do_not_fit_are_reported(own: Policy) -> None:
    facts = {
        "seen": "yes",
        "logins": -1,
        "seen_on": datetime(2025, 6, 2, 9),
        "groups": "a",
        "logns": 1,
        "status": "active",
        "urgent": True,
    }
    subject = Account(own=facts)
    listed = "the profile's own facts are: seen, logins, seen_on, groups"
    assert told(own, subject) == {
        "`account.seen` takes true or false": "give true or false, and neither a number nor a text",
        "`account.logins` must not be below 0": "give 0 or more",
        "`account.seen_on` takes a date": "give the day alone, such as 2025-03-01",
        "`account.groups` takes a value of type `list`": (
            "make one of it, or hand the whole mapping to `read_subject`"
        ),
        "`account` has no key `logns`": "did you mean `logins`?",
        "`account.status` is not a fact of the profile's own": "hand it over as `status=`",
        "`account` has no such key": listed,
    }
    with pytest.raises(SubjectError):
        evaluate(own, subject)


@pytest.mark.parametrize("value", [1, 0, "true", DAY, ("a",)])
def test_flag_of_a_profile_takes_true_and_false_alone(own: Policy, value: Any) -> None:
    with pytest.raises(SubjectError, match=r"`account\.seen` takes true or false"):
        evaluate(own, Account(own={"seen": value}))


class Unlisted(Record):
    """A record that no program knows."""

    type = "unlisted"


@pytest.mark.parametrize("given", [None, "account", {}, Account, Staff(), Record(), Unlisted()])
def test_anything_but_a_subject_is_refused(given: Any) -> None:
    taken = "`subject` takes a Request, an Account, an Office or a record"
    with pytest.raises(TypeError, match=taken):
        check_subject(STATE, given)
    with pytest.raises(TypeError, match=taken):
        evaluate(STATE, given)


def test_check_needs_a_policy() -> None:
    with pytest.raises(TypeError, match=r"`policy` takes a Policy, .* not str"):
        check_subject("state", Account())  # type: ignore[arg-type]


def test_subclass_counts_as_the_class_it_is_derived_from() -> None:
    class Ours(Account):
        """An account with a name of ours."""

    assert check_subject(STATE, Ours(organization="local_area")) == ()
    assert evaluate(STATE, Ours()).to_dict() == evaluate(STATE, Account()).to_dict()


def fields_with_words(key: str) -> Iterator[tuple[str, ...]]:
    """Return the ways to all fields of a subject whose words a profile lists."""

    def below(cls: type, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name, holds in fields_of(cls).items():
            if holds.part is not None:
                yield from below(holds.part, (*above, name))
            elif isinstance(holds.vocabulary, str):
                yield (*above, name)

    return below(subject_class(key), ())


def with_word(cls: type, steps: tuple[str, ...], word: str) -> Any:
    """Make a subject of which a single field holds a word."""
    name, *deeper = steps
    holds = fields_of(cls)[name]
    value: Any = with_word(holds.part, tuple(deeper), word) if holds.part else word
    if holds.kind is Kind.STATEMENTS:
        value = (Statement(), value)
    typed = {"type": "create"} if cls is Request else {}
    return cls(**{**typed, name: value})


EVERY = [
    (key, steps)
    for kind in SUBJECT_KINDS
    for key in (subject_keys(kind) if kind == "record" else subject_keys(kind)[:1])
    for steps in fields_with_words(key)
]


@pytest.mark.parametrize(("key", "steps"), EVERY, ids=str)
def test_strange_word_is_found_wherever_it_stands(key: str, steps: tuple[str, ...]) -> None:
    subject = with_word(subject_class(key), steps, "stranger")
    (problem,) = check_subject(STATE, subject)
    path = problem.message.split("`")[1].replace("[1]", "")
    assert path == ".".join((key.split("/")[0], *steps))
    with pytest.raises(SubjectError):
        evaluate(STATE, subject)


@given(data=st.data())
def test_subjects_made_for_a_policy_have_no_strange_word(data: st.DataObject) -> None:
    policy = load_policy(data.draw(st.sampled_from(["state", "la_city", "slo_county"])), DAY)
    key = data.draw(st.sampled_from(subject_keys()))
    subject = data.draw(subjects(policy, key))
    assert check_subject(policy, subject) == ()


@given(data=st.data())
def test_words_used_are_those_that_are_looked_up(data: st.DataObject) -> None:
    other = load_policy("slo_county", DAY)
    subject = data.draw(subjects(STATE, data.draw(st.sampled_from(subject_keys()))))
    strange = subject.words_used - other.words_known
    told_words = {problem.message for problem in check_subject(other, subject)}
    assert bool(strange) == bool(told_words)
