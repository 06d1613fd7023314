# SPDX-License-Identifier: MIT
"""Runs worked cases and prints how they differ from what they expect."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from caljobs_policy.api import cases_in, evaluate, profile_cases, profile_names
from caljobs_policy.cli.exit_codes import ExitCode, first_that_applies
from caljobs_policy.cli.terminal import errors, heading, print_problem
from caljobs_policy.errors import CaseError, Place, PolicyError, Problem
from caljobs_policy.loader.nodes import read_bytes, read_documents
from caljobs_policy.model.case import Case

_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".jsonl"})


class Trials:
    """Runs cases and counts how they came out."""

    def __init__(self, profile: str | None) -> None:
        self.profile = profile
        self.passed = self.failed = self.invalid = self.without = 0
        self.codes: set[ExitCode] = set()

    @property
    def exit_code(self) -> ExitCode:
        """What the run comes to."""
        return first_that_applies(self.codes)

    def run(self, paths: Sequence[Path]) -> None:
        """Run the cases of some paths, or of all installed profiles, and print the summary."""
        for path in self._files(paths):
            self._file(path)
        more = [
            f"{number} {what}"
            for number, what in (
                (self.invalid, "invalid"),
                (self.without, "without an expectation"),
            )
            if number
        ]
        click.echo(", ".join([f"{self.passed} passed, {self.failed} failed", *more]))
        if not self.passed and not self.codes:
            self._refuse(Problem("no case was found", Place(), "name a file, folder or profile"))

    def _files(self, paths: Sequence[Path]) -> Iterator[Path]:
        if not paths:
            for name in profile_names():
                yield from profile_cases(name)
        for path in paths:
            if path.is_file():
                yield path
            elif path.is_dir() and not (path / "profile.yaml").is_file():
                yield from sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES)
            else:
                yield from self._of_profile(path)

    def _of_profile(self, path: Path) -> Iterator[Path]:
        try:
            yield from profile_cases(path)
        except PolicyError as error:
            self.codes.add(ExitCode.COULD_NOT_RUN)
            errors(error)

    def _file(self, path: Path) -> None:
        data = read_bytes(path)
        if isinstance(data, Problem):
            self._refuse(data)
            return
        documents = read_documents(data, path.as_posix())
        for title, case in cases_in(documents, profile=self.profile):
            if isinstance(case, CaseError):
                self.invalid += 1
                self.codes.add(ExitCode.INVALID)
                errors(case)
            elif case.expect is None:
                self.without += 1
            else:
                self._case(title, case)

    def _case(self, title: str | None, case: Case) -> None:
        """Run one case."""
        decision = evaluate(case.policy, case.subject, case.at)
        differences = case.expect.differences(decision) if case.expect else ()
        if not differences:
            self.passed += 1
            return
        self.failed += 1
        self.codes.add(ExitCode.NOT_GOOD)
        sys.stdout.flush()
        heading(f"{case.place}: {title or 'a case'}")
        for difference in differences:
            click.echo(f"  {difference}")

    def _refuse(self, problem: Problem) -> None:
        self.codes.add(ExitCode.COULD_NOT_RUN)
        print_problem(problem)
