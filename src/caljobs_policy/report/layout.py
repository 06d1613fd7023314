# SPDX-License-Identifier: MIT
"""What pages for the terminal are laid out with: sections, and entries with their origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from caljobs_policy.policy.conditions import ALWAYS, AllOf, AnyOf, Condition, Not, Test
from caljobs_policy.policy.rules import Origin, Template
from caljobs_policy.policy.sentences import in_words, is_clumsy, simplified
from caljobs_policy.policy.speech import NOT_THE_CASE, Speech
from caljobs_policy.subjects.facts import Fact

_OPENING: Final = re.compile(r" *(?:(?:[0-9]+\.|[✗✓!?·→•-]) )?")
"""The blanks that indent a line, with its number or its mark."""
_LONGEST: Final = 180
"""A longer sentence with conditions inside conditions becomes an outline."""


def section(heading: str, lines: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield a heading with the lines below it, or nothing if there are no lines."""
    content = list(lines)
    if content:
        yield Text(f"\n{heading}", style="bold")
        hung = (Hanging(line) if isinstance(line, Text) else line for line in content)
        yield from (Padding(line, (0, 0, 0, 2), expand=False) for line in hung)


@frozen
class Hanging:
    """A text whose long lines go on beneath their first word, not beneath a number or a mark."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.split("\n"):
            opening = _OPENING.match(line.plain)
            indent = opening.end() if opening else 0
            width = max(options.max_width - indent, 1)
            for number, part in enumerate(line[indent:].wrap(console, width)):
                yield Text.assemble(" " * indent if number else line[:indent], part)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)


def entry(
    head: str, more: Iterable[str], clauses: Iterable[str], origin: Origin | None
) -> RenderableType:
    """Return an entry: its head, further lines, and where it comes from.

    Leading blanks of a line in `more` indent it.
    """
    lines: list[RenderableType] = [Text(head)]
    lines += (Hanging(Text(line, style="dim")) for line in more if line.strip())
    if where_from := source(clauses, origin):
        lines.append(Text(where_from, style="dim italic"))
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row("•", Group(*lines))
    return grid


def source(clauses: Iterable[str], origin: Origin | None) -> str:
    """Return the clauses behind something, and where it is written."""
    place = f"({_place(origin)})" if origin is not None else ""
    return f"{', '.join(clauses)} {place}".strip()


def _place(origin: Origin) -> str:
    place = f"{origin.place.file}:{origin.place.line}" if origin.place.file else origin.edition
    if origin.replaces is None:
        return place
    return f"{place}, in place of what {origin.replaces.partition(':')[0]} says"


def condition_lines(begin: str, condition: Condition, speech: Speech) -> Iterator[str]:
    """Yield a condition in words after `begin`, as an outline if long; nothing for `always`."""
    condition = simplified(condition, speech)
    if condition == ALWAYS:
        return
    if begin == "where" and isinstance(condition, Not) and is_clumsy(condition, speech):
        yield from condition_lines("unless", condition.part, speech)
        return
    text = in_words(condition, speech)
    if len(text) <= _LONGEST or not _has_parts_within(condition, speech):
        yield f"{begin} {text}"
        return
    yield f"{begin} {_opening(condition)}:"
    yield from _outline(condition, speech, 2)


def _has_parts_within(condition: Condition, speech: Speech) -> bool:
    whole = condition.part if isinstance(condition, Not) else condition
    if isinstance(whole, Test) or whole in speech.names or isinstance(whole, Not):
        return False
    return whole is not condition or any(_is_composed(part, speech) for part in whole.parts)


def _is_composed(condition: Condition, speech: Speech) -> bool:
    whole = condition.part if isinstance(condition, Not) else condition
    return isinstance(whole, AllOf | AnyOf) and whole not in speech.names


def _opening(condition: Condition) -> str:
    if isinstance(condition, Not):
        return f"{NOT_THE_CASE} all of this holds"
    return "all of this holds" if isinstance(condition, AllOf) else "any of this holds"


def _outline(condition: Condition, speech: Speech, indent: int) -> Iterator[str]:
    whole = condition.part if isinstance(condition, Not) else condition
    for part in whole.parts if isinstance(whole, AllOf | AnyOf) else ():
        if _is_composed(part, speech):
            yield f"{' ' * indent}- {_opening(part)}:"
            yield from _outline(part, speech, indent + 2)
        else:
            yield f"{' ' * indent}- {in_words(part, speech)}"


def in_general(template: Template, speech: Speech) -> str:
    """Return a text with the titles of its facts in place of their values."""
    return "".join(
        part
        if isinstance(part, str)
        else f"<{speech.fact(part) if isinstance(part, Fact) else part.title}>"
        for part in template
    )


def read_by(readings: Iterable[str]) -> str:
    """Return the line that names the readings behind something."""
    names = ", ".join(readings)
    return f"reading: {names}" if names else ""


def in_brackets(*notes: str) -> str:
    """Return notes in parentheses, to follow a sentence; empty notes are left out."""
    told = "; ".join(filter(None, notes))
    return f" ({told})" if told else ""


def upper(text: str) -> str:
    """Return a text with its first letter capitalized."""
    return f"{text[:1].upper()}{text[1:]}"
