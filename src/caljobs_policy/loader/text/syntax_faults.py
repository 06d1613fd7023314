# SPDX-License-Identifier: MIT
"""Plain words for what is wrong with the syntax of a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import frozen

from caljobs_policy.dates.reading import TIGHT_COLON
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.text.editor_traces import BEGINS, HIDDEN, hidden, typographic
from caljobs_policy.loader.text.sources import MalformedError, Source
from caljobs_policy.loader.text.spots import COMMENT, ITEM, QUOTED, Spot

TIGHT_ITEM = re.compile(r"\s*-[^\s-]")
DROPPED = re.compile(r"[|>][-+0-9]*+[ \t]*+(#\S.*)")
IN_QUOTES = "put the value in quotes"
TAB = "there is a tab where only spaces are allowed"
NO_TABS = "use spaces instead of tabs, or put a text that holds a tab in quotes"


@frozen
class Wording:
    """The plain words for a spot where `holds` is true.

    The message may show the `line` of a place, the `rest` of the line from there on, and its first
    `sign`. The place is the one that `holds` finds, or else where reading ended or began.
    """

    holds: Callable[[Spot], object]
    message: str
    help: str
    from_start: bool = False


WORDINGS = (
    Wording(
        lambda spot: spot.open_quote,
        "the quote that opens {rest} is never closed",
        "close it with the same quote; within single quotes, write `''` for an apostrophe",
        from_start=True,
    ),
    Wording(
        lambda spot: spot.escape if spot.is_code else None,
        "the code after a backslash in {line} names no character",
        "write the character itself",
    ),
    Wording(
        lambda spot: spot.escape,
        "the backslash in {line} does not start a known escape",
        "write it twice, or put the value in single quotes",
    ),
    Wording(
        lambda spot: spot.bad_name,
        "{rest} starts with `*` or `&`, which need a plain name after them",
        IN_QUOTES,
        from_start=True,
    ),
    Wording(
        lambda spot: spot.bad_block,
        "{rest} does not start a block of text",
        "end the line with `|` or `>` and write the text below it, indented with spaces",
        from_start=True,
    ),
    Wording(
        lambda spot: spot.directive,
        "{line} is an instruction for a reader of YAML",
        "remove it, or put a text that starts with `%` in quotes",
    ),
    Wording(
        lambda spot: spot.unclosed,
        "the bracket that opens {rest} is never closed",
        "close it with `]` or `}`, or put a text that starts with a bracket in quotes",
    ),
    Wording(
        lambda spot: spot.tab,
        TAB,
        NO_TABS,
    ),
    Wording(
        lambda spot: spot.keyless_tab,
        TAB,
        NO_TABS,
    ),
    Wording(
        lambda spot: (
            not spot.begun
            and (spot.rest[:1] in {"@", "`", "%"} or (spot.rest[:1] in {"|", ">"} and spot.asks))
        ),
        "{sign} cannot start a value that is not in quotes",
        "put the value in quotes",
    ),
    Wording(
        lambda spot: spot.tight_colon,
        "missing space after the colon at {rest}",
        "write `key: value`, with a space after the colon",
    ),
    Wording(
        lambda spot: spot.in_brackets,
        "a comma or a closing bracket is missing before {rest}",
        "close the bracket, put commas between items, and quote texts with `:`, `,` or brackets",
    ),
    Wording(
        lambda spot: TIGHT_COLON.match(spot.keyless),
        "missing space after the colon in {line}",
        "write `key: value`, with a space after the colon",
        from_start=True,
    ),
    Wording(
        lambda spot: TIGHT_ITEM.match(spot.keyless),
        "missing space after the `-` in {line}",
        "write `- item`, with a space after the `-`",
        from_start=True,
    ),
    Wording(
        lambda spot: spot.keyless,
        "{line} has no colon and is not part of the value above it",
        "write `key: value`; indent the lines that continue a value deeper than its key",
        from_start=True,
    ),
    Wording(
        lambda spot: spot.lacks_value,
        "a value is missing before {rest}",
        "write the value, or put a text that starts with this sign in quotes",
    ),
    Wording(
        lambda spot: spot.unopened,
        "{sign} closes a bracket that nothing opens",
        "remove it, or put a text that holds it in quotes",
    ),
    Wording(
        lambda spot: spot.lacks_key,
        "a key is missing before {rest}",
        "write `key: value`, or put a text that starts with a colon in quotes",
    ),
    Wording(
        lambda spot: spot.second_colon,
        "there is a second colon followed by a space in {line}",
        IN_QUOTES,
    ),
    Wording(
        lambda spot: spot.at_colon,
        "{line} is indented as a part of the value above it, but holds a key",
        "start it in the same column as the key above, or put a value that holds a colon in quotes",
    ),
    Wording(
        lambda spot: not spot.begun and spot.rest[:1] == "-" and ITEM.match(spot.rest),
        "a list item cannot start here, with {rest}",
        "start each `- ` on its own line, or put the value in quotes",
    ),
    Wording(
        lambda spot: not spot.begun and ITEM.match(spot.rest),
        "a question mark cannot start a value here",
        IN_QUOTES,
    ),
    Wording(
        lambda spot: spot.long_key,
        "{rest} is too long to be a key",
        "shorten it to 1,024 characters, or put the whole value in quotes",
        from_start=True,
    ),
    Wording(
        lambda spot: spot.begun and spot.after_text,
        "{rest} follows a value that has ended",
        "put the whole value in one pair of quotes, and check that the quotes above are closed",
    ),
    Wording(
        lambda spot: spot.begun or (spot.in_blocks and not spot.after_text),
        "{line} does not line up with the lines above it",
        "start all keys, or all items, of one level in the same column",
    ),
    Wording(
        lambda spot: True,
        "{rest} follows the end of the document",
        "put a line of `---` before each further document",
    ),
)


def explained(spot: Spot) -> MalformedError:
    """Return what is wrong at the spot where a parser stopped."""
    return MalformedError(_problem(spot), spot.reached)


def _problem(spot: Spot) -> Problem:
    if problem := _from_elsewhere(spot):
        return problem
    if (tag := spot.source.rest(spot.start)).startswith("!"):
        return tag_refused(tag.split(" ")[0], spot.start)
    if found := DROPPED.match(spot.begun):
        return dropped(found.group(1), spot.source.moved(spot.start, found.start(1)))
    tried = ((wording, wording.holds(spot)) for wording in WORDINGS)
    wording, held = next((wording, held) for wording, held in tried if held)
    usual = spot.start if wording.from_start else spot.reached
    return _worded(wording, held if isinstance(held, Place) else usual, spot.source)


def _from_elsewhere(spot: Spot) -> Problem | None:
    """Find hidden characters and typographic quotes in the lines that may have led here."""
    for place in _lines_at(spot):
        line = QUOTED.sub(lambda quoted: "_" * len(quoted.group()), spot.source.rest(place))
        line = line.partition(" #")[0]
        if found := HIDDEN.search(line):
            return hidden(found.group(), spot.source.moved(place, found.start()))
        if begins := BEGINS.search(line):
            return typographic(spot.source.moved(place, begins.end()))
    return None


def _lines_at(spot: Spot) -> list[Place]:
    """Return the starts of the line reached, the one above it, and a line without a key."""
    file, reached = spot.source.file, spot.reached.line
    upwards = (Place(file, n, 1) for n in range(reached - 1, spot.source.first_line - 1, -1))
    above = next((p for p in upwards if not COMMENT.match(spot.source.rest(p))), None)
    numbers = {reached, above.line if above else reached}
    numbers |= {spot.start.line} if spot.keyless else set()
    return [Place(file, number, 1) for number in sorted(numbers)]


def escape_refused(source: Source, place: Place) -> MalformedError:
    """Return what is wrong with the first bad escape after a place."""
    quotes = QUOTED.finditer(source.after(place))
    starts = (source.moved(place, found.start()) for found in quotes)
    spots = (Spot(source, start, start) for start in starts)
    return explained(next((s for s in spots if s.escape), Spot(source, place, place)))


def tag_refused(tag: str, place: Place) -> Problem:
    """Return the problem of a tag, which asks for more than text."""
    return Problem(
        f"the tag {shown(tag)} asks to build an object, but nothing in a file is ever executed",
        place,
        "remove it, or put a text that starts with `!` in quotes",
    )


def tab_refused(place: Place) -> Problem:
    """Return the problem of a tab in an unquoted text."""
    return Problem(TAB, place, NO_TABS)


def dropped(text: str, place: Place) -> Problem:
    """Return the problem of a text that YAML takes for a comment but hardly is one."""
    return Problem(
        f"the text after ` #` would be dropped: {shown(text)}",
        place,
        "put the whole value in quotes, or start the comment with a space and a word",
    )


def _worded(wording: Wording, place: Place, source: Source) -> Problem:
    rest = source.rest(place).strip()
    line = (source.before(place) + source.rest(place)).strip()
    end = "the end of the text"
    message = wording.message.format(
        line=shown(line) if line else end,
        rest=shown(rest) if rest else end,
        sign=shown(rest[:1]) if rest else end,
    )
    return Problem(message, place, wording.help)
