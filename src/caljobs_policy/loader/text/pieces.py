# SPDX-License-Identifier: MIT
"""The pieces of a stream, one for each document, so that a fault stops only its own."""

from __future__ import annotations

import re

from attrs import Factory, define

from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.text.editor_traces import conflicts
from caljobs_policy.loader.text.lines import CONTROL, LINE, UTF_8_BOM, Line, too_large
from caljobs_policy.loader.text.sources import Limits, Source
from caljobs_policy.loader.text.spots import COMMENT, QUOTED

MARKERS = ("---", "...")
# How many lines with content it takes to tell JSON lines from other text.
ENOUGH = 2
START = re.compile(r"---(?=[ \t\n]|$)")
END = re.compile(r"\.\.\.(?:[ \t]+(?:#.*)?)?$")
# What a line of JSON may begin with.
BEFORE_OBJECTS = ("{", '"', "'")
VERSION = re.compile(r"%YAML[ \t]+1\.[12][ \t]*(?:[ \t]#.*)?$")


@define
class Piece:
    """The lines of one document, from its `---` line on if it is `marked` by one."""

    file: str
    line: int
    marked: bool = False
    problem: Problem | None = None
    start: Place | None = None
    contents: int = 0
    directives: int = 0
    size: int = 0
    lines: list[str] = Factory(list)

    @property
    def place(self) -> Place:
        """The first place with content."""
        return self.start or Place(self.file, self.line, 1)

    @property
    def source(self) -> Source:
        """The text of the piece."""
        return Source.of(self.file, self.line, "".join(self.lines))

    def add(self, line: Line, limits: Limits) -> None:
        """Take one more line, or note why the piece cannot be read and drop its text."""
        text = line.text
        self.size += len(text) if text.isascii() else len(text.encode())
        if line.problem:
            self.refuse(line.problem)
        elif self.size > limits.size:
            self.refuse(too_large(self.place, limits))
        elif not self.problem:
            self.lines.append(text)
        if self.contents < ENOUGH or self.contents == self.directives:
            self.note_content(line)

    def refuse(self, problem: Problem) -> None:
        """Note the first problem that makes the piece unreadable."""
        self.problem = self.problem or problem
        self.lines.clear()

    def note_content(self, line: Line) -> None:
        """Count a line that is neither blank nor a comment."""
        skipped = 3 if self.marked and line.number == self.line else 0
        if COMMENT.match(line.text, skipped):
            return
        content = line.text[skipped:]
        column = skipped + len(content) - len(content.lstrip(" \t")) + 1
        self.start = self.start or Place(self.file, line.number, column)
        self.contents += 1
        self.directives += content.startswith("%") and not skipped


