# SPDX-License-Identifier: MIT
"""Finds local entries under which a subject can do better than under the profile above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from attrs import evolve

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.directions import CALENDAR, HIGHER, direction
from caljobs_policy.layers.comparison import Comparison, LooserEntry, found, quoted
from caljobs_policy.layers.looser_rows import looser_rows
from caljobs_policy.layers.stand_ins import Use, uses_of
from caljobs_policy.policy.differences import Direction
from caljobs_policy.policy.rules import Origin
from caljobs_policy.policy.speech import listed
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.syntax.sections import QUALIFIED, VOCABULARIES

_OUTSIDE: Final = "exempt/organizations"
"""The check that exempts organizations that a directive does not cover."""


def loosenings(pair: Comparison) -> Sequence[LooserEntry]:
    """Return the local entries that loosen what stands above, each once; overrides are apart."""
    every: dict[str, LooserEntry] = {}
    for find in (_exemptions, _outside, _words, _closed_days, looser_rows, _zone):
        for one in find(pair):
            every.setdefault(one.what, one)
    return list(every.values())


def _exemptions(pair: Comparison) -> Iterator[LooserEntry]:
    """Yield the exemptions of subjects that the profile above evaluates."""
    for sourced in pair.own("exempt"):
        keys = [key for key in pair.above.policy.plans if _is_about(sourced.entry, key)]
        judged = [key for key in keys if pair.judging(key)]
        if judged:
            how = f"exempts {quoted(judged)}, which {pair.edition} evaluates"
            yield found(sourced, how, _judging(pair, judged))


def _is_about(entry: Any, key: str) -> bool:
    return not {key, _kind(key)}.isdisjoint(word.text for word in entry.about)


def _kind(key: str) -> str:
    return key.partition("/")[0]


def _judging(pair: Comparison, keys: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers of the layers that evaluate subjects of some sorts."""
    return pair.layers_of(check.origin for key in keys for check in pair.judging(key))


def _outside(pair: Comparison) -> Iterator[LooserEntry]:
    """Yield the organizations that are out of scope here and would be in scope above."""
    outside = _outside_above(pair)
    plans = pair.above.policy.plans
    keys = [key for key in plans if f"{_kind(key)}.organization" in facts_about(key)]
    judged = [key for key in keys if pair.judging(key)]
    for sourced in pair.own("organizations"):
        stands_for = {word.text for word in sourced.entry.stands_for}
        is_outside = stands_for <= outside if stands_for else bool(outside)
        if sourced.entry.outside and judged and not is_outside:
            kinds = listed(list(dict.fromkeys(f"{_kind(key)}s" for key in judged)), "and")
            how = f"is left outside, but {pair.edition} evaluates its {kinds}"
            yield found(sourced, how, _judging(pair, judged))


def _outside_above(pair: Comparison) -> set[str]:
    """Return the organizations that the profile above does not cover."""
    known = pair.here.chain.words_of("organizations", 1)
    return {word for word, (entry, _) in known.items() if entry.outside}


def _words(pair: Comparison) -> Iterator[LooserEntry]:
    """Yield the words that the rules above treat better than their own words."""
    for table in VOCABULARIES:
        is_qualified = table in QUALIFIED
        known = (
            pair.here.chain.words_of(table, 1) if is_qualified else pair.above.policy.words[table]
        )
        own = list(pair.own(table)) if known else []
        # Few profiles have words of their own in more than some tables.
        plans = pair.above.policy.plans.values() if own else ()
        uses = list(uses_of(table, plans, but=_OUTSIDE))
        for sourced in own:
            entry = sourced.entry
            stands_for = [word.text for word in entry.stands_for if is_qualified]
            if len(stands_for) == 1 or entry.outside:
                continue
            if not stands_for and table == "organizations" and _outside_above(pair):
                continue  # It is treated as one that the profile above does not cover.
            yield from _better(pair, sourced, stands_for or known, uses)


def _better(
    pair: Comparison, sourced: Sourced, known: Collection[str], uses: Iterable[Use]
) -> Iterator[LooserEntry]:
    """Yield a word if the rules above find less about it than about words that they know.

    A word that stands for several may be treated no better than any of them. One that stands for
    none may be treated no better than some word.
    """
    stands_for = frozenset(word.text for word in sourced.entry.stands_for)
    enough = all if stands_for else any
    who, rather = "is not a word of the profile above", ""
    if stands_for:
        who = f"stands for {quoted(sorted(stands_for))} at once"
    elif sourced.what.partition("/")[0] in QUALIFIED:
        who = "stands for no word above"
        rather = "say with `stands_for` which word it takes the place of"
    for use in uses:
        if not enough(use.is_no_better(stands_for, word) for word in known):
            check = use.escaped(stands_for)
            how = f"{who}, so `{check.id}` of {pair.edition} lets it pass"
            layers = pair.layers_of(check.origin for check, *_ in use.tests)
            yield evolve(found(sourced, how, layers), rather=rather)


def _closed_days(pair: Comparison) -> Iterator[LooserEntry]:
    """Yield the closed days that make something above end later."""
    uses = pair.above.vocabulary.directions.of(CALENDAR)
    way = direction(HIGHER, uses)
    if not uses or way is Direction.STRICTER:
        return
    layers = tuple(range(1, len(pair.here.chain.layers)))
    for sourced in pair.own("calendar"):
        how = f"closes offices, so what {pair.edition} counts in business days ends later"
        yield found(sourced, how, layers, way)


def _zone(pair: Comparison) -> Iterator[LooserEntry]:
    """Yield a different time zone, in which days begin and end at other times."""
    layer = pair.here.chain.layers[0]
    here, above = pair.here.policy.zone, pair.above.policy.zone
    if not _is_same(here, above):
        profile = layer.profile
        how = f"is {here}, but {pair.edition} counts days in {above}"
        layers = tuple(range(1, len(pair.here.chain.layers)))
        origin = Origin(layer.edition.id, profile.place)
        yield LooserEntry(
            "time_zone",
            how,
            profile.place,
            profile.authority,
            profile.reason,
            origin,
            layers,
            Direction.UNKNOWN,
        )


def _is_same(one: tzinfo, other: tzinfo) -> bool:
    """Return whether two zones agree at the start of every month from 2000 to 2099."""
    moments = (
        datetime(year, month, 1, tzinfo=UTC) for year in range(2000, 2100) for month in range(1, 13)
    )
    return str(one) == str(other) or all(
        one.utcoffset(moment.replace(tzinfo=None)) == other.utcoffset(moment.replace(tzinfo=None))
        for moment in moments
    )
