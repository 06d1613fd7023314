# SPDX-License-Identifier: MIT
"""How each operator is written as Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

from attrs import define

from caljobs_policy.dates.durations import Unit, compare
from caljobs_policy.policy.operators import (
    After,
    AtLeast,
    Before,
    ContainsEach,
    ContainsLoosely,
    ContainsOnly,
    ContainsWords,
    Exactly,
    FewerThan,
    Given,
    Has,
    HasAll,
    HasOnly,
    In,
    Is,
    Length,
    MoreThan,
    NotIn,
    Operator,
    Reads,
    SameAs,
    StartsWith,
    Within,
)
from caljobs_policy.policy.operators.texts import loosened
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import WORDED, Kind

Span: TypeAlias = Within | MoreThan | AtLeast
SPANS: Final = (Within, MoreThan, AtLeast)


class Names(Protocol):
    """Names for the constants of generated code; a value never gets into its text."""

    def constant(self, value: object) -> str:
        """Return the name under which the code finds a value."""

    def is_certain(self, name: str) -> bool:
        """Return whether what the name stands for is never null and never unknown."""

    def local_day(self, name: str) -> str | None:
        """Return the name of the day of a time that is certain; None where it is not."""

    def days_between(self, first: str, last: str) -> str:
        """Return text for the number of days from one day to another."""


@define(eq=False)
class Named:
    """The names of the values of a test, its own fact's and those of its anchors."""

    facts: Sequence[Fact]
    """These facts, in the same order."""
    value: str
    others: Sequence[str]
    names: Names

    def constant(self, value: object) -> str:
        """Return the name under which the code finds a value."""
        return self.names.constant(value)


Write: TypeAlias = Callable[[Any, Named], str]


def truth_of(operator: Operator, named: Named) -> str:
    """Return Python text that does as `truth`, for any values."""
    if write := _AT_ONCE.get(type(operator)):
        return write(operator, named)
    open_ = [name for name in (named.value, *named.others) if not named.names.is_certain(name)]
    known = holding(operator, named)
    if not open_:
        return known
    if len(open_) == 1:
        null = "is None or" if operator.if_null else "is not None and"
        return f"None if {open_[0]} is U else {open_[0]} {null} {known}"
    known = f"None if {' is U or '.join(open_)} is U else {known}"
    return f"{operator.if_null} if {' is None or '.join(open_)} is None else {known}"


def holding(operator: Operator, named: Named) -> str:
    """Return Python text that does as `holds`, for known, existing values."""
    return WRITTEN[type(operator)](operator, named)


def _is(operator: Is, named: Named) -> str:
    if isinstance(operator.value, bool):
        return named.value if operator.value else f"not {named.value}"
    return f"{named.value} == {named.constant(operator.value)}"


def _is_at_once(operator: Is, named: Named) -> str:
    """Try the equal value first: neither null nor unknown is equal to any."""
    flag = isinstance(operator.value, bool)
    equal = f"{named.value} is {operator.value}" if flag else _is(operator, named)
    return f"{equal} or {named.value} is U and None"


def _in(operator: In | NotIn, named: Named) -> str:
    """Look the value up in a set; there is none for a single word."""
    if len(operator.values) == 1:
        return f"{named.value} == {named.constant(operator.values[0])}"
    return f"{named.value} in {named.constant(frozenset(operator.values))}"


def _in_at_once(operator: In, named: Named) -> str:
    """Try the listed words first: neither null nor unknown is listed."""
    return f"{_in(operator, named)} or {named.value} is U and None"


def _not_in(operator: NotIn, named: Named) -> str:
    return f"not {_in(operator, named)}"


def _not_in_at_once(operator: NotIn, named: Named) -> str:
    """Try the unknown value last: null is not listed."""
    return f"False if {_in(operator, named)} else None if {named.value} is U else True"


def _given(operator: Given, named: Named) -> str:
    """Compare with an empty list, or with a blank text; anything else is there."""
    kind = named.facts[0].kind
    if kind is Kind.WORDS:
        return f"({named.value} != ()) is {operator.expected}"
    if kind in WORDED:
        return f"({named.value}.strip() != '') is {operator.expected}"
    return str(operator.expected)


def _given_at_once(operator: Given, named: Named) -> str:
    """Answer null before all else."""
    value, known = named.value, _given(operator, named)
    return f"{not operator.expected} if {value} is None else None if {value} is U else {known}"


def _fewer_than(operator: FewerThan, named: Named) -> str:
    return f"{named.value} < {named.constant(operator.number)}"


def _has_all(operator: Has | HasAll, named: Named) -> str:
    found = (f"{named.constant(member)} in {named.value}" for member in operator.members)
    return " and ".join(found)


