# SPDX-License-Identifier: MIT
"""Decides all rows of a table by one policy, column by column."""

from __future__ import annotations

from collections.abc import Sequence
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
    policy: Policy,
    table: Any,
    at: datetime | None = None,
    *,
    kind: str = "account",
    key: str | Sequence[str] = (),
) -> pl.DataFrame:
    """Decide each row of a table, and return a Polars frame with a row for each, in their order.

    The table is a frame of Polars, anything that hands out an Arrow stream, or a table of Ibis,
    whose database then does the work. A database has no order of rows: the columns named by `key`
    tell which row an answer is about, and stand before it. Other tables may have a key, too.
    Columns of a key state no facts unless they are named like some. `kind` is what the rows
    are, such as `account`, `office` or `record/participant`. The columns are named like the
    keys of a case below it, with dots (`staff.training_completed_on`); an empty cell is a fact left
    out. Where `<column>|null` is true, the fact is known not to exist; where `<column>|unknown` is,
    it is not known.

    The result has the columns `outcome`, `hits` and `unsure` (the ids of checks), `needs`,
    `problems` (what is wrong with a row that has no outcome), and `due_<deadline>` for each
    deadline, with `due_<deadline>|time` where one can be due at a time of a day. All of them are
    what `decide_many` finds in the rows one by one.

    Raises a `SubjectError` if there is no such kind or two columns state the same fact, a
    `TypeError` if another argument is wrong, and an `EngineError` without the extra `columns`, or
    `ibis` for a table of Ibis, and if the table's own library or database fails.
    """
    check_asked(policy, "native")
    require_moment("at", at)
    _check_kind(policy, kind)
    is_remote = type(table).__module__.partition(".")[0] == "ibis"
    problem = lacking("`decide_columns`", "ibis" if is_remote else "columns")
    if problem is not None:
        raise EngineError(problem)
    names = _names(key)
    if not is_remote:
        from caljobs_policy.doors.column_answers import answers_of

        return answers_of(policy, table, at, kind, names)
    if not names:
        raise wrong("key", "the columns that tell the rows of a table of Ibis apart", key)
    from caljobs_policy.doors.warehouse_answers import remote_answers_of

    return remote_answers_of(policy, table, at, kind, names)


def _names(key: object) -> tuple[str, ...]:
    names = (key,) if isinstance(key, str) else key
    if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
        raise wrong("key", "the name of a column, or a list of names", key)
    return (*dict.fromkeys(names),)


def _check_kind(policy: Policy, kind: object) -> None:
    if not isinstance(kind, str):
        raise wrong("kind", "the kind of subject, such as `account`", kind)
    keys = subject_keys(policy.words)
    if kind not in keys:
        message = f"there is no {named('kind of subject', kind, keys)}"
        remedy = kind_remedy(kind, keys)
        raise SubjectError([Problem(message, help=remedy, code=Code.UNKNOWN_WORD)])
