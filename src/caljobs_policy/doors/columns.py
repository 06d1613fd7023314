# SPDX-License-Identifier: MIT
"""Decides all rows of a table by one policy, column by column."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from caljobs_policy.decisions.evaluation import check_asked
from caljobs_policy.doors.kinds import kind_remedy
from caljobs_policy.errors.arguments import require_moment, wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import EngineError, SubjectError
from caljobs_policy.errors.extras import lacking
from caljobs_policy.errors.privacy import named
from caljobs_policy.errors.problems import Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import subject_keys

if TYPE_CHECKING:
    import polars as pl


def decide_columns(
    policy: Policy, table: Any, at: datetime | None = None, *, kind: str = "account"
) -> pl.DataFrame:
    """Decide each row of a table, and return a Polars frame with a row for each, in their order.

    The table is a frame of Polars, or anything that hands out an Arrow stream. `kind` is what its
    rows are, such as `account`, `office` or `record/participant`. The columns are named like the
    keys of a case below it, with dots (`staff.training_completed_on`); an empty cell is a fact left
    out. Where `<column>|null` is true, the fact is known not to exist; where `<column>|unknown` is,
    it is not known.

    The result has the columns `outcome`, `hits` and `unsure` (the ids of checks), `needs`,
    `problems` (what is wrong with a row that has no outcome), and `due_<deadline>` for each
    deadline, with `due_<deadline>|time` where one can be due at a time of a day. All of them are
    what `decide_many` finds in the rows one by one.

    Raises a `SubjectError` if there is no such kind or two columns state the same fact, a
    `TypeError` if another argument is wrong, and an `EngineError` without the extra `columns`.
    """
    check_asked(policy, "native")
    require_moment("at", at)
    _check_kind(policy, kind)
    problem = lacking("`decide_columns`", "columns")
    if problem is not None:
        raise EngineError(problem)
    from caljobs_policy.doors.column_answers import answers_of

    return answers_of(policy, table, at, kind)


def _check_kind(policy: Policy, kind: object) -> None:
    if not isinstance(kind, str):
        raise wrong("kind", "the kind of subject, such as `account`", kind)
    keys = subject_keys(policy.words)
    if kind not in keys:
        message = f"there is no {named('kind of subject', kind, keys)}"
        remedy = kind_remedy(kind, keys)
        raise SubjectError([Problem(message, help=remedy, code=Code.UNKNOWN_WORD)])
