# SPDX-License-Identifier: MIT
"""Which fact each column of a roster holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import define, field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.rosters.reading.options import no_heading, unknown_key
from caljobs_policy.subjects.facts import AT, Fact, facts_about
from caljobs_policy.subjects.fields import Holds, Kind, fields_of

ACCOUNT: Final = "account"
_LISTED: Final = "`caljobs-policy docs roster` lists the keys"


@frozen
class Column:
    """One column: its heading, and the fact that it holds."""

    heading: str
    key: str
    """As in a case, below `account`."""
    holds: Holds
    form: str | None = None
    """The form that was signed, if the column holds the date of a signature."""

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to the fact in a case."""
        return tuple(self.key.split("."))


@define
class Headings:
    """The columns that the headings of a roster name."""

    problems: list[Problem] = field(factory=list)
    columns: list[Column | None] = field(factory=list)
    """One for each heading; None for a heading that names no fact."""
    unread: list[Problem] = field(factory=list)
    """Warnings of columns that are not read."""


@frozen(eq=False, slots=False)
class Known:
    """The keys that a roster's columns can have under a policy."""

    policy: Policy

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The column of each key, with and without the kind of subject before it."""
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
        """Yield the columns of a statement: its keys, and one for each form that can be signed."""
        for name, holds in fields_of(fact.holds.part or object).items():
            yield f"{key}.{name}", Column(f"{key}.{name}", f"{key}.{name}", holds)
        for form, term in self.policy.words["statements"].items():
            day = Holds(Kind.DAY, f"day the {term.title} was signed")
            yield f"{key}.{form}", Column(f"{key}.{form}", f"{key}.{form}", day, form)

    def named(self, headings: Sequence[str], mapped: Mapping[str, str], place: Place) -> Headings:
        """Return the column of each heading; `mapped` has the keys of headings that are none."""
        wanted = {_folded(heading): key for heading, key in mapped.items()}
        found = Headings(list(self._unknown_keys(mapped, place)))
        taken: dict[str, int] = {}
        for number, heading in enumerate(map(str.strip, headings), start=1):
            here = Place(place.file, place.line, number)
            column = self.columns.get(wanted.get(_folded(heading), heading))
            if column is not None and column.key in taken:
                fault = f"columns {taken[column.key]} and {number} both hold `{column.key}`"
                found.problems.append(
                    Problem(fault, here, "remove one of them", code=Code.DUPLICATE)
                )
            elif column is not None:
                taken[column.key] = number
            elif heading and _folded(heading) not in wanted:
                found.unread.append(self._unread(heading, number, here))
            found.columns.append(column)
        there = {_folded(heading) for heading in headings}
        missing = [heading for heading in mapped if _folded(heading) not in there]
        # If no heading is known, the first line may hold data, which no message repeats.
        names = [heading.strip() for heading in headings] if any(found.columns) else []
        found.problems.extend(no_heading(heading, names, place) for heading in missing)
        return found

    def _unread(self, heading: str, number: int, place: Place) -> Problem:
        message = f"column {number} is not read: its heading is not the key of a fact"
        remedy = 'if it holds a fact, use --map "HEADING=KEY"'
        return Problem(message, place, self.remedy(heading, remedy), code=Code.UNKNOWN_KEY)

    def _unknown_keys(self, mapped: Mapping[str, str], place: Place) -> Iterator[Problem]:
        for heading, key in mapped.items():
            if key not in self.columns:
                yield unknown_key(key, heading, place, self.remedy(key, _LISTED))

    def count(self, headings: Iterable[str], mapped: Iterable[str]) -> int:
        """Return how many headings are keys or are listed in `mapped`."""
        wanted = set(map(_folded, mapped))
        names = (heading.strip() for heading in headings)
        return sum(name in self.columns or _folded(name) in wanted for name in names)

    def remedy(self, key: str, otherwise: str) -> str:
        """Return a remedy that names the nearest key, or else another one."""
        keys = [column.key for column in self.columns.values()]
        return str(remedy_for(key, keys, most=0, otherwise=otherwise))


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()
