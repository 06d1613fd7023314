# SPDX-License-Identifier: MIT
"""Reads cases: which policy they ask about, their subject, and what they expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from caljobs_policy.errors import (
    CaseError,
    EditionError,
    Place,
    PolicyError,
    Problem,
    nearest,
    shown,
)
from caljobs_policy.loader.expectations import ExpectationReader
from caljobs_policy.loader.nodes import Document
from caljobs_policy.loader.subjects import SubjectReader
from caljobs_policy.model.case import Case
from caljobs_policy.model.durations import in_zone, noon
from caljobs_policy.model.facts import SUBJECT_KINDS, facts_about, subject_keys
from caljobs_policy.model.policy import Policy
from caljobs_policy.model.written.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.model.written.nodes import Mapping as MappingNode
from caljobs_policy.model.written.values import day_from, time_from

PolicyFinder: TypeAlias = Callable[[str, date | datetime], Policy]
_KEYS: Final = ("case", "profile", "date", "at", *SUBJECT_KINDS, "expect")
_SHARED: Final = ("profile", "date", "at")
"""What stands beside `cases:` and holds for each case that does not say otherwise."""
_QUOTED: Final = re.compile(r"`([^`]*)`")


@frozen
class CaseReader:
    """Makes cases of what was written."""

    find_policy: PolicyFinder
    today: Callable[[], date]
    profile: str | None = None
    """Takes the place of the profile that a case names."""
    usual_profile: str | None = None
    """Is meant where a case names no profile."""

    def cases(self, document: Document) -> Iterator[tuple[str | None, Case | CaseError]]:
        """Give the cases of a document with their titles, or the errors with all problems."""
        if document.root is None:
            yield None, CaseError(_without_quotes(problem) for problem in document.problems)
            return
        root = document.root
        if problems := _list_problems(root):
            yield None, CaseError(problems)
        for node in _single_cases(root):
            one = _OneCase(self, node)
            yield _titled(node), one.case() or CaseError(one.problems)


def _titled(node: AnyNode) -> str | None:
    """Give the title of a case, even where the case cannot be read."""
    title = node.get("case") if isinstance(node, MappingNode) else None
    return title.text if isinstance(title, Scalar) and not title.is_null else None


def _single_cases(root: AnyNode) -> Iterator[AnyNode]:
    """Give the cases of a document: itself, or each of the list under `cases`."""
    if not isinstance(root, MappingNode) or root.get("cases") is None:
        yield root
        return
    listed = root.get("cases")
    shared = tuple((key, value) for key, value in root.entries if key.text in _SHARED)
    for item in listed.items if isinstance(listed, Sequence) else ():
        if isinstance(item, MappingNode):
            more = tuple((k, v) for k, v in shared if item.get(k.text) is None)
            yield MappingNode((*item.entries, *more), item.place)
        else:
            yield item


def _list_problems(root: AnyNode) -> list[Problem]:
    """Give what is wrong around a list of cases, if there is one."""
    listed = root.get("cases") if isinstance(root, MappingNode) else None
    if listed is None or not isinstance(root, MappingNode):
        return []
    problems = [
        Problem(
            f"{shown(key.text)} cannot stand beside `cases`", key.place, "write it in each case"
        )
        for key, _ in root.entries
        if key.text not in {*_SHARED, "cases"}
    ]
    if not isinstance(listed, Sequence) or not listed.items:
        remedy = "write each case below it, after a `- `"
        problems.append(Problem("`cases` takes a list of cases", listed.place, remedy))
    return problems


def _without_quotes(problem: Problem) -> Problem:
    """Withhold what a problem of syntax quotes: what cannot be read may be personal data."""
    return evolve(problem, message=_QUOTED.sub(_sign_or_key, problem.message))


def _sign_or_key(quoted: re.Match[str]) -> str:
    """Keep a quoted sign, or a key that cases have; both say nothing about anybody."""
    text = quoted[1]
    is_sign = len(text) <= 2 and not any(c.isalnum() for c in text)
    return quoted[0] if is_sign or text in _known_keys() else "(withheld)"


@cache
def _known_keys() -> frozenset[str]:
    paths = [path for key in subject_keys() for path in facts_about(key)]
    return frozenset([*_KEYS, "cases", *(key for path in paths for key in path.split("."))])


@frozen
class _OneCase:
    """The reading of one case, with the problems found on the way."""

    reader: CaseReader
    node: AnyNode
    problems: list[Problem] = field(factory=list)

    def case(self) -> Case | None:
        """Read the case; None after a problem."""
        if not isinstance(self.node, MappingNode):
            self._add(self.node.place, "a case is a mapping", "begin with `profile:` or `request:`")
            return None
        for key, _ in self.node.entries:
            if key.text not in _KEYS:
                remedy = nearest(key.text, _KEYS) or f"its keys are: {', '.join(_KEYS)}"
                self._add(key.place, f"a case has no key {shown(key.text)}", remedy)
        kind = self._kind()
        title = self._title()
        policy = self._policy(kind)
        if policy is None:
            return None
        subjects = SubjectReader(policy, self.problems)
        subject = subjects.subject(kind, self.node.get(kind) or self.node) if kind else None
        expect = self.node.get("expect")
        expected = ExpectationReader(policy, self.problems).read(expect) if expect else None
        if self.problems or subject is None:
            return None
        at = self._at()
        moment = noon(policy.day, policy.zone) if at is None else in_zone(at, policy.zone)
        return Case(title, policy, subject, moment, expected, self.node.place)

    def _kind(self) -> str:
        """Give the kind of the one subject that the case has."""
        keys = [key for key, _ in self._entries() if key.text in SUBJECT_KINDS]
        if len(keys) == 1:
            return keys[0].text
        if keys:
            named = ", ".join(f"`{key.text}`" for key in keys)
            self._add(
                keys[1].place,
                f"a case has one subject, and this one has {named}",
                "make a case of each",
            )
            return keys[0].text
        remedy = f"add one of: {', '.join(SUBJECT_KINDS)}"
        self._add(self.node.place, "the case has no subject", remedy)
        return ""

    def _policy(self, kind: str) -> Policy | None:
        day, day_node = self._day(kind)
        name = self._profile()
        if name is None:
            return None
        said = self._value("profile") or self.node
        try:
            return self.reader.find_policy(name, day)
        except PolicyError as error:
            where = said.place if self.reader.profile is None else Place()
            if isinstance(error, EditionError):
                where = (day_node or said).place
            for problem in error.problems:
                place = problem.place if problem.place.file else where
                self._add(place, problem.message, problem.help)
            return None

    def _profile(self) -> str | None:
        """Give the name of the profile; None after a problem."""
        if self.reader.profile is not None:
            return self.reader.profile
        said = self._value("profile")
        if isinstance(said, Scalar) and not said.is_null:
            return said.text
        if said is not None:
            self._add(said.place, "`profile` takes a text", "name a profile, or its folder")
            return None
        if self.reader.usual_profile is None:
            remedy = "add `profile:`, or use --profile"
            self._add(self.node.place, "the case names no profile", remedy)
        return self.reader.usual_profile

    def _title(self) -> str | None:
        said = self._value("case")
        if said is not None and not isinstance(said, Scalar):
            self._add(said.place, "`case` takes a text", "write the title in quotes")
        return _titled(self.node)

    def _day(self, kind: str) -> tuple[date | datetime, AnyNode | None]:
        """Give the day whose policy applies, or a moment in it, and what says so."""
        said = self._value("date")
        if said is not None:
            day, fault = day_from(said.text) if isinstance(said, Scalar) else (None, None)
            if day is not None:
                return day, said
            message, remedy = fault or ("a date is expected here", "write it as 2025-03-01")
            self._add(said.place, f"`date`: {message}", remedy)
        subject = self._value(kind)
        if kind == "request" and isinstance(subject, MappingNode):
            submitted = subject.get("submitted_on")
            if isinstance(submitted, Scalar) and (day := day_from(submitted.text)[0]):
                return day, submitted
        at = self._at()
        return (at, self._value("at")) if at is not None else (self.reader.today(), None)

    def _at(self) -> datetime | None:
        said = self._value("at")
        if said is None:
            return None
        at, fault = time_from(said.text) if isinstance(said, Scalar) else (None, None)
        if at is None:
            remedy = "write it as 2025-03-01T09:00:00-08:00"
            message, remedy = fault or ("a date with a time is expected here", remedy)
            self._add(said.place, f"`at`: {message}", remedy)
        return at

    def _entries(self) -> tuple[tuple[Scalar, AnyNode], ...]:
        return self.node.entries if isinstance(self.node, MappingNode) else ()

    def _value(self, key: str) -> AnyNode | None:
        return self.node.get(key) if isinstance(self.node, MappingNode) else None

    def _add(self, place: Place, message: str, remedy: str | None = None) -> None:
        problem = Problem(message, place, remedy)
        if problem not in self.problems:
            self.problems.append(problem)
