# SPDX-License-Identifier: MIT
"""Writes functions of a plan, which load facts and find truths of conditions.

The text of a function is made of fixed templates, numbered names and attribute names of the model;
every value of a profile reaches it through its namespace, never through its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from math import nan
from types import CodeType
from typing import Any, Final

from caljobs_policy.dates.durations import compare, day_of
from caljobs_policy.engines.native.operators import SPANS, Named, days_of, holding, truth_of
from caljobs_policy.policy.conditions import ALWAYS, AllOf, Condition, Not, Test, parts_of
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN

MOMENT: Final = "at"
DAY: Final = "day"
DAY_OF_MOMENT: Final = f"DAY_OF({MOMENT}, ZONE)"
_SEVERAL: Final = 2
"""So many tests have to ask for a number of days for it to get a name."""
_CONTRARY: Final = {"True": "False", "False": "True"}


class _AnyNumber:
    """An unknown number: whether it is greater or less than another cannot be told."""

    def __lt__(self, other: object) -> None:
        return None

    __le__ = __gt__ = __ge__ = __lt__


_SHARED: Final[Mapping[str, Any]] = {
    "U": UNKNOWN,
    "NONE": ((), ()),
    "D": date,
    "T": datetime,
    "DAY_OF": day_of,
    "COMPARE": compare,
    "NO_DAYS": nan,
    "ANY_DAYS": _AnyNumber(),
}
"""What every function finds under the same names."""


class Writer:
    """Writes one function about a plan."""

    def __init__(self, plan: Plan, zone: tzinfo, codes: dict[str, CodeType] | None = None) -> None:
        self.plan = plan
        self.zone = zone
        self.codes = {} if codes is None else codes
        """What is compiled, by its text: rules of one form differ in their constants alone."""
        self.namespace: dict[str, Any] = {**_SHARED, "ZONE": zone}
        self.constants = 0
        self.reads_day = False
        self.facts: dict[Fact, str] = {}
        self.parts: dict[tuple[str, ...], str] = {(): "s"}
        self.hoisted: dict[Condition, str] = {}
        self.spans: dict[tuple[str, str], str] = {}
        """The names of numbers of days, by those of the first and the last day."""
        self.temporaries = 0

    def constant(self, value: object) -> str:
        """Return the name under which the function finds a value.

        Each use has a name of its own, so that a text does not depend on which values are equal.
        """
        self.constants += 1
        name = f"K{self.constants}"
        self.namespace[name] = value
        return name

    def is_certain(self, name: str) -> bool:
        """Return whether what the name stands for is always there: the moment is."""
        return name == MOMENT

    def local_day(self, name: str) -> str | None:
        """Return the name of the day of the moment, which is worked out once."""
        if name != MOMENT:
            return None
        self.reads_day = True
        return DAY

    def days_between(self, first: str, last: str) -> str:
        """Return the number of days from one day to another, by its name if it has one."""
        return self.spans.get((first, last), f"({last} - {first}).days")

    def function(self) -> Callable[[Subject, datetime | None], Any]:
        """Write and compile the function."""
        raise NotImplementedError

    def made(self, text: str) -> Any:
        """Compile the text of a function and return it, with the constants named so far."""
        # The text holds only names made here, so nothing of a profile can run.
        if text not in self.codes:
            self.codes[text] = compile(text, f"<plan {self.plan.key}>", "exec")
        exec(self.codes[text], self.namespace)  # noqa: S102
        # Without its own name there, all of it goes as soon as nobody needs it.
        return self.namespace.pop("plan")

    def _defined(self, body: list[str]) -> str:
        """Return the text of a function with some lines, after the day of the moment if need be."""
        if self.reads_day:
            body = [f"{DAY} = {DAY_OF_MOMENT}", *body]
        return defined(f"(s, {MOMENT})", body)

    def _loads(self, facts: Iterable[Fact]) -> Iterator[str]:
        """Load every part and every fact once."""
        parts = self.parts
        for fact in facts:
            if fact in self.facts:
                continue
            if fact.constant is not None:
                self.facts[fact] = self.constant(fact.constant)
                continue
            if not fact.steps:
                self.facts[fact] = MOMENT
                continue
            name = self.facts[fact] = f"f{len(self.facts)}"
            if fact.own:
                missing = "None" if fact.holds.optional else "U"
                yield f"{name} = s.own.get({self.constant(fact.steps[0])}, {missing})"
                yield from self._at_moment(fact, name)
                continue
            above = fact.steps if fact.form is not None else fact.steps[:-1]
            for depth in range(1, len(above) + 1):
                if above[:depth] not in parts:
                    parts[above[:depth]] = f"p{len(parts)}"
                    holder = parts[above[: depth - 1]]
                    yield f"{parts[above[:depth]]} = {holder}.{above[depth - 1]}"
            holder = parts[above]
            if fact.form is None:
                yield f"{name} = {holder}.{fact.steps[-1]}"
                yield from self._at_moment(fact, name)
            else:
                yield from self._signature(fact, name, holder)

    def _at_moment(self, fact: Fact, name: str) -> Iterator[str]:
        """Read a date that lies after the moment as null, where it has to have happened."""
        if not fact.happens:
            return
        self.reads_day = True
        later = f"{name}.__class__ is D and {name} > {DAY}"
        if fact.kind is not Kind.DAY:
            later += f" or {name}.__class__ is T and COMPARE({name}, {MOMENT}, ZONE) > 0"
        to_come = "None" if fact.to_come is None else "U"
        yield f"if {later}: {name} = {to_come}"

    def _signature(self, fact: Fact, name: str, holder: str) -> Iterator[str]:
        """Load the day on which a form was signed, without the signatures still to come."""
        if fact.happens:
            self.reads_day = True
            person = f"n{holder}"
            yield (
                f"{person} = {holder} if {holder}.last_signed_on <= {DAY} "
                f"else {holder}.as_of({DAY})"
            )
            holder = person
        yield f"{name} = {holder}.signed.get({self.constant(fact.form)}, {holder}.unsigned)"

    def _prepared(self, conditions: Iterable[Condition], facts: Iterable[Fact]) -> Iterator[str]:
        """Load what is read, and find out at once what is asked for more than once."""
        asked: dict[Condition, int] = {}
        for condition in conditions:
            _count(condition, asked)
        tests = [one for one in asked if type(one) is Test]
        yield from self._loads(fact for test in tests for fact in test.facts)
        yield from self._loads(facts)
        yield from self._spans(tests)
        several = (one for one, times in asked.items() if times > 1)
        yield from self._named(one for one in several if one not in self.hoisted and one != ALWAYS)

    def _spans(self, tests: Iterable[Test]) -> Iterator[str]:
        """Find out at once the number of days that several tests ask for.

        Of null no comparison is true, and of what is unknown, each is unknown.
        """
        spans = (
            days_of(test.operator, self._name(test))
            for test in tests
            if isinstance(test.operator, SPANS)
        )
        for (first, last), times in Counter(filter(None, spans)).items():
            if times >= _SEVERAL and (first, last) not in self.spans:
                names = [name for name in (first, last) if name != DAY]
                number = self.spans[first, last] = f"d{len(self.spans)}"
                yield (
                    f"{number} = NO_DAYS if {' is None or '.join(names)} is None "
                    f"else ANY_DAYS if {' is U or '.join(names)} is U else ({last} - {first}).days"
                )

    def _name(self, test: Test) -> Named:
        value, *others = [self.facts[fact] for fact in test.facts]
        return Named(test.facts, value, others, self)

    def _named(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """Find out what is asked for, under a name."""
        for condition in conditions:
            text = self._truth(condition)
            if text.isidentifier():
                self.hoisted[condition] = text
                continue
            self.hoisted[condition] = f"h{len(self.hoisted)}"
            yield f"{self.hoisted[condition]} = {text}"

    def _truth(self, condition: Condition) -> str:
        """Return the expression that is True, False or None as the condition is."""
        if condition in self.hoisted:
            return self.hoisted[condition]
        if isinstance(condition, Test):
            return self._tested(condition)
        if isinstance(condition, Not):
            return self._denied(self._truth(condition.part))
        texts = [self._truth(part) for part in condition.parts]
        return self._all_of(texts) if isinstance(condition, AllOf) else self._any_of(texts)

    def _tested(self, test: Test) -> str:
        named = self._name(test)
        if self.spans and days_of(test.operator, named) in self.spans:
            return holding(test.operator, named)
        return truth_of(test.operator, named)

    def _denied(self, text: str) -> str:
        """Return the contrary of what some text says."""
        if text in _CONTRARY:
            return _CONTRARY[text]
        name, named = self._named_once(text)
        return f"None if {named} is None else not {name}"

    def _all_of(self, texts: Iterable[str]) -> str:
        """Return whether all of some texts hold: one that does not decides, then an unknown one."""
        texts = [text for text in texts if text != "True"]
        if len(texts) < 2:
            return texts[0] if texts else "True"
        names, named = zip(*map(self._named_once, texts), strict=True)
        return f"{' is not False and '.join(named)} is not False and {' and '.join(names)}"

    def _any_of(self, texts: Iterable[str]) -> str:
        """Return whether one of some texts holds, which decides, whatever is unknown."""
        texts = [text for text in texts if text != "False"]
        if len(texts) < 2:
            return texts[0] if texts else "False"
        names, named = zip(*map(self._named_once, texts), strict=True)
        return f"{' or '.join(named)} or ({' is None or '.join(names)} is None) and None"

    def _follows(self, case: str, text: str) -> str:
        """Return whether something holds where a case is given; it does wherever it is not."""
        (case, first), (name, then) = map(self._named_once, (case, text))
        return f"{first} is False or {then} or ({case} is None or {name} is None) and None"

    def _named_once(self, text: str) -> tuple[str, str]:
        """Return a name for what some text says, and the text that gives it this name."""
        if text.isidentifier():
            return text, text
        self.temporaries += 1
        name = f"t{self.temporaries}"
        return name, f"({name} := {text})"


def defined(given: str, body: Iterable[str]) -> str:
    """Return the definition of a function with some lines."""
    return f"def plan{given}:\n" + "".join(f"    {line}\n" for line in body)


def _count(condition: Condition, asked: dict[Condition, int]) -> None:
    """Count a condition and its parts; those of one that comes again are asked for once."""
    times = asked.get(condition, 0)
    if not times:
        for part in parts_of(condition):
            _count(part, asked)
    asked[condition] = times + 1
