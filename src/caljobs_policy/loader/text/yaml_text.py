# SPDX-License-Identifier: MIT
"""Reads a YAML text: the events of PyYAML's parser, in C where it is there, become nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

import yaml
from yaml import events

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.editor_traces import (
    HIDDEN,
    hidden,
    line_break,
    looks_enclosed,
    typographic,
)
from caljobs_policy.loader.text.guard import Guard, OpenMapping, OpenSequence
from caljobs_policy.loader.text.sources import MalformedError, Source
from caljobs_policy.loader.text.spots import Spot
from caljobs_policy.loader.text.syntax_faults import (
    dropped,
    escape_refused,
    explained,
    tab_refused,
    tag_refused,
)
from caljobs_policy.syntax.nodes import At

# What looks like a comment but hardly is one, after a scalar of each style; for blocks, from their
# sign on.
AFTER_TEXT, AFTER_QUOTE = re.compile(r"[ \t]+(#(?:\S| \d).*)"), re.compile(r"(#.*)")
AFTER_SIGN = re.compile(r"[|>][-+0-9]*+[ \t]*+(#\S.*)")
DROPPED = {
    "": AFTER_TEXT,
    "'": AFTER_QUOTE,
    '"': AFTER_QUOTE,
    "|": AFTER_SIGN,
    ">": AFTER_SIGN,
}
# A tab at the end of a line is not part of the text.
INNER_TAB = re.compile(r"\t(?=[^\n]*\S)")
TAG = re.compile(r"!\S*")
SURROGATE = re.compile("[\ud800-\udfff]")


class Mark(Protocol):
    """A place as PyYAML's parsers report it, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class PureLoader(yaml.BaseLoader):
    """The parser in Python, made to accept tabs between tokens as the one in C does."""

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments, line ends, and tabs where no indentation is meant."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()


LOADER: type = getattr(yaml, "CBaseLoader", PureLoader)


def read_yaml(source: Source, guard: Guard) -> None:
    """Build the nodes of a YAML text; raises MalformedError where its syntax breaks."""
    if problem := line_break(source):
        raise MalformedError(problem, problem.place)
    _Reader(source, guard).read()


class _Reader:
    """Takes the events of a parser one by one; those of streams and documents say nothing."""

    def __init__(self, source: Source, guard: Guard) -> None:
        self.source, self.guard = source, guard
        self.file, self.first_line, self.lines = source.file, source.first_line, len(source.lines)
        self.at: At = source.place(0, 0)
        """Where the last text, collection or alias begins."""
        self.in_blocks = False
        """Whether the whole document is a collection without brackets."""
        self.traced = frozenset(n for n, line in enumerate(source.lines) if _has_traces(line))
        """The lines on which a text can be misread or cut short."""
        self.takes: Mapping[type, Callable[[Any], None]] = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: partial(self._begin, OpenMapping),
            events.SequenceStartEvent: partial(self._begin, OpenSequence),
            events.MappingEndEvent: self._end,
            events.SequenceEndEvent: self._end,
            events.AliasEvent: self._alias,
        }

    def read(self) -> None:
        """Take all events."""
        take = self.takes.get
        try:
            next_event = LOADER(self.source.text).get_event
            while (event := next_event()) is not None:
                if taken := take(event.__class__):
                    taken(event)
        except yaml.MarkedYAMLError as error:
            raise explained(self._spot(error)) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            # The parser in Python fails this way where the one in C reports a wrong escape.
            raise escape_refused(self.source, Place(*self.at)) from None

    def _scalar(self, event: Any) -> None:
        # This runs for every text in every file.
        mark = event.start_mark
        line = mark.line
        if line >= self.lines:
            at = self._start(event)
        else:
            at = self.at = (self.file, self.first_line + line, mark.column + 1)
        text, style = event.value, event.style
        if style == '"' and not text.isascii() and SURROGATE.search(text):
            raise explained(Spot(self.source, Place(*at), Place(*at)))
        if event.tag is not None or (self.traced and self._may_be_traced(event)):
            self.guard.note(
                self._tag(event) or _misread(event, self.source) or _lost(event, self.source)
            )
        self.guard.scalar(text, bool(style), at, event.anchor)

    def _may_be_traced(self, event: Any) -> bool:
        first, last = event.start_mark.line, event.end_mark.line
        return first != last or first in self.traced

    def _begin(self, opened: type[OpenMapping | OpenSequence], event: Any) -> None:
        at = self._start(event)
        if event.tag is not None:
            self.guard.note(self._tag(event))
        in_brackets = bool(event.flow_style)
        if not (in_brackets or self.guard.opened):
            self.in_blocks = True
        self.guard.begin(opened(at, event.anchor, in_brackets))

    def _end(self, _: Any) -> None:
        self.guard.end()

    def _alias(self, event: Any) -> None:
        self.guard.alias(event.anchor or "", self._start(event))

    def _start(self, event: Any) -> At:
        """Return where an event begins."""
        mark = event.start_mark
        line = mark.line
        if line < self.lines:
            at = (self.file, self.first_line + line, mark.column + 1)
        else:
            at = self.source.place(line, mark.column)
        self.at = at
        return at

    def _tag(self, event: Any) -> Problem | None:
        """Refuse a tag as it was written, perhaps after an anchor."""
        if event.tag is None:
            return None
        place = _at(event.start_mark, self.source)
        written = TAG.search(self.source.rest(place))
        return tag_refused(written.group() if written else "!", place)

    def _spot(self, error: yaml.MarkedYAMLError) -> Spot:
        """Return the spot where a parser stopped, whatever the parser says about it."""
        reached = _at(error.problem_mark or error.context_mark, self.source)
        start = _at(error.context_mark or error.problem_mark, self.source)
        brackets = (Place(*one.at) for one in reversed(self.guard.opened) if one.in_brackets)
        return Spot(self.source, start, reached, next(brackets, None), self.in_blocks)


def _has_traces(line: str) -> bool:
    return "#" in line or "\t" in line or not line.isascii()


def _at(mark: Mark | None, source: Source) -> Place:
    return source.place(mark.line, mark.column) if mark else source.place(0, 0)


def _misread(event: events.ScalarEvent, source: Source) -> Problem | None:
    """Find a character that an unquoted text hardly was meant to include."""
    start, end = event.start_mark, event.end_mark
    if event.style or not event.value or not start or not end:
        return None
    written = event.value
    if start.line != end.line:
        written = source.between(_at(start, source), _at(end, source))
    elif written.isascii() and "\t" not in written:
        return None
    place = _at(start, source)
    if found := INNER_TAB.search(written):
        return tab_refused(source.moved(place, found.start()))
    if written.isascii():
        return None
    if found := HIDDEN.search(written):
        return hidden(found.group(), source.moved(place, found.start()))
    return typographic(place) if looks_enclosed(written) else None


def _lost(event: events.ScalarEvent, source: Source) -> Problem | None:
    """Find text that YAML would drop beside a scalar."""
    style = event.style or ""
    mark = event.start_mark if style in {"|", ">"} else event.end_mark
    if not mark or mark.line >= len(source.lines) or "#" not in source.lines[mark.line]:
        return None
    found = DROPPED[style].match(source.lines[mark.line], mark.column)
    if not found or not (style or not event.value or any(c.isalpha() for c in event.value)):
        return None
    return dropped(found.group(1), source.place(mark.line, found.start(1)))
