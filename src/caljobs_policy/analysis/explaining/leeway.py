# SPDX-License-Identifier: MIT
"""How far what changes may differ and do as well: other days, other numbers, other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Final

from attrs import field, frozen

from caljobs_policy.analysis.variants import Steps, Variants
from caljobs_policy.dates.durations import FIRST_DAY, LAST_DAY, day_of
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Fact, subject_key
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN

_MOST: Final = 60
"""So many values are tried on each side of a day or a number."""
_MANY: Final = 200
"""Of a table of so many words, no others are tried."""
_MOST_CORNERS: Final = 64
"""So many combinations of the ends of several spans are tried."""


@frozen
class Span:
    """All days or numbers from the first to the last; None where there is no such end."""

    first: Any
    last: Any


@frozen
class Change:
    """One value that changes, and which others would do as well beside the other changes."""

    key: Steps
    fact: Fact
    """What is stated there; of signed statements, the day on which one form was signed."""
    value: Any
    span: Span | None = None
    words: tuple[str, ...] = ()
    """All words that would do, where it is one of a table."""
    was: Any = field(default=None, repr=False)
    """What was stated; it may be personal data."""


class Leeway:
    """Tries other values than those of a change, one fact at a time and then together."""

    def __init__(self, variants: Variants, changes: Mapping[Steps, Any], turned: Decision) -> None:
        self.variants, self.outcome = variants, turned.outcome
        self.changes = dict(changes)
        self.turned = turned
        plan = turned.policy.plans[subject_key(turned.subject)]
        self.tests = tuple(dict.fromkeys(test for check in plan.checks for test in check.tests))

    def does(self, changes: Mapping[Steps, Any]) -> bool:
        """Return whether some changes lead to the same outcome."""
        decision = self.variants.decide(changes)
        return decision is not None and decision.outcome is self.outcome

    def of_day(self, fact: Fact, put: Callable[[date], Mapping[Steps, Any]], day: date) -> Span:
        """Return the days around one that would do as well."""
        moment = self.turned.at
        days = {day, day_of(moment, self.turned.policy.zone)}
        for value in self._boundaries(fact):
            one = value.date() if isinstance(value, datetime) else value
            days |= {
                one + timedelta(n) for n in (-1, 0, 1) if FIRST_DAY < one.toordinal() < LAST_DAY
            }
        return _span(sorted(days), day, lambda one: self.does(put(one)))

    def of_count(self, fact: Fact, put: Callable[[int], Mapping[Steps, Any]], count: int) -> Span:
        """Return the numbers around one that would do as well."""
        numbers = {count, 0, *(n for n in self._boundaries(fact) if isinstance(n, int))}
        tried = {n + step for n in numbers for step in (-1, 0, 1) if n + step >= 0}
        return _span(sorted(tried), count, lambda one: self.does(put(one)))

    def of_word(self, fact: Fact, put: Callable[[str], Mapping[Steps, Any]]) -> tuple[str, ...]:
        """Return the words of a fact's table that would do as well."""
        table = self.turned.policy.words_for(fact.holds) or ()
        return tuple(word for word in table if self.does(put(word))) if len(table) < _MANY else ()

    def _boundaries(self, fact: Fact) -> Iterator[Any]:
        """Yield values on each side of every boundary of a fact beside what else is stated."""
        read = reader_of(self.turned)
        for test in self.tests:
            for position, one in enumerate(test.facts):
                if one.path == fact.path:
                    yield from values_beside(test, position, read, self.turned.policy)

    def hold_together(self, spans: Sequence[tuple[Span, Callable[[Any], None]]]) -> bool:
        """Return whether all ends of some spans do as well together."""
        ends = [[end for end in (s.first, s.last) if end is not None] or [None] for s, _ in spans]
        for number, corner in enumerate(product(*ends)):
            if number >= _MOST_CORNERS:
                return False
            for end, (_, put) in zip(corner, spans, strict=True):
                if end is not None:
                    put(end)
            if not self.does(self.changes):
                return False
        return True


def values_beside(
    test: Test, position: int, read: Callable[[Fact], Any], policy: Policy
) -> Iterable[Any]:
    """Return values of one of the facts of a test on each side of its limits, given the others."""
    values = [read(fact) for fact in test.facts]
    others = [value for number, value in enumerate(values) if number != position]
    if None in others or UNKNOWN in others:
        return ()
    kind = Kind.DAY if test.facts[position].form else test.facts[position].kind
    return test.operator.cells(kind, position, values, policy.zone)


def _span(tried: Sequence[Any], value: Any, does: Callable[[Any], bool]) -> Span:
    """Return the ends of what does without a gap around a value; None if it goes on."""
    place = tried.index(value)
    return Span(_end(tried[:place][::-1], value, does), _end(tried[place + 1 :], value, does))


def _end(tried: Sequence[Any], value: Any, does: Callable[[Any], bool]) -> Any:
    end = value
    for number, one in enumerate(tried):
        if number >= _MOST or not does(one):
            return end
        end = one
    return None
