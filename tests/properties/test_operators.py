# SPDX-License-Identifier: MIT
"""Properties of every operator, whatever fact it tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from caljobs_policy.compiler.operators import Operand, operator_from
from caljobs_policy.dates.business_days import BusinessCalendar, ClosedDay, Weekly, Yearly
from caljobs_policy.dates.durations import (
    Duration,
    Unit,
    day_of,
    days_from,
    noon,
    second_of,
    seconds_from,
)
from caljobs_policy.dates.seconds import seconds_in
from caljobs_policy.engines.native.operators import Named, holding, truth_of
from caljobs_policy.policy.conditions import Test
from caljobs_policy.policy.operators import OPERATORS, Argument, AtLeast, Operator
from caljobs_policy.subjects.facts import AT, Fact, facts_about
from caljobs_policy.subjects.faults import faults
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN, Truth
from caljobs_policy.subjects.value_hooks import fact_reader
from caljobs_policy.syntax.nodes import AnyNode, Scalar
from tests.samples.keys import subject_keys

ZONE: Final = ZoneInfo("America/Los_Angeles")
DAY: Final = date(2025, 6, 2)
NODE: Final = Scalar("written")
NOT_ENGLISH: Final = re.compile(r"\b(None|True|False|UNKNOWN|Unit|Kind|Fact)\b|[(){}\[\]<>=]")
FAILURES: Final = {"missing", "later", "earlier", "too_old", "too_late", "else"}

POOL: Final = ("a", "ab", "abc", "b", "ab*", "blue green")
ENDS: Final = (date.min, date.max, date.max - timedelta(1))
DATES = st.dates(DAY - timedelta(900), DAY + timedelta(900)) | st.dates() | st.sampled_from(ENDS)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ZONES: st.SearchStrategy[Any] = st.none() | OFFSETS | st.just(ZONE)
TIMES = (
    st.datetimes(datetime(2023, 1, 1), datetime(2027, 12, 31), timezones=ZONES)
    | st.datetimes(timezones=ZONES)
    | st.builds(datetime.combine, st.sampled_from(ENDS), st.times(), ZONES)
)
TEXTS = st.text("aAbs \t-–?ß", max_size=5) | st.sampled_from(POOL)  # noqa: RUF001  # a kind of dash
SETS = st.sampled_from(["A-Z", "a-z", "0-9", "a", "bß", "-?"])
LENGTHS = st.integers(0, 8) | st.integers(0, 9_999)
AMOUNTS = st.integers(0, 48) | st.integers(0, 999_999)
CALENDAR: Final = BusinessCalendar(
    (
        ClosedDay("Saturday", Weekly(5)),
        ClosedDay("Sunday", Weekly(6)),
        ClosedDay("New Year's Day", Yearly(1, 1), ((6, 0),)),
    )
)
"""One for all tests, since it works out each year only once."""
FEW: Final = st.integers(0, 800)
DURATIONS = (
    st.builds(Duration, FEW, st.just(Unit.DAYS))
    | st.builds(Duration, FEW, st.just(Unit.BUSINESS_DAYS), st.just(CALENDAR))
    | st.builds(Duration, AMOUNTS, st.sampled_from(Unit))
)
PATTERNS = st.lists(
    st.sampled_from(["DD", "MM", "YY", "YYYY", "-", " ", "975", "a", "D"]), min_size=1, max_size=6
).map("".join)
PARTS: Final = re.compile("YYYY|YY|MM|DD")
DATED: Final = frozenset({Kind.DAY, Kind.TIME, Kind.DAY_OR_TIME})
PLAIN: Final[dict[Kind, tuple[Any, ...]]] = {
    Kind.FLAG: (True, False),
    Kind.WORD: ("?",),
    Kind.TEXT: ("?",),
    Kind.COUNT: (0,),
    Kind.DAY: (DAY,),
    Kind.TIME: (datetime.combine(DAY, time(12), ZONE),),
    Kind.DAY_OR_TIME: (DAY,),
}

each_operator = pytest.mark.parametrize("name", OPERATORS)
DIRECTED: Final = [
    name
    for name, cls in OPERATORS.items()
    if cls.stricter and cls.argument in {Argument.DURATION, Argument.WORDS}
]
"""The operators with a direction; a single word goes neither way."""


@cache
def held(fact: Fact) -> st.SearchStrategy[Any]:
    """Draws what a fact can hold."""
    words = listed(fact)
    strategies: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.FLAG: st.booleans(),
        Kind.WORD: words,
        Kind.TEXT: TEXTS,
        Kind.COUNT: st.integers(0, 50),
        Kind.DAY: DATES,
        Kind.TIME: TIMES,
        Kind.DAY_OR_TIME: DATES | TIMES,
        Kind.WORDS: st.lists(words, max_size=4).map(tuple),
    }
    return strategies[fact.kind]


@cache
def listed(fact: Fact) -> st.SearchStrategy[str]:
    """Draws a word that a fact can hold, or that its list can have in it."""
    vocabulary = fact.holds.vocabulary
    return st.sampled_from(vocabulary if isinstance(vocabulary, tuple) else POOL)


class DrawnBinder:
    """Answers every question of an operator with something drawn."""

    def __init__(self, draw: st.DrawFn, key: str, cls: type[Operator]) -> None:
        self.draw = draw
        self.key = key
        self.kinds = cls.other_kinds or cls.kinds
        self.argument = cls.argument
        # Deadlines that are near are told by what is reached some days early.
        self.early = st.just(0) | st.integers(1, 400) if cls is AtLeast else st.just(0)

    def value(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> Any:
        return self.draw(held(fact).filter(lambda value: value != ""))

    def words(self, node: AnyNode, fact: Fact, cls: type[Operator]) -> tuple[str, ...]:
        word = SETS if self.argument is Argument.CHARACTERS else listed(fact)
        words = st.lists(word, min_size=1, max_size=4, unique=True)
        return tuple(self.draw(words))

    def text(self, node: AnyNode) -> str:
        if self.argument is Argument.RANGE:
            shortest, longest = sorted(self.draw(st.tuples(LENGTHS, LENGTHS)))
            return self.draw(st.sampled_from([f"{shortest} to {longest}", f"{shortest} or more"]))
        if self.argument is Argument.PATTERN:
            return self.draw(PATTERNS.filter(PARTS.search))
        return self.draw(TEXTS.filter(bool))

    def flag(self, node: AnyNode) -> bool:
        return self.draw(st.booleans())

    def fact(self, node: AnyNode) -> Fact:
        return self.draw(facts(self.key, self.kinds))

    def duration(self, node: AnyNode, stricter: str | None) -> Duration:
        return attrs.evolve(self.draw(DURATIONS), early=self.draw(self.early))

    def template(self, node: AnyNode) -> tuple[str | Fact, ...]:
        part = TEXTS.filter(bool) | facts(self.key, self.kinds)
        unique: Any = lambda part: part if isinstance(part, Fact) else object()  # noqa: E731
        return tuple(self.draw(st.lists(part, min_size=1, max_size=4, unique_by=unique)))

    def refuse(self, node: AnyNode, message: str, remedy: str) -> None:
        raise AssertionError(message)


@cache
def facts(key: str, kinds: frozenset[Kind]) -> st.SearchStrategy[Fact]:
    """Draws every kind of fact as often, however many facts are of it."""
    by_kind: dict[Kind, list[Fact]] = {}
    for fact in facts_about(key).values():
        if fact.kind in kinds:
            by_kind.setdefault(fact.kind, []).append(fact)
    return st.one_of([st.sampled_from(found) for found in by_kind.values()])


@cache
def keys(kinds: frozenset[Kind], others: frozenset[Kind]) -> st.SearchStrategy[str]:
    """Draws a subject with a fact of one of the kinds, and one to compare it with."""
    held_by = {key: {fact.kind for fact in facts_about(key).values()} for key in subject_keys()}
    return st.sampled_from([k for k, held in held_by.items() if held & kinds and held & others])


@st.composite
def drawn_tests(draw: st.DrawFn, name: str) -> Test:
    cls = OPERATORS[name]
    key = draw(keys(cls.kinds, cls.other_kinds or cls.kinds))
    fact = draw(facts(key, cls.kinds))
    anchor = (draw(st.sampled_from(cls.sides)), NODE) if cls.sides else None
    operator = operator_from(Operand(cls, NODE, fact, DrawnBinder(draw, key, cls), anchor))
    assert operator is not None
    return Test(fact, operator)


@st.composite
def values_for(draw: st.DrawFn, test: Test) -> tuple[Any, ...]:
    """Draws a value for each fact, the first one often at a boundary of the test."""
    values = [draw(held(fact)) for fact in test.facts]
    near = [*representatives(test, 0, values), *_times_near(values[1:], draw(st.times()))]
    near = [value for value in near if fits(test.fact, value)]
    moved = draw(st.booleans())
    if near and moved:
        values[0] = draw(st.sampled_from(near))
    return tuple(values)


def _times_near(values: Sequence[Any], clock: time) -> Iterator[datetime]:
    for value in values:
        if isinstance(value, date):
            day = day_of(value, ZONE)
            yield from (datetime.combine(days_from(day, step), clock) for step in (-1, 0, 1))


def representatives(test: Test, position: int, values: Sequence[Any]) -> Sequence[Any]:
    """Return values of one fact that stand for all that it could be."""
    mentions = test.operator.mentions()
    if test.facts[position].kind is Kind.WORDS:
        return subsets([*mentions, "?" + "".join(mentions)])
    cells = test.operator.cells(test.facts[position].kind, position, values, ZONE)
    return [*mentions, *cells] or PLAIN[test.facts[position].kind]


def subsets(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [part for size in range(len(words) + 1) for part in combinations(words, size)]


def fits(fact: Fact, value: object) -> bool:
    """Return whether a value is of the fact's kind, be it listed or not."""
    return not faults(value, fact.holds, fact_reader(fact.holds, None))


