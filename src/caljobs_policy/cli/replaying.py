# SPDX-License-Identifier: MIT
"""Counts what becomes of recorded cases, or of the rows of a roster, under two policies."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.reading import CaseReader
from caljobs_policy.cases.worked import counterpart, profile_case_files
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.streams import documents_of, opened
from caljobs_policy.cli.terminal import errors, print_problem, tell_all
from caljobs_policy.dates.durations import Moment, noon
from caljobs_policy.decisions import evaluate
from caljobs_policy.errors.exceptions import CaseError, PolicyError
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.contents import Listing, case_files
from caljobs_policy.loader.folders import is_profile
from caljobs_policy.loader.policies import policy_at
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.report.plan_text import outcome
from caljobs_policy.subjects.facts import SUBJECT_KINDS

if TYPE_CHECKING:
    from caljobs_policy.analysis.comparing.sources import Source
    from caljobs_policy.rosters.reading.opening import Roster
    from caljobs_policy.rosters.reading.options import RosterOptions

_TABLES: Final = {".csv", ".tsv", ".txt"}
_LINES: Final = {".jsonl", ".ndjson"}
_OF_CASES: Final = {*SUBJECT_KINDS, "case", "cases"}
"""The keys that tell a case from the row of a roster."""
_MOST: Final = 20
"""So many that change are named."""


class Replay:
    """Counts outcomes under an old policy and a new one."""

    def __init__(self, old: Source, new: Source, reading: RosterOptions) -> None:
        self.sources = (old, new)
        self.reading = reading
        self.old, self.new = old.policy, new.policy
        self.counts: Counter[tuple[Outcome, Outcome]] = Counter()
        self.changed: list[str] = []
        """The first that change, each with its outcomes."""
        self.without = 0
        """How many have no counterpart under one of the policies."""
        self.codes: set[ExitCode] = set()

    def run(self, name: str) -> None:
        """Replay a file or a folder of cases, the cases of a profile, or a roster."""
        path = Path(name)
        if name == "-" or os.path.isfile(name):
            (self._roster if _is_roster(path) else self._cases)(name)
        elif os.path.isdir(name) and not is_profile(path):
            self._files(case_files(path), None)
        else:
            try:
                self._files(profile_case_files(name), name)
            except PolicyError as error:
                message = f"there is no file, folder or profile {shown(name)}"
                print_problem(Problem(message, Place(), error.problems[0].help))
                self.codes.add(ExitCode.INVALID)

    def _files(self, listing: Listing, profile: str | None) -> None:
        if listing.refused:
            self.codes.add(ExitCode.INVALID)
            errors(CaseError(listing.refused))
        for file in listing.read:
            self._cases(Path(file).as_posix(), profile)

    def _cases(self, name: str, profile: str | None = None) -> None:
        documents = documents_of(name)
        if isinstance(documents, Problem):
            print_problem(documents)
            self.codes.add(ExitCode.COULD_NOT_RUN)
            return
        find = partial(self._policy, folders=name != "-")
        reader = CaseReader(find, date.today, usual_profile=profile or self.old.jurisdiction)
        for title, case in (one for document in documents for one in reader.cases(document)):
            if isinstance(case, CaseError):
                errors(case)
                self.codes.add(ExitCode.INVALID)
            else:
                self._count(case, title or str(case.place))

    def _policy(self, name: str, moment: Moment, is_named: bool, *, folders: bool) -> Policy:
        """Return the policy that a case names: of a profile that is compared as it is here."""
        for source in self.sources:
            if name == source.policy.jurisdiction:
                return source.at(moment)
        return policy_at(name, moment, folders=folders or not is_named)

    def _roster(self, name: str) -> None:
        from caljobs_policy.rosters.reading.opening import open_roster

        stream = opened(name)
        if isinstance(stream, Problem):
            print_problem(stream)
            self.codes.add(ExitCode.COULD_NOT_RUN)
            return
        try:
            with stream as lines:
                roster = open_roster(lines, name, self.old, self.reading)
                tell_all(roster.unread)
                for case in self._rows(roster):
                    self._count(case, str(case.place))
        except PolicyError as error:
            errors(error)
            self.codes.add(ExitCode.INVALID)

    def _rows(self, roster: Roster) -> Iterator[Case]:
        """Yield the rows of a roster as cases, all as of noon of the later policy's day."""
        from caljobs_policy.rosters.reading.rows import RowReader

        at = self._moment()
        reader = RowReader(roster.layout, self.old)
        for raw in roster.rows:
            account, row = reader.account(raw)
            if account is None:
                tell_all(row.problems)
                self.codes.add(ExitCode.INVALID)
            else:
                yield Case(None, self.old, account, at, None, row.place)

    def _moment(self) -> datetime:
        return noon(max(self.old.day, self.new.day), self.old.zone)

    def _count(self, case: Case, title: str) -> None:
        try:
            old, new = (
                evaluate(policy, counterpart(case, policy), case.at).outcome
                for policy in (self.old, self.new)
            )
        except PolicyError:
            self.without += 1
            return
        self.counts[old, new] += 1
        if old != new and len(self.changed) < _MOST:
            self.changed.append(f"{shown(title, 200)}: {outcome(old)} → {outcome(new)}")

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        counts = [{"old": o, "new": n, "cases": c} for (o, n), c in sorted(self.counts.items())]
        return {
            "cases": sum(self.counts.values()),
            "changed": self._number_changed,
            "without_counterpart": self.without,
            "outcomes": counts,
        }

    @property
    def _number_changed(self) -> int:
        return sum(count for (old, new), count in self.counts.items() if old != new)

    def blocks(self) -> Iterable[tuple[str, str]]:
        """Yield the counts in words, as parts of a page."""
        total, changed = sum(self.counts.values()), self._number_changed
        yield "2", "What was recorded"
        have = "has" if changed == 1 else "have"
        yield "p", f"Of {total:,} cases that were replayed, {changed:,} {have} another outcome."
        for (old, new), count in sorted(self.counts.items()):
            if old != new:
                yield "-", f"{count:,}: {outcome(old)} → {outcome(new)}"
        if self.without:
            yield "p", f"{self.without:,} more cannot be said in the words of both policies."
        if self.changed:
            yield "p", "These change:" if len(self.changed) == changed else "The first that change:"
        yield from (("-", one) for one in self.changed)


def _is_roster(path: Path) -> bool:
    """Return whether a file is a roster: a table, or JSON lines of accounts."""
    suffix = path.suffix.lower()
    if suffix not in _LINES:
        return suffix in _TABLES
    try:
        with path.open(encoding="utf-8") as lines:
            first = json.loads(next((line for line in lines if line.strip()), ""))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and _OF_CASES.isdisjoint(first)
