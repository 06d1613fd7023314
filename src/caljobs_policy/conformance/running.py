# SPDX-License-Identifier: MIT
"""Holds a system to the policies of a profile, and reports what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from caljobs_policy.conformance.adapters.adapter import Adapter, AdapterError
from caljobs_policy.conformance.asking import Desk, GivenUpError
from caljobs_policy.conformance.deciding import imposed
from caljobs_policy.conformance.judging import Judge
from caljobs_policy.conformance.posing import Posed, each_once
from caljobs_policy.conformance.record import Record
from caljobs_policy.conformance.report import Report, Verdict, Word
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.policy import Clause, Policy

_REMEDY: Final = "see that it runs and answers a first case, then try again"


@frozen(eq=False)
class Held:
    """What a system is held to: the policies of a profile, by way of some cases."""

    profile: str
    policies: Sequence[Policy]
    cases: Iterable[Posed]


def conformance(
    adapter: Adapter, held: Held, jobs: int = 1, step: Callable[[], object] = lambda: None
) -> Report:
    """Ask a system about all cases, then about smaller ones, and return the report.

    `step` is called after each question.
    Raises an `AdapterError` if nothing ever comes back. Ctrl-C ends the questions, and the report
    says so.
    """
    record = Record({clause for policy in held.policies for clause in imposed(policy)})
    stopped: str | None = None
    with Desk(adapter, jobs, step) as desk:
        judge = Judge(record, desk)
        try:
            for answered in desk.answers(each_once(held.cases)):
                record.add(answered)
            judge.judge()
        except KeyboardInterrupt:
            stopped = "it was interrupted"
        except GivenUpError as error:
            if not desk.has_heard:
                problem = Problem(str(error), Place(adapter.name), _REMEDY)
                raise AdapterError(problem) from None
            stopped = f"the system was given up: {error}, several times in a row"
    if stopped is not None:
        judge.settle()
    return _report(adapter, held, judge, stopped)


def _report(adapter: Adapter, held: Held, judge: Judge, stopped: str | None) -> Report:
    record = judge.record
    return Report(
        adapter=adapter.name,
        profile=held.profile,
        editions=tuple(policy.editions for policy in held.policies),
        verdicts=_verdicts(held.policies, judge),
        unclear=judge.unclear,
        faults=record.faults,
        doubtful=judge.doubtful,
        asked=dict(record.asked),
        answered=record.answered,
        declined=record.declined,
        disagreed=record.disagreed,
        questions=judge.desk.questions,
        aspects=frozenset(record.aspects),
        stopped=stopped,
    )


def _verdicts(policies: Sequence[Policy], judge: Judge) -> Mapping[str, Verdict]:
    known: dict[str, Clause] = {}
    for policy in policies:
        known |= policy.clauses
    clauses = sorted({*judge.record.clauses, *judge.shown})
    return {
        clause: Verdict(_word(clause, judge), known.get(clause), judge.shown.get(clause))
        for clause in clauses
    }


def _word(clause: str, judge: Judge) -> Word:
    if clause in judge.shown:
        return Word.VIOLATES
    if clause in judge.record.kept:
        return Word.CONFORMS
    return Word.NOT_CLAIMED if clause in judge.record.put else Word.NOT_EXERCISED
