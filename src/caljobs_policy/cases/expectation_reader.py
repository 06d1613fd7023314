# SPDX-License-Identifier: MIT
"""Reads what a case expects; a key or a name that nothing goes by is never passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen

from caljobs_policy.cases.expectation import Expectation, ExpectedDeadline, ExpectedDuty
from caljobs_policy.dates.reading import day_or_time_from
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.privacy import named
from caljobs_policy.errors.problems import Help, Place, Problem
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import ANYONE, DEADLINES, PARTIES
from caljobs_policy.subjects.facts import model_facts
from caljobs_policy.subjects.fields import Kind, fields_of
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

_ROUTE_KEYS: Final = (
    "requestors",
    "coordinator",
    "submit_to",
    "send_to",
    "cc",
    "subject",
    "clauses",
)
_DUTY_KEYS: Final = ("clauses", "who", "what", "to", "cc", "promptness", "due")
_BEARERS: Final = ("who", "to", "cc")
"""The keys of a duty behind which roles stand."""
_ROUTE_ROLES: Final = ("requestors", "coordinator", "submit_to", "cc")
_LISTS: Final = frozenset({"requestors", "submit_to", "send_to", "cc", "clauses"})


@cache
def _asked_for() -> frozenset[str]:
    """Return the facts that a decision may need, as it asks for them."""
    found = set()
    for path, fact in model_facts().items():
        below = fields_of(fact.holds.part or object) if fact.kind is Kind.STATEMENTS else ()
        found |= {path, *(f"{path}.{name}" for name in below)}
    return frozenset(found)


@frozen
class ExpectationReader:
    """Reads expectations and collects what is wrong with them."""

    policy: Policy
    problems: list[Problem]

    def read(self, node: AnyNode) -> Expectation:
        """Read an expectation."""
        values: dict[str, Any] = {}
        mapping = self._mapping(node)
        if isinstance(node, MappingNode) and not mapping.entries:
            self._add(node.place, "nothing is expected", f"name one of: {', '.join(_READERS)}")
        for key, value in mapping.entries:
            reader = _READERS.get(key.text)
            if reader is None:
                self._unknown(key.place, "expectation", key.text, _READERS)
            else:
                values[key.text] = reader(self, value)
        return Expectation(**values)

    def _outcome(self, node: AnyNode) -> str | None:
        outcomes = [outcome.value for outcome in Outcome if outcome is not Outcome.NOTE]
        text = self._text(node)
        if text is not None and text not in outcomes:
            self._unknown(node.place, "outcome", text, outcomes)
        return text

    def _clauses(self, node: AnyNode) -> tuple[str, ...]:
        words = self._words(node)
        for word in words:
            if word.text not in self.policy.clauses:
                self._unknown(word.place, "clause", word.text, self.policy.clauses)
        return tuple(word.text for word in words)

    def _needs(self, node: AnyNode) -> tuple[str, ...]:
        words, known = self._words(node), {*_asked_for(), *self.policy.facts}
        for word in words:
            if word.text not in known:
                self._unknown(word.place, "fact", word.text, known)
        return tuple(word.text for word in words)

    def _route(self, node: AnyNode) -> Mapping[str, Any]:
        for key in _ROUTE_ROLES:
            self._roles(node.get(key) if isinstance(node, MappingNode) else None, (ANYONE,))
        return self._values(node, _ROUTE_KEYS, "key of a route")

    def _values(self, node: AnyNode, known: Collection[str], what: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in self._mapping(node).entries:
            if key.text not in known:
                self._unknown(key.place, what, key.text, known)
            elif key.text == "clauses":
                found[key.text] = self._clauses(value)
            elif key.text in _LISTS:
                found[key.text] = tuple(word.text for word in self._words(value))
            elif key.text == "due":
                found[key.text] = None if _is_null(value) else self._due(value)
            elif isinstance(value, Scalar):
                found[key.text] = None if value.is_null else value.text
            else:
                self._add(value.place, "one value is expected here", "remove the brackets")
        return found

    def _deadlines(self, node: AnyNode) -> Mapping[str, ExpectedDeadline | None]:
        here = {rule.name for plan in self.policy.plans.values() for rule in plan.deadlines}
        found: dict[str, ExpectedDeadline | None] = {}
        for key, value in self._mapping(node).entries:
            is_null = _is_null(value)
            known = {*here, *DEADLINES} if is_null else here
            if key.text not in known:
                self._unknown(key.place, "deadline", key.text, sorted(known))
            else:
                found[key.text] = None if is_null else self._deadline(value)
        return found

    def _deadline(self, node: AnyNode) -> ExpectedDeadline:
        if not isinstance(node, MappingNode):
            return ExpectedDeadline(self._due(node))
        if not node.entries:
            self._add(node.place, "the deadline is empty", "name one of: due, clauses")
        due = None
        clauses: tuple[str, ...] = ()
        for key, value in node.entries:
            if key.text == "due":
                due = self._due(value)
            elif key.text == "clauses":
                clauses = self._clauses(value)
            else:
                self._unknown(key.place, "key of a deadline", key.text, ("due", "clauses"))
        return ExpectedDeadline(due, clauses)

    def _due(self, node: AnyNode) -> Any:
        due, fault = day_or_time_from(node.text) if isinstance(node, Scalar) else (None, None)
        if due is None:
            message, remedy = fault or ("is not a date", "write it as 2025-03-01")
            self._add(node.place, f"this {message}", remedy)
        return due

    def _duties(self, node: AnyNode) -> tuple[ExpectedDuty, ...]:
        items = node.items if isinstance(node, Sequence) else (node,)
        return tuple(self._duty(item) for item in items)

    def _duty(self, node: AnyNode) -> ExpectedDuty:
        if isinstance(node, Scalar):
            return ExpectedDuty(self._clauses(node))
        if isinstance(node, MappingNode) and not node.entries:
            self._add(node.place, "the duty is empty", f"name one of: {', '.join(_DUTY_KEYS)}")
        values = self._values(node, _DUTY_KEYS, "key of a duty")
        for key in _BEARERS:
            self._roles(node.get(key) if isinstance(node, MappingNode) else None, PARTIES)
        clauses = values.pop("clauses", ())
        return ExpectedDuty(clauses, values)

    def _roles(self, node: AnyNode | None, more: tuple[str, ...]) -> None:
        """Refuse who is no role: a duty that must not arise would never be found."""
        known = [*self.policy.words["roles"], *more]
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar) and not item.is_null and item.text not in known:
                self._unknown(item.place, "role", item.text, known)

    def _approvals(self, node: AnyNode) -> Mapping[str, bool]:
        found: dict[str, bool] = {}
        for key, value in self._mapping(node).entries:
            if key.text not in self.policy.words["roles"]:
                self._unknown(key.place, "role", key.text, self.policy.words["roles"])
            if isinstance(value, Scalar) and not value.quoted and value.text in {"true", "false"}:
                found[key.text] = value.text == "true"
            else:
                remedy = "write true or false, in small letters and without quotes"
                self._add(value.place, "true or false is expected here", remedy)
        return found

    def _mapping(self, node: AnyNode) -> MappingNode:
        if isinstance(node, MappingNode):
            return node
        self._add(node.place, "a mapping is expected here", "write `key: value` in each line")
        return MappingNode((), node.place)

    def _words(self, node: AnyNode) -> list[Scalar]:
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not isinstance(item, Scalar) or item.is_null:
                self._add(item.place, "a word is expected here", "write `[a, b]`, or `[]` for none")
        return [item for item in items if isinstance(item, Scalar) and not item.is_null]

    def _text(self, node: AnyNode) -> str | None:
        if isinstance(node, Scalar):
            return node.text
        self._add(node.place, "one word is expected here", "remove the brackets")
        return None

    def _unknown(self, place: Place, what: str, word: str, known: Iterable[str]) -> None:
        listed = list(known)
        remedy = remedy_for(word, listed, most=12, otherwise="write it as a decision's JSON does")
        self._add(place, f"there is no {named(what, word, listed)}", remedy)

    def _add(self, place: Place, message: str, remedy: Help = None) -> None:
        self.problems.append(Problem(message, place, remedy))


def _is_null(node: AnyNode) -> bool:
    return isinstance(node, Scalar) and node.is_null


_READERS: Final = {
    "outcome": ExpectationReader._outcome,
    "clauses": ExpectationReader._clauses,
    "not_clauses": ExpectationReader._clauses,
    "pending": ExpectationReader._clauses,
    "needs": ExpectationReader._needs,
    "route": ExpectationReader._route,
    "deadlines": ExpectationReader._deadlines,
    "duties": ExpectationReader._duties,
    "not_duties": ExpectationReader._duties,
    "approvals": ExpectationReader._approvals,
}
