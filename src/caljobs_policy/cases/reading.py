# SPDX-License-Identifier: MIT
"""Reads cases: which policy they ask about, their subject, and what they expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.case_hooks import subject_hook
from caljobs_policy.cases.expectation_hooks import expectation_hook
from caljobs_policy.cases.suite_head import fault_of_head, is_head
from caljobs_policy.cases.written import KEYS, WrittenCase, written_case
from caljobs_policy.dates.durations import Moment, in_zone, noon
from caljobs_policy.dates.reading import day_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, Hook
from caljobs_policy.errors.exceptions import (
    CaseError,
    EditionError,
    PolicyError,
    UnknownProfileError,
)
from caljobs_policy.errors.privacy import named, without_quotes
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.documents import Document
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import SUBJECT_KINDS, model_facts
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode

PolicyFinder: TypeAlias = Callable[[str, Moment, bool], Policy]
"""Finds a policy by name and moment, given whether the case itself names the profile."""
_NO_MAPPING: Final = Problem(
    "a case has to be a mapping", help="begin with `profile:` or `request:`", code=Code.WRONG_KIND
)
_SHARED: Final = ("profile", "date", "at")
"""The keys that may stand beside `cases:`, for each case that does not have its own."""


@frozen
class CaseReader:
    """Reads the cases in documents."""

    find_policy: PolicyFinder
    today: Callable[[], date]
    profile: str | None = None
    """Replaces the profile that a case names."""
    usual_profile: str | None = None
    """The profile of a case that names none."""

    def cases(self, document: Document) -> Iterator[tuple[str | None, Case | CaseError]]:
        """Yield the cases of a document with their titles, or the errors with all problems."""
        if document.root is None:
            yield None, CaseError(without_quotes(p, _known_keys()) for p in document.problems)
            return
        if isinstance(document.root, MappingNode) and is_head(document.root):
            fault = fault_of_head(document.root)
            yield from [] if fault is None else [(None, CaseError([fault]))]
            return
        told = Collector()
        nodes = list(_single_cases(document.root, told))
        if told.problems:
            yield None, CaseError(told.problems)
        for node in nodes:
            if isinstance(node, MappingNode):
                one = _OneCase(self, node)
                yield one.written.case, one.case() or CaseError(one.told.problems)
            else:
                yield None, CaseError([evolve(_NO_MAPPING, place=node.place)])


def _single_cases(root: AnyNode, told: Collector) -> Iterator[AnyNode]:
    """Yield the cases of a document: itself, or each of the list under `cases`."""
    listed = root.get("cases") if isinstance(root, MappingNode) else None
    if listed is None or not isinstance(root, MappingNode):
        yield root
        return
    shared = [(key, value) for key, value in root.entries if key.text in _SHARED]
    for key, _ in root.entries:
        if key.text not in {*_SHARED, "cases"}:
            message = f"no {named('key', key.text, KEYS)} can stand beside `cases`"
            remedy = f"only {', '.join(_SHARED)} can; write the others in each case"
            told.add(Code.UNKNOWN_KEY, key.place, message, remedy)
    if not isinstance(listed, Sequence) or not listed.items:
        remedy = "write each case below it, after a `- `"
        told.add(Code.WRONG_KIND, listed.place, "`cases` takes a list of cases", remedy)
        return
    for item in listed.items:
        own = item.entries if isinstance(item, MappingNode) else ()
        more = (one for one in shared if one[0].text not in {key.text for key, _ in own})
        yield MappingNode((*own, *more), item.place) if isinstance(item, MappingNode) else item


@cache
def _known_keys() -> frozenset[str]:
    return frozenset([*KEYS, "cases", *(k for path in model_facts() for k in path.split("."))])


class _OneCase:
    """The reading of one case, with the problems found on the way."""

    def __init__(self, reader: CaseReader, node: MappingNode) -> None:
        self.reader, self.node, self.told = reader, node, Collector()
        self.written: WrittenCase = self.told.read(written_case, node)

    def case(self) -> Case | None:
        """Read the case; None after a problem."""
        kind = self._kind()
        policy = self._policy(kind)
        if policy is None:
            return None
        subject = self._part(subject_hook(policy, kind), kind) if kind else None
        expected = self._part(expectation_hook(policy), "expect")
        if self.told.problems or subject is None:
            return None
        at = self.written.at or policy.day
        moment = in_zone(at, policy.zone) if isinstance(at, datetime) else noon(at, policy.zone)
        return Case(self.written.case, policy, subject, moment, expected, self.node.place)

    def _part(self, hook: Hook, key: str) -> Any:
        node = getattr(self.written, key)
        return None if node is None else self.told.read(hook, node, None)

    def _kind(self) -> str:
        """Return the kind of the one subject that the case has."""
        found = {key.text: key for key, _ in self.node.entries if key.text in SUBJECT_KINDS}
        first, *others = found or [""]
        if others:
            kinds = " and ".join(f"`{kind}`" for kind in found)
            message = f"a case has only one subject; this one has {kinds}"
            self.told.add(Code.CONFLICT, found[others[0]].place, message, "write a case for each")
        if not first:
            remedy = f"add one of: {', '.join(SUBJECT_KINDS)}"
            self.told.add(Code.MISSING, self.node.place, "the case has no subject", remedy)
        return first

    def _policy(self, kind: str) -> Policy | None:
        """Return the policy that the case asks about; None after a problem."""
        stated, day = self._day(kind)
        name = self._profile()
        if name is None:
            return None
        is_named = self.reader.profile is None and self.written.profile is not None
        moment = day or self.written.at or self.reader.today()
        try:
            return self.reader.find_policy(name, moment, is_named)
        except PolicyError as error:
            said = self.node.get("profile") or self.node
            place = said.place if self.reader.profile is None else Place()
            problems = error.problems
            if isinstance(error, UnknownProfileError) and is_named:
                message = f"there is no {named('profile', name, error.known)}"
                problems = (evolve(problems[0], message=message),)
            elif isinstance(error, EditionError):
                place = (stated or said).place
                problems = problems if stated is None or day else self._unread_day(place)
            for one in problems:
                self.told.problems.append(one if one.place.file else evolve(one, place=place))
        return None

    def _unread_day(self, place: Place) -> tuple[Problem, ...]:
        """Return the problem of a day that cannot be read, unless it was reported already."""
        if any(problem.place == place for problem in self.told.problems):
            return ()
        message, remedy = "the day of the case cannot be read", "write it as 2025-03-01"
        return (Problem(message, place, remedy, code=Code.NOT_A_DATE),)

    def _profile(self) -> str | None:
        """Return the name of the profile; None after a problem."""
        if self.written.profile is None and self.node.get("profile") is not None:
            return None
        for name in (self.reader.profile, self.written.profile, self.reader.usual_profile):
            if name is not None:
                return name
        remedy = "add `profile:`, or use --profile"
        self.told.add(Code.MISSING, self.node.place, "the case names no profile", remedy)
        return None

    def _day(self, kind: str) -> tuple[AnyNode | None, Moment | None]:
        """Return the node that states the day of the policy, and the day if it can be read."""
        request = self.written.request if kind == "request" else None
        if (said := self.node.get("date")) is not None:
            return said, self.written.date
        if isinstance(request, MappingNode) and (said := request.get("submitted_on")) is not None:
            # The hook of the subject reports what is wrong with it.
            return said, day_from(said.text)[0] if isinstance(said, Scalar) else None
        return self.node.get("at"), self.written.at
