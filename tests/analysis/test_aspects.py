# SPDX-License-Identifier: MIT
"""Whatever a decision says is compared: a difference is found, and a sameness proved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from caljobs_policy import Policy, evaluate, load_policy
from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.formulas.finding import Found
from caljobs_policy.analysis.questions import Prover
from tests.samples.profiles import DAY, TABLES_YAML, WORDS_YAML, sound_profile

CREATE: Final = "request/create"
CALENDAR_YAML: Final = """\
calendar:
  saturdays: {title: Saturday, on: every Saturday}
  sundays: {title: Sunday, on: every Sunday}
  new-year: {title: New Year, on: January 1}
"""


def policy(folder: Path, old: str = "", new: str = "") -> Policy:
    """Return the sample policy with something written otherwise, wherever it stands."""
    tables, words = TABLES_YAML + CALENDAR_YAML, WORDS_YAML
    assert old in tables or old in words, old
    changed = {"tables": tables.replace(old, new), "words": words.replace(old, new)}
    return load_policy(sound_profile(folder, **(changed if old else {"tables": tables})), DAY)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """Return the sample policy as it is."""
    return policy(tmp_path_factory.mktemp("sample"))


Differing: TypeAlias = Callable[[Aspect, str, str], Found]


@pytest.fixture
def differing(sample: Policy, tmp_path: Path) -> Differing:
    """Find in what the sample policy differs from one with something written otherwise."""

    def found(what: Aspect, old: str, new: str) -> Found:
        return Prover((sample, policy(tmp_path, old, new)), CREATE).differs(what)

    return found


def is_shown(what: Aspect, found: Found) -> bool:
    """Return whether two engines answer alike that an example is decided differently."""
    assert found.witness is not None
    answers = []
    for decision in found.witness.decisions:
        asked = decision.policy, decision.subject, found.witness.case.at
        native, naive = (evaluate(*asked, engine=engine) for engine in ("native", "naive"))
        assert native.to_dict() == naive.to_dict() == decision.to_dict()
        answers.append(native.to_dict() if what is Aspect.CLAUSES else getattr(native, what.value))
    return bool(answers[0] != answers[1])


CITING: Final = """\
Train again.
    reading: count
    clauses: [SAMPLE-1/a]
    where: {too_old: {clauses: [SAMPLE-1/c]}}"""
ELSE: Final = "where: {else: {clauses: [SAMPLE-1/a]}}"
DIFFERENT: Final[Iterable[tuple[Aspect, str, str]]] = [
    (Aspect.OUTCOME, "otherwise: deny", "otherwise: return"),
    (Aspect.FINDINGS, "otherwise: deny", "otherwise: return"),
    (Aspect.FINDINGS, "otherwise: note", "otherwise: await_approval"),
    (Aspect.FINDINGS, "  quiet:", "  silent:"),
    (Aspect.FINDINGS, "role: auditor", "role: desk"),
    (Aspect.ROUTE, "cc: auditor\n    subject", "cc: boss\n    subject"),
    (Aspect.ROUTE, "email: desk@example.org", "email: help@example.org"),
    (Aspect.ROUTE, "requestors: [boss, auditor]", "requestors: [boss]"),
    (Aspect.ROUTE, "New account at", "New user at"),
    (Aspect.ROUTE, "at <request.office>", "at <request.organization>"),
    (Aspect.ROUTE, "    subject: New account at <request.office>\n", ""),
    (Aspect.DUTIES, "coordinator: auditor", "coordinator: desk"),
    (Aspect.DUTIES, "who: coordinator, what", "who: desk, what"),
    (Aspect.DUTIES, "to: requestor", "to: boss"),
    (Aspect.DUTIES, "    cc: auditor\n    promptness", "    promptness"),
    (Aspect.DUTIES, "promptness: at once", "promptness: within a day"),
    (Aspect.DUTIES, "Tell the staff member.", "Tell <request.staff.name>."),
    (Aspect.DUTIES, "value: 30 days", "value: 31 days"),
    (Aspect.DUTIES, "    by: training_ends\n", ""),
    (Aspect.DEADLINES, "value: 30 days", "value: 29 days"),
    (Aspect.CLAUSES, "Train again.\n    reading: count\n    clauses: [SAMPLE-1/a]", CITING),
    (Aspect.CLAUSES, "say: The password", f"{ELSE}\n    say: The password"),
    (Aspect.CLAUSES, "office>\n    clauses: [SAMPLE-1/a]", "office>\n    clauses: [SAMPLE-1/b]"),
    (Aspect.CLAUSES, "account., clauses: [SAMPLE-1/b]", "account., clauses: [SAMPLE-1/a]"),
    (Aspect.CLAUSES, "clauses: [SAMPLE-1/c]", "clauses: [SAMPLE-1/c, SAMPLE-1/a]"),
    (Aspect.DEADLINES, "value: 30 days", "value: 1 month"),
    (
        Aspect.DEADLINES,
        "title: Training ends",
        "title: Training ends\n    met_by: request.need_ends_on",
    ),
    (
        Aspect.DEADLINES,
        "title: Training ends",
        "title: Training ends\n    unless: {request.staff.employer: inside}",
    ),
]


@pytest.mark.parametrize(("what", "old", "new"), DIFFERENT)
def test_a_difference_is_found(differing: Differing, what: Aspect, old: str, new: str) -> None:
    found = differing(what, old, new)
    assert is_shown(what, found)
    assert found.effort.spurious == 0


def test_a_title_in_a_subject_line_is_part_of_it(tmp_path: Path) -> None:
    line = "at <request.office>", "for <request.organization>"
    tables = TABLES_YAML.replace(*line)
    words = WORDS_YAML.replace("a partner", "a friend").replace("a branch", "a shop")
    policies = [
        load_policy(sound_profile(tmp_path / str(n), tables, words=text), DAY)
        for n, text in enumerate((WORDS_YAML, words))
    ]
    found = Prover(policies, CREATE).differs(Aspect.ROUTE)
    assert is_shown(Aspect.ROUTE, found)
    assert found.witness is not None
    lines = [one.route and one.route.subject for one in found.witness.decisions]
    assert lines == ["New account for a branch", "New account for a shop"]


ONLY_INSIDE: Final = "    when: {request.staff.employer: inside}\n"


@pytest.mark.parametrize(
    ("what", "before"),
    [
        (Aspect.FINDINGS, "    forbid: {request.password"),
        (Aspect.DUTIES, "    who: coordinator\n    what: Tell"),
        (Aspect.DEADLINES, "    title: Training ends"),
    ],
)
def test_an_example_states_what_could_undo_its_difference(
    differing: Differing, what: Aspect, before: str
) -> None:
    found = differing(what, before, f"{ONLY_INSIDE}{before}")
    assert is_shown(what, found)
    assert found.witness is not None
    staff = found.witness.case.stated[1]["staff"]
    assert staff is None or "employer" in staff


WORD: Final = "{request.password: {contains_loosely: word}}"
COUNT: Final = "from: request.staff.training_completed_on\n    count: grace"
LEGS: Final = """\
earliest:
      one: {from: request.staff.training_completed_on, count: grace}
      two: {from: request.staff.training_completed_on, count: 2 months}
      three: {from: request.staff.training_completed_on, count: 31 business days}"""
SAME: Final[Iterable[tuple[Aspect, str, str]]] = [
    (
        Aspect.OUTCOME,
        "otherwise: note",
        "otherwise: await_approval\n    when: {request.type: change}",
    ),
    (Aspect.FINDINGS, WORD, f"{{any: [{WORD}, {WORD.replace(': word', ': a word')}]}}"),
    (Aspect.FINDINGS, "There is no training.", "Nobody trained."),
    (Aspect.ROUTE, "value: 30 days", "value: 31 days"),
    (Aspect.DUTIES, "  tell:", "  say-so:"),
    (Aspect.DEADLINES, COUNT, LEGS),
]


@pytest.mark.parametrize(("what", "old", "new"), SAME)
def test_a_sameness_is_proved(differing: Differing, what: Aspect, old: str, new: str) -> None:
    found = differing(what, old, new)
    assert (found.witness, found.bounds) == (None, ())


LONGER: Final = [
    ("30 days", "31 days"),
    ("3 business days", "5 business days"),
    ("3 business days", "7 days"),
    ("1 month", "2 months"),
    ("1 month", "31 days"),
    ("0 quarters", "1 quarter"),
    ("720 hours", "721 hours"),
    # Only where summer time ends meanwhile do the hours end a day earlier.
    ("720 hours", "30 days"),
]


@pytest.mark.parametrize(("short", "long"), LONGER)
def test_more_time_is_looser_and_never_stricter(tmp_path: Path, short: str, long: str) -> None:
    old, new = (
        policy(tmp_path / time, "value: 30 days", f"value: {time}") for time in (short, long)
    )
    prover = Prover((new, old), CREATE)
    assert is_shown(Aspect.OUTCOME, prover.better())
    assert is_shown(Aspect.DEADLINES, prover.differs(Aspect.DEADLINES))
    never = prover.better(1, 0)
    assert (never.witness, never.bounds) == (None, ())
