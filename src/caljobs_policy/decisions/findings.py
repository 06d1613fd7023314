# SPDX-License-Identifier: MIT
"""The finding of a check: its texts, its clauses and the fields that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from attrs import frozen

from caljobs_policy.decisions.culprits import below_kind, culprits
from caljobs_policy.decisions.messages import Answers, Text, Told, as_sentence, in_json
from caljobs_policy.decisions.questions import Questions
from caljobs_policy.decisions.reasons import Brief, Finding
from caljobs_policy.decisions.variables import asked_for
from caljobs_policy.plain.making import maker_of
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test, tests_in
from caljobs_policy.policy.operators import Operator
from caljobs_policy.policy.outcome import FOUND_RESULTS, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import ELSE, Check, Plan
from caljobs_policy.policy.sentences import in_words
from caljobs_policy.policy.speech import Speech
from caljobs_policy.policy.truth import Leaf, truth
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.reader import FactReader
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

_Texts: TypeAlias = Mapping[str, Text]
"""Texts by the kind of failure."""
_made: Final = maker_of(Finding)
_KEPT: Final = 256
"""For how many combinations of truths of a check's tests it is kept what they come to."""


class Explained(Told, Protocol):
    """A decision with the means to put it into words."""

    @property
    def subject(self) -> Subject:
        """Whom it is about."""

    @property
    def at(self) -> datetime:
        """Its moment."""

    @property
    def reader(self) -> FactReader:
        """What reads the facts of its subject."""

    @property
    def speech(self) -> Speech:
        """The names of facts and words in sentences."""


@frozen(eq=False)
class _Told:
    """What the truths of a check's tests say of it, whatever the values behind them."""

    applies: Truth
    kind: str | None
    """The kind of failure, if a condition tells it."""
    failed: Operator | None
    """The operator of the test that tells the kind of failure otherwise."""
    values: tuple[int, ...]
    """The numbers of the answers about the facts of that test."""
    cited: tuple[str, ...]
    readings: tuple[str, ...]
    """The readings of the conditions that hold or may hold."""
    fields: tuple[str, ...]


class _Cited(NamedTuple):
    """What a result cites, and the texts that say what is wrong if the check is not met."""

    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    say: Text | None
    remedy: Text | None