def truth(test: Test, values: Sequence[Any]) -> Truth:
    return test.operator.truth(values[0], values[1:], ZONE)


def scan(test: Test, position: int, values: Sequence[Any]) -> Iterator[Any]:
    """Return a wide range of values that a fact can hold."""
    kind = test.facts[position].kind
    others = [value for n, value in enumerate(values) if n != position]
    if kind is Kind.FLAG:
        yield from (True, False)
    elif kind is Kind.COUNT:
        yield from range(52)
    elif kind is Kind.WORDS:
        yield from subsets([*dict.fromkeys([*POOL, *test.operator.mentions()])])
    elif kind in {Kind.WORD, Kind.TEXT}:
        words = [*POOL, *test.operator.mentions(), getattr(test.operator, "text", "")]
        words += [other if isinstance(other, str) else dated(test, other) for other in others]
        yield from (text for word in words for text in ("", word, f"a{word}", f"{word}a", "\t"))
    else:
        centres = [value for value in [*others, values[position]] if isinstance(value, date)]
        yield from _dates_around(kind, centres)


def dated(test: Test, day: date) -> str:
    """Fill a day into a pattern, each part in its turn."""
    parts = {"YYYY": f"{day.year:04}", "MM": f"{day.month:02}", "DD": f"{day.day:02}"}
    parts["YY"] = parts["YYYY"][2:]
    return PARTS.sub(lambda part: parts[part[0]], "".join(getattr(test.operator, "pieces", ())))


