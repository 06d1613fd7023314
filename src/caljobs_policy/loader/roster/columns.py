# SPDX-License-Identifier: MIT
"""Which fact each column of a roster holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import frozen

from caljobs_policy.errors import Place, Problem, nearest, shown
from caljobs_policy.model.facts import AT, Fact, facts_about
from caljobs_policy.model.fields import Holds, Kind, fields_of
from caljobs_policy.model.policy import Policy

ACCOUNT: Final = "account"


@frozen
class Column:
    """One column: its heading, and the fact that it holds."""

    heading: str
    key: str
    """As in a case, below `account`."""
    holds: Holds
    form: str | None = None
    """For the day of a signature: which form was signed."""


@frozen(eq=False, slots=False)
class Known:
    """The keys that a roster's columns can have under a policy."""

    policy: Policy

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """Give a column for each key, with and without the kind of subject before it."""
        found = dict(self._columns())
        return found | {f"{ACCOUNT}.{key}": column for key, column in found.items()}

    def _columns(self) -> Iterator[tuple[str, Column]]:
        own = {p: f for p, f in self.policy.facts.items() if p.startswith(f"{ACCOUNT}.")}
        for path, fact in {**facts_about(ACCOUNT), **own}.items():
            key = path.removeprefix(f"{ACCOUNT}.")
            if fact is AT:
                continue
            if fact.kind is Kind.STATEMENTS:
                yield from self._statements(key, fact)
            else:
                yield key, Column(key, key, fact.holds)

    def _statements(self, key: str, fact: Fact) -> Iterator[tuple[str, Column]]:
        """Give the columns of a statement: its keys, and one for each form that can be signed."""
        for name, holds in fields_of(fact.holds.part or object).items():
            yield f"{key}.{name}", Column(f"{key}.{name}", f"{key}.{name}", holds)
        for form, term in self.policy.words["statements"].items():
            day = Holds(Kind.DAY, f"day the {term.title} was signed")
            yield f"{key}.{form}", Column(f"{key}.{form}", f"{key}.{form}", day, form)

    def named(
        self, headings: Sequence[str], mapped: Mapping[str, str], place: Place
    ) -> tuple[tuple[Column | None, ...], list[Problem], list[str]]:
        """Give the column of each heading, what is wrong, and the headings that are not read."""
        problems = list(self._unknown_keys(mapped, place))
        wanted = {_folded(heading): key for heading, key in mapped.items()}
        found: list[Column | None] = []
        unread: list[str] = []
        taken: dict[str, str] = {}
        for number, heading in enumerate(headings, start=1):
            key = wanted.pop(_folded(heading), heading.strip())
            column = self.columns.get(key)
            if column is None and heading.strip():
                unread.append(heading.strip())
            elif column is not None and column.key in taken:
                fault = f"`{column.key}` stands in two columns: {taken[column.key]} and {heading}"
                problems.append(
                    Problem(fault, Place(place.file, place.line, number), "remove one of them")
                )
            elif column is not None:
                taken[column.key] = heading
            found.append(column)
        problems += [_no_heading(heading, mapped, headings, place) for heading in wanted]
        return tuple(found), problems, unread

    def _unknown_keys(self, mapped: Mapping[str, str], place: Place) -> Iterator[Problem]:
        for heading, key in mapped.items():
            if key not in self.columns:
                remedy = self.near(key) or "the keys stand in docs/roster.md"
                message = f"there is no key {shown(key)}, for which {shown(heading)} is to stand"
                yield Problem(message, place, remedy)

    def near(self, key: str) -> str | None:
        """Give the remedy that names the key nearest to a word."""
        return nearest(key, [column.key for column in self.columns.values()])


def _no_heading(
    folded: str, mapped: Mapping[str, str], headings: Iterable[str], place: Place
) -> Problem:
    heading = next(name for name in mapped if _folded(name) == folded)
    known = [name.strip() for name in headings if name.strip()]
    remedy = nearest(heading, known) or f"the headings are: {', '.join(map(shown, known[:20]))}"
    return Problem(f"no column is headed {shown(heading)}", place, remedy)


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()
