# SPDX-License-Identifier: MIT
"""No subject is shown that real decisions do not bear out, nor ruled out without a proof."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

from caljobs_policy import Decision, Policy, load_policy
from caljobs_policy.analysis.formulas import witnesses
from caljobs_policy.analysis.formulas.finding import Finder, Limits, Question
from caljobs_policy.analysis.formulas.space import Space
from caljobs_policy.analysis.formulas.terms import TRUE
from caljobs_policy.analysis.questions import Prover
from caljobs_policy.decisions.evaluation import evaluate

STATE: Final = load_policy("state", date(2025, 6, 2))
CREATE: Final = "request/create"
FEW: Final = Limits(spurious=3)


def test_what_no_decision_bears_out_is_neither_shown_nor_ruled_out() -> None:
    found = Finder(Space((STATE,), CREATE), FEW).find(Question(TRUE, lambda _: False))
    assert found.witness is None
    assert not found.is_certain
    assert found.effort.spurious == 3
    assert len(found.bounds) == 1
    assert "attempts" in found.bounds[0]


def test_an_example_is_judged_on_the_days_that_are_asked_about() -> None:
    # Where local midnights lie is guessed first, so that a model may lie a day beside them.
    for key in ("office", "account"):
        for day in (date(2025, 3, 9), date(2025, 11, 2)):
            found = Finder(Space((STATE,), key, (day, day))).find(
                Question(TRUE, lambda _: True), smallest=False
            )
            assert found.witness is not None
            assert found.witness.case.at is not None
            assert found.witness.case.at.date() == day


def test_an_example_on_which_engines_disagree_is_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(policy: Policy, subject: Any, at: Any, *, engine: str = "native") -> Decision:
        """Decide as native does, but let naive think that a request is about nobody."""
        read = evolve(subject, staff=None) if engine == "naive" else subject
        return evaluate(policy, read, at, engine=engine)

    last = len(STATE.plans[CREATE].checks) - 1
    assert Prover((STATE,), CREATE).can_fail(last).witness is not None
    monkeypatch.setattr(witnesses, "evaluate", faulty)
    found = Prover((STATE,), CREATE, limits=FEW).can_fail(last)
    assert found.witness is None
    assert not found.is_certain