def _dates_around(kind: Kind, centres: Sequence[date]) -> Iterator[date]:
    for centre in centres:
        days = [days_from(day_of(centre, ZONE), step) for step in range(-800, 801)]
        if kind is not Kind.TIME:
            yield from days
        if kind is not Kind.DAY:
            yield from (datetime.combine(d, time(hour)) for d in days for hour in (0, 9, 23))
            # Where the calendar ends, no time of the zone is as early or late as some of others.
            if isinstance(centre, datetime) and date.min < day_of(centre, ZONE) < date.max:
                yield from (seconds_from(centre, step) for step in range(-2, 3))


def stated(
    test: Test, known: Sequence[Any], unknown: tuple[Any, ...] = (UNKNOWN,)
) -> Iterator[tuple[Any, ...]]:
    """Return each value with what may stand in its place; the moment is always known."""
    for fact, value in zip(test.facts, known, strict=True):
        yield (value,) if fact == AT else (value, None, *unknown)


class Constants:
    """Keeps the constants of generated code under names; the moment alone is certain."""

    def __init__(self, moments: Collection[str]) -> None:
        self.moments = moments
        self.namespace: dict[str, Any] = {"U": UNKNOWN, "ZONE": ZONE}

    def constant(self, value: object) -> str:
        name = f"K{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def is_certain(self, name: str) -> bool:
        return name in self.moments

    def local_day(self, name: str) -> str | None:
        return f"{self.constant(day_of)}({name}, ZONE)" if name in self.moments else None

    def days_between(self, first: str, last: str) -> str:
        return f"({last} - {first}).days"


