# SPDX-License-Identifier: MIT
"""All that the comparison of two policies comes to, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs
from attrs import frozen

from caljobs_policy.analysis.comparing.effects import Effect, Telling
from caljobs_policy.analysis.comparing.followed import follow_up_effects
from caljobs_policy.analysis.comparing.outcomes import outcome_effects
from caljobs_policy.analysis.comparing.pair import Pair
from caljobs_policy.analysis.comparing.routes import route_effects
from caljobs_policy.analysis.comparing.written import Written
from caljobs_policy.analysis.samples import in_json
from caljobs_policy.subjects.facts import kind_of_key

_DAY: Final = "submitted_on"


@frozen(eq=False)
class Compared:
    """What is written differently, and what that does."""

    pair: Pair
    written: tuple[Written, ...]
    effects: tuple[Effect, ...]
    bounds: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison in the form of the JSON answer."""
        return {
            "written": [dict(_written(one)) for one in self.written],
            "differences": [_difference(one) for one in self.effects],
            "complete": not self.bounds,
            "bounds": list(self.bounds),
        }


def compared(
    pair: Pair, written: tuple[Written, ...], step: Callable[[], object] = lambda: None
) -> Compared:
    """Return what a difference does to every sort of subject; each is a step."""
    found: list[Effect] = []
    bounds: list[str] = []
    for key in pair.keys:
        telling = Telling(pair, key)
        found += outcome_effects(telling)
        if pair.old.plans.get(key) and pair.new.plans.get(key):
            found += [*route_effects(telling), *follow_up_effects(telling)]
        bounds += [f"{key}: {bound}" for bound in telling.bounds]
        step()
    return Compared(pair, written, tuple(found), tuple(bounds))


def case_of(effect: Effect, *, new: bool) -> dict[str, Any]:
    """Return the example of an effect as a case without profile and expectation."""
    stated = dict(effect.stated[new])
    at = effect.at if effect.at is not None else stated.get(_DAY)
    day = effect.decisions[new].policy.day
    return {"date": day, "at": at, kind_of_key(effect.key): stated}


def _difference(effect: Effect) -> dict[str, Any]:
    old, new = effect.outcomes
    told = {
        "subject": effect.key,
        "direction": effect.way.value,
        "aspect": effect.aspect.value,
        "old": old.value,
        "new": new.value,
        "because": list(effect.because),
        "witness": in_json(case_of(effect, new=True)),
    }
    if effect.stated[0] != effect.stated[1]:
        told["old_witness"] = in_json(case_of(effect, new=False))
    return told


def _written(one: Written) -> Iterator[tuple[str, Any]]:
    for name, value in attrs.asdict(one, recurse=False).items():
        if value not in ("", ()) or name in {"was", "now"}:
            yield name, list(value) if name == "about" else str(value)
