# SPDX-License-Identifier: MIT
"""How a local profile differs from the one above it: each difference judged, with its authority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Final

from attrs import evolve

from caljobs_policy.compiler.chain import Change
from caljobs_policy.compiler.overriding import said
from caljobs_policy.layers.authority import Authorities, Claim
from caljobs_policy.layers.changes import direction_of
from caljobs_policy.layers.comparison import Comparison
from caljobs_policy.layers.difference_words import change_in_words, loosening_in_words
from caljobs_policy.layers.loosening import loosenings
from caljobs_policy.policy.differences import AppliedOverride, Direction, Loosening

_ROUTES: Final = frozenset({"requestors", "coordinator", "except"})
"""The fields of a row that say who requests and where the request goes."""


def differences(
    pair: Comparison, authorities: Authorities
) -> tuple[Sequence[Loosening], Sequence[AppliedOverride]]:
    """Return what a local profile loosens and changes, and refuse what lacks authority."""
    found = loosenings(pair)
    for one in found:
        if one.origin.replaces is None:
            authorities.check(one.claim, one.direction)
    # A row from above that was changed here is reported with the override that changed it.
    changed = {one.origin.replaces for one in found}
    overrides = tuple(_overrides(pair, authorities, changed))
    own = [one for one in found if one.origin.replaces is None]
    told = [evolve(one.difference, in_words=loosening_in_words(pair.here, one)) for one in own]
    return told, overrides


def _overrides(
    pair: Comparison, authorities: Authorities, looser_rows: Set[str | None]
) -> Iterator[AppliedOverride]:
    """Return the overrides of the local profile with their directions."""
    for change in pair.here.chain.changes:
        if change.layer > 0:
            continue
        way = direction_of(change, pair.above.chain, pair.above.vocabulary.directions)
        if change.origin.replaces in looser_rows and _ROUTES.issuperset(change.fields[:1]):
            way = Direction.LOOSER
        override = change.override
        authorities.check(_claim(change, way), way)
        yield AppliedOverride(
            what=override.key.text,
            was=said(override.was),
            now=said(override.now),
            direction=way,
            authority=tuple(word.text for word in override.authority),
            reason=override.reason or "",
            origin=change.origin,
            place=override.key.place,
            in_words=change_in_words(pair.here, change),
        )


def _claim(change: Change, way: Direction) -> Claim:
    override = change.override
    does = "loosened" if way is Direction.LOOSER else "changed"
    fault = (
        f"`{override.key}` is {does} without authority, from {_short(said(override.was))} "
        f"to {_short(said(override.now))}"
    )
    return Claim(fault, override.key.place, override.authority, override.reason, change.loosened)


def _short(text: str) -> str:
    return f"{text[:60]}…" if len(text) > 60 else text