def compiled(test: Test, *, bare: bool = False) -> Any:
    """Return the function of an operator's code; the bare one takes known, existing values."""
    names = [f"v{n}" for n in range(len(test.facts))]
    constants = Constants([n for n, fact in zip(names, test.facts, strict=True) if fact == AT])
    write = holding if bare else truth_of
    code = write(test.operator, Named(test.facts, names[0], names[1:], constants))
    return eval(f"lambda {', '.join(names)}: {code}", constants.namespace)  # noqa: S307


@each_operator
@given(data=st.data())
def test_generated_code_does_as_the_operator(name: str, data: st.DataObject) -> None:
    test = data.draw(drawn_tests(name))
    known = data.draw(values_for(test))
    assert compiled(test, bare=True)(*known) is test.operator.holds(known[0], known[1:], ZONE)
    function = compiled(test)
    for values in product(*stated(test, known)):
        assert function(*values) is truth(test, values)


@each_operator
@given(data=st.data())
def test_what_is_told_of_unknown_facts_holds_whatever_they_are(
    name: str, data: st.DataObject
) -> None:
    test = data.draw(drawn_tests(name))
    one, other = data.draw(values_for(test)), data.draw(values_for(test))
    choices = [(*pair, None) for pair in zip(one, other, strict=True)]
    for partial in product(*((*choice, UNKNOWN) for choice in choices)):
        told = truth(test, partial)
        completions = product(
            *((p,) if p is not UNKNOWN else c for p, c in zip(partial, choices, strict=True))
        )
        assert told is None or {truth(test, whole) for whole in completions} == {told}


@each_operator
@given(data=st.data())
def test_representatives_reach_every_truth_that_some_value_reaches(
    name: str, data: st.DataObject
) -> None:
    test = data.draw(drawn_tests(name))
    values = list(data.draw(values_for(test)))
    for position, fact in enumerate(test.facts):

        def told(value: Any, position: int = position) -> Truth:
            return truth(test, [*values[:position], value, *values[position + 1 :]])

        some = representatives(test, position, values)
        assert all(fits(fact, value) for value in some)
        reached = {told(value) for value in some}
        if len(reached) < 2:
            missed = [v for v in scan(test, position, values) if told(v) not in reached]
            assert not missed, f"{fact.path}: {missed[0]!r} is like none of {some}"


@pytest.mark.parametrize("name", [name for name, cls in OPERATORS.items() if cls.kinds <= DATED])
@given(data=st.data())
def test_both_days_of_a_boundary_are_among_the_representatives(
    name: str, data: st.DataObject
) -> None:
    test = data.draw(drawn_tests(name))
    values = list(data.draw(values_for(test)))
    for position in (n for n, fact in enumerate(test.facts) if fact.kind is Kind.DAY):
        some = set(representatives(test, position, values))
        near = {days_from(day, step) for day in some for step in range(-100, 101)}
        told = [
            (day, truth(test, [*values[:position], day, *values[position + 1 :]]))
            for day in sorted(near)
        ]
        for (one, before), (next_, after) in pairwise(told):
            if before is not after and next_ - one == timedelta(1):
                assert {one, next_} <= some, f"{test.operator}: {one} is like no other"


@pytest.mark.parametrize("name", [name for name, cls in OPERATORS.items() if Kind.DAY in cls.kinds])
@given(data=st.data())
def test_a_test_holds_on_the_days_of_its_window_alone(name: str, data: st.DataObject) -> None:
    test = data.draw(drawn_tests(name))
    assume(test.fact.kind in DATED)
    values = list(data.draw(values_for(test)))
    position = data.draw(st.integers(0, len(test.facts) - 1))
    known = (*values[:position], *values[position + 1 :], DAY)[0]
    found = test.operator.window(position, known, ZONE)
    assert found is not None
    days = [*(day_of(value, ZONE) for value in values), *ENDS, *data.draw(st.lists(DATES))]
    for centre in (*found, *(day.toordinal() for day in days)):
        for number in range(max(centre - 2, 1), min(centre + 3, date.max.toordinal() + 1)):
            values[position] = date.fromordinal(number)
            assert truth(test, values) is (found[0] <= number <= found[1]), values[position]


