# SPDX-License-Identifier: MIT
"""A local policy compared with the one above it, and what the comparison finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from caljobs_policy.compiler.build import Built
from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.errors.problems import Place
from caljobs_policy.layers.authority import Claim
from caljobs_policy.policy.differences import Direction, Loosening
from caljobs_policy.policy.rules import Check, Origin
from caljobs_policy.policy.speech import listed
from caljobs_policy.syntax.nodes import Word


@frozen
class LooserEntry:
    """A local entry under which a subject can do better than above."""

    what: str
    """Its table and key."""
    how: str
    """What it does, as the predicate of a sentence about it."""
    place: Place
    authority: tuple[Word, ...]
    reason: str | None
    origin: Origin
    loosened: tuple[int, ...]
    """The numbers of the layers that it loosens."""
    direction: Direction = Direction.LOOSER
    rather: str = ""
    """How to fix it without authority, if there is a way."""

    @property
    def claim(self) -> Claim:
        """The authority that it claims."""
        fault = f"`{self.what}` {self.how}"
        return Claim(fault, self.place, self.authority, self.reason, self.loosened, self.rather)

    @property
    def difference(self) -> Loosening:
        """The difference as the policy lists it."""
        return Loosening(
            what=self.what,
            how=self.how,
            direction=self.direction,
            authority=tuple(word.text for word in self.authority),
            reason=self.reason or "",
            origin=self.origin,
            place=self.place,
        )


@frozen
class Comparison:
    """A local policy and the one above it."""

    here: Built
    above: Built

    @property
    def edition(self) -> str:
        """The name of the edition above."""
        return self.above.policy.editions[0]

    def is_local(self, sourced: Sourced) -> bool:
        """Return whether an entry is written or changed in the local profile."""
        return sourced.origin.edition == self.here.policy.editions[0]

    def own(self, table: str) -> Iterator[Sourced]:
        """Yield the entries of a table that the local profile adds."""
        for sourced in self.here.chain.table(table).values():
            if self.is_local(sourced) and sourced.origin.replaces is None:
                yield sourced

    def judging(self, key: str) -> Sequence[Check]:
        """Return the checks above that can find something about a sort of subject."""
        plan = self.above.policy.plans.get(key)
        checks = plan.checks if plan is not None else ()
        return [check for check in checks if not check.exempts and check.outcome.weight]

    def layers_of(self, origins: Iterable[Origin]) -> tuple[int, ...]:
        """Return the numbers of the layers that something comes from."""
        ids = {origin.edition for origin in origins}
        layers = enumerate(self.here.chain.layers)
        return tuple(number for number, layer in layers if layer.edition.id in ids)


def found(
    sourced: Sourced,
    how: str,
    loosened: tuple[int, ...],
    direction: Direction = Direction.LOOSER,
    exception: str = "",
) -> LooserEntry:
    """Return the finding that an entry, or an exception in its row, loosens something."""
    entry = sourced.entry.except_[exception] if exception else sourced.entry
    what = f"{sourced.what}/except/{exception}" if exception else sourced.what
    return LooserEntry(
        what,
        how,
        entry.key.place,
        entry.authority,
        entry.reason,
        sourced.origin,
        loosened,
        direction,
    )


def quoted(words: Iterable[str]) -> str:
    """Return words of profiles as an English list."""
    return listed([f"`{word}`" for word in words], "and")
