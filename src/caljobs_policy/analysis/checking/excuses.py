# SPDX-License-Identifier: MIT
"""Comments in a profile that allow what a rule finds, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.analysis.checking.rule import Bound, Fault
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.contents import profile_files
from caljobs_policy.loader.documents import read_bytes
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.loader.text.comments import comments_in

_MARK: Final = re.compile(r"(?:^|(?<=\s))#\s*allow:\s*(?P<said>.*)$", re.MULTILINE)
_REASON: Final = re.compile(r"(?P<codes>.*?)\s*\bbecause\b\s*(?P<reason>.*)$")
_KEY_ALONE: Final = re.compile(r":\s*(#.*)?$")
_CODE: Final = re.compile(r"[\s,]+")


@frozen
class Excuse:
    """What a comment allows, and for which line."""

    place: Place
    """The comment itself."""
    lines: frozenset[int]
    """The lines of which it speaks: its own, or else the next one that holds more than a comment;
    and where that is a key alone, the first one beneath it."""
    codes: tuple[str, ...]
    reason: str

    def covers(self, code: str, place: Place) -> bool:
        """Return whether it allows a fault."""
        is_there = place.file == self.place.file and place.line in self.lines
        return is_there and code in self.codes


def excuses_in(folder: Path) -> Sequence[Excuse]:
    """Return the excuses in the files of a profile."""
    files = profile_files(folder)
    paths = [str(files.own), *(path for edition in files.editions.values() for path in edition)]
    return [excuse for path in paths for excuse in _in_file(Path(path))]


def _in_file(path: Path) -> Iterator[Excuse]:
    name = shown_path(path)
    data = read_bytes(path, name=name)
    if isinstance(data, Problem):
        return
    yield from excuses_of(data.decode("utf-8", "replace"), name)


def excuses_of(text: str, name: str) -> Iterator[Excuse]:
    """Yield the excuses in the text of a file that can be read."""
    if not _MARK.search(text):
        return
    lines = text.splitlines()
    for comment in comments_in(text):
        mark = _MARK.search(comment.text)
        if mark is None:
            continue
        column = comment.column + mark.start()
        alone = not lines[comment.line - 1][: column - 1].strip()
        line = _next_line(lines, comment.line) if alone else comment.line
        spoken_of = {line}
        if _KEY_ALONE.search(lines[line - 1]):
            spoken_of.add(_next_line(lines, line))
        parted = _REASON.match(mark["said"])
        codes, reason = (parted["codes"], parted["reason"]) if parted else (mark["said"], "")
        named = tuple(code for code in _CODE.split(codes) if code)
        place = Place(name, comment.line, column)
        yield Excuse(place, frozenset(spoken_of), named, reason.strip())


def _next_line(lines: Sequence[str], after: int) -> int:
    """Return the number of the next line with more than a comment."""
    for number in range(after, len(lines)):
        text = lines[number].strip()
        if text and not text.startswith("#"):
            return number + 1
    return after


class Excuses:
    """The excuses of a profile, and what each has allowed so far."""

    def __init__(self, found: Iterable[Excuse]) -> None:
        self.all = tuple(found)
        self._used: set[tuple[Excuse, str]] = set()

    def weighed(self, one: Fault | Bound) -> Fault | Bound:
        """Return what a rule found, with the reason of the excuse that allows it, if one does."""
        if isinstance(one, Bound):
            return one
        covering = (excuse for excuse in self.all if excuse.covers(one.code, one.place))
        excuse = next((excuse for excuse in covering if excuse.reason), None)
        if excuse is None:
            return one
        self._used.add((excuse, one.code))
        return evolve(one, reason=excuse.reason)

    def is_used(self, excuse: Excuse, code: str) -> bool:
        """Return whether an excuse has allowed what a rule found."""
        return (excuse, code) in self._used