@pytest.mark.parametrize("name", [name for name, cls in OPERATORS.items() if Kind.DAY in cls.kinds])
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_test_holds_at_the_times_of_its_window_alone(name: str, data: st.DataObject) -> None:
    test = data.draw(drawn_tests(name))
    assume(test.fact.kind in DATED)
    values = list(data.draw(values_for(test)))
    position = data.draw(st.integers(0, len(test.facts) - 1))
    known = (*values[:position], *values[position + 1 :], DAY)[0]
    found = test.operator.window_of_times(position, known, seconds_in(known, ZONE), ZONE)
    assert found is not None
    middle = noon(day_of(known, ZONE), ZONE)
    steps = [edge + step - second_of(middle, ZONE) for edge in found for step in (-1, 0, 1)]
    times = [seconds_from(middle, step) for step in steps] + data.draw(st.lists(TIMES, max_size=3))
    for value in times:
        # Where the calendar ends, a time keeps an offset that it has nowhere else.
        if date.min.year < value.year < date.max.year:
            values[position] = value
            holds = found[0] <= second_of(value, ZONE) <= found[1]
            assert truth(test, values) is holds, value


@pytest.mark.parametrize("name", DIRECTED)
@given(data=st.data())
def test_what_is_stricter_never_lets_a_test_hold_that_did_not(
    name: str, data: st.DataObject
) -> None:
    test = data.draw(drawn_tests(name))
    known = data.draw(values_for(test))
    lower, higher = data.draw(lower_and_higher(test.operator))
    strict, loose = (lower, higher) if test.operator.stricter == "lower" else (higher, lower)
    for values in product(*((value, None, UNKNOWN) for value in known)):
        if strict.truth(values[0], values[1:], ZONE) is True:
            assert loose.truth(values[0], values[1:], ZONE) is True


@st.composite
def lower_and_higher(draw: st.DrawFn, operator: Any) -> tuple[Operator, Operator]:
    """Draws two of an operator that differ in its number, or in how long its list is."""
    if operator.argument is Argument.DURATION:
        amounts = sorted((operator.duration.amount, draw(AMOUNTS)))
        lengths = [attrs.evolve(operator.duration, amount=amount) for amount in amounts]
        return tuple(attrs.evolve(operator, duration=length) for length in lengths)
    (field,) = (each.name for each in attrs.fields(type(operator)))
    words = getattr(operator, field)
    some = words[: draw(st.integers(1, len(words)))]
    return attrs.evolve(operator, **{field: some}), operator


@each_operator
@given(data=st.data())
def test_operators_speak_english(name: str, data: st.DataObject) -> None:
    test = data.draw(drawn_tests(name))
    said = test.operator.sentence(test.fact)
    denied = test.operator.sentence(test.fact, negated=True)
    assert said != denied
    for text in (said, denied):
        assert text.strip()
        assert not NOT_ENGLISH.search(_without_brackets(text, test.operator.anchors))


def _without_brackets(text: str, facts_in_it: Sequence[Fact]) -> str:
    for fact in facts_in_it:
        text = text.replace(f"<{fact.title}>", fact.title)
    return text


@each_operator
@given(data=st.data())
def test_any_well_typed_value_is_told_for_certain(name: str, data: st.DataObject) -> None:
    test = data.draw(drawn_tests(name))
    known = [_huge(value) for value in data.draw(values_for(test))]
    function = compiled(test)
    for values in product(*stated(test, known, unknown=())):
        assert truth(test, values) is function(*values) is not None
        assert test.operator.failure(values[0], values[1:], ZONE) in FAILURES


def _huge(value: Any) -> Any:
    if isinstance(value, str | tuple):
        return value * (1 + 20_000 // (1 + len(value)))
    return value * 10**30 if type(value) is int else value


@each_operator
def test_operators_go_by_their_names(name: str) -> None:
    cls: type[Operator] = OPERATORS[name]
    assert cls.name == name
    assert cls.stricter in {None, "lower", "higher"}
