# SPDX-License-Identifier: MIT
"""That one of many formulas holds, but for any one of them, without naming all the others again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caljobs_policy.analysis.formulas.terms import Formula, any_of


class Choices:
    """Formulas in pairs, the pairs in pairs, and so on: all but one are a few of these."""

    def __init__(self, formulas: Iterable[Formula]) -> None:
        row = list(formulas)
        self._rows = [row]
        """For each level, whether any formula below holds."""
        while len(row) > 1:
            row = [any_of(row[start : start + 2]) for start in range(0, len(row), 2)]
            self._rows.append(row)

    def but(self, number: int) -> Formula:
        """Return the formula that any holds but the one of a number."""
        return any_of(self._beside(number))

    def _beside(self, number: int) -> Iterator[Formula]:
        for row in self._rows:
            other = number ^ 1
            if other < len(row):
                yield row[other]
            number //= 2