class Case(NamedTuple):
    """The result of a check for a subject, before it is put into words."""

    maker: FindingMaker
    result: Result
    needs: frozenset[Fact]
    answers: Answers
    told: _Told
    cited: _Cited

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that it rests on."""
        return self.cited.readings


class FindingMaker:
    """Makes the findings of one check.

    Of a subject, its clauses, readings, fields and the choice of its texts depend on the truths of
    its tests alone. There are few that subjects have, so what they come to is kept.
    """

    def __init__(self, policy: Policy, plan: Plan, check: Check) -> None:
        questions = Questions()
        where = (*check.clauses_where, *check.readings_where)
        conditions = (*check.kinds.values(), *(condition for condition, _ in where))
        tests = (test for condition in conditions for test in tests_in(condition))
        self.check = check
        self.broken = check.unmet
        """The result where it is not met."""
        self.zone = policy.zone
        self.tests = tuple(dict.fromkeys((*check.tests, *tests)))
        # The tests come first among the answers, in this order.
        questions.numbers(self.tests)
        values = {test: questions.numbers(test.facts) for test in tests_in(check.require)}
        self.because = tuple(_because(check.facts, policy, questions))
        self.say, self.remedy = (
            {kind: Text(text, policy, questions) for kind, text in texts.items() if text}
            for texts in (check.say, check.remedy)
        )
        self.answers = questions.answering(policy, plan)
        self.told = lru_cache(_KEPT)(partial(_told, check, self.tests, values))
        self.cited = lru_cache(_KEPT)(partial(_cited, check, self.say, self.remedy))
        self._required: str | None = None
        self._denied: str | None = None

    def applies(self, explained: Explained) -> Truth:
        """Return whether the check applies to a subject."""
        answers = self.answers(explained.subject, explained.at)
        return self.told(answers[: len(self.tests)]).applies

    def case(self, explained: Explained, result: Result, needs: frozenset[Fact]) -> Case:
        """Return what a result comes to, for which texts are not needed."""
        answers = self.answers(explained.subject, explained.at)
        told = self.told(answers[: len(self.tests)])
        kind = None
        if result in FOUND_RESULTS:
            kind = told.kind or self._kind(told, answers)
        return Case(self, result, needs, answers, told, self.cited(told, kind))

    def kind(self, explained: Explained) -> str:
        """Return the kind of failure of the check, if it is not met."""
        answers = self.answers(explained.subject, explained.at)
        told = self.told(answers[: len(self.tests)])
        return told.kind or self._kind(told, answers)

    def finding(self, explained: Explained, case: Case) -> Finding:
        """Return the finding of a case, with its texts."""
        check, answers, result = self.check, case.answers, case.result
        clauses, readings, _, _ = case.cited
        needed = asked_for(case.needs, explained.reader) if case.needs else ()
        remedied: str | None = None
        fields: tuple[str, ...] = ()
        if result in FOUND_RESULTS:
            message, remedied = self._found(explained, case)
            fields = case.told.fields
        elif result is Result.CANNOT_TELL:
            message, remedied = self._not_known(case.needs, needed, explained)
            fields = tuple(map(below_kind, needed))
        else:
            message = as_sentence(self._requires(explained))
        origin = check.origin
        return _made(
            check.id,
            result,
            check.outcome,
            clauses,
            origin.edition,
            origin.replaces,
            message,
            remedied,
            readings,
            self._because(answers, explained),
            needed,
            fields,
            check.form,
            origin.place,
        )

    def brief(self, explained: Explained, case: Case) -> Brief:
        """Return in brief what is wrong or coming due."""
        check = self.check
        clauses = case.cited.clauses
        return Brief(check.id, case.result, check.outcome, clauses, *self._found(explained, case))

    def _found(self, explained: Explained, case: Case) -> tuple[str, str | None]:
        """Return what is wrong or coming due, and how to fix it."""
        _, _, say, remedy = case.cited
        answers = case.answers
        message = say.filled(answers, explained) if say else self._denies(explained)
        return message, remedy.filled(answers, explained) if remedy else None

    def _because(self, answers: Answers, explained: Explained) -> FrozenDict[str, Any]:
        """Return the facts that a finding rests on, as plain data."""
        because = {}
        for path, number, shown in self.because:
            value = answers[number]
            if value is not UNKNOWN:
                because[path] = value if value is None or shown is None else shown(value, explained)
        return FrozenDict(because)

    def _kind(self, told: _Told, answers: Answers) -> str:
        """Return the kind of failure that the values of a failed test tell."""
        if told.failed is None:
            return ELSE
        values = [answers[number] for number in told.values]
        if UNKNOWN in values:
            # It fails whatever the fact is, so the kind of failure is unknown.
            return ELSE
        return told.failed.failure(values[0], values[1:], self.zone)

    def _not_known(
        self, needs: Iterable[Fact], needed: tuple[str, ...], explained: Explained
    ) -> tuple[str, str]:
        titles = sorted({explained.speech.fact(fact) for fact in needs})
        message = f"Not known: {'; '.join(titles)}. Required: {self._requires(explained)}."
        return message, f"State {', '.join(needed)}."

    def _requires(self, explained: Explained) -> str:
        if self._required is None:
            self._required = self.check.required(explained.speech)
        return self._required

    def _denies(self, explained: Explained) -> str:
        if self._denied is None:
            self._denied = as_sentence(in_words(Not(self.check.require), explained.speech))
        return self._denied


def _because(
    facts: Iterable[Fact], policy: Policy, questions: Questions
) -> Iterator[tuple[str, int, Callable[[Any, Told], Any] | None]]:
    """Yield the facts that a finding rests on: their names, their questions and how to show them.

    A date read both as stated and as of the moment is shown as stated.
    """
    read = tuple(facts)
    shown = {fact.path: fact for fact in (*read, *(f for f in read if not f.happens))}
    for path, fact in shown.items():
        if fact.constant is None:
            yield path, questions.number(fact), in_json(fact, policy)


def _told(
    check: Check,
    tests: tuple[Test, ...],
    values: Mapping[Test, tuple[int, ...]],
    truths: tuple[Truth, ...],
) -> _Told:
    """Return what the truths of tests say of a check."""
    leaf = dict(zip(tests, truths, strict=True)).__getitem__
    kinds = (kind for kind, one in check.kinds.items() if truth(one, leaf) is True)
    failed = _failure(check.require, leaf)
    return _Told(
        truth(check.when, leaf),
        next(kinds, None),
        None if failed is None else failed.operator,
        () if failed is None else values[failed],
        tuple(dict.fromkeys((*check.clauses, *_holding(check.clauses_where, leaf)))),
        tuple(_holding(check.readings_where, leaf)),
        () if check.exempts else culprits(check, leaf),
    )


def _cited(check: Check, say: _Texts, remedy: _Texts, told: _Told, kind: str | None) -> _Cited:
    """Return the clauses, the readings and the texts of a result.

    A failed check rests on the readings of its `kind` of failure, any other on those of all.
    """
    kinds = [*check.readings_if] if kind is None else [kind]
    of_kind = (reading for one in kinds for reading in check.readings_if.get(one, ()))
    broken = check.clauses_if.get(kind, ()) if kind is not None else ()
    return _Cited(
        tuple(dict.fromkeys((*told.cited, *broken))),
        tuple(dict.fromkeys((*check.readings, *of_kind, *told.readings))),
        *(texts.get(kind or ELSE) or texts.get(ELSE) for texts in (say, remedy)),
    )


def _failure(condition: Condition, leaf: Leaf) -> Test | None:
    """Return the first failing test, which tells the kind of failure of a condition."""
    if isinstance(condition, Test):
        return condition
    if isinstance(condition, AllOf):
        failing = (part for part in condition.parts if truth(part, leaf) is False)
        part = next(failing, None)
        return None if part is None else _failure(part, leaf)
    return None


def _holding(where: Iterable[tuple[Condition, tuple[str, ...]]], leaf: Leaf) -> Iterator[str]:
    """Yield what stands beside the conditions that hold or may hold."""
    for condition, found in where:
        if truth(condition, leaf) is not False:
            yield from found
