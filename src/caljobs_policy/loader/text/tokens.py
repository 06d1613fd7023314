# SPDX-License-Identifier: MIT
"""The tokens that a tree is built from, made from the events of PyYAML's parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol

import yaml
from attrs import Factory, define
from yaml import events

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.editor_traces import (
    HIDDEN,
    hidden,
    line_break,
    looks_enclosed,
    typographic,
)
from caljobs_policy.loader.text.sources import MalformedError, Source
from caljobs_policy.loader.text.spots import Spot
from caljobs_policy.loader.text.syntax_faults import (
    dropped,
    escape_refused,
    explained,
    tab_refused,
    tag_refused,
)

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
Kind = Literal["scalar", "sequence", "mapping", "end", "alias"]
# A tab at the end of a line is not part of the text.
INNER_TAB = re.compile(r"\t(?=[^\n]*\S)")
TAG = re.compile(r"!\S*")
SURROGATE = re.compile("[\ud800-\udfff]")
NOWHERE = Place()


class Token(NamedTuple):
    """A text, the start or the end of a collection, or an alias; a problem may come with it."""

    kind: Kind
    place: Place
    text: str = ""
    quoted: bool = False
    anchor: str | None = None
    problem: Problem | None = None


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


@define
class _Opened:
    """The collections that are open: the places of their brackets, or None."""

    brackets: list[Place | None] = Factory(list)
    in_blocks: bool = False
    """Whether the whole document is a collection without brackets."""

    def note(self, event: yaml.Event, place: Place) -> None:
        """Take one more event and its place."""
        if isinstance(event, events.CollectionStartEvent):
            self.in_blocks = self.in_blocks or not (self.brackets or event.flow_style)
            self.brackets.append(place if event.flow_style else None)
        elif isinstance(event, events.CollectionEndEvent):
            self.brackets.pop()

    def spot(self, error: yaml.MarkedYAMLError, source: Source) -> Spot:
        """Return the spot where a parser stopped, whatever the parser says about it."""
        reached = _at(error.problem_mark or error.context_mark, source)
        start = _at(error.context_mark or error.problem_mark, source)
        innermost = next(filter(None, reversed(self.brackets)), None)
        return Spot(source, start, reached, innermost, self.in_blocks)


def yaml_tokens(source: Source) -> Iterator[Token]:
    """Yield the tokens of a YAML text; raises MalformedError where its syntax breaks."""
    if problem := line_break(source):
        raise MalformedError(problem, problem.place)
    place, opened = source.place(0, 0), _Opened()
    try:
        for event in yaml.parse(source.text, Loader=LOADER):
            if token := _token(event, source):
                place = token.place if token.kind != "end" else place
                opened.note(event, place)
                yield token
    except yaml.MarkedYAMLError as error:
        raise explained(opened.spot(error, source)) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # The parser in Python fails this way where the one in C reports a wrong escape.
        raise escape_refused(source, place) from None


def _token(event: yaml.Event, source: Source) -> Token | None:
    """Translate one event; the starts and ends of streams and documents have no token."""
    if isinstance(event, events.ScalarEvent):
        place = _place(event, source)
        if event.style == '"' and SURROGATE.search(event.value):
            raise explained(Spot(source, place, place))
        problem = _tag(event.tag, place, source) or _misread(event, source) or _lost(event, source)
        return Token("scalar", place, event.value, bool(event.style), event.anchor, problem)
    if isinstance(event, events.CollectionEndEvent):
        return Token("end", NOWHERE)
    if isinstance(event, events.CollectionStartEvent):
        place = _place(event, source)
        kind: Kind = "mapping" if isinstance(event, events.MappingStartEvent) else "sequence"
        return Token(kind, place, anchor=event.anchor, problem=_tag(event.tag, place, source))
    if isinstance(event, events.AliasEvent):
        return Token("alias", _place(event, source), event.anchor or "")
    return None


def _at(mark: Mark | None, source: Source) -> Place:
    return source.place(mark.line, mark.column) if mark else source.place(0, 0)


def _place(event: events.NodeEvent, source: Source) -> Place:
    return _at(event.start_mark, source)


def _tag(tag: str | None, place: Place, source: Source) -> Problem | None:
    """Refuse a tag as it was written, perhaps after an anchor."""
    if tag is None:
        return None
    written = TAG.search(source.rest(place))
    return tag_refused(written.group() if written else "!", place)


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
