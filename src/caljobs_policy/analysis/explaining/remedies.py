# SPDX-License-Identifier: MIT
"""What would turn a decision: the fewest facts that, changed, lead to the best outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from attrs import field, frozen

from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.errors.extras import lacking
from caljobs_policy.plain.mappings import frozen_plain
from caljobs_policy.plain.written import When, Written, key, written_all
from caljobs_policy.policy.outcome import Outcome


@frozen
class Remedy(Written):
    """Facts that would turn a decision if they were changed."""

    changes: Mapping[str, Any] = field(converter=frozen_plain)
    """What each fact would be, by its keys in a case; personal data is withheld."""
    outcome: Outcome
    """The outcome that this leads to, as both engines find."""
    words: str
    """What has to be done, in words."""
    decision: Decision = field(repr=False, metadata=key(when=When.NEVER))
    """The decision about the subject with these changes."""


@frozen
class Remedies(Sequence[Remedy]):
    """All smallest changes that lead to the best outcome, or some of them if there are many."""

    each: tuple[Remedy, ...]
    best: Outcome
    """The best outcome that changes lead to: that of the decision itself where none helps."""
    bounds: tuple[str, ...] = ()
    """Why there may be a better or a smaller change; empty where it is certain there is none."""

    @overload
    def __getitem__(self, index: int) -> Remedy: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Remedy, ...]: ...
    def __getitem__(self, index: int | slice) -> Remedy | tuple[Remedy, ...]:
        return self.each[index]

    def __iter__(self) -> Iterator[Remedy]:
        return iter(self.each)

    def __len__(self) -> int:
        return len(self.each)

    def to_dict(self) -> dict[str, Any]:
        """Return them in the form of the JSON answer."""
        written = written_all(Remedy, self.each)
        return {"remedies": written, "best": str(self.best), "bounds": list(self.bounds)}

    @property
    def is_certain(self) -> bool:
        """Whether it is certain that nothing better and nothing smaller would do."""
        return not self.bounds


def remedies(decision: Decision) -> Remedies:
    """Return the fewest facts that, changed, lead to the best outcome that can be reached.

    Facts that are given stay as they are, and what happens to a standing subject happens at the
    moment of the decision. A subject is never put out of scope. Nothing is returned for an outcome
    that is good already, nor where no change leads to a better one.

    Raises an `EngineError` without the extra `analysis`, and a `TypeError` if it is no decision.
    """
    if not isinstance(decision, Decision):
        raise wrong("decision", "a Decision, as `evaluate` returns one", decision)
    problem = lacking("`remedies`", "analysis")
    if problem is not None:
        raise EngineError(problem)
    if decision.outcome.is_good:
        return Remedies((), decision.outcome)
    from caljobs_policy.analysis.explaining.curing import found_for  # noqa: PLC0415  # an extra

    return found_for(decision)
