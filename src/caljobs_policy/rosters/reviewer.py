# SPDX-License-Identifier: MIT
"""Reviews blocks of rows: where nothing has to be done all at once, and the others one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from attrs import frozen

from caljobs_policy.decisions import evaluate
from caljobs_policy.errors.extras import lacking
from caljobs_policy.errors.problems import Place
from caljobs_policy.loader.policies import load_policy
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.entry import RosterEntry
from caljobs_policy.rosters.reading.blocks import Block, BlockReader
from caljobs_policy.rosters.reading.rows import Layout, Raw, RowReader
from caljobs_policy.rosters.worklist import entry_of, quiet, unread
from caljobs_policy.subjects.account import Account

if TYPE_CHECKING:
    from caljobs_policy.rosters.quiet import QuietFinder

WITHIN: Final = 30
"""How many days ahead deadlines are listed by default."""
WORTHWHILE: Final = 2_000
"""With fewer rows, loading Polars takes longer than it saves."""


@frozen
class Reviewer:
    """Everything needed to review the rows of one roster, in any process."""

    jurisdiction: str
    day: date
    at: datetime
    layout: Layout
    within: int = WITHIN
    engine: str = "native"

    def run(self) -> Callable[[Sequence[Raw]], list[RosterEntry]]:
        """Load the policy, and return the function that reviews blocks of rows under it."""
        return BlockReviewer(self, load_policy(self.jurisdiction, self.day)).entries

    def entry(self, reader: RowReader, raw: Raw) -> RosterEntry:
        """Review one row, with the places of its cells."""
        account, row = reader.account(raw)
        if account is None:
            return unread(row.number, row.place, row.username, row.problems)
        return self.decided(reader.policy, account, row.number, row.place)

    def decided(self, policy: Policy, account: Account, number: int, place: Place) -> RosterEntry:
        """Review an account."""
        decision = evaluate(policy, account, self.at, engine=self.engine)
        return entry_of(decision, number, place, self.within)


class BlockReviewer:
    """Reviews blocks of rows under a policy."""

    def __init__(self, reviewer: Reviewer, policy: Policy) -> None:
        self.reviewer = reviewer
        self.policy = policy
        self.reader = RowReader(reviewer.layout, policy)
        self.blocks = BlockReader(reviewer.layout, policy)
        self.finder: QuietFinder | None = None

    def entries(self, rows: Sequence[Raw]) -> list[RosterEntry]:
        """Review a block of rows."""
        block = self.blocks.read(rows)
        found: list[RosterEntry | None] = [None] * len(rows)
        for row, entry in zip(block.usual, self._usual(block), strict=True):
            found[row] = entry
        return [
            self.reviewer.entry(self.reader, raw) if entry is None else entry
            for raw, entry in zip(rows, found, strict=True)
        ]

    def _usual(self, block: Block) -> Iterator[RosterEntry | None]:
        """Yield the entries of the usual rows, None for those to be read by themselves."""
        file = self.reviewer.layout.file
        names, organizations = block.values("username"), block.values("organization")
        for number, outcome in enumerate(self._outcomes(block)):
            raw = block.rows[block.usual[number]]
            place = Place(file, raw.line, 1)
            if outcome is not None:
                row = raw.number, place
                yield quiet(self.policy, row, names[number], organizations[number], outcome)
                continue
            yield self._decided(block.account(number), raw.number, place)

    def _decided(self, account: Account | None, number: int, place: Place) -> RosterEntry | None:
        if account is None:
            return None
        return self.reviewer.decided(self.policy, account, number, place)

    def _outcomes(self, block: Block) -> Sequence[Outcome | None]:
        """Return the outcomes of the usual rows that are known to be quiet."""
        finder = self._finder(block)
        return [None] * len(block.usual) if finder is None else finder.outcomes(block.facts)

    def _finder(self, block: Block) -> QuietFinder | None:
        """Return what finds quiet rows, None where it is not there or not worthwhile to load."""
        is_small = len(block.usual) < WORTHWHILE and self.finder is None
        if is_small or not block.usual or self.reviewer.engine != "native":
            return None
        if self.finder is None and lacking("`review`", "columns") is None:
            from caljobs_policy.rosters.quiet import quiet_finder  # noqa: PLC0415  # Polars

            self.finder = quiet_finder(self.policy, self.reviewer.at, self.reviewer.within)
        return self.finder
