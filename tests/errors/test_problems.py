# SPDX-License-Identifier: MIT
"""Problems read as promised, and the exceptions that carry them keep them."""

from __future__ import annotations

import copy
import pickle
import re
from pathlib import Path

import pytest

from caljobs_policy.errors import near
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import (
    CaseError,
    EditionError,
    EngineError,
    FileError,
    PolicyError,
    ProfileError,
    RosterError,
    SubjectError,
    UnknownProfileError,
)
from caljobs_policy.errors.problems import MOST_TOLD, Place, Problem, bounded, printable, shown


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3, 5), "a.yaml:3:5"),
        (Place("", 3, 5), "3:5"),
    ],
)
def test_a_place_names_file_line_and_column(place: Place, text: str) -> None:
    assert str(place) == text


def test_places_are_in_the_order_of_the_files_text() -> None:
    places = [
        Place("a.yaml", 2, 1),
        Place("a.yaml", 10, 1),
        Place("a.yaml", 10, 3),
        Place("b.yaml"),
    ]
    backwards = places[::-1]
    assert sorted(backwards) == places
    assert places[0] <= places[0]
    assert places[1] > places[0]


def test_a_problem_is_shown_as_it_is_made() -> None:
    remedy = near.remedy_for("acept", ["accept"])
    shown_one = repr(Problem("no such outcome", Place("a.yaml"), remedy, keys=("outcome",)))
    assert "message='no such outcome', place=Place(file='a.yaml', line=0" in shown_one
    assert "help='did you mean `accept`?', keys=('outcome',), code=" in shown_one


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("no such rule"), "no such rule"),
        (Problem("no such rule", Place("a.yaml", 3, 5)), "a.yaml:3:5: no such rule"),
        (
            Problem("no such rule", Place("a.yaml", 3, 5), "name another"),
            "a.yaml:3:5: no such rule\n  help: name another",
        ),
        (Problem("no such rule", help="name another"), "no such rule\n  help: name another"),
    ],
)
def test_a_problem_gives_place_message_and_help(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_an_error_lists_all_problems_by_place() -> None:
    early = Problem("b", Place("a.yaml", 1, 1))
    twin = Problem("a", Place("a.yaml", 1, 1))
    late = Problem("a", Place("a.yaml", 2, 1))
    error = PolicyError(problem for problem in (late, early, twin))
    assert error.problems == (twin, early, late)
    assert str(error) == "a.yaml:1:1: a\na.yaml:1:1: b\na.yaml:2:1: a"


@pytest.mark.parametrize(
    ("number", "last"),
    [
        (MOST_TOLD, f"problem {MOST_TOLD}"),
        (MOST_TOLD + 1, "and one more problem"),
        (90_000, "and 89,950 more problems"),
    ],
)
def test_so_many_problems_are_told_and_the_others_counted(number: int, last: str) -> None:
    problems = tuple(Problem(f"problem {n}", Place("a.yaml", n, 1)) for n in range(1, number + 1))
    error = PolicyError(problems)
    assert error.problems == problems
    assert bounded(problems)[-1].message == last
    assert str(error) == "\n".join(map(str, bounded(problems)))
    assert len(str(error).splitlines()) <= MOST_TOLD + 2
    assert pickle.loads(pickle.dumps(error)).problems == problems


@pytest.mark.parametrize("cls", [ProfileError, CaseError, FileError, SubjectError])
def test_every_error_can_be_caught_as_one(cls: type[PolicyError]) -> None:
    with pytest.raises(PolicyError, match="no such rule"):
        raise cls([Problem("no such rule")])


@pytest.mark.parametrize("cls", [PolicyError, ProfileError, CaseError, SubjectError])
def test_an_error_can_be_copied_and_sent_to_another_process(cls: type[PolicyError]) -> None:
    error = cls([Problem("no such rule", Place("a.yaml", 3, 5), "name another")])
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # our own
        assert type(twin) is cls
        assert twin.problems == error.problems
        assert str(twin) == str(error)


@pytest.mark.parametrize(
    ("value", "text"),
    [("word", "`word`"), (7, "`7`"), ("a" * 60, f"`{'a' * 60}`"), ("a" * 61, f"`{'a' * 60}…`")],
)
def test_a_users_text_is_shown_in_backticks_and_cut(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_users_text_is_cut_where_told() -> None:
    assert shown("abcdef", 3) == "`abc…`"


@pytest.mark.parametrize("control", ["\x1b[31m", "\x07", "\r", "\n", "\u202e", "\x9b"])
def test_nothing_shown_can_steer_a_terminal(control: str) -> None:
    for text in (shown(f"a{control}b"), printable(f"a{control}b")):
        assert text.isprintable()
        assert "a" in text
        assert "b" in text
        assert "\N{REPLACEMENT CHARACTER}" in text


def test_other_text_is_shown_as_it_is() -> None:
    assert printable("Año – “x” 日") == "Año – “x” 日"  # noqa: RUF001  # a kind of dash


@pytest.mark.parametrize(
    ("keys", "path", "pointer"),
    [
        ((), "", ""),
        (("staff", "employer"), "staff.employer", "/staff/employer"),
        (("staff", "statement", 0, "form"), "staff.statement[0].form", "/staff/statement/0/form"),
        (("a/b~c",), "a/b~c", "/a~1b~0c"),
    ],
)
def test_a_problem_names_the_culprit_for_programs(
    keys: tuple[str | int, ...], path: str, pointer: str
) -> None:
    problem = Problem("is no employer", keys=keys, code=Code.UNKNOWN_WORD)
    assert (problem.path, problem.pointer, problem.code) == (path, pointer, "unknown-word")
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert str(problem) == "is no employer"


@pytest.mark.parametrize(
    ("cls", "code"),
    [
        (PolicyError, Code.OTHER),
        (ProfileError, Code.BAD_PROFILE),
        (UnknownProfileError, Code.UNKNOWN_PROFILE),
        (EditionError, Code.NO_EDITION),
        (CaseError, Code.BAD_CASE),
        (RosterError, Code.BAD_ROSTER),
        (FileError, Code.UNUSABLE_FILE),
        (SubjectError, Code.BAD_SUBJECT),
    ],
)
def test_a_problem_without_a_code_has_that_of_its_error(cls: type[PolicyError], code: Code) -> None:
    coded = Problem("a", code=Code.MISSING)
    error = cls([coded, Problem("b")])
    assert [problem.code for problem in error.problems] == [Code.MISSING, code]
    assert EngineError(Problem("c")).problem.code is Code.UNUSABLE_ENGINE


def test_the_table_of_codes_lists_all_of_them_with_what_they_mean() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/problem-codes.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{code}` | {code.meaning} |" for code in Code]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in Code)


def test_a_remedy_is_worked_out_only_for_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(near, "near_word", lambda word, known: asked.append(word))
    words = [f"word{number}" for number in range(3_000)]
    problems = [Problem(f"no {word}", help=near.remedy_for(word, ["access"])) for word in words]
    error = PolicyError(dict.fromkeys(problems))
    assert len(error.problems) == 3_000
    assert len(asked) == MOST_TOLD
    assert error.problems[-1].help == "known are: access"


def test_what_is_told_keeps_no_word_that_may_be_private() -> None:
    late = Problem("no such rule", help=near.remedy_for("Jane Roe", ["access"]))
    assert late.help == "known are: access"
    assert "Jane" not in repr(late)
    (told,) = SubjectError([late]).problems
    assert late.settled() == Problem("no such rule", help="known are: access")
    assert told == late.settled().coded(Code.BAD_SUBJECT)
    assert b"Jane" not in pickle.dumps(told)
    assert Problem("no such rule", help=near.remedy_for("acess", [])).help is None
