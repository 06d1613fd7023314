# SPDX-License-Identifier: MIT
"""Finds what a system gets wrong: the clause, and the smallest case that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.conformance.answers import Aspect
from caljobs_policy.conformance.asking import Answered, Desk
from caljobs_policy.conformance.attributing import clauses_of_all, reads, suspects, turns
from caljobs_policy.conformance.deciding import decisive
from caljobs_policy.conformance.posing import Posed
from caljobs_policy.conformance.record import Manner, Record, base_key, clauses_behind
from caljobs_policy.conformance.report import Shown
from caljobs_policy.conformance.shrinking import Shrinker, Still, nearest
from caljobs_policy.conformance.stated import NOTHING, Path, alike, apart, value_at
from caljobs_policy.policy.outcome import good_outcome
from caljobs_policy.policy.rules import Check

_CAUSES: Final = 5
"""So many causes are looked for behind disagreements of one manner."""
_MOST_ASKED: Final = 10_000
"""After so many questions about smaller cases, the rest is shown as it was found."""


@frozen(eq=False)
class _Cause:
    """What is behind a disagreement: its clauses or, where these are not known, candidates."""

    shown: Shown
    clauses: frozenset[str]
    base: Posed | None = None
    """A case on which both agree."""
    turning: Sequence[Path] = ()
    """Where the disagreement ends once it is made like that."""


class Judge:
    """Looks at the disagreements of a run, and asks about smaller cases."""

    def __init__(self, record: Record, desk: Desk) -> None:
        self.record, self.desk = record, desk
        self.shown: dict[str, Shown] = {}
        """For each clause that the system gets wrong, the smallest case."""
        self.unclear: list[Shown] = []
        self.doubtful: list[Answered] = []
        """Disagreements in which our own engines disagree; none of them is shown."""
        self._judged: set[Manner] = set()

    def judge(self) -> None:
        """Look at all disagreements, first at those whose clauses are known."""
        last = self.desk.questions + _MOST_ASKED
        for clause in sorted(self.record.against):
            if self.desk.questions < last:
                self._judge_clause(clause)
        for manner in sorted(self.record.unclear, key=str):
            if self.desk.questions < last:
                self._judge_manner(manner, self.record.unclear[manner])
        self.settle()

    def settle(self) -> None:
        """Show as it was found whatever is left when nothing more is asked."""
        for clause, found in self.record.against.items():
            if clause not in self.shown and found[0] not in self.doubtful:
                self._show(clause, _as_found(found[0]))
        for manner, found in self.record.unclear.items():
            if manner not in self._judged:
                self.unclear.append(_as_found(found[0], len(found)))

    def _judge_clause(self, clause: str) -> None:
        first = self.record.against[clause][0]

        def still(one: Answered) -> bool:
            is_same = one.their_outcome == first.their_outcome
            return is_same and clause in clauses_behind(one.differences)

        shown, _ = self._shrunk(first, still)
        if self._is_confirmed(shown.posed, first):
            self._show(clause, shown)

    def _show(self, clause: str, shown: Shown) -> None:
        self.shown[clause] = evolve(shown, times=self.record.times[clause])

    def _judge_manner(self, manner: Manner, found: Sequence[Answered]) -> None:
        """Look for one cause after the other, until each disagreement is about one of them."""
        left, aspect = list(found), manner[0]
        for _ in range(_CAUSES):
            if not left:
                return
            first, *others = left
            cause = self._cause(aspect, first)
            left = [one for one in others if not self._is_of(cause, aspect, one)]
            shown = evolve(cause.shown, times=1 + len(others) - len(left))
            self._judged.add(manner)
            if not self._is_confirmed(shown.posed, first):
                continue
            for clause in cause.clauses:
                self.shown.setdefault(clause, shown)
            if not cause.clauses:
                self.unclear.append(shown)

    def _cause(self, aspect: Aspect, first: Answered) -> _Cause:
        def still(one: Answered) -> bool:
            is_same = one.their_outcome == first.their_outcome
            return is_same and aspect in {difference.aspect for difference in one.differences}

        shown, smallest = self._shrunk(first, still)
        clauses, named = clauses_behind(smallest.differences), _candidates(smallest)
        if named and smallest.decision.outcome is not good_outcome(smallest.posed.key):
            checks, is_one = decisive(smallest.decision)
            cured = self._cured(smallest, checks)
            if cured is not None and cured.differences:
                # What the system finds, it also finds where the policy finds nothing.
                return self._cause(aspect, cured)
            if cured is not None and is_one:
                clauses = named
        if clauses or named:
            return _Cause(evolve(shown, candidates=frozenset() if clauses else named), clauses)
        base = nearest(first.posed, self._bases(first))
        if base is None:
            candidates, _ = clauses_of_all(suspects(smallest, (), ()), smallest.their_outcome)
            return _Cause(evolve(shown, candidates=candidates), frozenset())
        turned = Shrinker(self.desk.ask, still).towards(first, base)
        return self._traced(aspect, shown, turned, base)

    def _traced(self, aspect: Aspect, shown: Shown, turned: Answered, base: Posed) -> _Cause:
        """Return the cause of a disagreement where the policy finds nothing, by what ends it."""
        turning: Sequence[Path] = apart(turned.posed.stated, base.stated)
        found = [*turns(turned, base, partial(self._agrees, aspect))]
        suspected, is_one = clauses_of_all(suspects(turned, found, turning), turned.their_outcome)
        if found:
            base, turning = found[0].posed, [found[0].path]
            shown = evolve(shown, turned=(turning[0], value_at(base.stated, turning[0])))
        if is_one:
            return _Cause(shown, suspected, base, turning)
        return _Cause(evolve(shown, candidates=suspected), frozenset(), base, turning)

    def _cured(self, one: Answered, checks: Sequence[Check]) -> Answered | None:
        """Return a case made like one in order in what some checks read and what it leaves out.

        There is none if it is not in order then.
        """
        base = nearest(one.posed, self._bases(one))
        stated = one.posed.stated
        for path in apart(stated, base.stated) if base is not None else ():
            is_left_out = value_at(stated, path) is NOTHING
            if base is not None and (is_left_out or any(reads(c, [path]) for c in checks)):
                stated = alike(stated, base.stated, path)
        posed = one.posed.stating(stated)
        is_good = posed is not None and posed.decide().outcome is good_outcome(posed.key)
        return self.desk.ask(posed) if posed is not None and is_good else None

    def _agrees(self, aspect: Aspect, posed: Posed) -> bool:
        answered = self.desk.ask(posed)
        wrong = {difference.aspect for difference in answered.differences}
        return answered.claims is not None and aspect not in wrong

    def _shrunk(self, first: Answered, still: Still) -> tuple[Shown, Answered]:
        shrinker = Shrinker(self.desk.ask, still)
        smallest = shrinker.smallest(first, self._bases(first))
        shown = _as_found(smallest)
        return evolve(shown, found_in=first.posed, is_cut_off=shrinker.is_cut_off), smallest

    def _bases(self, one: Answered) -> Sequence[Posed]:
        return self.record.bases[base_key(one.posed)]

    def _is_of(self, cause: _Cause, aspect: Aspect, one: Answered) -> bool:
        """Return whether a disagreement ends with what ends that of a cause."""
        if cause.base is None:
            behind, own = cause.clauses or cause.shown.candidates, _candidates(one)
            return not own or behind <= own
        stated = one.posed.stated
        for path in cause.turning:
            stated = alike(stated, cause.base.stated, path)
        posed = one.posed.stating(stated)
        return posed is not None and self._agrees(aspect, posed)

    def _is_confirmed(self, posed: Posed, first: Answered) -> bool:
        """Return whether a second engine of ours decides as the first one did."""
        one, other = (posed.decide(engine) for engine in ("native", "naive"))
        is_same = (one.hits, one.unsure, one.outcome) == (other.hits, other.unsure, other.outcome)
        if not is_same:
            self.doubtful.append(first)
        return is_same


def _as_found(one: Answered, times: int = 1) -> Shown:
    return Shown(
        one.posed,
        one.posed,
        one.differences,
        one.answer,
        _candidates(one),
        is_cut_off=True,
        times=times,
    )


def _candidates(one: Answered) -> frozenset[str]:
    return frozenset(clause for found in one.differences for clause in found.candidates)
