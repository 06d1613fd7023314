# SPDX-License-Identifier: MIT
"""Reads a JSON text, with the escapes and tabs that YAML does not accept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.text.editor_traces import HIDDEN, hidden
from caljobs_policy.loader.text.guard import Guard, OpenMapping, OpenSequence
from caljobs_policy.loader.text.sources import MalformedError, Source
from caljobs_policy.loader.text.yaml_text import SURROGATE

LEXEME = re.compile(
    r"""
    [ \t\n]*+ (?:
      (?P<text> "[^"\\\n]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\n]*+)*+" )
    | (?P<literal> (?: -?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?
                     | true | false | null ) (?![\w.+-]) )
    | (?P<nonumber> (?: NaN | -?Infinity ) (?![\w.+-]) )
    | (?P<sign> [\[\]{}:,] )
    | (?P<other> [^\n]{1,80} )
    | (?P<end> \Z )
    )""",
    re.VERBOSE,
)
START = re.compile(r"(?:---(?=[ \t\n]))?[ \t\n]*+[\[{]")
STRICT = re.compile(START.pattern + r'[ \t\n\[{]*+"')
VALUE = frozenset({"text", "literal", "nonumber", "{", "["})
KEY = frozenset({"text"})
FIRST = {"{": KEY | {"}"}, "[": VALUE | {"]"}}
FURTHER = {"{": KEY, "[": VALUE}
AFTER = {"{": frozenset({",", "}"}), "[": frozenset({",", "]"}), "": frozenset({"end"})}


class Lexeme(NamedTuple):
    """A value or sign of JSON as written; the kind of a sign is the sign itself."""

    kind: str
    written: str
    place: Place


def looks_like_json(source: Source) -> bool:
    """Return whether a text starts as an object or a list in JSON does."""
    return START.match(source.text) is not None


def looks_strict(source: Source) -> bool:
    """Return whether its first text is in double quotes, as all texts are in JSON."""
    return STRICT.match(source.text) is not None


def read_json(source: Source, guard: Guard) -> None:
    """Build the nodes of a JSON text; raises MalformedError where it is not JSON."""
    opened = [""]
    wanted = VALUE
    for lexeme in _lexemes(source):
        kind, _, place = lexeme
        if kind not in wanted:
            raise _unwanted(lexeme, wanted)
        if kind == "end":
            return
        if kind in FIRST:
            guard.begin(OpenMapping(place) if kind == "{" else OpenSequence(place))
            opened.append(kind)
            wanted = FIRST[kind]
        elif kind in {"}", "]"}:
            guard.end()
            opened.pop()
            wanted = AFTER[opened[-1]]
        elif kind in {",", ":"}:
            wanted = FURTHER[opened[-1]] if kind == "," else VALUE
        else:
            _scalar(lexeme, guard)
            wanted = AFTER[opened[-1]] if "literal" in wanted else frozenset({":"})


def _lexemes(source: Source) -> Iterator[Lexeme]:
    """Cut a text into values and signs, and a last lexeme for its end."""
    text, line, line_start = source.text, 0, 0
    position = 3 if text.startswith("---") else 0
    while found := LEXEME.match(text, position):
        kind = found.lastgroup or "other"
        start, end = found.span(kind)
        if feeds := text.count("\n", position, start):
            line += feeds
            line_start = text.rindex("\n", position, start) + 1
        written = text[start:end]
        place = source.place(line, start - line_start)
        yield Lexeme(written if kind == "sign" else kind, written, place)
        position = end


def _scalar(lexeme: Lexeme, guard: Guard) -> None:
    kind, written, place = lexeme
    if kind == "text":
        # A tab within quotes is accepted, as in YAML.
        text = json.loads(written, strict=False) if "\\" in written else written[1:-1]
        if not text.isascii() and SURROGATE.search(text):
            message = "a code after a backslash in this text stands for half a character"
            guard.note(Problem(message, place, "write the character itself"))
        guard.scalar(text, True, place)
        return
    if kind == "nonumber":
        message = f"{shown(written)} is not a number"
        guard.note(Problem(message, place, "write a number, or null"))
    guard.scalar(written, False, place)


def _unwanted(lexeme: Lexeme, wanted: frozenset[str]) -> MalformedError:
    """Return what is missing before a lexeme that cannot come here."""
    if HIDDEN.match(lexeme.written):
        return MalformedError(hidden(lexeme.written[0], lexeme.place), lexeme.place)
    found = shown(lexeme.written.strip()) if lexeme.written else "the end of the text"
    if lexeme.written.startswith('"') and lexeme.kind == "other":
        message = f"the text {found} is not closed on its line, or holds an unknown escape"
        remedy = (
            'close it with `"`; within it, write `\\n` for a new line and `\\\\` for a backslash'
        )
    elif ":" in wanted:
        message, remedy = f"a colon is missing before {found}", 'write `"key": value`'
    elif "," in wanted:
        closing = max(wanted)
        message = f"a comma or a closing `{closing}` is missing before {found}"
        remedy = "put a comma between items, and close each bracket"
    elif "end" in wanted:
        message = f"{found} follows the end of the document"
        remedy = "write one object on each line, or put lines of `---` between documents"
    else:
        what = "value" if "literal" in wanted else "key in double quotes"
        message = f"a {what} is missing before {found}"
        remedy = "write texts on one line in double quotes, and no comma after the last item"
    return MalformedError(Problem(message, lexeme.place, remedy), lexeme.place)
