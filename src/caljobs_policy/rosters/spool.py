# SPDX-License-Identifier: MIT
"""Sorts more entries than memory should hold, and gives them as often as they are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Self

from caljobs_policy.rosters.entry import RosterEntry

MOST_IN_MEMORY: Final = 10_000
"""More entries than these are sorted in parts that lie on disk."""
_BATCH: Final = 100
"""How many entries of each part are read at once."""


class Spool:
    """Entries in the order of their urgency."""

    def __init__(self, entries: Iterable[RosterEntry], most: int = MOST_IN_MEMORY) -> None:
        self._file: IO[bytes] = TemporaryFile(prefix="caljobs-policy-")  # noqa: SIM115  # on exit
        """Has no name, so that nothing is left of it; holds parts, each sorted, in batches."""
        self._parts: list[int] = []
        """Where each part begins."""
        self._rest: list[RosterEntry] = []
        try:
            for entry in entries:
                self._rest.append(entry)
                if len(self._rest) >= most:
                    self._put_away()
        except BaseException:
            self._file.close()
            raise
        self._rest.sort(key=_order)

    def _put_away(self) -> None:
        """Write what is in memory to the file."""
        self._parts.append(self._file.tell())
        self._rest.sort(key=_order)
        for first in range(0, len(self._rest), _BATCH):
            pickle.dump(self._rest[first : first + _BATCH], self._file)
        pickle.dump([], self._file)
        self._rest.clear()

    def __iter__(self) -> Iterator[RosterEntry]:
        parts = [self._read(begin) for begin in self._parts]
        return merge(*parts, iter(self._rest), key=_order)

    def _read(self, position: int) -> Iterator[RosterEntry]:
        """Read a part; several are read in turn, so each keeps its own position."""
        while True:
            self._file.seek(position)
            batch = pickle.load(self._file)  # noqa: S301  # written by this very process
            position = self._file.tell()
            if not batch:
                return
            yield from batch

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def _order(entry: RosterEntry) -> tuple[int, str, str, int, int]:
    return entry.order
