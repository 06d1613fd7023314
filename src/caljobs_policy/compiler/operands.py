# SPDX-License-Identifier: MIT
"""Binds what stands after an operator: values, words and lists, texts, facts, durations."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as AbstractSequence
from typing import Any

from attrs import field, frozen

from caljobs_policy.compiler.directions import CALENDAR, HIGHER, LOWER, signed
from caljobs_policy.compiler.fact_names import fact_of
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import (
    IN_BRACKETS,
    Vocabulary,
    check_brackets,
    on_calendar,
    texts,
)
from caljobs_policy.dates.durations import Duration, Unit, duration_from, how_to_write
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Hook, UnreadableError
from caljobs_policy.errors.problems import shown
from caljobs_policy.policy.operators import OPERATORS, Operator
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind, folded
from caljobs_policy.syntax.node_hooks import count, flag
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.sections import QUALIFIED


@frozen(eq=False)
class OperandBinder:
    """Binds what stands after operators; what cannot be bound is a problem."""

    vocabulary: Vocabulary
    key: str
    """The sort of subject that the conditions are about."""
    layer: int
    """The layer whose words they are written in."""
    problems: Problems
    sign: int = field(default=1, kw_only=True)
    """1 where the policy is stricter if a condition holds for less, -1 where it is looser, and 0
    where neither can be said."""

    def is_qualified(self, fact: Fact) -> bool:
        """Return whether the fact's words are those of another layer than the most local one."""
        return self.layer > 0 and fact.holds.vocabulary in QUALIFIED

    def fact(self, node: AnyNode) -> Fact | None:
        """Find a fact by its name."""
        return fact_of(node, self.key, self.vocabulary, self.problems)

    def is_null(self, node: AnyNode) -> bool:
        """Refuse null, which is asked for with an operator of its own."""
        if not isinstance(node, Scalar) or not node.is_null or not node.text:
            return False
        remedy = "write `given: false` for what does not exist"
        self.problems.add(Code.NULL, node.place, "a condition cannot ask for null", remedy)
        return True

    def value(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> Any:
        """Read a value that the fact can hold, after an operator."""
        if not isinstance(node, Scalar):
            self.problems.add(
                Code.WRONG_KIND, node.place, f"{fact.kind.value} is expected here", "write it alone"
            )
            return None
        if self.is_null(node):
            return None
        if fact.kind is Kind.FLAG:
            return self.flag(node)
        if fact.kind is Kind.COUNT:
            return self._single(count, node)
        return node.text if self._listed(node, fact, cls) else None

    def words(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> tuple[str, ...] | None:
        """Read a list of words, or the name of a list, after an operator."""
        if isinstance(node, MappingNode):
            message = "a list of words or the name of one is expected here"
            self.problems.add(Code.WRONG_KIND, node.place, message, "write `[a, b]`")
            return None
        named = self.list_named(node.text) if isinstance(node, Scalar) else None
        if isinstance(node, Scalar) and named is not None:
            self.vocabulary.use("lists", node.text)
            self._note(f"lists/{node.text}", signed(cls.stricter, self.sign))
            return self._meant(fact, self._fitting_words(named, fact, cls))
        items = node.items if isinstance(node, Sequence) else (node,)
        words = [None if self.is_null(item) else self.text(item) for item in items]
        if not words:
            self.problems.add(
                Code.MISSING, node.place, "the list is empty", "name at least one word"
            )
        scalars = [item for item in items if isinstance(item, Scalar)]
        written = [item for item in scalars if item.text and not item.is_null]
        fits = [self._listed(item, fact, cls) for item in written]
        if not words or None in words or not all(fits):
            return None
        return self._meant(fact, tuple(item.text for item in written))

    def list_named(self, name: str) -> tuple[Word, ...] | None:
        """Find a list of a name that the layer knows, one of its own or of a layer above."""
        sourced = self.vocabulary.lists.get(name)
        known = sourced is not None and sourced.layer >= self.layer
        return sourced.entry.words if sourced is not None and known else None

    def _fitting_words(
        self, words: AbstractSequence[Word], fact: Fact, cls: type[Operator]
    ) -> tuple[str, ...]:
        """Refuse the words of a list that the fact's vocabulary does not list, where they stand."""
        for word in words:
            self._listed(Scalar(word.text, place=word.place), fact, cls)
        return texts(words)

    def _meant(self, fact: Fact, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return words in the meaning that they have for the most local layer."""
        if fact.holds.folded:
            words = tuple(folded(word) for word in words)
        if not self.is_qualified(fact):
            return tuple(dict.fromkeys(words))
        table = str(fact.holds.vocabulary)
        meanings = (self.vocabulary.chain.meaning(table, word, self.layer) for word in words)
        return tuple(dict.fromkeys(word for meaning in meanings for word in meaning))

    def _listed(self, node: Scalar, fact: Fact, cls: type[Operator]) -> bool:
        """Refuse a word that the fact's vocabulary does not list."""
        if node.text.endswith("*"):
            return self._may_stand_for_many(node, cls)
        known = self.vocabulary.words_for(fact, self.layer)
        if known is None or node.text in known:
            table = fact.holds.vocabulary
            if isinstance(table, str):
                self.vocabulary.use(table, node.text, self.layer)
            return True
        message = f"`{fact.path}` has no value {shown(node.text)}"
        self.problems.unlisted(node.place, message, node.text, known)
        return False

    def _may_stand_for_many(self, node: Scalar, cls: type[Operator]) -> bool:
        """Refuse a word that stands for all that it begins, where an operator takes none."""
        if not cls.beginnings:
            takers = " or ".join(f"`{n}`" for n, one in OPERATORS.items() if one.beginnings)
            message = f"{shown(node.text)} stands for many words, which only {takers} takes"
            self.problems.add(Code.MISPLACED, node.place, message, "write the words out")
        return cls.beginnings

    def text(self, node: AnyNode) -> str | None:
        """Read a text."""
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.problems.add(
            Code.WRONG_KIND, node.place, "a text is expected here", "write one that is not empty"
        )
        return None

    def template(self, node: AnyNode) -> tuple[str | Fact, ...] | None:
        """Read a text with facts in it."""
        text = self.text(node)
        if text is None:
            return None
        check_brackets(text, node.place, self.problems)
        pieces = [piece for piece in enumerate(IN_BRACKETS.split(text)) if piece[1]]
        parts = [
            self.fact(Scalar(piece, place=node.place)) if number % 2 else piece
            for number, piece in pieces
        ]
        found = tuple(part for part in parts if part is not None)
        return found if len(found) == len(parts) else None

    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        """Note a value of another kind than an operator takes."""
        self.problems.add(Code.WRONG_KIND, node.place, message, remedy)

    def flag(self, node: AnyNode) -> bool | None:
        """Read true or false."""
        found: bool | None = self._single(flag, node)
        return found

    def _single(self, hook: Hook, node: AnyNode) -> Any:
        try:
            return hook(node, None)
        except UnreadableError as error:
            for problem in error.problems:
                self.problems.keep(problem)
            return None

    def duration(self, node: AnyNode, stricter: str | None) -> Duration | None:
        """Read a duration, or find the parameter of a name.

        `stricter` is the direction of its number in which what it is for holds for less.
        """
        if not isinstance(node, Scalar):
            self.problems.add(
                Code.NOT_A_DURATION, node.place, "a duration is expected here", "such as: 30 days"
            )
            return None
        self.note_duration(node, signed(stricter, self.sign))
        written = duration_from(node.text)
        if written is not None:
            return on_calendar(written, self.vocabulary.calendar, node.place, self.problems)
        found = self.vocabulary.durations.get(node.text)
        if found is None and node.text in self.vocabulary.chain.table("parameters"):
            return None  # what is wrong with it was told
        if found is None and node.text[:1].isdigit():
            self.problems.add(
                Code.NOT_A_DURATION,
                node.place,
                f"{shown(node.text)} is not a duration",
                how_to_write(node.text),
            )
        elif found is None:
            known = self.vocabulary.durations
            remedy = "list it under `parameters`, or write a duration such as 365 days"
            self.problems.unknown(node.place, "parameter", node.text, known, remedy)
        return found

    def note_duration(self, node: AnyNode | None, stricter: str | None) -> None:
        """Note which direction is stricter of a duration, and of the calendar that it counts by."""
        text = node.text if isinstance(node, Scalar) else ""
        found = duration_from(text) or self.vocabulary.durations.get(text)
        self.vocabulary.use("parameters", text)
        self._note(f"parameters/{text}", stricter)
        if found is not None and found.unit is Unit.BUSINESS_DAYS:
            self._note(CALENDAR, stricter)

    def note_missed(self, id_: str, counts: Iterable[AnyNode]) -> None:
        """Note that a condition asks whether a deadline is missed: it holds for less if longer."""
        stricter = signed(HIGHER, self.sign)
        self._note(id_, stricter)
        for one in counts:
            self.note_duration(one, stricter)

    def note_near(self, warning: AnyNode) -> None:
        """Note that a condition asks whether a deadline is near: it holds for less if shorter."""
        self.note_duration(warning, signed(LOWER, self.sign))

    def _note(self, name: str, stricter: str | None) -> None:
        self.vocabulary.directions.note(name, stricter)
