# SPDX-License-Identifier: MIT
"""Writes functions of a plan, which load facts and find truths of conditions.

The text of a function is made of fixed templates, numbered names and attribute names of the model;
every value of a profile reaches it through its namespace, never through its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from types import CodeType
from typing import Any, Final

from caljobs_policy.dates.durations import compare, day_of
from caljobs_policy.engines.native.operators import Named, days_of, truth_of
from caljobs_policy.policy.conditions import ALWAYS, AllOf, Condition, Not, Test, parts_of, tests_in
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.unknown import UNKNOWN

MOMENT: Final = "at"
DAY: Final = "day"
_SEVERAL: Final = 3
"""So many tests have to ask for a number of days for it to get a name."""


class Writer:
    """Writes the function of one plan."""

    def __init__(self, policy: Policy, plan: Plan) -> None:
        self.plan = plan
        self.zone = policy.zone
        self.codes: dict[str, CodeType] = {}
        """What is compiled, by its text: rules of one form differ in their constants alone."""
        self.reads_day = False
        self.start()

    def start(self) -> None:
        """Begin another function, which has names of its own."""
        self.namespace: dict[str, Any] = {"U": UNKNOWN, "ZONE": self.zone, "NONE": ((), ())}
        self.constants = 0
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
            body = [f"{DAY} = {self.constant(day_of)}({MOMENT}, ZONE)", *body]
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
        by_day = f"{name} > {DAY} if {name}.__class__ is {self.constant(date)}"
        by_second = f"{name}.__class__ is {self.constant(datetime)} and "
        by_second += f"{self.constant(compare)}({name}, {MOMENT}, ZONE) > 0"
        to_come = "None" if fact.to_come is None else "U"
        yield f"if {name} is not None and ({by_day} else {by_second}): {name} = {to_come}"

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

    def _spans(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """Find out at once the number of days that several tests ask for."""
        tests = dict.fromkeys(test for one in conditions for test in tests_in(one))
        asked = Counter(filter(None, map(self._days_of, tests)))
        for (first, last), times in asked.items():
            if times >= _SEVERAL and (first, last) not in self.spans:
                names = [name for name in (first, last) if name != DAY]
                known = " or ".join(f"{name} is None or {name} is U" for name in names)
                number = f"({last} - {first}).days"
                self.spans[first, last] = f"d{len(self.spans)}"
                yield f"{self.spans[first, last]} = None if {known} else {number}"

    def _days_of(self, test: Test) -> tuple[str, str] | None:
        return days_of(test.operator, self._name(test))

    def _name(self, test: Test) -> Named:
        value, *others = (self.facts[fact] for fact in test.facts)
        kinds = tuple(fact.kind for fact in test.facts)
        return Named(kinds, value, tuple(others), self)

    def _hoisted(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """Find out at once what is asked for more than once."""
        asked: Counter[Condition] = Counter()
        for condition in conditions:
            _count(condition, asked)
        for condition, times in asked.items():
            if times > 1 and condition != ALWAYS and condition not in self.hoisted:
                yield from self._named([condition])

    def _named(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """Find out what is asked for, under a name."""
        for condition in conditions:
            text = self._truth(condition)
            self.hoisted[condition] = f"h{len(self.hoisted)}"
            yield f"{self.hoisted[condition]} = {text}"

    def _truth(self, condition: Condition) -> str:
        """Return the expression that is True, False or None as the condition is."""
        if condition in self.hoisted:
            return self.hoisted[condition]
        if isinstance(condition, Test):
            return truth_of(condition.operator, self._name(condition))
        if isinstance(condition, Not):
            name = self._temporary()
            return f"(None if ({name} := {self._truth(condition.part)}) is None else not {name})"
        decisive = isinstance(condition, AllOf)
        if not condition.parts:
            return str(decisive)
        if len(condition.parts) == 1:
            return self._truth(condition.parts[0])
        names = [self._temporary() for _ in condition.parts]
        stops = [
            f"({name} := {self._truth(part)}) is {not decisive}"
            for name, part in zip(names, condition.parts, strict=True)
        ]
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"({not decisive} if {' or '.join(stops)} else None if {unknown} else {decisive})"

    def _temporary(self) -> str:
        self.temporaries += 1
        return f"t{self.temporaries}"


def defined(given: str, body: Iterable[str]) -> str:
    """Return the definition of a function with some lines."""
    return f"def plan{given}:\n" + "".join(f"    {line}\n" for line in body)


def _count(condition: Condition, asked: Counter[Condition]) -> None:
    """Count a condition and its parts; those of one that comes again are asked for once."""
    if condition not in asked:
        for part in parts_of(condition):
            _count(part, asked)
    asked[condition] += 1
