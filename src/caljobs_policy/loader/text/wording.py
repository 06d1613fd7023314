# SPDX-License-Identifier: MIT
"""What is wrong with a text's syntax, in plain words."""

from __future__ import annotations

import re

import yaml
from attrs import frozen

from caljobs_policy.errors import Place, Problem, shown
from caljobs_policy.loader.text.documents import MalformedError, Source

TIGHT_COLON = re.compile(r"\s*(?:- +)*[^\s:#'\"]+:[^\s:/]")
TIGHT_ITEM = re.compile(r"\s*-[^\s-]")
ANOTHER_COLON = re.compile(r":[ \t]")
IN_QUOTES = "put the value in quotes"


@frozen
class Wording:
    """The plain words for the parsers' words and the situation that a pattern finds.

    The message may show the `line`, the `rest` of it from the place on, and its first `sign`.
    With `at_start`, the place is where the thing starts that could not be read to its end.
    """

    pattern: str
    message: str
    help: str
    at_start: bool = False


TAB = Wording(
    r"tab character|any token.*at tab|found '<scalar>'.*after tab",
    "a tab stands where only blanks may stand",
    "use blanks in the place of tabs, or put a text that holds a tab in quotes",
)
WORDINGS = (
    TAB,
    Wording(
        r"quoted scalar: found unexpected",
        "the quote that opens {rest} is never closed",
        "close it with the same quote; within single quotes, write `''` for an apostrophe",
        at_start=True,
    ),
    Wording(
        r"unknown escape",
        "the backslash in {line} starts nothing that is known within double quotes",
        "write it twice, or put the value in single quotes",
    ),
    Wording(
        r"hexa?decimal|Unicode character",
        "the code after a backslash in {line} names no character",
        "write the character itself",
    ),
    Wording(
        r"flow node: .*at end",
        "the text ends before a bracket above is closed",
        "close it with `]` or `}`, or put a text that starts with a bracket in quotes",
    ),
    Wording(
        r"flow (sequence|mapping): .*at end",
        "the bracket that opens {rest} is never closed",
        "close it with `]` or `}`, or put a text that starts with a bracket in quotes",
        at_start=True,
    ),
    Wording(
        r"flow (sequence|mapping): ",
        "a comma or a closing bracket is missing before {rest}",
        "close the bracket, put commas between items, and quote texts with `:`, `,` or brackets",
    ),
    Wording(
        r"any token", "{sign} cannot start a value that is not in quotes", "put the value in quotes"
    ),
    Wording(
        r"an (anchor|alias): .*alphabetic or numeric",
        "{rest} starts with a sign that refers to a name, and the name is not plain",
        IN_QUOTES,
        at_start=True,
    ),
    Wording(
        r"simple key: .*tight colon",
        "a blank is missing after the colon in {line}",
        "write `key: value`, with a blank after the colon",
        at_start=True,
    ),
    Wording(
        r"unexpected ':'",
        "a blank is missing after the colon at {rest}",
        "write `key: value`, with a blank after the colon",
    ),
    Wording(
        r"simple key: .*tight item",
        "a blank is missing after the `-` in {line}",
        "write `- item`, with a blank after the `-`",
        at_start=True,
    ),
    Wording(
        r"simple key: ",
        "{line} has no colon, and is no part of the value above it",
        "write `key: value`; indent the further lines of a value deeper than its key",
        at_start=True,
    ),
    Wording(
        r"mapping values are not allowed.*another colon",
        "a second colon with a blank after it stands in {line}",
        IN_QUOTES,
    ),
    Wording(
        r"mapping values are not allowed",
        "{line} is indented as a part of the value above it, but holds a key",
        "start it in the same column as the key above, or put a value that holds a colon in quotes",
    ),
    Wording(
        r"sequence entries are not allowed",
        "a list item cannot start here, with {rest}",
        "write each `- ` at the start of a line of its own, or put the value in quotes",
    ),
    Wording(
        r"mapping keys are not allowed", "a question mark cannot start a value here", IN_QUOTES
    ),
    Wording(
        r"block scalar: ",
        "{rest} does not start a block of text",
        "end the line with `|` or `>` and write the text below it, indented with blanks",
        at_start=True,
    ),
    Wording(
        r"block (mapping|collection): .*after text",
        "{rest} follows a value that has ended",
        "put the whole value in one pair of quotes, and check that the quotes above are closed",
    ),
    Wording(
        r"block (mapping|collection): ",
        "{line} does not line up with the lines above it",
        "start all keys, or all items, of one level in the same column",
    ),
    Wording(
        r"node content",
        "a value is missing before {rest}",
        "write the value, or put a text that starts with this sign in quotes",
    ),
    Wording(
        r"directive|incompatible|document start>.*at percent",
        "{line} is an instruction for a reader of YAML",
        "remove it, or put a text that starts with `%` in quotes",
        at_start=True,
    ),
    Wording(
        r"document start>",
        "{rest} follows the end of the document",
        "put a line of `---` before each further document",
    ),
)
OTHERWISE = Wording(
    "",
    "{line} cannot be read",
    "put values that hold special signs in quotes, and line up the keys of one level",
)


