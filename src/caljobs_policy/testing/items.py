# SPDX-License-Identifier: MIT
"""Worked cases as items of pytest: run, marked by what they are about, and failing in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.differences import Mismatch, deciding_clauses
from caljobs_policy.cases.expectation import Expectation, expected_clauses
from caljobs_policy.cases.inherited import CaseAbove
from caljobs_policy.decisions import evaluate
from caljobs_policy.errors.exceptions import CaseError, EngineError
from caljobs_policy.errors.problems import Place, printable
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import subject_key
from caljobs_policy.testing.failing import failure_text


class _Placed(pytest.Item):
    """Something that stands at a place of a file of cases."""

    def __init__(self, *, place: Place, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.written_in = Path(place.file).absolute()
        self.place = place._replace(file=shown_path(self.written_in))
        self.add_marker(pytest.mark.topic(name=self.written_in.stem))
        self.user_properties.append(("place", str(self.place)))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where it is written, and what it is called."""
        return self.written_in, self.place.line - 1 if self.place.line else None, self.name


class Unreadable(_Placed):
    """A case, or a whole file, that cannot be read."""

    def __init__(self, *, error: CaseError, **kwargs: Any) -> None:
        super().__init__(place=error.problems[0].place, **kwargs)
        self.error = error

    def runtest(self) -> None:
        """Tell all that is wrong."""
        _fail(str(self.error))


class _Read(_Placed):
    """A case that was read, marked by its subject and by the clauses that it names."""

    def __init__(self, *, case: Case, **kwargs: Any) -> None:
        super().__init__(place=case.place, **kwargs)
        self.case = case
        kind, _, type_ = subject_key(case.subject).partition("/")
        self.add_marker(pytest.mark.subject(kind=kind, type=type_ or None))
        for clause in dict.fromkeys(_named(case.expect) if case.expect else ()):
            self.add_marker(pytest.mark.clause(id=clause))
            self.user_properties.append(("clause", clause))

    def differs(self, found: Sequence[Mismatch], policy: Policy, how: str = "") -> NoReturn:
        """Fail with what differs, and with the clauses that it is about."""
        _fail(failure_text(f"{self.place}{how}", found, policy))


class Worked(_Read):
    """A case that has to come out as it expects, by each engine."""

    def __init__(self, *, case: Case, engines: Sequence[str], **kwargs: Any) -> None:
        super().__init__(case=case, **kwargs)
        self.engines = engines
        if case.expect is None:
            self.add_marker(pytest.mark.skip(reason="the case expects nothing"))

    def runtest(self) -> None:
        """Evaluate the case, and compare."""
        case = self.case
        for engine in self.engines:
            try:
                decision = evaluate(case.policy, case.subject, case.at, engine=engine)
            except EngineError as error:
                _fail(str(error))
            if found := case.differences(decision):
                how = f", decided by the engine `{engine}`" if len(self.engines) > 1 else ""
                self.differs(found, case.policy, how)


class Inherited(_Read):
    """A case of a profile above, whose outcome only a local entry may change."""

    def __init__(self, *, above: CaseAbove, **kwargs: Any) -> None:
        super().__init__(case=above.case, **kwargs)
        self.above = above
        self.add_marker(pytest.mark.inherited)

    def runtest(self) -> None:
        """Answer the case in all local words that stand for its own."""
        answers = list(self.above.answers())
        for one in answers:
            if one.said and one.here:
                found = Mismatch(one.said, deciding_clauses(one.here))
                self.differs([found], one.here.policy)
        if all(one.not_run for one in answers):
            pytest.skip(", ".join(dict.fromkeys(one.not_run for one in answers)))


def _named(expect: Expectation) -> Iterator[str]:
    """Yield every clause that an expectation names."""
    yield from expected_clauses(expect)
    yield from expect.not_clauses
    for finding in (*expect.findings, *expect.not_findings):
        yield from finding.clauses
    for duty in expect.not_duties:
        yield from duty.clauses


def _fail(text: str) -> NoReturn:
    pytest.fail("\n".join(map(printable, text.split("\n"))), pytrace=False)
