# SPDX-License-Identifier: MIT
"""What a subject states among the variables of a space: that it stays, or how it may change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from typing import Any

from caljobs_policy.analysis.explaining.cell_values import bit_of, holds_value, was_signed_on
from caljobs_policy.analysis.formulas.cells import Cell, DatedCell, SignedCell, TextCell
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import (
    FALSE,
    Formula,
    Model,
    all_of,
    any_of,
    denied,
    holds_in,
    implies,
    same,
)
from caljobs_policy.analysis.formulas.text_candidates import TextTest
from caljobs_policy.analysis.formulas.word_cells import WordCell, WordsCell
from caljobs_policy.analysis.variants import Steps, key_of, statements_beside
from caljobs_policy.dates.durations import day_of
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.subjects.facts import Fact, fact_named, facts_about
from caljobs_policy.subjects.fields import fields_of, null_part
from caljobs_policy.subjects.unknown import UNKNOWN


class StatedFacts:
    """The facts of a decision's subject: which of them stay as they are, and what others become.

    Those of one key of a case change together. A fact that is given stays as it is, but one that
    nobody stated may turn out to be anything. What happens to a standing subject, happens now.
    """

    def __init__(self, space: Space, decision: Decision) -> None:
        self.space, self.decision = space, decision
        self.read = reader_of(decision)
        self.stays: dict[Steps, Formula] = {}
        """For each key, the formula that what it states stays as it is."""
        self.rules: list[Formula] = []
        """What always holds, beside the axioms of the space."""
        self.wishes: list[Formula] = []
        """What had better hold, so that no more of a list changes than has to."""
        self._flags: dict[Steps, Formula] = {}
        self.names: dict[Steps, list[str]] = {}
        """For each key, the names of the variables of what it states."""

    def is_open(self, fact: Fact) -> Formula:
        """Return the formula that a fact is left unknown."""
        if not fact.steps:
            return FALSE
        if self._follows(fact):
            return all_of([denied(self._states(fact)), self._must_be(fact)])
        return denied(self._states(fact)) if self.is_unknown(fact) else FALSE

    def _follows(self, fact: Fact) -> bool:
        """Return whether another fact tells of one that is not dated if it is unknown or null."""
        if fact.holds.sure_with is None:
            return False
        value = self.read(fact.as_stated)
        told = self.read(self._telling(fact)[0])
        return value is None or (value is UNKNOWN and told in (fact.holds.sure_with[1], UNKNOWN))

    def _telling(self, fact: Fact) -> tuple[Fact, str]:
        """Return the fact that tells of another one, and the word that says it has happened."""
        name, word = fact.holds.sure_with or ("", "")
        path = f"{fact.path.rpartition('.')[0]}.{name}"
        return facts_about(self.space.key)[path], word

    def _must_be(self, fact: Fact) -> Formula:
        """Return the formula that something has happened or may have, as another fact tells."""
        told, word = self._telling(fact)
        cell = self.space.cell(told)
        is_so = cell.bits[0].get(word, FALSE) if isinstance(cell, WordCell) else FALSE
        return any_of([is_so, self.is_open(told)])

    def is_unknown(self, fact: Fact) -> bool:
        """Return whether nobody stated a fact, or it cannot have come to pass as stated."""
        read = (self.read(one) for one in (fact.as_stated, self.named(fact)))
        return any(value is UNKNOWN for value in read)

    def named(self, fact: Fact) -> Fact:
        """Return a fact as it is read at the moment."""
        return fact_named(fact.path, self.space.key, self.decision.policy.facts) or fact

    def _states(self, fact: Fact) -> Formula:
        key = key_of(fact)
        if key not in self._flags:
            self._flags[key] = self.space.symbols.flag(f"{'.'.join(key)} is stated")
        return self._flags[key]

    def settle(self) -> None:
        """Say what stays and what may change, once all variables of the space are known."""
        self._hold_parts()
        for name, cell in self.space.cells.items():
            if name == "at" and isinstance(cell, DatedCell):
                self.rules.append(holds_value(cell, self.decision.at))
                continue
            fact = self.space.facts[name]
            self.names.setdefault(key_of(fact), []).append(name)
            self._settle(fact, cell)
        for test, truth in self.space.texts.truths.items():
            self._hold_text(test, truth)

    def _hold_parts(self) -> None:
        """Keep parts as they are, but for those that may come to be."""
        for steps, null in self.space.parts.items():
            *above, last = steps
            holder: Any = reduce(getattr, above, self.decision.subject)
            part = getattr(holder, last)
            if part is not null_part(type(part)):
                self.rules.append(denied(null))
            elif not fields_of(type(holder))[last].optional:
                self.rules.append(null)

    def _settle(self, fact: Fact, cell: Cell) -> None:
        key, named = key_of(fact), self.named(fact)
        if self._follows(fact):
            stays = denied(self._states(fact))
            self.rules.append(implies(stays, any_of([self._must_be(fact), cell.null])))
        elif self.is_unknown(fact):
            stays = denied(self._states(fact))
        elif isinstance(cell, TextCell):
            stays = denied(self._changes(key))
            self.rules.append(implies(stays, same(cell.null, self.read(fact) is None)))
        else:
            stays = self._as_stated(fact, cell)
        if fact.holds.given and not self.is_unknown(fact):
            self.rules.append(stays)
        elif named.happens and not fact.holds.given:
            self.rules.append(any_of([stays, self._now(cell)]))
        self.stays[key] = all_of([self.stays.get(key, True), stays])
        self.wishes += self._wishes(fact, cell)

    def _wishes(self, fact: Fact, cell: Cell) -> Iterable[Formula]:
        """Return that words of a list and signatures stay as they are, or that there are none."""
        if isinstance(cell, WordsCell):
            held = self._bits(cell, fact)
            return [same(bit, word in held) for word, bit in cell.bits[0].items()]
        if isinstance(cell, SignedCell):
            return [was_signed_on(cell, [] if self.is_unknown(fact) else self._days(fact))]
        return ()

    def _changes(self, key: Steps) -> Formula:
        return self.space.symbols.flag(f"{'.'.join(key)} changes")

    def _as_stated(self, fact: Fact, cell: Cell) -> Formula:
        """Return the formula that a known fact holds what the subject states."""
        value = self.read(fact.as_stated)
        if isinstance(cell, SignedCell):
            return was_signed_on(cell, self._days(fact))
        if value is None:
            return cell.null
        return all_of([denied(cell.null), holds_value(cell, value)])

    def _days(self, fact: Fact) -> list[date]:
        """Return the days of a form's signatures that matter: the last, and the last so far."""
        statements = statements_beside(fact, self.decision.subject)
        signed = (one.signed_on for one in statements if one.form == fact.form)
        known = [day for day in signed if isinstance(day, date)]
        today = day_of(self.decision.at, self.decision.policy.zone)
        so_far = [day for day in known if day <= today and self.space.stands]
        return sorted({max(some) for some in (known, so_far) if some})

    def _now(self, cell: Cell) -> Formula:
        """Return the formula that something happens at the moment."""
        at = self.decision.at
        today = day_of(at, self.decision.policy.zone)
        if isinstance(cell, SignedCell):
            return was_signed_on(cell, [today])
        now = any_of(holds_value(cell, one) for one in (today, at))
        return all_of([denied(cell.null), now])

    def _bits(self, cell: WordsCell, fact: Fact) -> frozenset[str]:
        """Return the words of a list that stand for those which the subject states."""
        value = self.read(fact)
        stated = value if isinstance(value, tuple) else ()
        return frozenset(bit_of(cell, word) for word in stated)

    def _hold_text(self, test: TextTest, truth: Formula) -> None:
        """Let a test of texts come out as it does while all that it reads stays as it is."""
        facts = test.test.facts
        values = [self.read(fact) for fact in facts]
        if None in values or UNKNOWN in values:
            return
        stay = [self.stays[key_of(fact)] for fact in facts if key_of(fact) in self.stays]
        holds = test.test.operator.holds(values[0], values[1:], self.read.zone)
        self.rules.append(implies(all_of(stay), same(truth, holds)))

    def behind(self, key: Steps) -> list[Fact]:
        """Return the facts that are stated at a key: of signed statements, a day for each form."""
        return [self.named(self.space.facts[name]) for name in self.names[key]]

    def changed(self, model: Model) -> list[Steps]:
        """Return the keys at which a model states something else."""
        return [key for key, stays in self.stays.items() if not holds_in(model, stays)]
