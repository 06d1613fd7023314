# SPDX-License-Identifier: MIT
"""Reads cases: which policy they ask about, their subject, and what they expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Final, TypeAlias

from attrs import field, frozen

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.expectation_reader import ExpectationReader
from caljobs_policy.cases.subject_reader import SubjectReader
from caljobs_policy.dates.durations import in_zone, noon
from caljobs_policy.dates.reading import Fault, day_from, day_or_time_from
from caljobs_policy.errors.exceptions import (
    CaseError,
    EditionError,
    PolicyError,
    UnknownProfileError,
)
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.privacy import named, without_quotes
from caljobs_policy.errors.problems import Help, Place, Problem
from caljobs_policy.loader.nodes import Document
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import SUBJECT_KINDS, model_facts
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

PolicyFinder: TypeAlias = Callable[[str, date | datetime], Policy]
Stated: TypeAlias = date | datetime | None
"""A day or a moment that a case states; None where it states none, or none that can be read."""
DayReader: TypeAlias = Callable[[str], tuple[Stated, Fault | None]]
_HOW: Final = "write it as year-month-day: 2025-03-01"
_KEYS: Final = ("case", "profile", "date", "at", *SUBJECT_KINDS, "expect")
_SHARED: Final = ("profile", "date", "at")
"""What stands beside `cases:` and holds for each case that does not say otherwise."""


@frozen
class CaseReader:
    """Makes cases of what was written."""

    find_policy: PolicyFinder
    today: Callable[[], date]
    profile: str | None = None
    """Takes the place of the profile that a case names."""
    usual_profile: str | None = None
    """Is meant where a case names no profile."""
    find_named: PolicyFinder | None = None
    """Finds the policy of a profile that a case itself names, where not all are open to it."""

    def cases(self, document: Document) -> Iterator[tuple[str | None, Case | CaseError]]:
        """Return the cases of a document with their titles, or the errors with all problems."""
        if document.root is None:
            yield None, CaseError(without_quotes(p, _known_keys()) for p in document.problems)
            return
        root = document.root
        if problems := _list_problems(root):
            yield None, CaseError(problems)
        for node in _single_cases(root):
            one = _OneCase(self, node)
            yield _titled(node), one.case() or CaseError(dict.fromkeys(one.problems))


def _titled(node: AnyNode) -> str | None:
    """Return the title of a case, even where the case cannot be read."""
    title = node.get("case") if isinstance(node, MappingNode) else None
    return title.text if isinstance(title, Scalar) and not title.is_null else None


def _single_cases(root: AnyNode) -> Iterator[AnyNode]:
    """Return the cases of a document: itself, or each of the list under `cases`."""
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
    """Return what is wrong around a list of cases, if there is one."""
    listed = root.get("cases") if isinstance(root, MappingNode) else None
    if listed is None or not isinstance(root, MappingNode):
        return []
    problems = [
        Problem(
            f"no {named('key', key.text, _KEYS)} can stand beside `cases`",
            key.place,
            f"only {', '.join(_SHARED)} can; write others in each case",
        )
        for key, _ in root.entries
        if key.text not in {*_SHARED, "cases"}
    ]
    if not isinstance(listed, Sequence) or not listed.items:
        remedy = "write each case below it, after a `- `"
        problems.append(Problem("`cases` takes a list of cases", listed.place, remedy))
    return problems


@cache
def _known_keys() -> frozenset[str]:
    return frozenset([*_KEYS, "cases", *(k for path in model_facts() for k in path.split("."))])


@frozen
class _When:
    """The day whose policy applies, or a moment in it."""

    day: date | datetime
    said: AnyNode | None = None
    """What tells it; none for today."""
    is_read: bool = True
    """False where what tells it cannot be read, and another day stands in for it."""


def _words(problem: Problem) -> tuple[str, str | None]:
    """Return what a problem of a profile says, wherever it stands."""
    return problem.message, problem.help


def _moment(at: date | datetime, zone: tzinfo) -> datetime:
    """Return a moment with its offset; a bare day stands for its noon."""
    return in_zone(at, zone) if isinstance(at, datetime) else noon(at, zone)


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
                remedy = remedy_for(key.text, _KEYS, "its keys are")
                self._add(key.place, f"a case has no {named('key', key.text, _KEYS)}", remedy)
        kind = self._kind()
        title, at = self._title(), self._at()
        policy = self._policy(kind, at)
        if policy is None:
            return None
        subjects = SubjectReader(policy, self.problems)
        subject = subjects.subject(kind, self.node.get(kind) or self.node) if kind else None
        expect = self.node.get("expect")
        expected = ExpectationReader(policy, self.problems).read(expect) if expect else None
        if self.problems or subject is None:
            return None
        moment = _moment(policy.day if at is None else at, policy.zone)
        return Case(title, policy, subject, moment, expected, self.node.place)

    def _kind(self) -> str:
        """Return the kind of the one subject that the case has."""
        found = {key.text: key for key, _ in self._entries() if key.text in SUBJECT_KINDS}
        first, *others = found or [""]
        if others:
            kinds = ", ".join(f"`{kind}`" for kind in found)
            message = f"a case has one subject, and this one has {kinds}"
            self._add(found[others[0]].place, message, "make a case of each")
        if first:
            return first
        remedy = f"add one of: {', '.join(SUBJECT_KINDS)}"
        self._add(self.node.place, "the case has no subject", remedy)
        return ""

    def _policy(self, kind: str, at: Stated) -> Policy | None:
        when = self._when(kind, at)
        name = self._profile()
        if name is None:
            return None
        named_here = self._value("profile") if self.reader.profile is None else None
        said = self._value("profile") or self.node
        where = said.place if self.reader.profile is None else Place()
        find = self.reader.find_named if named_here is not None else None
        try:
            return (find or self.reader.find_policy)(name, when.day)
        except UnknownProfileError as error:
            message, remedy = _words(error.problems[0])
            if named_here is not None:
                message = f"there is no {named('profile', name, error.known)}"
            self._add(where, message, remedy)
        except EditionError as error:
            self._no_edition(when, said, error)
        except PolicyError as error:
            for problem in error.problems:
                self._add(problem.place if problem.place.file else where, *_words(problem))
        return None

    def _no_edition(self, when: _When, said: AnyNode, error: EditionError) -> None:
        """Note that no edition is in force; not on a day that stands in for an unreadable one."""
        place = (when.said or said).place
        if when.is_read:
            self._add(place, *_words(error.problems[0]))
        elif not any(problem.place == place for problem in self.problems):
            self._add(place, "the day of the case cannot be read", _HOW)

    def _profile(self) -> str | None:
        """Return the name of the profile; None after a problem."""
        said = self._value("profile")
        if said is not None and (not isinstance(said, Scalar) or said.is_null):
            self._add(said.place, "`profile` takes a text", "name a profile, or its folder")
            return None
        if self.reader.profile is not None:
            return self.reader.profile
        if said is not None:
            return said.text
        if self.reader.usual_profile is None:
            remedy = "add `profile:`, or use --profile"
            self._add(self.node.place, "the case names no profile", remedy)
        return self.reader.usual_profile

    def _title(self) -> str | None:
        said = self._value("case")
        if said is not None and not isinstance(said, Scalar):
            self._add(said.place, "`case` takes a text", "write the title in quotes")
        return _titled(self.node)

    def _when(self, kind: str, at: Stated) -> _When:
        """Return the day whose policy applies, as date, request or moment tells it."""
        said = self._value("date")
        if said is not None:
            day: Stated = self._stated("date", said, day_from)
        elif (said := self._submitted_on(kind)) is not None:
            # The reader of the subject says what is wrong with it.
            day = day_from(said.text)[0] if isinstance(said, Scalar) else None
        else:
            said, day = self._value("at"), at
        if day is not None:
            return _When(day, said)
        return _When(at or self.reader.today(), said, is_read=said is None)

    def _submitted_on(self, kind: str) -> AnyNode | None:
        subject = self._value(kind) if kind == "request" else None
        return subject.get("submitted_on") if isinstance(subject, MappingNode) else None

    def _at(self) -> Stated:
        said = self._value("at")
        return None if said is None else self._stated("at", said, day_or_time_from)

    def _stated(self, key: str, said: AnyNode, read: DayReader) -> Stated:
        """Read a day or moment of the case; None after a problem."""
        if not isinstance(said, Scalar):
            self._add(said.place, f"`{key}` takes a date", _HOW)
            return None
        if said.is_null:
            self._add(said.place, f"`{key}` must not be null", "leave it out when it is not known")
            return None
        found, fault = read(said.text)
        if fault is not None:
            message, remedy = fault
            self._add(said.place, f"`{key}` {message}", remedy)
        return found

    def _entries(self) -> tuple[tuple[Scalar, AnyNode], ...]:
        return self.node.entries if isinstance(self.node, MappingNode) else ()

    def _value(self, key: str) -> AnyNode | None:
        return self.node.get(key) if isinstance(self.node, MappingNode) else None

    def _add(self, place: Place, message: str, remedy: Help = None) -> None:
        problem = Problem(message, place, remedy)
        if problem not in self.problems:
            self.problems.append(problem)
