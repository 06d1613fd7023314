# SPDX-License-Identifier: MIT
"""A message repeats what is said about a person only if it is a misspelled public word."""

from __future__ import annotations

from datetime import date

import pytest

from caljobs_policy.errors.privacy import Secrets, is_misspelt, named, public_word, without_quotes
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.subjects.account import Account, Office
from caljobs_policy.subjects.record import PseudoSsn
from caljobs_policy.subjects.request import Request, Requestor, Staff

KNOWN = ("local_area", "staff", "county", "edd")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("local_areaa", "organization `local_areaa`"),
        ("Local Area", "organization `Local Area`"),
        ("local-aera", "organization `local-aera`"),
        ("stafff", "organization `stafff`"),
        ("EDD", "organization `EDD`"),
        ("eddy", "such organization"),
        ("Stafford", "such organization"),
        ("Bountiful", "such organization"),
        ("123-45-6789", "such organization"),
        ("local_area " * 20, "such organization"),
        ("", "such organization"),
    ],
)
def test_only_a_public_word_with_a_slip_is_repeated(word: str, said: str) -> None:
    assert named("organization", word, KNOWN) == said


def test_nothing_is_repeated_where_no_word_is_public() -> None:
    assert named("key", "anything", ()) == "such key"


@pytest.mark.parametrize(
    ("word", "public", "is_near"),
    [
        ("statsu", "status", True),
        ("tsatsu", "status", False),
        ("attachement", "attachments", True),
        ("training_compelted_no", "training_completed_on", True),
        ("trane_compelted_no", "training_completed_on", False),
        ("", "edd", False),
        ("edd", "", False),
    ],
)
def test_a_word_may_have_one_slip_for_five_letters(word: str, public: str, is_near: bool) -> None:
    assert is_misspelt(word, public) is is_near


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("`Ann Sample` has no colon", "(withheld) has no colon"),
        ("`staff` stands twice", "`staff` stands twice"),
        ("`staff: Ann` stands twice", "(withheld) stands twice"),
        ("`}` closes nothing", "`}` closes nothing"),
        ("`''` or `A`", "`''` or (withheld)"),
    ],
)
def test_a_problem_of_syntax_quotes_signs_and_keys_alone(message: str, said: str) -> None:
    problem = Problem(message, Place("a.yaml", 1, 2), "write `key: value`")
    found = without_quotes(problem, {"staff"})
    assert found == Problem(said, Place("a.yaml", 1, 2), "write `key: value`")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Marie Sample",
        "account of sample, ann-marie",
        "ann.marie.sample@example.org",
        "SSN 123-45-6789",
        "SSN 123 45 6789",
        "SSN 123456789",
        "her number is 999.12.3456",
        "born 1990-01-31",
        "born 19900131",
        "the password is %$!",
        "%$!",
    ],
)
def test_a_text_that_holds_what_is_private_is_withheld(text: str) -> None:
    values = ("Ann Marie Sample", "123-45-6789", date(1990, 1, 31), "%$!", None)
    secrets = Secrets.of(values)
    assert secrets.kept(text) == "(withheld)"


@pytest.mark.parametrize("text", ["", "Sample Office", "Anniversary", "1990-02-01", "555-0100-12"])
def test_another_text_is_kept(text: str) -> None:
    secrets = Secrets.of(("Ann Sample", date(1990, 1, 31), "", None, ("Bo", "Li")))
    assert secrets.kept(text) == text


def test_each_word_of_a_private_list_is_private() -> None:
    assert Secrets.of((("Bo", "Li"),)).kept("Li asks") == "(withheld)"


def test_what_is_private_is_not_in_the_text_of_a_subject() -> None:
    name = "Ann Sample"
    number = "123-45-6789"
    subjects = (
        Request(
            type="create",
            password=number,
            requestor=Requestor(name=name),
            staff=Staff(name=name),
            own={"private": name},
        ),
        Account(staff=Staff(name=name), own={"private": name}),
        PseudoSsn(birth_date=date(1990, 1, 31), value=number, own={"private": name}),
        Office(own={"private": name}),
    )
    for subject in subjects:
        assert not any(part in repr(subject) for part in ("Ann", "123", "1990, 1, 31"))


@pytest.mark.parametrize(("word", "said"), [("N/A", "`N/A`"), ("Ann Sample", "(withheld)")])
def test_public_words_alone_are_repeated(word: str, said: str) -> None:
    assert public_word(word, {"n/a", "none"}) == said
