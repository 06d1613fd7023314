# SPDX-License-Identifier: MIT
"""What a run comes to: a verdict on each clause, with the smallest case of each disagreement."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import frozen

from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.conformance.asking import Answered
from caljobs_policy.conformance.comparing import Difference
from caljobs_policy.conformance.posing import Posed, Source
from caljobs_policy.conformance.stated import Path
from caljobs_policy.policy.policy import Clause


class Word(StrEnum):
    """The verdict on a clause, in a word."""

    VIOLATES = "violates"
    CONFORMS = "conforms"
    NOT_CLAIMED = "not_claimed"
    NOT_EXERCISED = "not_exercised"


@frozen(eq=False)
class Shown:
    """A disagreement in the smallest case that shows it."""

    posed: Posed
    found_in: Posed
    """The case in which it was found."""
    differences: tuple[Difference, ...]
    answer: Any
    candidates: frozenset[str] = frozenset()
    """The clauses of which it is about one at least, where it is not known which."""
    is_cut_off: bool = False
    """Whether there may be a smaller case."""
    times: int = 1
    """In how many cases it showed."""
    turned: tuple[Path, Any] | None = None
    """A place, and what has to stand there for the system to answer as the policy decides."""


@frozen(eq=False)
class Verdict:
    """The verdict on a clause."""

    word: Word
    clause: Clause | None
    shown: Shown | None = None
    """The case, if the clause is violated."""


@frozen(eq=False)
class Report:
    """What became of a run."""

    adapter: str
    profile: str
    editions: tuple[tuple[str, ...], ...]
    """The editions of each policy that cases were decided by."""
    verdicts: Mapping[str, Verdict]
    unclear: Sequence[Shown]
    """Disagreements that no single clause explains."""
    faults: Sequence[Answered]
    doubtful: Sequence[Answered]
    """Disagreements that are not shown, as our own engines disagree about them."""
    asked: Mapping[Source, int]
    answered: int
    declined: int
    disagreed: int
    questions: int
    """How many questions were asked, those about smaller cases included."""
    aspects: frozenset[Aspect]
    stopped: str | None = None
    """Why the run ended before all cases were asked, if it did."""

    @property
    def run(self) -> int:
        """How many cases were asked."""
        return sum(self.asked.values())

    @property
    def counts(self) -> Counter[Word]:
        """How many clauses have each verdict."""
        return Counter(one.word for one in self.verdicts.values())

    @property
    def fails(self) -> bool:
        """Whether the system was found to be wrong, or did not answer some case."""
        return bool(self.disagreed or self.faults or self.doubtful)

    @property
    def is_partial(self) -> bool:
        """Whether less was claimed than there is, so that this is no pass."""
        return bool(self.counts[Word.NOT_CLAIMED]) or not self.counts[Word.CONFORMS]

    @property
    def headline(self) -> str:
        """The whole in one sentence."""
        if self.stopped is not None:
            return f"not finished: {self.stopped}"
        if self.fails:
            return "does not conform"
        if self.is_partial:
            return "conforms in part: some clauses are not claimed"
        left = self.counts[Word.NOT_EXERCISED]
        but = f", but for {counted(left, 'clause')} that no case decides" if left else ""
        return f"conforms{but}"

    @property
    def violations(self) -> list[tuple[list[str], Shown]]:
        """The clauses that are violated, together those that one case shows, with that case."""
        found: dict[str, tuple[list[str], Shown]] = {}
        for clause, verdict in self.verdicts.items():
            if verdict.shown is not None:
                key = json.dumps(verdict.shown.posed.asked, sort_keys=True)
                found.setdefault(key, ([], verdict.shown))[0].append(clause)
        return list(found.values())

    def of(self, word: Word) -> list[str]:
        """Return the clauses that have a verdict."""
        return [clause for clause, one in self.verdicts.items() if one.word == word]


def counted(number: int, one: str, several: str | None = None) -> str:
    """Return a number of things in words."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def grouped(faults: Iterable[Answered]) -> Mapping[str, list[Answered]]:
    """Return what went wrong, by what is said of it."""
    found: dict[str, list[Answered]] = {}
    for one in faults:
        for said in filter(None, (one.fault, one.remark)):
            found.setdefault(said, []).append(one)
    return found
