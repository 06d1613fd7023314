# SPDX-License-Identifier: MIT
"""Sorted entries, more than memory should hold, that can be read any number of times."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from heapq import merge
from operator import attrgetter
from tempfile import TemporaryFile, gettempdir
from types import TracebackType
from typing import IO, Final, Self

from caljobs_policy.errors.exceptions import FileError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.rosters.entry import RosterEntry

MOST_IN_MEMORY: Final = 30_000
"""Beyond this number, entries are sorted in parts on disk."""
_ORDER: Final = attrgetter("order")
_BATCH: Final = 100
"""How many entries of a part are read at once."""


class Spool:
    """Entries in the order of their urgency.

    Raises a `FileError` where they are too many for memory and the disk does not take them.
    """

    def __init__(self, entries: Iterable[RosterEntry], most: int = MOST_IN_MEMORY) -> None:
        self._file: IO[bytes] | None = None
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
            self._close()
            raise
        self._rest.sort(key=_ORDER)

    def _put_away(self) -> None:
        """Write the entries in memory to the file as a part."""
        self._rest.sort(key=_ORDER)
        with _usable_disk():
            if self._file is None:
                self._file = TemporaryFile(prefix="caljobs-policy-")  # noqa: SIM115  # on exit
            file = self._file
            self._parts.append(file.tell())
            for first in range(0, len(self._rest), _BATCH):
                pickle.dump(self._rest[first : first + _BATCH], file)
            pickle.dump([], file)
            # What is left in its buffer would fail later, while an output is written.
            file.flush()
        self._rest.clear()

    def __iter__(self) -> Iterator[RosterEntry]:
        file = self._file
        parts = () if file is None else [_read(file, begin) for begin in self._parts]
        return merge(*parts, iter(self._rest), key=_ORDER)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            # A full disk does not take what is left in the buffer; nobody needs that any more.
            with suppress(OSError):
                self._file.close()


def _read(file: IO[bytes], position: int) -> Iterator[RosterEntry]:
    """Read a part. It keeps its own position, since several are read in turn."""
    while True:
        with _usable_disk():
            file.seek(position)
            batch = pickle.load(file)  # noqa: S301  # written by this very process
            position = file.tell()
        if not batch:
            return
        yield from batch


@contextmanager
def _usable_disk() -> Iterator[None]:
    """Report what is wrong with the disk that sorts, which need not be that of an output."""
    try:
        yield
    except OSError as error:
        raise FileError([_unusable(error)]) from None


def _unusable(error: OSError) -> Problem:
    name_another = "in the environment variable TMPDIR"
    try:
        folder = gettempdir()
    except OSError:
        message = "there is no folder for temporary files, in which long rosters are sorted"
        return Problem(message, Place(), f"name one {name_another}")
    reason = (error.strerror or "nobody says why").lower()
    message = f"the roster cannot be sorted in this folder: {reason}"
    return Problem(message, Place(folder), f"make room there, or name another {name_another}")
