# SPDX-License-Identifier: MIT
"""The comparison as a page, plain or in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.comparing.blocks import Block, text_of
from caljobs_policy.analysis.comparing.comparison import Compared
from caljobs_policy.analysis.comparing.effects import Effect, Entry
from caljobs_policy.analysis.comparing.entry_words import subjects_in_words
from caljobs_policy.analysis.comparing.examples import Examples
from caljobs_policy.analysis.comparing.outcomes import SCOPE
from caljobs_policy.analysis.comparing.sentences import (
    Line,
    Sentences,
    clauses_of,
    entry_in_words,
    long_date,
)
from caljobs_policy.analysis.comparing.sources import Source
from caljobs_policy.analysis.comparing.written import Change, Written
from caljobs_policy.policy.speech import listed
from caljobs_policy.report.layout import upper

_HEADINGS: Final = {
    "Who is covered": "covered in other cases",
    "Who requests, and to whom": "routed differently",
    "Stricter": "stricter",
    "Looser": "looser",
    "Duties": "other duties",
    "Deadlines": "other deadlines",
    "Notes, which change no outcome": "other notes",
}
"""For each heading, what it comes to in short."""
_TABLES: Final = {
    "parameters": "Numbers",
    "calendar": "Closed days",
    "guides": "What else is said, which no fact can test",
}
_FOLLOWED: Final = ("routing", "rules", "duties", "deadlines")
"""The tables whose entries are told by what they do, where they do anything."""
_COUNTED: Final = ("readings", "clauses", "facts")
"""The tables of which only the number of entries is told; the JSON holds all."""
_MARKS: Final = {Change.ADDED: "New", Change.REMOVED: "Gone", Change.CHANGED: "Changed"}


@frozen(eq=False)
class _Item:
    """A line with all sorts of subject of which it is true."""

    text: str
    keys: tuple[str, ...]
    clauses: tuple[str, ...]
    effects: tuple[Effect, ...]


class Page:
    """A page about a comparison; with examples, a case for each line."""

    def __init__(
        self,
        compared: Compared,
        sources: tuple[Source, Source],
        *,
        examples: bool = False,
        more: Iterable[Block] = (),
    ) -> None:
        self.more = more
        """What stands before the examples."""
        self.compared, self.pair, self.sources = compared, compared.pair, sources
        self.examples = Examples(sources) if examples else None
        self.sentences = Sentences(self.pair)
        self.lines = [self.sentences.line(effect) for effect in compared.effects]

    def text(self, *, markdown: bool) -> str:
        """Return the page."""
        return text_of(self._blocks(), markdown=markdown)

    def _blocks(self) -> Iterator[Block]:
        yield from self._head()
        if self.pair.old.digest != self.pair.new.digest:
            yield "2", "In short"
            yield from (("-", line) for line in self._summary())
        every = [*self.lines, *self._begun()]
        for heading in _HEADINGS:
            lines = [line for line in every if line.heading == heading]
            if lines:
                yield "2", heading
                yield from self._led(lines)
        yield from self._written()
        yield from self.more
        yield from self.examples.blocks() if self.examples else ()
        yield "2", "How far this goes"
        yield from (("p", line) for line in self._reach())

    def _head(self) -> Iterator[Block]:
        old, new = self.pair.old, self.pair.new
        since, title = self.pair.since, f"{old.title} and {new.title}"
        what = f"What changes on {long_date(since)}" if since else "What differs"
        yield "1", f"{what}: {new.title if self.pair.is_one_profile else title}"
        for side, policy, source in zip(("Old", "New"), (old, new), self.sources, strict=True):
            name = "" if source.profile == policy.jurisdiction else f"`{source.profile}`, "
            editions = f"{name}{', '.join(policy.editions)}"
            whose = "" if self.pair.is_one_profile else f"{policy.title}, "
            yield "-", f"{side}: {whose}{source.title}, on {long_date(policy.day)} ({editions})"
        if str(old.zone) != str(new.zone):
            yield "p", f"Days begin and end by the clocks of {new.zone}; before: {old.zone}."
        if old.digest == new.digest:
            yield "p", "Both say the same."

    def _summary(self) -> Iterator[str]:
        """Yield for each sort of subject what changes, in a word or two."""
        said: dict[str, list[str]] = {}
        for key in self.pair.keys:
            found = {line.heading for line in self.lines if line.key == key}
            short = ", ".join(word for heading, word in _HEADINGS.items() if heading in found)
            if key not in self.pair.old.plans:
                short = "newly covered"
            elif key not in self.pair.new.plans:
                short = "no longer covered"
            said.setdefault(short or "the same", []).append(key)
        for short, keys in said.items():
            yield f"{upper(self._named(keys, 'and'))}: {short}"

    def _named(self, keys: Iterable[str], joint: str = "or") -> str:
        return subjects_in_words(keys, (self.pair.new, self.pair.old), joint)

    # What it does

    def _led(self, lines: Sequence[Line]) -> Iterator[Block]:
        """Yield lines below the sentences that lead to them, each told once."""
        groups: dict[tuple[str, tuple[str, ...]], list[_Item]] = {}
        for lead, item in _merged(lines):
            groups.setdefault((lead, item.keys), []).append(item)
        for (lead, keys), items in groups.items():
            said = upper(lead.replace("{}", self._named(keys)))
            whole = [item for item in items if not item.text]
            yield "p", f"{said}{self._number(whole)}" if whole else said
            for item in items:
                if item.text:
                    cited = f" ({', '.join(item.clauses)})" if item.clauses else ""
                    yield "-", f"{item.text}{cited}{self._number([item])}"

    def _number(self, items: Iterable[_Item]) -> str:
        """Return the mark of the example that is shown for some lines."""
        effects = (effect for item in items for effect in item.effects)
        return self.examples.number(effects) if self.examples else ""

    def _begun(self) -> Iterator[Line]:
        """Yield the entries about subjects that the old policy did not cover.

        These are the rows of further organizations, and all entries about a new sort of subject.
        """
        for key, plan in self.pair.new.plans.items() if self.pair.is_one_profile else ():
            old = self.pair.old.plans.get(key)
            routed = {route.organization for route in old.routes} if old else set()
            rows = (route for route in plan.routes if route.organization not in routed)
            parts: Mapping[str, Iterable[Entry]] = {
                "Who requests, and to whom": rows,
                "Duties": () if old else plan.duties,
                "Deadlines": () if old else plan.deadlines,
            }
            for heading, entries in parts.items():
                for entry in entries:
                    text = f"New: {entry_in_words(self.pair.new, plan, entry)}."
                    yield Line(heading, "For {}:", text, key, clauses_of(entry))

    # What is written

    def _written(self) -> Iterator[Block]:
        by_table: dict[str, list[Written]] = {}
        for one in self.compared.written:
            by_table.setdefault(one.table, []).append(one)
        for table, entries in by_table.items():
            if table not in {*_FOLLOWED, *_COUNTED, "profile"}:
                yield "2", _TABLES.get(table, upper(table.replace("_", " ")))
                yield from (("-", _written_line(one)) for one in entries)
        silent = [
            one
            for table in _FOLLOWED
            for one in by_table.get(table, ())
            if not self._is_told(one) and not self._is_renamed(one, by_table[table])
        ]
        if silent:
            yield "2", "Written differently, with no effect of its own"
            yield from (("-", _written_line(one)) for one in silent)
        counts = [_counted(table, by_table[table]) for table in _COUNTED if table in by_table]
        if counts:
            text = f"Besides, {listed(counts, 'and')} are new, gone or said in other words."
            yield "p", f"{text} `--format json` names them all."

    def _is_told(self, one: Written) -> bool:
        """Return whether some line tells what an entry does, or all subjects that it is about."""
        effects = self.compared.effects
        whole = {e.key for e in effects if e.because == (SCOPE,)}
        named = {cause for e in effects if e.key in one.about for cause in e.because}
        return one.table == "routing" or one.entry in named or {*one.about} <= whole

    def _is_renamed(self, one: Written, others: Iterable[Written]) -> bool:
        """Return whether both policies say the same, under other names."""
        said = one.was, one.now
        return any((other.now, other.was) == said for other in others)

    # How far it goes

    def _reach(self) -> Iterator[str]:
        yield (
            f"All subjects were considered whose facts are known, judged from "
            f"{long_date(max(self.pair.old.day, self.pair.new.day))} on, with dates up to 40 years "
            "away. Duties and notes are compared where the outcome is the same."
        )
        yield from self._unmatched()
        if not self.compared.bounds:
            yield "Whatever is judged otherwise is met by a cause that this page names."
            return
        yield "Not all could be settled; what stands above is certain, but there may be more:"
        yield from (upper(bound) for bound in self.compared.bounds)

    def _unmatched(self) -> Iterator[str]:
        """Yield the words that nothing in the other policy corresponds to."""
        for table in ("organizations", "roles"):
            pairs = zip(self.pair.unmatched(table), (self.pair.old, self.pair.new), strict=True)
            for words, policy in pairs:
                if words:
                    titles = listed([policy.title_of(table, word) for word in words], "and")
                    yield f"Left out, as nothing corresponds to it ({policy.title}): {titles}."


def _merged(lines: Iterable[Line]) -> Iterator[tuple[str, _Item]]:
    """Yield each line once, with all sorts of subject and clauses."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.lead, line.text), []).append(line)
    for (lead, text), ones in found.items():
        keys = tuple(sorted({line.key for line in ones}))
        clauses = tuple(dict.fromkeys(clause for line in ones for clause in line.clauses))
        yield lead, _Item(text, keys, clauses, tuple(e for e in (o.effect for o in ones) if e))


def _counted(table: str, entries: Sequence[Written]) -> str:
    return f"{len(entries)} {table if len(entries) > 1 else table.removesuffix('s')}"


def _written_line(one: Written) -> str:
    way = f" ({one.direction})" if one.direction else ""
    what = f"{one.now}; before: {one.was}" if one.change is Change.CHANGED else one.now or one.was
    day = f"{one.entry}, " if one.table == "calendar" else ""
    return f"{_MARKS[one.change]}: {day}{what}{way}"
