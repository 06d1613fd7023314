# SPDX-License-Identifier: MIT
"""The names of facts and words in sentences."""

from __future__ import annotations

import re

import pytest

from caljobs_policy.policy.speech import Speech, listed, with_article
from caljobs_policy.subjects.facts import Fact, fact_named, facts_about
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.sayings import SAYINGS
from tests.samples.facts import sample_fact
from tests.samples.keys import WORDS, subject_keys, subject_title

EVERY = {path: fact for key in subject_keys() for path, fact in facts_about(key).items()}
KEY = re.compile(r"[a-z]_[a-z]")
TITLES = {"paper_a": "Statement A", "boss": "Boss"}
SPEECH = Speech(lambda table, word: TITLES.get(word, word))


def statement() -> Fact:
    fact = fact_named("request.staff.statement.paper_a", "request/create", {})
    assert fact is not None
    return fact


def test_the_day_of_a_signature_is_called_by_the_title_of_its_form() -> None:
    assert SPEECH.fact(statement()) == "day the Statement A was signed"
    assert SPEECH.exists(statement(), there=True) == "the Statement A was signed"
    assert SPEECH.exists(statement(), there=False) == "the Statement A was not signed"


@pytest.mark.parametrize(
    ("fact", "word", "said"),
    [
        (sample_fact(vocabulary="roles"), "boss", "Boss"),
        (sample_fact(vocabulary="roles"), "nobody", "nobody"),
        (sample_fact(Kind.TEXT, vocabulary=None), "boss", "“boss”"),
        (sample_fact(Kind.TEXT, vocabulary=None, named_in="groups"), "boss", "Boss"),
        (sample_fact(Kind.TEXT, vocabulary=None, named_in="groups"), "crew", "“crew”"),
        (sample_fact(vocabulary=("message_left",)), "message_left", "message left"),
    ],
)
def test_a_word_goes_by_its_title(fact: Fact, word: str, said: str) -> None:
    assert SPEECH.word(fact, word) == said


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Help Desk", "the Help Desk"),
        ("a branch", "a branch"),
        ("all others", "all others"),
        ("the board", "the board"),
        ("anteroom", "the anteroom"),
    ],
)
def test_a_title_without_an_article_gets_one(title: str, text: str) -> None:
    assert with_article(title) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [((), ""), (("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b or c")],
)
def test_words_are_listed_in_english(words: tuple[str, ...], text: str) -> None:
    assert listed(words, "or") == text


@pytest.mark.parametrize("path", EVERY)
def test_sentences_about_a_fact_name_no_key(path: str) -> None:
    fact = EVERY[path]
    said = [fact.title, fact.holds.said.yes, fact.holds.said.no]
    said += [word.title for word in WORDS.get(str(fact.holds.vocabulary), {}).values()]
    assert [text for text in said if KEY.search(text)] == []


@pytest.mark.parametrize("path", [path for path, f in EVERY.items() if f.kind is Kind.FLAG])
def test_every_flag_is_said_in_a_sentence(path: str) -> None:
    assert EVERY[path].title in SAYINGS


@pytest.mark.parametrize("path", [path for path, f in EVERY.items() if f.kind is Kind.WORDS])
def test_what_every_list_holds_is_said_in_a_sentence(path: str) -> None:
    saying = EVERY[path].holds.said
    for text in (saying.holding, saying.lacking):
        assert text.count("{the}") + text.count("{words}") == 1


def test_every_saying_is_about_a_fact() -> None:
    assert set(SAYINGS) <= {fact.title for fact in EVERY.values()}


@pytest.mark.parametrize("key", subject_keys())
def test_subjects_are_called_by_no_key(key: str) -> None:
    title = subject_title(key)
    assert title.startswith(("a ", "an "))
    assert not KEY.search(title)
