# SPDX-License-Identifier: MIT
"""What an editor hides or changes: characters that cannot be seen, typographic quotes, merges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.sources import Source

# Spaces other than the plain one, and characters without any width.
HIDDEN = re.compile(
    "[\x85\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
# Characters that parsers take for the end of a line or the start of a text.
BREAK = re.compile("[\x85\u2028\u2029\ufeff]")
NAMES = {
    "\x85": "next-line character",
    "\xa0": "non-breaking space",
    "\u200b": "zero-width space",
    "\ufeff": "byte order mark",
}
DOUBLE = "“”„‟«»"
# The second single quote is also the apostrophe.
SINGLE = "\u2018\u2019\u201a\u201b\u2039\u203a"
ENCLOSING = f"[{DOUBLE}{SINGLE.replace(SINGLE[1], '')}]"
# Where a value or a key begins.
BEGINS = re.compile(rf"(?:^|(?<=[\[{{,])|(?<=[:\-?][ \t]))[ \t]*+(?={ENCLOSING})")
SIGNS = tuple(sign * 7 for sign in "<|>=")
CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)


def hidden(character: str, place: Place) -> Problem:
    """Return the problem of a character that looks like a space, or like nothing."""
    name = NAMES.get(character) or unicodedata.name(character, "character").lower()
    message = f"there is a hidden character here: {name}, U+{ord(character):04X}"
    if BREAK.match(character):
        return Problem(message, place, "remove it and type the space or the new line again")
    return Problem(message, place, "remove it or type a plain space; within quotes it is allowed")


def line_break(source: Source) -> Problem | None:
    """Find a character that a parser takes for a line end but an editor does not show."""
    if source.text.isascii() or not (found := BREAK.search(source.text)):
        return None
    return hidden(found.group(), source.moved(source.place(0, 0), found.start()))


def typographic(place: Place) -> Problem:
    """Return the problem of typographic quotes where straight ones are meant."""
    message = "a typographic quote begins or ends this text, and would be read as part of it"
    return Problem(message, place, "use straight quotes, which may enclose typographic ones")


def looks_enclosed(text: str) -> bool:
    """Return whether typographic quotes seem to enclose a text, or one of the two is missing."""
    if text[:1] in SINGLE and text[-1:] in SINGLE and len(text) > 1:
        return not re.search(ENCLOSING, text[1:-1])
    doubles = [position for position, sign in enumerate(text) if sign in DOUBLE]
    ends = [position for position in doubles if position in {0, len(text) - 1}]
    return bool(ends) and (len(doubles) == 1 or (len(doubles), len(ends)) == (2, 2))


def conflicts(source: Source) -> Iterator[Problem]:
    """Yield a problem for each line that an unresolved merge has left behind."""
    if not (any(sign in source.text for sign in SIGNS) and CONFLICT.search(source.text)):
        return
    message = "this line marks an unresolved merge conflict"
    remedy = "keep one version, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`"
    for number, line in enumerate(source.lines):
        if CONFLICT.match(line):
            yield Problem(message, source.place(number, 0), remedy)
