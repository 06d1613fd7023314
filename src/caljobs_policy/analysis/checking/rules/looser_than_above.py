# SPDX-License-Identifier: MIT
"""The rule that a local profile is never looser than the one above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from attrs import evolve

from caljobs_policy.analysis.checking.examined import Examined, Stretch
from caljobs_policy.analysis.checking.rule import Bound, Fault, Rule, Severity
from caljobs_policy.cases.inherited import Accounts
from caljobs_policy.compiler.build import sketch_policy
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.decisions import evaluate
from caljobs_policy.errors.problems import Place
from caljobs_policy.layers.sketching import LocalEntry, without
from caljobs_policy.policy.differences import Difference
from caljobs_policy.policy.outcome import is_better
from caljobs_policy.policy.policy import Policy

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.witnesses import Witness

Layers: TypeAlias = tuple[Layer, ...]
_ZONE: Final = "time_zone"
_MOST: Final = 20
"""After so many authorized loosenings, nobody looks for another."""


class LooserThanAbove(Rule):
    """Some subject comes out better than under the profile above.

    A local profile may add and tighten. What it loosens takes the authority of whoever issued what
    is loosened. All subjects are considered, not only those of cases: the answer is a case that
    shows it, or a proof that there is none.

    Where an override or another entry with `authority` accounts for a case, the case is shown as
    allowed, with the reason of that entry, and the search goes on without the entry.

    An example, where the profile above says 30 days:

        # town/2025-01-01/changes.yaml
        overrides:
          parameters/grace:
            was: 30 days
            now: 60 days
            authority: AREA-1/create-1
            reason: It takes longer here.

    Mended so:

        # town/2025-01-01/changes.yaml
        overrides:
          parameters/grace: {was: 30 days, now: 20 days, reason: It takes no longer here.}

    What it does not report: routes, duties and deadlines that differ without a better outcome;
    subjects with unknown facts.
    """

    code: ClassVar = "looser-than-above"
    severity: ClassVar = Severity.ERROR
    proves: ClassVar = True
    excusable: ClassVar = False

    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield what is looser in each stretch of days."""
        for stretch in examined.stretches:
            if stretch.above is None:
                continue
            for key in sorted({*stretch.policy.plans, *stretch.above.plans}):
                yield from self._of_key(examined, stretch, stretch.above, key)

    def _of_key(
        self, examined: Examined, stretch: Stretch, above: Policy, key: str
    ) -> Iterator[Fault | Bound]:
        from caljobs_policy.analysis.questions import Prover

        layers, local, gone = stretch.layers, stretch.policy, set[LocalEntry]()
        accounts = Accounts(local, layers, 1)
        for _ in range(_MOST):
            found = Prover((local, above), key).better()
            if found.witness is None:
                if found.bounds:
                    message = f"whether some `{key}` comes out better: {found.bounds[0]}"
                    yield Bound(self.code, examined.profile.place, message)
                return
            names, fault = accounts.of(*found.witness.decisions)
            entries = {one for one in accounts.entries if one.name in names} - gone
            if fault or not entries:
                moved = _in_zone(layers, above)
                may_move = any(_authorized(stretch.policy, (_ZONE,)))
                if not may_move or not _is_by_zone(found.witness, without(moved, gone)):
                    yield self._unauthorized(examined, key, found.witness, names)
                    return
                names, layers = (_ZONE,), moved
                accounts = Accounts(sketch_policy(layers, stretch.policy.day), layers, 1)
            for one in _authorized(stretch.policy, names):
                yield self._shown(one, key, found.witness)
            gone |= entries
            local = sketch_policy(without(layers, gone), stretch.policy.day)
        message = f"whether more makes some `{key}` come out better: too much does"
        yield Bound(self.code, examined.profile.place, message)

    def _unauthorized(
        self, examined: Examined, key: str, witness: Witness, names: tuple[str, ...]
    ) -> Fault:
        here, there = (decision.outcome.value for decision in witness.decisions)
        by = f" because of {', '.join(f'`{name}`' for name in names)}" if names else ""
        message = f"some `{key}` is `{here}` here and `{there}` above{by}"
        remedy = "make it as strict as above, or cite the `authority` to loosen it"
        return self.fault(_place(examined, names), message, remedy, witness)

    def _shown(self, one: Difference, key: str, witness: Witness) -> Fault:
        here, there = (decision.outcome.value for decision in witness.decisions)
        message = f"some `{key}` is `{here}` here and `{there}` above, by `{one.what}`"
        fault = self.fault(one.place, message, "", witness)
        return evolve(fault, help=None, reason=one.reason or ", ".join(one.authority))


def _place(examined: Examined, names: tuple[str, ...]) -> Place:
    for stretch in examined.stretches:
        for one in Accounts(stretch.policy, stretch.layers, 1).entries:
            if one.name in names:
                return one.place
    return examined.profile.place


def _in_zone(layers: Layers, above: Policy) -> Layers:
    """Return layers of which the local one counts days as the profile above does."""
    profile = evolve(layers[0].profile, zone=str(above.zone))
    return (evolve(layers[0], profile=profile), *layers[1:])


def _is_by_zone(witness: Witness, moved: Layers) -> bool:
    """Return whether a subject comes out no better where days begin as above."""
    here, there = witness.decisions
    if here.policy.zone == there.policy.zone:
        return False
    decision = evaluate(sketch_policy(moved, here.policy.day), here.subject, here.at)
    return not is_better(decision.outcome, there.outcome)


def _authorized(policy: Policy, names: tuple[str, ...]) -> Iterator[Difference]:
    for one in policy.differences:
        is_named = any(one.what == name or one.what.startswith(f"{name}/") for name in names)
        if one.direction.may_loosen and is_named:
            yield one
