# SPDX-License-Identifier: MIT
"""Sorted entries, more than memory should hold, that can be read any number of times."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import attrgetter
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Self

from caljobs_policy.rosters.entry import RosterEntry

MOST_IN_MEMORY: Final = 10_000
"""Beyond this number, entries are sorted in parts on disk."""
_ORDER: Final = attrgetter("order")
_BATCH: Final = 100
"""How many entries of a part are read at once."""


class Spool:
    """Entries in the order of their urgency."""

    def __init__(self, entries: Iterable[RosterEntry], most: int = MOST_IN_MEMORY) -> None:
        self._file: IO[bytes] = TemporaryFile(prefix="caljobs-policy-")  # noqa: SIM115  # on exit
        """Holds sorted parts in batches; it has no name, so nothing is left of it."""
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
        self._rest.sort(key=_ORDER)

    def _put_away(self) -> None:
        """Write the entries in memory to the file as a part."""
        self._parts.append(self._file.tell())
        self._rest.sort(key=_ORDER)
        for first in range(0, len(self._rest), _BATCH):
            pickle.dump(self._rest[first : first + _BATCH], self._file)
        pickle.dump([], self._file)
        self._rest.clear()

    def __iter__(self) -> Iterator[RosterEntry]:
        parts = [self._read(begin) for begin in self._parts]
        return merge(*parts, iter(self._rest), key=_ORDER)

    def _read(self, position: int) -> Iterator[RosterEntry]:
        """Read a part. It keeps its own position, since several are read in turn."""
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
