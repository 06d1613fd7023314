# SPDX-License-Identifier: MIT
"""Writes the function of a plan.

The text of a function is made of fixed templates, numbered names and attribute names of the model;
every value of a profile reaches it through its namespace, never through its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, TypeAlias

from caljobs_policy.dates.durations import compare, day_of
from caljobs_policy.engines.native.operators import Named, truth_of
from caljobs_policy.engines.verdict import Verdict
from caljobs_policy.policy.conditions import ALWAYS, AllOf, Condition, Not, Test, facts_in, parts_of
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Check, Plan
from caljobs_policy.subjects.facts import Fact, Subject
from caljobs_policy.subjects.unknown import UNKNOWN

_MOMENT: Final = "at"
_DAY: Final = "day"
Function: TypeAlias = Callable[[Subject, datetime | None], Verdict]


def verdict(policy: Policy, plan: Plan, subject: Subject, at: datetime | None) -> Verdict:
    """Find the checks that are not met, and those of which it cannot be told."""
    return function_for(policy, plan)(subject, at)


def function_for(policy: Policy, plan: Plan) -> Function:
    """Return the plan's function, generated when first asked for."""
    function: Function = policy.made(plan.key, _written, plan)
    return function


def _written(policy: Policy, plan: Plan) -> Function:
    return Writer(policy, plan).function()


class Writer:
    """Writes the function of one plan."""

    def __init__(self, policy: Policy, plan: Plan) -> None:
        self.plan = plan
        self.namespace: dict[str, Any] = {"U": UNKNOWN, "ZONE": policy.zone, "NONE": ((), ())}
        self.constants: dict[tuple[type, Any], str] = {}
        self.facts: dict[Fact, str] = {}
        self.hoisted: dict[Condition, str] = {}
        self.temporaries = 0
        self.reads_day = False

    def constant(self, value: object) -> str:
        """Return the name under which the function finds a value."""
        key = (type(value), value)
        if key not in self.constants:
            self.constants[key] = f"K{len(self.constants)}"
            self.namespace[self.constants[key]] = value
        return self.constants[key]

    def is_certain(self, name: str) -> bool:
        """Return whether what the name stands for is always there: the moment is."""
        return name == _MOMENT

    def local_day(self, name: str) -> str | None:
        """Return the name of the day of the moment, which is worked out once."""
        if name != _MOMENT:
            return None
        self.reads_day = True
        return _DAY

    def function(self) -> Callable[[Subject, datetime | None], Any]:
        """Write and compile the function."""
        # The text holds only names made here, so nothing of a profile can run.
        exec(compile(self.text(), f"<plan {self.plan.key}>", "exec"), self.namespace)  # noqa: S102
        # Without its own name there, all of it goes as soon as nobody needs it.
        written: Callable[[Subject, datetime | None], Any] = self.namespace.pop("plan")
        return written

    def text(self) -> str:
        """Return the function's text."""
        checks = self.plan.checks
        asked = [c for k in checks for c in dict.fromkeys((k.when, k.require))]
        loads = self._loads(facts_in(*asked))
        body = [*loads, *self._hoisted(asked), "hits = unsure = None"]
        for when, group in groupby(enumerate(checks), key=lambda pair: pair[1].when):
            body += self._group(when, list(group))
        body += ["if hits is None and unsure is None: return NONE"]
        body += ["return tuple(hits or ()), tuple(unsure or ())"]
        return self._defined(body)

    def _defined(self, body: list[str]) -> str:
        """Return the text of a function with some lines, after the day of the moment if need be."""
        if self.reads_day:
            body = [f"{_DAY} = {self.constant(day_of)}({_MOMENT}, ZONE)", *body]
        return "def plan(s, at):\n" + "".join(f"    {line}\n" for line in body)

    def _loads(self, facts: Iterable[Fact]) -> Iterator[str]:
        """Load every part and every fact once."""
        parts: dict[tuple[str, ...], str] = {(): "s"}
        for number, fact in enumerate(facts):
            if fact.constant is not None:
                self.facts[fact] = self.constant(fact.constant)
                continue
            if not fact.steps:
                self.facts[fact] = _MOMENT
                continue
            name = self.facts[fact] = f"f{number}"
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
        by_day = f"{name} > {_DAY} if {name}.__class__ is {self.constant(date)}"
        by_second = f"{name}.__class__ is {self.constant(datetime)} and "
        by_second += f"{self.constant(compare)}({name}, {_MOMENT}, ZONE) > 0"
        to_come = "None" if fact.to_come is None else "U"
        yield f"if {name} is not None and ({by_day} else {by_second}): {name} = {to_come}"

    def _signature(self, fact: Fact, name: str, holder: str) -> Iterator[str]:
        """Load the day on which a form was signed, without the signatures still to come."""
        if fact.happens:
            self.reads_day = True
            person = f"n{holder}"
            yield (
                f"{person} = {holder} if {holder}.last_signed_on <= {_DAY} "
                f"else {holder}.as_of({_DAY})"
            )
            holder = person
        yield f"{name} = {holder}.signed.get({self.constant(fact.form)}, {holder}.unsigned)"

    def _hoisted(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """Find out at once what is asked for more than once."""
        asked: Counter[Condition] = Counter()
        for condition in conditions:
            _count(condition, asked)
        for condition, times in asked.items():
            if times > 1 and condition != ALWAYS:
                text = self._truth(condition)
                self.hoisted[condition] = f"h{len(self.hoisted)}"
                yield f"{self.hoisted[condition]} = {text}"

    def _group(self, when: Condition, checks: list[tuple[int, Check]]) -> Iterator[str]:
        """Write checks that apply in the same case."""
        if when == ALWAYS:
            for number, check in checks:
                yield from self._check(number, check, "True")
            return
        yield f"w = {self._truth(when)}"
        yield "if w is not False:"
        for number, check in checks:
            yield from (f"    {line}" for line in self._check(number, check, "w is True"))

    def _check(self, number: int, check: Check, applies: str) -> Iterator[str]:
        yield f"r = {self._truth(check.require)}"
        yield "if r is not True:"
        hit = f"hits = [{number}] if hits is None else [*hits, {number}]"
        yield f"    if r is False and {applies}: {hit}"
        yield f"    else: unsure = [{number}] if unsure is None else [*unsure, {number}]"

    def _truth(self, condition: Condition) -> str:
        """Return the expression that is True, False or None as the condition is."""
        if condition in self.hoisted:
            return self.hoisted[condition]
        if isinstance(condition, Test):
            value, *others = (self.facts[fact] for fact in condition.facts)
            kinds = tuple(fact.kind for fact in condition.facts)
            return truth_of(condition.operator, Named(kinds, value, tuple(others), self))
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


def _count(condition: Condition, asked: Counter[Condition]) -> None:
    """Count a condition and its parts; those of one that comes again are asked for once."""
    if condition not in asked:
        for part in parts_of(condition):
            _count(part, asked)
    asked[condition] += 1
