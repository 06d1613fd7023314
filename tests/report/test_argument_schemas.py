# SPDX-License-Identifier: MIT
"""The schema of an argument accepts what can be written behind an operator, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from caljobs_policy import load_policy
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.operators import Argument
from caljobs_policy.report.argument_schemas import ARGUMENTS
from caljobs_policy.subjects.facts import facts_about
from tests.samples.keys import subject_keys

WRITTEN: dict[Argument, tuple[Any, ...]] = {
    Argument.VALUE: ("word", True, 7),
    Argument.WORDS: ("list_name", ["one"], ["one", "two"], ["cash*"]),
    Argument.WORD: ("word",),
    Argument.TEXT: ("Access Request - ",),
    Argument.FLAG: (True, False),
    Argument.FACT: ("at", "request.staff.statement.de7410"),
    Argument.RANGE: ("8 to 20", "0 to 0", "0 or more", "8 or more"),
    Argument.CHARACTERS: ("list_name", ["A-Z"], ["A-Z", "0-9", "!?"]),
    Argument.TEMPLATE: ("word", "Request - <request.office>"),
    Argument.DURATION: (
        "365 days",
        "1 day",
        "5 business days",
        "12 months",
        "1 quarter",
        "24 hours",
        "training_validity",
    ),
    Argument.PATTERN: ("DD-MM-YYYY", "975-DD-MMYY"),
}
MISWRITTEN: dict[Argument, tuple[Any, ...]] = {
    Argument.VALUE: (None, ["word"], 1.5, {}),
    Argument.WORDS: (None, [], [""], "", ["one", "one"], {}),
    Argument.WORD: (None, "", ["word"], True),
    Argument.TEXT: (None, "", ["text"], True),
    Argument.FLAG: (None, "true", 1),
    Argument.FACT: (None, "", "Request.office", "request office", "request."),
    Argument.RANGE: (None, "", 8, "8", "8-20", "8 to", "-1 to 2", "1.5 to 2", "1 to 1234567"),
    Argument.CHARACTERS: (None, [], [""], "", ["A-Z", "A-Z"], {}),
    Argument.TEMPLATE: (None, "", ["text"], True),
    Argument.DURATION: (
        None,
        "",
        365,
        "365 dogs",
        "-1 days",
        "007 days",
        "1.5 days",
        "5 businessdays",
    ),
    Argument.PATTERN: (None, "", ["DD"], True),
}


@pytest.mark.parametrize("argument", Argument)
def test_a_schema_accepts_what_can_be_written_and_nothing_else(argument: Argument) -> None:
    Draft202012Validator.check_schema(ARGUMENTS[argument])
    validator = Draft202012Validator(ARGUMENTS[argument])
    assert [value for value in WRITTEN[argument] if not validator.is_valid(value)] == []
    assert [value for value in MISWRITTEN[argument] if validator.is_valid(value)] == []


def test_a_schema_accepts_every_fact() -> None:
    validator = Draft202012Validator(ARGUMENTS[Argument.FACT])
    paths = {path for key in subject_keys() for path in facts_about(key)}
    assert [path for path in sorted(paths) if not validator.is_valid(path)] == []


@given(st.integers(0, 999_999), st.sampled_from(Unit))
def test_a_schema_accepts_every_duration(amount: int, unit: Unit) -> None:
    validator = Draft202012Validator(ARGUMENTS[Argument.DURATION])
    assert validator.is_valid(str(Duration(amount, unit)))


def test_a_schema_accepts_the_names_of_parameters() -> None:
    validator = Draft202012Validator(ARGUMENTS[Argument.DURATION])
    names = ["limit_2", *load_policy("state", date(2025, 6, 2)).parameters]
    assert [name for name in names if not validator.is_valid(name)] == []
