# SPDX-License-Identifier: MIT
"""How far a long run is, shown on a terminal and gone before anything else is printed there."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO, TypeVar

from attrs import define, frozen

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

    from caljobs_policy.rosters.reading.decoding import LineStream

_Item = TypeVar("_Item")
_PATIENCE: Final = 2.0
"""How many seconds a run may take before its progress is shown."""
_EVERY: Final = 0.1
"""How many seconds pass until it is drawn anew."""


@define(eq=False)
class Bar:
    """A line on standard error that can be taken away at any time, and comes back when due."""

    title: str
    unit: str
    total: int | None
    """How many there are, if that is known."""
    begun: float
    due: float
    """When it is drawn next."""
    done: int = 0
    drawn: Progress | None = None

    def step(self, number: int = 1) -> None:
        """Count what has been done since the last step, and draw the line if that is due."""
        self.done += number
        now = monotonic()
        if now >= self.due:
            self.due = now + _EVERY
            self._draw()

    def over(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield items; each is a step, done when the next one is asked for."""
        for item in items:
            yield item
            self.step()

    def hide(self) -> None:
        """Take the line away."""
        if self.drawn is not None:
            self.drawn.stop()

    def _draw(self) -> None:
        drawn = self.drawn = self.drawn or self._new()
        drawn.update(drawn.task_ids[0], completed=self.done)
        drawn.start()
        # Whatever ends this process, the terminal keeps its cursor.
        drawn.console.show_cursor()
        drawn.refresh()

    def _new(self) -> Progress:
        from rich.console import Console
        from rich.progress import Progress

        # Without a thread of its own, beside which no process could be forked safely.
        new = Progress(
            *self._columns(),
            console=Console(stderr=True),
            get_time=monotonic,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        new.add_task(self.title, total=self.total)
        new.tasks[0].start_time = self.begun
        return new

    def _columns(self) -> tuple[str | ProgressColumn, ...]:
        from rich.progress import BarColumn, Progress, TimeElapsedColumn

        if self.total is not None:
            return Progress.get_default_columns()
        so_far = f"{{task.completed:,}} {self.unit}"
        return "{task.description}", BarColumn(), so_far, TimeElapsedColumn()


_bars: list[Bar] = []
"""The one that may be on the terminal, if there is one."""


@contextmanager
def progress(
    title: str, unit: str, total: int | None = None, *, hidden: bool = False
) -> Iterator[Bar]:
    """Return a bar that is drawn once somebody has waited for it, and goes away at the end."""
    begun = monotonic()
    due = begun + _PATIENCE if is_watched() and not hidden else inf
    bar = Bar(title, unit, total, begun, due)
    _bars.append(bar)
    try:
        yield bar
    finally:
        bar.hide()
        _bars.remove(bar)


def is_watched() -> bool:
    """Return whether standard error is a terminal that somebody may look at."""
    return sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("CI")


def on_screen(names: Collection[str]) -> bool:
    """Return whether answers, or files that are read, are on the terminal themselves."""
    return sys.stdout.isatty() or ("-" in names and sys.stdin is not None and sys.stdin.isatty())


def make_way(stream: TextIO | None) -> None:
    """Take away what is drawn, as the stream that is written to next may be on the terminal."""
    if _bars and stream is not None and stream.isatty():
        _bars[-1].hide()


@frozen
class Shown(Iterable[_Item]):
    """Items with a bar that shows how many are done, each time somebody goes through them."""

    items: Iterable[_Item]
    title: str
    unit: str
    total: int | None = None
    hidden: bool = False

    def __iter__(self) -> Iterator[_Item]:
        with progress(self.title, self.unit, self.total, hidden=self.hidden) as bar:
            yield from bar.over(self.items)


@contextmanager
def watched(stream: BinaryIO, title: str) -> Iterator[LineStream]:
    """Return the lines of a stream, with a bar that shows how many bytes are read."""
    if not is_watched() or stream.isatty():
        yield stream
        return
    size = os.fstat(stream.fileno()).st_size if stream.seekable() else None
    with progress(title, "bytes", size or None) as bar:
        yield _Watched(stream, bar)


@frozen
class _Watched:
    stream: LineStream
    bar: Bar

    def readline(self, size: int = -1, /) -> bytes:
        line = self.stream.readline(size)
        self.bar.step(len(line))
        return line