def explained(error: yaml.MarkedYAMLError, source: Source) -> MalformedError:
    """Translate what a parser says into plain words."""
    reached = _place(error.problem_mark or error.context_mark, source)
    start = _place(error.context_mark, source) if error.context_mark else reached
    words = f"{error.context or ''}: {error.problem or ''}"
    if re.search(r"\btag\b|URI", words):
        return MalformedError(tag_refused(source.rest(start).split(" ")[0], start), reached)
    situation = words + _circumstances(start, reached, source)
    wording = next((w for w in WORDINGS if re.search(w.pattern, situation)), OTHERWISE)
    return MalformedError(_worded(wording, start if wording.at_start else reached, source), reached)


def escape_refused(place: Place) -> Problem:
    """Give the problem of an escape that names no character, somewhere after a place."""
    message = "a code after a backslash, here or below, names no character"
    return Problem(message, place, "write the character itself")


def tag_refused(tag: str, place: Place) -> Problem:
    """Give the problem of a tag, which would ask for more than text."""
    return Problem(
        f"the tag {shown(tag)} asks to build something, but nothing in a file is ever executed",
        place,
        "remove it, or put a text that starts with `!` in quotes",
    )


def tab_refused(place: Place) -> Problem:
    """Give the problem of a tab in an unquoted text."""
    return Problem(TAB.message, place, TAB.help)


def dropped(text: str, place: Place) -> Problem:
    """Give the problem of a text that YAML takes for a comment, though it hardly is one."""
    return Problem(
        f"the text after ` #` would be dropped: {shown(text)}",
        place,
        "put the value in quotes, or write a comment with a blank after `#`",
    )


def _place(mark: yaml.Mark | None, source: Source) -> Place:
    return source.place(mark.line, mark.column) if mark else source.place(0, 0)


def _circumstances(start: Place, reached: Place, source: Source) -> str:
    """Tell in key words what stands around the place where reading ended."""
    before, rest = source.before(reached), source.rest(reached)
    line = source.before(start) + source.rest(start)
    facts = {
        "at tab": rest.startswith("\t"),
        "after tab": before.endswith("\t"),
        "at percent": rest.startswith("%") or source.before(start).startswith("%"),
        "after text": bool(before.strip()),
        "at end": reached.line - source.first_line >= len(source.lines) - 1 and not rest.strip(),
        "another colon": bool(ANOTHER_COLON.search(before)),
        "tight colon": bool(TIGHT_COLON.match(line)),
        "tight item": bool(TIGHT_ITEM.match(line)),
    }
    return "".join(f" {fact}" for fact, holds in facts.items() if holds)


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
