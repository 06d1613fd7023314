# SPDX-License-Identifier: MIT
"""The suite of a profile as data: its cases as lines of JSON, each with the whole answer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from attrs import frozen

from caljobs_policy import __version__
from caljobs_policy.analysis.samples import in_json
from caljobs_policy.cases.differences import Mismatch, differences
from caljobs_policy.cases.suite_head import VERSION
from caljobs_policy.cases.whole import whole_expectation, written_expectation
from caljobs_policy.conformance.posing import Posed, Source, each_once
from caljobs_policy.conformance.sources import Standard
from caljobs_policy.conformance.suite_schema import line_schema
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.plain.written import digest_of
from caljobs_policy.policy.policy import Policy


@frozen(eq=False)
class SuiteCase:
    """A case of a suite, with the decision that answers it."""

    posed: Posed
    decision: Decision

    @property
    def differences(self) -> Sequence[Mismatch]:
        """How the decision differs from what the author of the case expects."""
        expect = self.posed.expect
        return () if expect is None else differences(expect, self.decision)

    def to_dict(self) -> dict[str, Any]:
        """Return its line as plain data: a case that expects the whole decision."""
        asked, expect = self.posed.asked, self.posed.expect
        title = {"case": self.posed.title} if self.posed.title else {}
        author = {} if expect is None else {"author": written_expectation(expect)}
        notes = {"digest": digest_of(asked), "source": str(self.posed.source), **author}
        found: dict[str, Any] = in_json(
            {**title, **asked, "expect": whole_expectation(self.decision), "suite": notes}
        )
        return found


@frozen(eq=False)
class ExportedSuite:
    """The cases of a profile with their answers; the same profile makes the same lines."""

    standard: Standard
    cases: Sequence[SuiteCase]

    @property
    def counts(self) -> dict[str, int]:
        """How many cases there are from each source."""
        found = Counter(one.posed.source for one in self.cases)
        return {str(source): found[source] for source in Source if source is not Source.RANDOM}

    @property
    def failing(self) -> Sequence[SuiteCase]:
        """The cases whose author expects something else than the profile decides."""
        return [one for one in self.cases if one.differences]

    def head(self) -> dict[str, Any]:
        """Return the first line as plain data: what the others are, of what, and their schema."""
        day, policies = self.standard.day, self.standard.policies
        return {
            "version": VERSION,
            "package": {"name": "caljobs-policy", "version": __version__},
            "profile": self.standard.examined.name,
            "date": None if day is None else day.isoformat(),
            "policies": [_about(policy) for policy in policies],
            "cases": self.counts,
            "schema": line_schema(policies),
        }

    def lines(self) -> Iterator[str]:
        """Yield the lines, each a JSON object: the head, then the cases."""
        yield _line(self.head())
        for one in self.cases:
            yield _line(one.to_dict())


def exported(
    standard: Standard, step: Callable[[], object] = lambda: None, *, worked_alone: bool = False
) -> ExportedSuite:
    """Answer all cases of a profile; generated ones take a solver, and are left out on demand.

    Others than worked ones are left out where an earlier case asks the same.
    """
    worked = [*standard.worked()]
    generated = () if worked_alone else standard.generated(step)
    found = []
    for one in chain(worked, each_once(chain(standard.inherited(), generated), but=worked)):
        found.append(SuiteCase(one, one.decide()))
        step()
    return ExportedSuite(standard, found)


def _about(policy: Policy) -> dict[str, Any]:
    days = {"date": policy.day, "until": policy.until}
    about = {**days, "editions": policy.editions, "digest": policy.digest}
    found: dict[str, Any] = in_json(about)
    return found


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False)
