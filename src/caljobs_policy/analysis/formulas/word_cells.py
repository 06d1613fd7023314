# SPDX-License-Identifier: MIT
"""The variables of facts that hold words, which each policy may know by others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from caljobs_policy.analysis.formulas.cells import Cell
from caljobs_policy.analysis.formulas.symbols import Symbols
from caljobs_policy.analysis.formulas.terms import (
    Formula,
    Model,
    Number,
    any_of,
    between,
    denied,
    holds_in,
)
from caljobs_policy.analysis.formulas.words import Pairs, Words


@frozen(eq=False)
class WordCell(Cell):
    """One word; each policy may know it by another."""

    indexes: tuple[Number, ...]
    bits: tuple[Mapping[str, Formula], ...]
    """For each policy, whether the fact holds a word."""

    def stated(self, model: Model, view: int) -> str:
        """Return the word as a policy knows it."""
        return next(word for word, bit in self.bits[view].items() if holds_in(model, bit))

    def variables(self) -> Iterable[Formula]:
        """Return the numbers of the words."""
        return self.indexes


@frozen(eq=False)
class WordsCell(Cell):
    """A list of words, of which only counts which ones are there."""

    bits: tuple[Mapping[str, Formula], ...]

    def stated(self, model: Model, view: int) -> list[str]:
        """Return the words as a policy knows them."""
        return [word for word, bit in self.bits[view].items() if holds_in(model, bit)]

    def variables(self) -> Iterable[Formula]:
        """Return which words are there."""
        return [bit for bits in self.bits for bit in bits.values()]


def likest(word: str, known: Iterable[str]) -> str:
    """Return the word that stands for one which nobody mentions: the same beginning, or none."""
    others = [one.rstrip("?") for one in known if one.endswith("?")]
    begun = max((one for one in others if one and word.startswith(one)), key=len, default="")
    return next(one for one in known if one.endswith("?") and one.rstrip("?") == begun)


def word_cell(name: str, null: Formula, words: Words, symbols: Symbols) -> WordCell:
    """Return the cell of one word.

    A word that another policy knows by no word is one that the fact cannot hold under both.
    """
    indexes: list[Number] = []
    bits: list[Mapping[str, Formula]] = []
    for view, (listed, pairs) in enumerate(words.each):
        if view and pairs is None:
            indexes.append(indexes[0])
            bits.append({word: bits[0][word] for word in listed if word in bits[0]})
        else:
            index = symbols.number(f"{name} word {view}")
            symbols.say(between(0, index, len(listed) - 1))
            indexes.append(index)
            bits.append({word: index == number for number, word in enumerate(listed)})
        symbols.say(any_of([null, *bits[view].values()]))
        if view and pairs is not None:
            for word, bit in bits[0].items():
                others = [bits[view][other] for one, other in pairs if one == word]
                symbols.say(any_of([null, denied(bit), *others]))
    return WordCell(null, tuple(indexes), tuple(bits))


def words_cell(name: str, null: Formula, words: Words, symbols: Symbols) -> WordsCell:
    """Return the cell of a list of words.

    Under the policies of one profile, each knows every word of the list. Under those of several
    layers, a word that only the most local one knows is not there for the others.
    """
    bits: list[Mapping[str, Formula]] = []
    for view, (listed, pairs) in enumerate(words.each):
        if not view:
            bits.append({word: symbols.flag(f"{name} has {word}") for word in listed})
        elif pairs is None:
            bits.append({word: bits[0][word] for word in listed if word in bits[0]})
            if words.is_one_profile:
                strange = [bit for word, bit in bits[0].items() if word not in bits[view]]
                symbols.say(any_of([null, denied(any_of(strange))]))
        else:
            bits.append({word: symbols.flag(f"{name} has {word} {view}") for word in listed})
            _pair(null, bits[0], bits[view], pairs, symbols)
    return WordsCell(null, tuple(bits))


def _pair(
    null: Formula,
    here: Mapping[str, Formula],
    there: Mapping[str, Formula],
    pairs: Pairs,
    symbols: Symbols,
) -> None:
    """Say that each word of a list has its counterpart in the other, as far as it has any."""
    for word, bit in here.items():
        others = [there[other] for one, other in pairs if one == word and other in there]
        if others:
            symbols.say(any_of([null, denied(bit), *others]))
    for word, bit in there.items():
        others = [here[one] for one, other in pairs if other == word and one in here]
        symbols.say(any_of([null, denied(bit), *others]))
