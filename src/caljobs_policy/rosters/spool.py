# SPDX-License-Identifier: MIT
"""Sorts more entries than memory should hold, and gives them as often as they are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Self

from caljobs_policy.model.worklist import Entry

MOST_IN_MEMORY: Final = 10_000
"""More entries than these are sorted in parts that lie on disk."""


class Spool:
    """Entries in the order of their urgency."""

    def __init__(self, entries: Iterable[Entry], most: int = MOST_IN_MEMORY) -> None:
        self._parts: list[IO[bytes]] = []
        self._rest: list[Entry] = []
        for entry in entries:
            self._rest.append(entry)
            if len(self._rest) >= most:
                self._put_away()
        self._rest.sort(key=_order)

    def _put_away(self) -> None:
        """Write what is in memory to a file without a name, sorted."""
        part = TemporaryFile(prefix="caljobs-policy-")  # noqa: SIM115  # closed with the spool
        self._parts.append(part)
        for entry in sorted(self._rest, key=_order):
            pickle.dump(entry, part)
        self._rest.clear()

    def __iter__(self) -> Iterator[Entry]:
        # One reader at a time: each part has one position.
        parts = [_read(part) for part in self._parts]
        return merge(*parts, iter(self._rest), key=_order)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for part in self._parts:
            part.close()


def _order(entry: Entry) -> tuple[int, str, str, int]:
    return entry.order


def _read(part: IO[bytes]) -> Iterator[Entry]:
    part.seek(0)
    while True:
        try:
            yield pickle.load(part)  # noqa: S301  # written by this very process
        except EOFError:
            return
