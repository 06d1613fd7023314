# SPDX-License-Identifier: MIT
"""What the commands about rosters share: the roster with its options, and where outputs go."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from attrs import frozen

from caljobs_policy.cli.exit_codes import code_of_error
from caljobs_policy.cli.headings import headings_from
from caljobs_policy.cli.streams import opened
from caljobs_policy.cli.terminal import errors, print_problem, tell_notices
from caljobs_policy.dates.durations import in_zone, noon
from caljobs_policy.errors.exceptions import FileError, PolicyError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.policies import policy_at
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.decoding import LineStream
from caljobs_policy.rosters.reading.opening import Roster, open_roster
from caljobs_policy.rosters.reading.options import RosterOptions


@frozen
class RosterSource:
    """A roster to be read, and the policy that it is read under."""

    name: str
    profile: str
    at: date | None
    options: RosterOptions

    def moment(self) -> tuple[Policy, datetime]:
        """Return the policy with the moment of the review: a day's noon, or now."""
        at = self.at or datetime.now().astimezone()
        policy = policy_at(self.profile, at)
        tell_notices(policy)
        if isinstance(at, datetime):
            return policy, in_zone(at, policy.zone)
        return policy, noon(at, policy.zone)

    @property
    def title(self) -> str:
        """The roster's name without its folder."""
        return "standard input" if self.name == "-" else Path(self.name).name

    def roster(self, stream: LineStream, policy: Policy) -> Roster:
        """Read the header, and tell of the columns that stand for no fact."""
        roster = open_roster(stream, self.name, policy, self.options)
        for problem in roster.unread:
            print_problem(problem)
        return roster

    def stream(self) -> AbstractContextManager[BinaryIO]:
        """Open the roster, or raise a `FileError`."""
        stream = opened(self.name)
        if isinstance(stream, Problem):
            raise FileError([stream])
        return stream


def source_of(roster: str, *, profile: str, at: date | None, **reading: Any) -> RosterSource:
    """Return the source that options of the command line name; leaves where a file is wrong."""
    return RosterSource(roster, profile, at, reading_of(**reading))


def reading_of(*, maps: Iterable[str], **options: Any) -> RosterOptions:
    """Return how rosters are to be read; leaves where a file that maps headings is wrong."""
    try:
        return RosterOptions(headings_from(maps), **options)
    except PolicyError as error:
        errors(error)
        sys.exit(code_of_error(error))


@contextmanager
def text_of(stream: BinaryIO | None) -> Iterator[TextIO]:
    """Return a stream that takes text: a terminal, or else a file or a pipe in UTF-8."""
    if stream is None and sys.stdout.isatty():
        yield sys.stdout
        return
    if stream is None:
        sys.stdout.flush()
        stream = sys.stdout.buffer
    text = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        yield text
    finally:
        text.detach()
