# SPDX-License-Identifier: MIT
"""What a test in Python expects of a decision, said as under `expect` in a case."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from attrs import evolve

from caljobs_policy.cases.differences import differences
from caljobs_policy.cases.expectation import Expectation
from caljobs_policy.cases.expectation_hooks import expectation_hook
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.collecting import Collector
from caljobs_policy.errors.exceptions import CaseError
from caljobs_policy.errors.problems import Place
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.policy.policy import Policy
from caljobs_policy.testing.failing import failure_text


def assert_decision(decision: Decision, **expected: Any) -> None:
    """Raise an `AssertionError` with every difference unless a decision is as expected.

    The keys are those that stand under `expect` in a case, with values as Python writes them; what
    is not named is not compared. Raises a `CaseError` for a key or word that there is not.
    """
    __tracebackhide__ = True
    found = differences(_expectation(expected, decision.policy), decision)
    if found:
        raise AssertionError(failure_text("the decision differs", found, decision.policy))


def _expectation(stated: dict[str, Any], policy: Policy) -> Expectation:
    """Read what is expected as a case states it; it has no place that one could look up."""
    text = json.dumps(stated, default=_written, ensure_ascii=False)
    (document,) = read_documents(text, "")
    problems, told = list(document.problems), Collector()
    if document.root is not None:
        found: Expectation = told.read(expectation_hook(policy), document.root, None)
        problems += told.problems
    if problems:
        raise CaseError(evolve(one, place=Place()) for one in problems)
    return found


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an expectation takes no {type(value).__name__}")
