# SPDX-License-Identifier: MIT
"""The examples of a page: cases that `evaluate` takes, each under a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caljobs_policy.analysis.comparing.blocks import Block
from caljobs_policy.analysis.comparing.comparison import case_of
from caljobs_policy.analysis.comparing.effects import Effect
from caljobs_policy.analysis.comparing.sources import Source
from caljobs_policy.analysis.samples import in_yaml
from caljobs_policy.report.plan_text import outcome


class Examples:
    """Numbers the effects that are shown, in their order on the page."""

    def __init__(self, sources: tuple[Source, Source]) -> None:
        self.sources = sources
        self.shown: list[Effect] = []

    def number(self, effects: Iterable[Effect]) -> str:
        """Return the mark of an example that shows one of some effects."""
        for effect in effects:
            self.shown.append(effect)
            return f" [example {len(self.shown)}]"
        return ""

    def blocks(self) -> Iterator[Block]:
        """Yield the examples as part of a page."""
        if self.shown:
            yield "2", "Examples"
            yield "p", "`caljobs-policy evaluate` takes each of these cases. All data is made up."
        if self.shown and any(source.revision for source in self.sources):
            yield "p", "To evaluate a case under a revision, check the revision out."
        for number, effect in enumerate(self.shown, 1):
            yield from (("code", text) for text in self._cases(number, effect))

    def _cases(self, number: int, effect: Effect) -> Iterator[str]:
        """Yield the example as a case, or as two where not only the day differs."""
        old, new = map(outcome, effect.outcomes)
        is_same = effect.stated[0] == effect.stated[1]
        if is_same and self.sources[0].profile == self.sources[1].profile:
            day = effect.decisions[1].policy.day
            yield f"# {old}; with `date: {day}` {new}\n{self._case(number, effect, 0)}"
            return
        yield f"# {old}\n{self._case(number, effect, 0)}"
        yield f"# {new}\n{self._case(number, effect, 1)}"

    def _case(self, number: int, effect: Effect, which: int) -> str:
        head = {"case": f"Example {number}", "profile": self.sources[which].profile}
        return in_yaml({**head, **case_of(effect, new=bool(which))})
