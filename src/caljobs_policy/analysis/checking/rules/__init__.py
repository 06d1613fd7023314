# SPDX-License-Identifier: MIT
"""The rules of `check`, one module for each."""

from __future__ import annotations

from typing import Final

from caljobs_policy.analysis.checking.rule import Rule
from caljobs_policy.analysis.checking.rules.cannot_fail import CannotFail
from caljobs_policy.analysis.checking.rules.clause_never_broken import ClauseNeverBroken
from caljobs_policy.analysis.checking.rules.clause_never_met import ClauseNeverMet
from caljobs_policy.analysis.checking.rules.contradiction import Contradiction
from caljobs_policy.analysis.checking.rules.edition_ends import EditionEnds
from caljobs_policy.analysis.checking.rules.excuse_unused import ExcuseUnused
from caljobs_policy.analysis.checking.rules.exempts_all import ExemptsAll
from caljobs_policy.analysis.checking.rules.looser_than_above import LooserThanAbove
from caljobs_policy.analysis.checking.rules.message_without_value import MessageWithoutValue
from caljobs_policy.analysis.checking.rules.never_decides import NeverDecides
from caljobs_policy.analysis.checking.rules.review_due import ReviewDue
from caljobs_policy.analysis.checking.rules.row_unreached import RowUnreached
from caljobs_policy.analysis.checking.rules.unused_clause import UnusedClause
from caljobs_policy.analysis.checking.rules.unused_fact import UnusedFact
from caljobs_policy.analysis.checking.rules.unused_parameter import UnusedParameter
from caljobs_policy.analysis.checking.rules.unused_role import UnusedRole

RULES: Final[tuple[type[Rule], ...]] = (
    LooserThanAbove,
    CannotFail,
    ClauseNeverBroken,
    ClauseNeverMet,
    Contradiction,
    EditionEnds,
    ExcuseUnused,
    ExemptsAll,
    MessageWithoutValue,
    NeverDecides,
    ReviewDue,
    RowUnreached,
    UnusedClause,
    UnusedFact,
    UnusedParameter,
    UnusedRole,
)
"""All rules: the gravest first, then by their codes."""
