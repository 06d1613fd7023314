# SPDX-License-Identifier: MIT
"""Files of worked cases, and profiles that inherit some, as pytest collects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.inherited import cases_above
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.errors.exceptions import CaseError, EditionError, PolicyError
from caljobs_policy.errors.problems import Problem, printable
from caljobs_policy.loader.contents import CASES_FOLDER, case_files
from caljobs_policy.loader.documents import read_bytes, read_documents
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.loader.policies import load_policy, load_profile
from caljobs_policy.testing.configured import Configured
from caljobs_policy.testing.items import Inherited, Unreadable, Worked


class CaseFile(pytest.File):
    """A file of worked cases."""

    profile: Path | None
    """The profile of a case that names none."""
    engines: Sequence[str]

    @classmethod
    def of(
        cls, parent: pytest.Collector, path: Path, profile: Path | None, configured: Configured
    ) -> Self:
        """Return a file that lies beside a profile, or one whose cases name theirs."""
        file: Self = cls.from_parent(parent, path=path)
        file.profile = profile or configured.profile
        file.engines = configured.engines
        return file

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each case, also for one that cannot be read."""
        shown = shown_path(self.path)
        data = read_bytes(self.path, name=shown)
        if isinstance(data, Problem):
            raise self.CollectError(str(data))
        documents = read_documents(data, shown)
        usual = self.profile.as_posix() if self.profile else None
        names = _Names()
        for title, case in cases_in(documents, usual_profile=usual, folders=True):
            if isinstance(case, Case):
                name = names.of(title or f"a case at line {case.place.line}")
                yield Worked.from_parent(self, name=name, case=case, engines=self.engines)
            else:
                name = names.of(title or f"a case at line {case.problems[0].place.line}")
                yield Unreadable.from_parent(self, name=name, error=case)


class ProfileFile(pytest.File):
    """The file of a profile, under which the cases stand that the profile inherits."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each of them, and for each file that looks like cases and is not read.

        A profile that cannot be used is told once, and not for each of its cases.
        """
        folder = self.path.parent
        names = _Names()
        for problem in case_files(folder / CASES_FOLDER).refused:
            name = names.of(Path(problem.place.file).name)
            yield Unreadable.from_parent(self, name=name, error=CaseError([problem]))
        try:
            for edition in load_profile(folder).editions:
                with suppress(EditionError):  # the profile above may begin later
                    load_policy(folder, edition.start)
            above = list(cases_above(folder))
        except PolicyError as error:
            raise self.CollectError(str(error)) from None
        for one in above:
            name = names.of(one.case.title or f"a case at line {one.case.place.line}")
            yield Inherited.from_parent(self, name=name, above=one)


class _Names:
    """Names of items by the titles of cases, each of them another, so that one can be run again."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def of(self, title: str) -> str:
        """Return the name of the next item; `::` would part a name in two on the command line."""
        name = printable(title).replace("::", ":")
        self._taken[name] += 1
        number = self._taken[name]
        return name if number == 1 else self.of(f"{name} ({number})")
