# SPDX-License-Identifier: MIT
"""How what is said of accounts is written down."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.twins.account.standing import Standing
from benchmarks.twins.parts import Rule, iso
from caljobs_policy.policy.outcome import Outcome

VIOLATION: Final = Outcome.VIOLATION


NOTE: Final = Outcome.NOTE


def rule_of(name: str, outcome: Outcome, clauses: str, message: str, *more: Any) -> Rule:
    """Return a rule; its clauses are written without the directive's number."""
    return Rule(name, outcome, tuple(f"WSD24-12/{one}" for one in clauses.split()), message, *more)


def outliving(s: Standing) -> dict[str, Any]:
    """Return the facts by which an account has outlived the separation or the need."""
    return {
        "at": s.moment,
        "account.separated_on": iso(s.separated),
        "account.status": s.account.status,
        "account.deactivated_on": iso(s.deactivated_on),
        "account.need_ended_on": iso(s.need_ended),
        "account.staff.business_need": s.business_need,
    }