def _has_only(operator: HasOnly, named: Named) -> str:
    value, exact = named.value, named.constant(operator.exact)
    if not operator.prefixes:
        return f"{exact}.issuperset({value})"
    begun = f"i.startswith({named.constant(operator.prefixes)})"
    return f"({value} == () or all([i in {exact} or {begun} for i in {value}]))"


def _exactly(operator: Exactly, named: Named) -> str:
    return f"{named.constant(frozenset(operator.members))} == frozenset({named.value})"


def _same_as(operator: SameAs, named: Named) -> str:
    loose, value = named.constant(loosened), named.value
    return f"{loose}({value}) != '' and {loose}({value}) == {loose}({named.others[0]})"


def _starts_with(operator: StartsWith, named: Named) -> str:
    return f"{named.value}.startswith({named.constant(operator.text)})"


def _contains_loosely(operator: ContainsLoosely, named: Named) -> str:
    """Look for the text loosely; one without facts is loosened beforehand."""
    if named.others:
        return _as_it_holds(operator, named)
    text = named.constant(loosened(operator.filled(())))
    return f"{text} in {named.constant(loosened)}({named.value})"


def _as_it_holds(operator: Operator, named: Named) -> str:
    """Call the operator's own function."""
    others = "".join(f"{other}," for other in named.others)
    return f"{named.constant(operator.holds)}({named.value}, ({others}), ZONE)"


def _length(operator: Length, named: Named) -> str:
    least = f"{named.constant(operator.shortest)} <= len({named.value})"
    return least if operator.longest is None else f"{least} <= {named.constant(operator.longest)}"


def _contains_each(operator: ContainsEach, named: Named) -> str:
    found = (f"not {named.constant(m)}.isdisjoint({named.value})" for m in operator.members)
    return " and ".join(found)


def _contains_only(operator: ContainsOnly, named: Named) -> str:
    return f"{named.constant(operator.allowed)}.issuperset({named.value})"


def _reads(operator: Reads, named: Named) -> str:
    return f"{named.value} == {named.constant(operator.filled)}({named.others[0]})"


def _in_order(sign: str) -> Write:
    """Compare dates as they are, and times with respect to their offsets."""

    def written(operator: Before | After, named: Named) -> str:
        if days := _days(named):
            return f"{days[0]} {sign} {days[1]}"
        return f"{named.constant(compare)}({named.value}, {named.others[0]}, ZONE) {sign} 0"

    return written


def _days(named: Named) -> tuple[str, str] | None:
    """Return names for the days of two facts, where one is a date and the other's day is known."""
    kinds = [fact.kind for fact in named.facts]
    if Kind.DAY not in kinds:
        return None
    first, second = (
        name if kind is Kind.DAY else named.names.local_day(name)
        for kind, name in zip(kinds, (named.value, *named.others), strict=True)
    )
    return None if first is None or second is None else (first, second)


def days_of(operator: Operator, named: Named) -> tuple[str, str] | None:
    """Return names for the first and the last day of a span of whole days."""
    if not isinstance(operator, SPANS) or operator.duration.unit is not Unit.DAYS:
        return None
    days = _days(named)
    return None if days is None else operator.ordered(*days)


def _span(form: str) -> Write:
    """Subtract whole days where both are dates."""

    def written(operator: Span, named: Named) -> str:
        days = days_of(operator, named)
        if days is None:
            return _as_it_holds(operator, named)
        return form.format(named.names.days_between(*days), named.constant(operator.whole_days))

    return written


WRITTEN: Final[Mapping[type[Operator], Write]] = {
    Is: _is,
    In: _in,
    NotIn: _not_in,
    Given: _given,
    FewerThan: _fewer_than,
    Has: _has_all,
    HasAll: _has_all,
    HasOnly: _has_only,
    Exactly: _exactly,
    SameAs: _same_as,
    StartsWith: _starts_with,
    ContainsLoosely: _contains_loosely,
    ContainsWords: _as_it_holds,
    Length: _length,
    ContainsEach: _contains_each,
    ContainsOnly: _contains_only,
    Reads: _reads,
    Before: _in_order("<"),
    After: _in_order(">"),
    Within: _span("0 <= {0} <= {1}"),
    MoreThan: _span("{0} > {1}"),
    AtLeast: _span("{0} >= {1}"),
}
"""How known, existing values are tested, by exact class."""
_AT_ONCE: Final[Mapping[type[Operator], Write]] = {
    Is: _is_at_once,
    In: _in_at_once,
    NotIn: _not_in_at_once,
    Given: _given_at_once,
}
"""What is faster than to ask for null and unknown first."""
