# SPDX-License-Identifier: MIT
"""Random samples of a roster that anybody can draw again.

Each account has a number made of the seed, the quarter and its user name (SHA-256); the accounts
with the smallest numbers are drawn. Neither the order of the rows nor the machine matters, and
every account has the same chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from heapq import heappush, heappushpop
from typing import Final

from attrs import define, field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.rosters.reading.rows import Raw, RosterRow, RowReader
from caljobs_policy.rosters.reviewing import double
from caljobs_policy.rosters.sample import Quarter
from caljobs_policy.subjects.fields import folded
from caljobs_policy.syntax.nodes import Scalar

METHOD: Final = "smallest SHA-256 of seed, quarter and user name"


@frozen(order=True)
class Drawn:
    """One account of the sample."""

    rank: bytes
    username: str
    raw: Raw = field(order=False)


@frozen
class Sample:
    """The accounts that were drawn, and the numbers they were drawn from."""

    drawn: tuple[Drawn, ...]
    population: Mapping[str, int]
    shares: Mapping[str, int]
    """How many were drawn of each organization; without strata, of all under the empty name."""
    too_late: int
    """How many accounts were left out of the population because they are newer than the quarter."""
    left_out: tuple[Problem, ...]


@frozen
class Draw:
    """How a sample is drawn."""

    quarter: Quarter
    size: int
    seed: str
    strata: bool = False
    """Whether each organization gets its share of the sample."""

    def __attrs_post_init__(self) -> None:
        problems = []
        if self.size < 1:
            remedy = "ask for at least one account"
            problems.append(
                Problem(
                    f"a sample cannot have size {self.size}",
                    Place(),
                    remedy,
                    code=Code.OUT_OF_RANGE,
                )
            )
        if not self.seed.strip():
            remedy = "choose any text, and keep it with the sample"
            problems.append(Problem("the seed is blank", Place(), remedy, code=Code.MISSING))
        if problems:
            raise RosterError(problems)

    @property
    def method(self) -> str:
        """How it is drawn, in words."""
        return f"{METHOD}{', by organization in proportion' if self.strata else ''}"

    def rank(self, name: str) -> bytes:
        """Return the number of an account."""
        return sha256("\0".join((self.seed, str(self.quarter), name)).encode()).digest()


def draw(rows: Iterable[Raw], reader: RowReader, how: Draw) -> Sample:
    """Draw a sample; memory holds the candidates, and a digest for each row.

    Raises a `RosterError` if no column holds user names.
    """
    if not reader.layout.has_usernames:
        place, remedy = Place(reader.layout.file, 1, 1), "add one with the heading `username`"
        raise RosterError(
            [Problem("no column holds the user name", place, remedy, code=Code.MISSING)]
        )
    pots: dict[str, _Pot] = {}
    seen: set[bytes] = set()
    left_out: list[Problem] = []
    too_late = 0
    for raw in rows:
        row = reader.row(raw)
        name = folded(row.username or "")
        rank = how.rank(name)
        if not name or rank[:8] in seen:
            left_out.append(_why_left_out(row))
            continue
        seen.add(rank[:8])
        if _is_created_after(reader, raw, how.quarter):
            too_late += 1
            continue
        organization = _organization(row) if how.strata else ""
        pot = pots.setdefault(organization, _Pot(how.size))
        pot.add(Drawn(rank, row.username or "", raw))
    counts = {name: pot.count for name, pot in pots.items()}
    shares = allocated(counts, how)
    drawn = (one for name, pot in pots.items() for one in pot.smallest(shares[name]))
    return Sample(tuple(sorted(drawn)), counts, shares, too_late, tuple(left_out))


def _is_created_after(reader: RowReader, raw: Raw, quarter: Quarter) -> bool:
    """Return whether an account is newer than the quarter; without a known date, it is not."""
    account, _ = reader.account(raw)
    created = account.created_on if account is not None else None
    return isinstance(created, date) and created > quarter.last


@define
class _Pot:
    """The candidates of a stratum, those with the smallest numbers."""

    size: int
    count: int = 0
    heap: list[tuple[int, Drawn]] = field(factory=list)

    def add(self, one: Drawn) -> None:
        self.count += 1
        entry = (-int.from_bytes(one.rank), one)
        if len(self.heap) < self.size:
            heappush(self.heap, entry)
        else:
            heappushpop(self.heap, entry)

    def smallest(self, number: int) -> list[Drawn]:
        return sorted(one for _, one in self.heap)[:number]


def _why_left_out(row: RosterRow) -> Problem:
    if folded(row.username or ""):
        return double(row.place)
    fault = Problem(
        "the row has no user name, so it cannot be drawn",
        row.place,
        "fill it in",
        code=Code.MISSING,
    )
    return row.problems[0] if row.problems else fault


def _organization(row: RosterRow) -> str:
    said = row.node.get("organization") if row.node is not None else None
    return said.text if isinstance(said, Scalar) else ""


def allocated(counts: Mapping[str, int], how: Draw) -> Mapping[str, int]:
    """Return how many accounts to draw of each stratum, by systematic random sampling.

    The first point is random, and the others follow every population / size accounts; a stratum
    gets one account for each point in it. So each account has the same chance, whatever the size
    of its stratum.
    """
    whole = sum(counts.values())
    size = min(how.size, whole)
    if not whole:
        return {}
    # Whole numbers draw the same sample on every machine. No user name begins with NUL.
    point = int.from_bytes(how.rank("\0strata")) % whole
    shares, passed = {}, 0
    for name in sorted(counts):
        begin, passed = passed, passed + counts[name]
        shares[name] = (passed * size + point) // whole - (begin * size + point) // whole
    return shares
