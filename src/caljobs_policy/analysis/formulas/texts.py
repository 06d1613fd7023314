# SPDX-License-Identifier: MIT
"""Tests of texts: a free truth for each, and what is learned where no text has some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

import z3
from attrs import frozen

from caljobs_policy.analysis.formulas.single_texts import decided, is_never
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import (
    Formula,
    Model,
    all_of,
    denied,
    holds_in,
    implies,
)
from caljobs_policy.analysis.formulas.text_candidates import (
    Place,
    TextTest,
    Wanted,
    texts_for,
)
from caljobs_policy.policy.conditions import Test


@frozen(eq=False)
class Beside:
    """What tests of texts read beside texts: how to find its value, and to say that it has it."""

    value: Callable[[Any], Any]
    """Returns what it holds in a model."""
    is_value: Callable[[Any, Wanted], Formula]
    """Returns the formula that it holds a value, or another that some tests take for the same."""


class Texts:
    """The tests of all texts of a subject."""

    def __init__(self, zone: tzinfo, symbols: Symbols) -> None:
        self.zone, self.symbols = zone, symbols
        self.truths: dict[TextTest, Formula] = {}
        self.exist: dict[TextTest, Formula] = {}
        """For each test, whether all that it reads exists."""
        self.beside: dict[Place, Beside] = {}
        self.lemmas = 0
        self.guessed: list[Wanted] = []
        """What was ruled out only since no candidate has it."""

    def truth(self, test: Test, places: Sequence[Place], exist: Formula) -> Formula:
        """Return whether a test of existing texts holds."""
        key = TextTest(test, tuple(places))
        if key not in self.truths:
            name = f"{' '.join(places)} {test.operator.name} {len(self.truths)}"
            self.truths[key] = self.symbols.flag(name)
            self.exist[key] = exist
        return self.truths[key]

    def found(self, model: Model) -> dict[Place, str] | None:
        """Return texts with the truths that a model gives them; None after learning a lemma."""
        wanted = {}
        for one, truth in self.truths.items():
            value = model.eval(truth)
            is_told = z3.is_true(value) or z3.is_false(value)
            if is_told and holds_in(model, self.exist[one]):
                wanted[one] = bool(z3.is_true(value))
        found: dict[Place, str] = {}
        is_real = True
        for group in self._groups(wanted):
            known = self._known(group, model)
            texts = self._texts_for(group, known)
            if texts is None:
                self._learn(group, known)
                is_real = False
            else:
                found |= texts
        return found if is_real else None

    def _groups(self, wanted: Wanted) -> Sequence[Wanted]:
        """Return the tests that share texts, together."""
        groups: dict[int, dict[TextTest, bool]] = {}
        group_of: dict[Place, int] = {}
        for number, (one, truth) in enumerate(wanted.items()):
            texts = self._texts([one])
            first, *others = [*dict.fromkeys(group_of[t] for t in texts if t in group_of), number]
            groups.setdefault(first, {})[one] = truth
            for other in others:
                merged = groups.pop(other, {})
                groups[first] |= merged
                group_of |= dict.fromkeys(self._texts(merged), first)
            group_of |= dict.fromkeys(texts, first)
        return [*groups.values()]

    def _texts(self, tests: Iterable[TextTest]) -> list[Place]:
        places = (place for one in tests for place in one.places)
        return list(dict.fromkeys(place for place in places if place not in self.beside))

    def _known(self, tests: Wanted, model: Any) -> dict[Place, Any]:
        places = {place for one in tests for place in one.places}
        return {p: one.value(model) for p, one in self.beside.items() if p in places}

    def _texts_for(self, wanted: Wanted, known: Mapping[Place, Any]) -> dict[Place, str] | None:
        texts = self._texts(wanted)
        for text in texts:
            about = {one: truth for one, truth in wanted.items() if self._texts([one]) == [text]}
            is_sure, found = decided(about, text, known)
            if is_sure and found is None:
                return None
            if is_sure and len(texts) == 1 and found is not None:
                return {text: found}
        return texts_for(wanted, texts, known, self.zone)

    def _learn(self, wanted: Wanted, known: Mapping[Place, Any]) -> None:
        """Rule out as little as has no text."""
        core = dict(wanted)
        for one in wanted:
            fewer = {key: truth for key, truth in core.items() if key != one}
            if self._texts_for(fewer, known) is None:
                core = fewer
        given = self._given(core, known)
        literals = [self.truths[one] if t else denied(self.truths[one]) for one, t in core.items()]
        exist = [self.exist[one] for one in core]
        self.lemmas += 1
        self.symbols.say(implies(all_of([*exist, *given]), denied(all_of(literals))))

    def _given(self, core: Wanted, known: Mapping[Place, Any]) -> list[Formula]:
        """Return beside what other values there is no text with some truths."""
        texts = self._texts(core)
        if len(texts) == 1 and is_never(core, texts[0]):
            return []
        if len(texts) > 1 or not decided(core, texts[0], known)[0]:
            self.guessed.append(core)
        places = {place for one in core for place in one.places}
        return [self.beside[p].is_value(v, core) for p, v in known.items() if p in places]
