# SPDX-License-Identifier: MIT
"""The proof that no subject tells a mutant from its profile, or a subject that does."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from attrs import frozen

from caljobs_policy.analysis.aspects import Aspect
from caljobs_policy.analysis.formulas.finding import Limits
from caljobs_policy.analysis.formulas.witnesses import Witness
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.policy.policy import Policy

_LIMITS: Final = Limits(work=5_000_000)
"""How far each of very many searches goes."""


@frozen(eq=False)
class Told:
    """What tells a mutant from its profile, or why there may be something that does.

    With neither, it is proved that nothing does.
    """

    witness: Witness | None
    bounds: tuple[str, ...] = ()


def told_apart(was: Policy, mutant: Policy, keys: Collection[str]) -> Told:
    """Look for a subject of some sorts of which two policies say different things."""
    bounds: dict[str, None] = {}
    for key in keys:
        prover = Prover((was, mutant), key, limits=_LIMITS)
        for aspect in Aspect:
            found = prover.differs(aspect)
            if found.witness is not None:
                return Told(found.witness)
            bounds |= dict.fromkeys(f"{key}: {bound}" for bound in found.bounds)
    return Told(None, tuple(bounds))