@define
class Splitter:
    """Cuts a stream into pieces at lines of `---` and `...`, and JSON lines at each line.

    A text is taken as JSON lines if its first line is a whole `{...}`, or if its second line
    starts with `{` and does not continue the first. No YAML document looks like this, and two
    lines are enough to tell.
    """

    file: str
    limits: Limits
    _piece: Piece = Factory(lambda self: Piece(self.file, 1), takes_self=True)
    _first: Line | None = None
    _by_line: bool = False
    _given: int = 0

    def feed(self, line: Line) -> list[Piece]:
        """Take a line and return the pieces that end with it."""
        if line.text.startswith(MARKERS):
            if START.match(line.text):
                return self._start(line)
            if END.match(line.text):
                return self._leave(Piece(self.file, line.number + 1))
        if self._by_line:
            return self._alone(line)
        known = self._piece.contents
        self._piece.add(line, self.limits)
        return [] if self._piece.contents == known else self._weigh(line)

    def close(self) -> list[Piece]:
        """Return what is left at the end of the stream; every stream has at least one piece."""
        last = self._piece
        return self._leave(Piece(self.file, last.line)) or ([] if self._given else [last])

    def _start(self, line: Line) -> list[Piece]:
        """Begin the piece of a `---` line; directives before the line belong to it."""
        fresh = Piece(self.file, line.number, marked=True)
        before = self._piece
        if before.marked or not before.contents or before.contents > before.directives:
            ended = self._leave(fresh)
        else:
            ended = []
            fresh.problem = before.problem or _directive(before)
            self._turn_to(fresh)
        fresh.add(line, self.limits)
        return ended

    def _leave(self, fresh: Piece) -> list[Piece]:
        """Return the piece so far unless it is empty, and go on with a fresh one."""
        piece = self._piece
        self._turn_to(fresh)
        written = piece.contents or piece.problem or (piece.marked and self._given)
        self._given += bool(written)
        return [piece] if written else []

    def _turn_to(self, fresh: Piece) -> None:
        self._piece, self._first, self._by_line = fresh, None, False

    def _weigh(self, line: Line) -> list[Piece]:
        """Switch to JSON lines if the first or second line with content shows them."""
        piece, first = self._piece, self._first
        if piece.contents == 1:
            self._first = line
            return self._turn_to_lines([line]) if _is_whole(line.text) else []
        if first and piece.contents == ENOUGH and _are_apart(first.text, line.text):
            return self._turn_to_lines([first, line])
        return []

    def _turn_to_lines(self, lines: list[Line]) -> list[Piece]:
        self._turn_to(Piece(self.file, lines[-1].number + 1))
        self._by_line = True
        return [piece for line in lines for piece in self._alone(line)]

    def _alone(self, line: Line) -> list[Piece]:
        """Return a JSON line as a piece of its own."""
        piece = Piece(self.file, line.number)
        piece.add(line, self.limits)
        if not piece.contents and not piece.problem:
            return []
        if not piece.problem and not line.text.lstrip().startswith("{"):
            merged = next(conflicts(piece.source), None)
            piece.refuse(merged or _not_an_object(line, piece.place))
        self._given += 1
        return [piece]


def single_piece(raw: bytes, file: str) -> Piece | None:
    """Return a text as one piece where no line of it has to be looked at; None where one has."""
    try:
        text = raw.removeprefix(UTF_8_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.startswith(MARKERS) or any(f"\n{marker}" in text for marker in MARKERS):
        return None
    if "\r" in text or CONTROL.search(text):
        return None
    piece = Piece(file, 1, lines=[text])
    for number, line in enumerate(LINE.finditer(text), start=1):
        piece.note_content(Line(number, line.group()))
        if line.group().lstrip().startswith(BEFORE_OBJECTS):
            return None
        if piece.contents >= ENOUGH and piece.contents > piece.directives:
            return piece
    return None


def _bare(text: str) -> str:
    """Return a line without its quoted texts; an unclosed quote stays."""

    def left(quoted: re.Match[str]) -> str:
        return "" if quoted["double"] or quoted["single"] else '"'

    return QUOTED.sub(left, text).partition(" #")[0].strip()


def _is_whole(text: str) -> bool:
    """Return whether a line is one `{...}`, judged by its brackets outside of quotes."""
    bare = _bare(text)
    opened, closed = bare.count("{") + bare.count("["), bare.count("}") + bare.count("]")
    return bare.startswith("{") and bare.endswith("}") and opened == closed


def _are_apart(first: str, second: str) -> bool:
    """Return whether a second `{` line cannot continue a first one."""
    bare = _bare(first)
    ended = '"' not in bare and bare[-1:] not in {",", "[", ":", "{"}
    return bare.startswith("{") and second.lstrip().startswith("{") and ended


def _directive(piece: Piece) -> Problem | None:
    """Find a directive other than one for a supported version of YAML."""
    for offset, text in enumerate(piece.lines):
        if not COMMENT.match(text) and not VERSION.match(text):
            place = Place(piece.file, piece.line + offset, 1)
            return Problem(
                f"the line {shown(text.strip())} is an instruction for a reader of YAML",
                place,
                "remove it, or put a text that starts with `%` in quotes",
            )
    return None


def _not_an_object(line: Line, place: Place) -> Problem:
    return Problem(
        f"{shown(line.text.strip())} is not an object in `{{` and `}}`, as the lines above are",
        place,
        "write one whole object on each line, or separate documents with lines of `---`",
    )
