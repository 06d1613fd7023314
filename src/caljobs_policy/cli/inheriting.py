# SPDX-License-Identifier: MIT
"""What became of the cases of the profiles above: unchanged, changed and by what, or not run."""

from __future__ import annotations

from collections import Counter

from caljobs_policy.cases.inherited import InheritedCase
from caljobs_policy.cli.terminal import say
from caljobs_policy.errors.problems import printable


class Inheritance:
    """Counts inherited cases, and lists them where that is asked for."""

    def __init__(self, *, everything: bool) -> None:
        self.everything = everything
        self.unchanged = 0
        self.changed = 0
        self.not_run = 0
        self._by: Counter[str] = Counter()
        self._why: Counter[str] = Counter()

    @property
    def found(self) -> int:
        """How many answers there were."""
        return self.unchanged + self.changed

    def add(self, one: InheritedCase) -> None:
        """Count a case that is as it may be."""
        if one.not_run:
            self.not_run += 1
            self._why[one.not_run] += 1
            self._name(one, f"not run, because {one.not_run}")
        elif one.is_changed and one.above and one.here:
            self.changed += 1
            self._by.update(one.by)
            outcomes = f"{one.above.outcome.value} above, {one.here.outcome.value} here"
            self._name(one, f"changed by {', '.join(one.by)}: {outcomes}")
        else:
            self.unchanged += 1
            self._name(one, "unchanged")

    def _name(self, one: InheritedCase, what: str) -> None:
        if self.everything:
            say(printable(f"{one.case.place}: {one.case.title or 'a case'}: {what}"))

    def summary(self) -> None:
        """Print the numbers, and what changed cases or kept them from being run."""
        if not self.found and not self.not_run:
            return
        say(
            f"inherited: {self.unchanged} unchanged, {self.changed} changed, {self.not_run} not run"
        )
        for name, number in sorted(self._by.items(), key=lambda one: (-one[1], one[0])):
            say(f"  changed by {printable(name)}: {number}")
        for why, number in sorted(self._why.items(), key=lambda one: (-one[1], one[0])):
            say(f"  not run, because {printable(why)}: {number}")
