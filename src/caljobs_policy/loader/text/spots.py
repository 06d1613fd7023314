# SPDX-License-Identifier: MIT
"""The spot where the reading of a text broke off, and what is around it.

A parser says where it stopped. What was wrong is found here in the text itself, since no two
parsers, or versions of one, word it the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from attrs import frozen

from caljobs_policy.errors.problems import Place
from caljobs_policy.loader.text.sources import Source

# An apostrophe within a word opens no quote. An unclosed quote takes all the rest, so that matching
# stays linear.
QUOTED = re.compile(
    r""""(?:[^"\\]|\\.)*+(?P<double>"?)|(?<!\w)'(?:[^']|'')*+(?P<single>'?)""", re.DOTALL
)
BRACKET = re.compile(
    rf"{QUOTED.pattern}|(?:^|(?<=[\s\]}}\"',]))#[^\n]*|(?P<sign>[][{{}}])", re.DOTALL
)
ESCAPE = re.compile(r"\\(?:(?P<code>x..|u.{4}|U.{8})|[0abt\tnvfre \"/\\N_LP\n])?", re.DOTALL)
CODE = re.compile(r"[0-9A-Fa-f]+")
HALVES, LAST = range(0xD800, 0xE000), 0x10FFFF
NAME = re.compile(r"[*&][0-9A-Za-z_-]++(?=[\s?:,\]}%@`]|\Z)")
BLOCK = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+])(?:[ \t]+#.*|[ \t]*)$")
COLON = re.compile(r":(?=[ \t]|$)")
COMMENT = re.compile(r"[ \t]*(?:#.*)?$")
ITEM = re.compile(r"[-?](?=[ \t]|$)")
TIGHT_KEY = re.compile(r"[^\s:,\[\]{}'\"#]+(?=:[\[{\"'])")
INDENTED_BY_TAB = re.compile(r" *\t")
# The most characters that a parser reads in search of the end of a key.
LONGEST_KEY = 1024


@frozen(slots=False)
class Spot:
    """The place where reading ended, and the start of what could not be read to its end."""

    source: Source
    start: Place
    reached: Place
    bracket: Place | None = None
    """The innermost open bracket."""
    in_blocks: bool = False
    """Whether the document is a mapping or a list without brackets around it."""

    @cached_property
    def rest(self) -> str:
        """The line from here on."""
        return self.source.rest(self.reached)

    @cached_property
    def before(self) -> str:
        """The line up to here."""
        return self.source.before(self.reached)

    @cached_property
    def begun(self) -> str:
        """The line from the start on; empty if reading ended at the start itself."""
        return self.source.rest(self.start) if self.start != self.reached else ""

    @cached_property
    def at_end(self) -> bool:
        """Whether only blanks and comments follow."""
        return all(COMMENT.match(line) for line in self.source.after(self.reached).split("\n"))

    @cached_property
    def open_quote(self) -> bool:
        """Whether the start is a quote that is never closed."""
        found = QUOTED.match(self.source.after(self.start))
        return found is not None and not (found["double"] or found["single"])

    @cached_property
    def escape(self) -> Place | None:
        """The first backslash of a text in double quotes that starts no known escape."""
        return next(_bad_escapes(self.source, self.start), None)

    @cached_property
    def is_code(self) -> bool:
        """Whether that backslash begins the code of a character."""
        return self.escape is not None and self.source.rest(self.escape)[1:2] in {"x", "u", "U"}

    @cached_property
    def tab(self) -> Place | None:
        """The tab that is here, that indents the line, or that is inside an unquoted text."""
        if self.rest.startswith("\t"):
            return self.reached
        if found := INDENTED_BY_TAB.match(self.before):
            return Place(self.reached.file, self.reached.line, found.end())
        if self.before.endswith("\t"):
            return self.source.moved(self.reached, -1)
        return None

    @cached_property
    def bad_name(self) -> bool:
        """Whether the start is the sign of an anchor or an alias without a plain name."""
        return self.begun[:1] in {"*", "&"} and not NAME.match(self.source.after(self.start))

    @cached_property
    def bad_block(self) -> bool:
        """Whether the start is the sign of a block of text, with more on its line."""
        return self.begun[:1] in {"|", ">"} and not BLOCK.match(self.begun)

    @cached_property
    def directive(self) -> Place | None:
        """The start of a line that begins with a percent sign."""
        lines = (Place(p.file, p.line, 1) for p in (self.reached, self.start))
        return next((line for line in lines if self.source.rest(line).startswith("%")), None)

    @cached_property
    def unclosed(self) -> Place | None:
        """The bracket that is still open where the text ends."""
        if self.rest[:1] in {"[", "{"} and not _is_closed(self.source.after(self.reached)):
            return self.reached
        if not self.at_end:
            return None
        return self.start if self.in_brackets else self.bracket

    @cached_property
    def in_brackets(self) -> bool:
        """Whether the start is a bracket that is still open."""
        opens = self.begun[:1] in {"[", "{"}
        return opens and not _is_closed(self.source.between(self.start, self.reached))

    @cached_property
    def at_colon(self) -> bool:
        """Whether a colon followed by a blank is here, outside any value that has begun."""
        return not self.begun and bool(COLON.match(self.rest))

    @cached_property
    def second_colon(self) -> bool:
        """Whether this is the second such colon of its line."""
        return self.at_colon and bool(re.search(r":[ \t]", self.before))

    @cached_property
    def lacks_key(self) -> bool:
        """Whether a colon is here without a key before it."""
        before = self.before.rstrip()[-1:]
        return bool(COLON.match(self.rest)) and before in {"", "-", "?", ",", "{"}

    @cached_property
    def tight_colon(self) -> Place | None:
        """A colon without a blank after it, in a text that has begun or around brackets."""
        if self.rest.startswith(":") and not COLON.match(self.rest) and self.after_text:
            return self.reached
        if self.in_brackets and self.before.endswith(":"):
            return self.source.moved(self.reached, -1)
        if self.in_brackets and (found := TIGHT_KEY.match(self.rest)):
            return self.source.moved(self.reached, found.end())
        if self.unopened and (found := re.search(r"(?<=\w):(?=[\[{])", self.before)):
            return Place(self.reached.file, self.reached.line, found.start() + 1)
        return None

    @cached_property
    def asks(self) -> bool:
        """Whether what comes before this requires a value."""
        return self.before.rstrip()[-1:] in {":", "-", "?", ",", "[", "{"}

    @cached_property
    def lacks_value(self) -> bool:
        """Whether a comma or a closing bracket is where a value should be."""
        if self.rest.startswith(","):
            return self.asks or not self.after_text
        return self.rest[:1] in {"]", "}"} and self.asks

    @cached_property
    def unopened(self) -> bool:
        """Whether a bracket closes here that nothing has opened."""
        return self.rest[:1] in {"]", "}"} and not (self.bracket or self.in_brackets)

    @cached_property
    def keyless(self) -> str:
        """The line that has begun and is neither an item nor has a key; nothing if it has one."""
        outside = "".join(_outside(self.begun))
        return "" if ITEM.match(outside) or COLON.search(outside) else self.begun

    @cached_property
    def keyless_tab(self) -> Place | None:
        """The first tab of such a line."""
        tab = self.keyless.find("\t")
        return None if tab < 0 else self.source.moved(self.start, tab)

    @cached_property
    def long_key(self) -> bool:
        """Whether the text before a colon is longer than a key can be."""
        found = COLON.search(self.begun)
        same_line = self.start.line == self.reached.line
        return same_line and found is not None and found.start() >= LONGEST_KEY

    @cached_property
    def after_text(self) -> bool:
        """Whether there is text before this on its line."""
        return bool(self.before.strip())


def _bad_escapes(source: Source, start: Place) -> Iterator[Place]:
    text = source.after(start)
    quoted = QUOTED.match(text)
    if not text.startswith('"') or not quoted:
        return
    for found in ESCAPE.finditer(quoted.group()):
        code = found["code"]
        if len(found.group()) == 1 or (code and not _is_character(code[1:])):
            yield source.moved(start, found.start())


def _is_character(digits: str) -> bool:
    if not CODE.fullmatch(digits):
        return False
    number = int(digits, 16)
    return number not in HALVES and number <= LAST


def _outside(text: str) -> Iterator[str]:
    """Yield the parts of a text outside quotes and brackets, with a mark in place of these."""
    depth, end = 0, 0
    for found in BRACKET.finditer(text):
        if not depth:
            yield text[end : found.start()] + "_"
        if sign := found["sign"]:
            depth = max(0, depth + (1 if sign in "[{" else -1))
        end = found.end()
    if not depth:
        yield text[end:]


def open_brackets(text: str) -> int:
    """Return how many more brackets a text opens than it closes."""
    signs = (found["sign"] for found in BRACKET.finditer(text) if found["sign"])
    return sum(1 if sign in "[{" else -1 for sign in signs)


def _is_closed(text: str) -> bool:
    """Return whether a text closes the bracket that it starts with."""
    depth = 0
    for found in BRACKET.finditer(text):
        if sign := found["sign"]:
            depth += 1 if sign in "[{" else -1
            if not depth:
                return True
    return False
