# SPDX-License-Identifier: MIT
"""Operators over text: `same_as`, `starts_with`, `contains_loosely`, `contains_words`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import chain
from typing import Any, ClassVar

from attrs import frozen

from caljobs_policy.policy.operators.operator import Argument, Operator
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import WORDED, Kind

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")  # noqa: RUF001  # the kinds of dash
_MARK = "\N{NULL}"


def loosened(text: str) -> str:
    """Return a text without its letter case, runs of blanks and kinds of dash."""
    return " ".join(text.translate(_DASHES).split()).casefold()


@frozen
class SameAs(Operator):
    """Two texts are the same but for letter case and blanks; one that is missing is like none."""

    name: ClassVar = "same_as"
    argument: ClassVar = Argument.FACT
    kinds: ClassVar = WORDED
    other: Fact

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact that it is compared with."""
        return (self.other,)

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare loosely; blank texts are like none."""
        text = loosened(value)
        return bool(text) and text == loosened(others[0])

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return the other text and one unlike it."""
        other = values[1 - position]
        return (other, f"{other}?") if isinstance(other, str) else ("?",)

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the other fact."""
        return f"is the same as the {speech.fact(self.other)}"


@frozen
class StartsWith(Operator):
    """The text begins with another."""

    name: ClassVar = "starts_with"
    argument: ClassVar = Argument.TEXT
    kinds: ClassVar = WORDED
    text: str

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Compare the beginning."""
        return bool(value.startswith(self.text))

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return a text with the beginning and one without."""
        return (self.text, "" if self.text else "?")

    def words(self, fact: Fact, speech: Speech) -> str:
        """Quote the beginning."""
        return f"begins with “{self.text}”"


@frozen
class _Containing(Operator):
    """Base of the operators that look for a text; not an operator itself."""

    argument: ClassVar = Argument.TEMPLATE
    kinds: ClassVar = WORDED
    template: tuple[str | Fact, ...]

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The facts in the text."""
        return tuple(part for part in self.template if not isinstance(part, str))

    def filled(self, others: Sequence[Any]) -> str:
        """Return the text with the values of its facts filled in."""
        values = iter(others)
        return "".join(p if isinstance(p, str) else str(next(values)) for p in self.template)

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> Iterable[Any]:
        """Return a text that contains the other and one that does not."""
        others = [other if isinstance(other, str) else "?" for other in values[1:]]
        if not position:
            return (self.filled(others), "")
        if not isinstance(values[0], str):
            return ("", "?")
        text = loosened(values[0])
        # What is longer than the text cannot be in it. What fits is found only as it is tried.
        return chain([f"{text}?"], self._fitting(*self._around(position, others), text))

    @abstractmethod
    def _fitting(self, begin: str, end: str, text: str) -> Iterator[str]:
        """Yield what a fact can be that has a beginning and an end around it in a text."""

    def _around(self, position: int, others: list[str]) -> tuple[str, str]:
        """Return what comes before one fact and what after it, loosened."""
        marked = self.filled([*others[: position - 1], _MARK, *others[position:]])
        before, _, after = marked.partition(_MARK)
        begin = loosened(before + _MARK).removesuffix(_MARK)
        return begin, loosened(_MARK + after).removeprefix(_MARK)

    def words(self, fact: Fact, speech: Speech) -> str:
        """Quote the text; a fact that is all of it is named."""
        only = self.template[0] if len(self.template) == 1 else ""
        if not isinstance(only, str):
            return f"contains the {speech.fact(only)}"
        text = "".join(p if isinstance(p, str) else f"<{speech.fact(p)}>" for p in self.template)
        return f"contains “{text}”"


@frozen
class ContainsLoosely(_Containing):
    """The text contains another, whatever the letter case, runs of blanks and kinds of dash.

    The other text may hold facts; one that does not exist is contained in nothing.
    """

    name: ClassVar = "contains_loosely"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Look for the text loosely; a blank fact is contained in nothing."""
        if any(not str(other).strip() for other in others):
            return False
        return loosened(self.filled(others)) in loosened(value)

    def _fitting(self, begin: str, end: str, text: str) -> Iterator[str]:
        """Yield all that stands between the two."""
        start = text.find(begin) + len(begin)
        yield text[start : text.rfind(end, start)] if end else text[start:]


@frozen
class ContainsWords(_Containing):
    """The text contains another as whole words, as loosely as `contains_loosely` looks for it.

    What begins or ends with a letter or a digit must not touch another one there.
    """

    name: ClassVar = "contains_words"

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Look for the text loosely, where it stands by itself; a blank one stands nowhere."""
        if any(not str(other).strip() for other in others):
            return False
        return _has_words(loosened(value), loosened(self.filled(others)))

    def _fitting(self, begin: str, end: str, text: str) -> Iterator[str]:
        """Yield what stands between each place of the one and each of the other."""
        starts = _places(begin, text) if begin else [0]
        ends = list(_places(end, text)) if end else [len(text)]
        for start in starts:
            for stop in ends:
                if start + len(begin) <= stop:
                    yield text[start + len(begin) : stop]

    def words(self, fact: Fact, speech: Speech) -> str:
        """Say that it stands there by itself."""
        return f"{super().words(fact, speech)} as whole words"


def _places(part: str, text: str) -> Iterator[int]:
    """Yield each place at which a text holds a part of it."""
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _has_words(text: str, words: str) -> bool:
    """Report whether a text holds words that no letter or digit touches on either side."""

    def joined(left: str, right: str) -> bool:
        return left.isalnum() and right.isalnum()

    return any(
        not joined(text[start - 1 : start], words[0])
        and not joined(words[-1], text[start + len(words) : start + len(words) + 1])
        for start in _places(words, text)
        if words
    )
