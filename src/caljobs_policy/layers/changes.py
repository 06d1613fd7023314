# SPDX-License-Identifier: MIT
"""Which way an override goes: whether it makes what stands above stricter or looser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from caljobs_policy.compiler.chain import Chain, Change, Sourced
from caljobs_policy.compiler.directions import (
    CALENDAR,
    HIGHER,
    LOWER,
    Directions,
    direction,
    longer,
)
from caljobs_policy.compiler.table_columns import asks_for
from caljobs_policy.dates.durations import Duration, duration_from
from caljobs_policy.layers.weights import changed_outcome, keys_of, main_field, weight_of
from caljobs_policy.policy.differences import Direction
from caljobs_policy.policy.rules import ELSE
from caljobs_policy.syntax.declaration import declared
from caljobs_policy.syntax.entries import TableRow
from caljobs_policy.syntax.nodes import AnyNode, Scalar

_SHOWN: Final = frozenset({"documents", "clauses", "guides", "out_of_scope"})
"""Tables that decide nothing."""
_TEXTS: Final = frozenset(
    {"say", "remedy", "title", "what", "reason", "authority", "question", "answer", "note"}
)
"""Fields whose change changes no decision."""
_OUTCOMES: Final = frozenset({"otherwise", "missed", "while_open", "no_row"})
_APPLIES: Final = frozenset({"when", "unless"})


def direction_of(change: Change, above: Chain, uses: Directions) -> Direction:
    """Return which way an override goes, judged by the form of what it changes.

    `above` holds the entries as they stand above; `uses` says how these refer to one another.
    """
    return _Judge(change, above, uses).whole()


@frozen
class _Judge:
    """Judges the change of an entry above, from `one` to `other`."""

    change: Change
    above: Chain
    uses: Directions

    @property
    def before(self) -> Any:
        """The entry as it stands above."""
        return self.change.before.entry

    def whole(self) -> Direction:
        """Judge the change."""
        table, fields, after = self.change.table, self.change.fields, self.change.after
        if table in _SHOWN:
            return Direction.NONE
        if after is None:
            return self._removed()
        if not fields:
            return Direction.UNKNOWN
        if fields[0] in {"rows", "earliest"} and len(fields) > 1:
            return self._beneath(after.entry, fields[0], fields[1], fields[2:])
        return self._field(self.before, after.entry, fields)

    def _removed(self) -> Direction:
        """Judge the removal of an entry."""
        if self.change.table == "exempt":
            return Direction.STRICTER
        if self.change.table == CALENDAR:
            return direction(LOWER, self.uses.of(CALENDAR))
        return Direction.LOOSER

    def _beneath(self, after: Any, name: str, key: str, rest: tuple[str, ...]) -> Direction:
        """Judge a change of a row of a lookup table, or of a leg of a deadline."""
        one, other = (getattr(entry, name).get(key) for entry in (self.before, after))
        if one is not None and other is not None:
            is_leg = name == "earliest" and bool(_APPLIES.intersection(rest[:1]))
            return Direction.UNKNOWN if is_leg or not rest else self._field(one, other, rest)
        if name == "earliest":
            return self._deadline(LOWER if one is None else HIGHER)
        return self._row(key, is_new=one is None)

    def _row(self, key: str, *, is_new: bool) -> Direction:
        """Judge a row that is new or removed; another row may cover its values."""
        table = self.before
        if table.no_row is not None or (ELSE in table.rows and key != ELSE):
            return Direction.UNKNOWN
        return Direction.STRICTER if is_new else Direction.LOOSER

    def _field(self, one: Any, other: Any, fields: tuple[str, ...]) -> Direction:
        """Judge the change of a field of an entry, or of a row or a leg in it."""
        name = fields[0]
        if isinstance(one, TableRow) and name not in declared(TableRow):
            is_asked = asks_for(self.before.require, name)
            return Direction.UNKNOWN if is_asked else Direction.NONE
        if name in _TEXTS:
            return Direction.NONE
        if name in _APPLIES:
            return self._applies(getattr(one, name), getattr(other, name))
        if name in _OUTCOMES:
            return self._outcome(one, other, name)
        if name == "instead" and len(fields) > 1:
            return self._instead(one, other, fields[1])
        return self._by_name(one, other, name)

    def _by_name(self, one: Any, other: Any, name: str) -> Direction:
        """Judge a field that only entries of some tables have."""
        if name == "value":
            moved = self._moved(one.value, other.value)
            return direction(moved, self._uses_of(self.change.before))
        if name == "words":
            moved = _more({w.text for w in other.words}, {w.text for w in one.words})
            return direction(moved, self.uses.of(self.change.before.what))
        if name == "count":
            return self._deadline(self._moved(one.count, other.count))
        if name == "warning":
            return direction(self._moved(one.warning, other.warning), {HIGHER})
        if name == "reached_is_missed":
            return self._deadline(LOWER if other.reached_is_missed else HIGHER)
        return self._of_the_rest(one, other, name)

    def _of_the_rest(self, one: Any, other: Any, name: str) -> Direction:
        if name == "chosen":
            return self._chosen(one, other)
        if name == "requestors":  # That more may request is found where rows are compared.
            now, was = ({word.text for word in entry.requestors} for entry in (other, one))
            return Direction.STRICTER if now < was else Direction.UNKNOWN
        return Direction.UNKNOWN

    def _applies(self, was: AnyNode | None, now: AnyNode | None) -> Direction:
        """Judge a condition that is new, which makes an entry apply to less, or removed."""
        if self.change.table in {"exempt", "terms"} or (was is None) is (now is None):
            return Direction.UNKNOWN
        if self.change.table == "deadlines":
            return self._deadline(HIGHER if was is None else LOWER)
        return Direction.LOOSER if was is None else Direction.STRICTER

    def _deadline(self, moved: str | None) -> Direction:
        """Judge a deadline that moves earlier (`lower`) or later."""
        return direction(moved, {LOWER, *self.uses.of(self.change.before.what)})

    def _outcome(self, one: Any, other: Any, name: str) -> Direction:
        """Judge the outcome of not meeting an entry."""
        after = self.change.after.entry if self.change.after else None
        tables = (self.before, after) if isinstance(one, TableRow) else (None, None)
        return changed_outcome(
            _pair(
                weight_of(entry, name, key, table=table)
                for entry, table in zip((one, other), tables, strict=True)
            )
            for key in keys_of(self.above, self.before)
        )

    def _instead(self, one: Any, other: Any, choice: str) -> Direction:
        """Judge what `instead` says for a choice of a reading."""
        if self.change.table == "parameters":
            was, now = (entry.instead.get(choice, entry.value) for entry in (one, other))
            return direction(self._moved(was, now), self._uses_of(self.change.before))
        name = main_field(one)
        return changed_outcome(
            _pair(weight_of(entry, name, key, choice) for entry in (one, other))
            for key in keys_of(self.above, self.before)
        )

    def _chosen(self, one: Any, other: Any) -> Direction:
        """Judge another choice of a reading by all the entries that depend on it."""
        was, now = (entry.chosen.text if entry.chosen else "" for entry in (one, other))
        found = set(self._under(str(one.key), was, now))
        for way in (Direction.LOOSER, Direction.UNKNOWN, Direction.STRICTER):
            if way in found:
                return way
        return Direction.NONE

    def _under(self, reading: str, was: str, now: str) -> Iterator[Direction]:
        """Judge each entry above that rests on a reading, under another choice."""
        for sourced in self.above.table("parameters").values():
            entry = sourced.entry
            one, other = (entry.instead.get(choice, entry.value) for choice in (was, now))
            if reading in {word.text for word in entry.reading} and one is not other:
                yield direction(self._moved(one, other), self._uses_of(sourced))
        for entry, table in self._judged_entries():
            named = {word.text for part in (entry, table) if part for word in part.reading}
            if reading in named:
                name = main_field(entry)
                yield changed_outcome(
                    _pair(weight_of(entry, name, key, choice, table) for choice in (was, now))
                    for key in keys_of(self.above, table or entry)
                )

    def _judged_entries(self) -> Iterator[tuple[Any, Any]]:
        """Yield the entries above with an outcome, and their rows, each with its table."""
        for name, table in self.above.tables.items():
            for sourced in table.values():
                if name != "parameters" and hasattr(sourced.entry, "instead"):
                    yield sourced.entry, None
                    rows = getattr(sourced.entry, "rows", {})
                    yield from ((row, sourced.entry) for row in rows.values())

    def _moved(self, was: AnyNode | None, now: AnyNode | None) -> str | None:
        """Return whether a duration becomes lower or higher; None where that is unknown."""
        if was is None or now is None:
            return HIGHER if was is None else LOWER
        one, other = self._duration(was), self._duration(now)
        return longer(other, one) if one is not None and other is not None else None

    def _duration(self, node: AnyNode) -> Duration | None:
        """Read a duration, or look up a parameter by its name."""
        if not isinstance(node, Scalar):
            return None
        named = self.above.table("parameters").get(node.text)
        value = named.entry.value if named else node
        return duration_from(value.text) if isinstance(value, Scalar) else None

    def _uses_of(self, parameter: Sourced) -> Iterable[str | None]:
        """Return the stricter direction of each use of a parameter, or the one that it declares."""
        found = self.uses.of(parameter.what)
        as_above = self.above.table("parameters")[parameter.what.partition("/")[2]]
        declared = as_above.entry.stricter
        return {declared.text} if declared and found <= {None} else found


def _more(now: set[str], was: set[str]) -> str | None:
    return HIGHER if was < now else LOWER if now < was else None


def _pair(weights: Iterable[int]) -> tuple[int, int]:
    was, now = weights
    return was, now
