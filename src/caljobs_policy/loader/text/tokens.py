# SPDX-License-Identifier: MIT
"""The tokens that a tree is built from, as PyYAML's parser hands them over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol

import yaml
from yaml import events

from caljobs_policy.errors import Place, Problem
from caljobs_policy.loader.text.documents import MalformedError, Source
from caljobs_policy.loader.text.wording import (
    dropped,
    escape_refused,
    explained,
    tab_refused,
    tag_refused,
)

HIDDEN = re.compile("[\x85\u2028\u2029\ufeff]")
# What a comment looks like that hardly is one, after a scalar of each style; for the styles of
# blocks, from where their sign stands.
AFTER_TEXT, AFTER_QUOTE = re.compile(r"[ \t]+(#\S.*)"), re.compile(r"(#.*)")
AFTER_SIGN = re.compile(r"[|>][-+0-9]*+[ \t]*+(#\S.*)")
DROPPED = {
    "": AFTER_TEXT,
    "'": AFTER_QUOTE,
    '"': AFTER_QUOTE,
    "|": AFTER_SIGN,
    ">": AFTER_SIGN,
}
Kind = Literal["scalar", "sequence", "mapping", "end", "alias"]
TAG = re.compile(r"!\S*")
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
    """A place as PyYAML's parsers give it, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class PureLoader(yaml.BaseLoader):
    """The parser in Python, which takes tabs between tokens as the one in C does."""

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments, line ends, and tabs where no indentation is meant."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()


LOADER: type = getattr(yaml, "CBaseLoader", PureLoader)


def yaml_tokens(source: Source) -> Iterator[Token]:
    """Give the tokens of a YAML text; raises MalformedError where its syntax breaks."""
    _refuse_hidden(source)
    place = source.place(0, 0)
    try:
        for event in yaml.parse(source.text, Loader=LOADER):
            if token := _token(event, source):
                place = token.place if token.kind != "end" else place
                yield token
    except yaml.MarkedYAMLError as error:
        raise explained(error, source) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # The parser in Python fails so where the one in C tells of a wrong escape.
        raise MalformedError(escape_refused(place), place) from None


def _refuse_hidden(source: Source) -> None:
    """Refuse characters that the parsers take for ends of lines and an editor does not show."""
    if source.text.isascii() or not (found := HIDDEN.search(source.text)):
        return
    before = source.text[: found.start()]
    place = source.place(before.count("\n"), len(before) - before.rfind("\n") - 1)
    message = f"a hidden character, U+{ord(found.group()):04X}, stands here"
    problem = Problem(message, place, "remove it and type the blank or the new line again")
    raise MalformedError(problem, place)


def _token(event: yaml.Event, source: Source) -> Token | None:
    """Translate one event; the starts and ends of streams and documents say nothing here."""
    if isinstance(event, events.ScalarEvent):
        place = _place(event, source)
        problem = _tag(event.tag, place, source) or _lost(event, source)
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


def _place(event: events.NodeEvent, source: Source) -> Place:
    mark = event.start_mark
    return source.place(mark.line, mark.column) if mark else source.place(0, 0)


def _tag(tag: str | None, place: Place, source: Source) -> Problem | None:
    """Refuse a tag in the way it was written, which may stand behind an anchor."""
    if tag is None:
        return None
    written = TAG.search(source.rest(place))
    return tag_refused(written.group() if written else "!", place)


def _lost(event: events.ScalarEvent, source: Source) -> Problem | None:
    """Find text that YAML would drop beside a scalar, or a tab within an unquoted one."""
    style, start, end = event.style or "", event.start_mark, event.end_mark
    mark = start if style in {"|", ">"} else end
    if not mark or mark.line >= len(source.lines):
        return None
    if not style and start and _holds_tab(event.value, start, mark, source):
        return tab_refused(source.place(mark.line, mark.column))
    found = DROPPED[style].match(source.lines[mark.line], mark.column)
    if not found or not (style or not event.value or any(c.isalpha() for c in event.value)):
        return None
    return dropped(found.group(1), source.place(mark.line, found.start(1)))


def _holds_tab(text: str, start: Mark, end: Mark, source: Source) -> bool:
    """Tell of tabs in an unquoted text and of those that fold away before its further lines."""
    if start.line == end.line:
        return "\t" in text
    inner, last = source.lines[start.line + 1 : end.line], source.lines[end.line]
    return any("\t" in part for part in (text, *inner, last[: end.column]))
