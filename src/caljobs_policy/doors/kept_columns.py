# SPDX-License-Identifier: MIT
"""Columns of a table that stand before the answers about its rows, to tell these apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from caljobs_policy.engines.columns.layout import Layout
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Problem, shown


def check_names(names: Sequence[str], columns: Collection[str]) -> None:
    """Refuse to keep columns that a table does not have."""
    missing = [name for name in names if name not in columns]
    if missing:
        raise SubjectError([_missing(name, columns) for name in missing])


def only_named(names: Sequence[str], layout: Layout) -> set[str]:
    """Return those of the kept columns that state no fact."""
    return {*names} - {name for name, _holds in layout.columns}


def beside(kept: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Return answers with the columns that are kept before them."""
    twice = [name for name in kept.columns if name in answers.columns]
    if twice:
        raise SubjectError([_taken(name) for name in twice])
    return pl.concat([kept, answers], how="horizontal")


def _missing(name: str, columns: Collection[str]) -> Problem:
    message = f"the table has no column {shown(name)}"
    return Problem(message, help=remedy_for(name, columns), code=Code.UNKNOWN_WORD)


def _taken(name: str) -> Problem:
    message = f"the answers have a column {shown(name)} of their own"
    return Problem(message, help="rename that of the table", code=Code.CONFLICT)
