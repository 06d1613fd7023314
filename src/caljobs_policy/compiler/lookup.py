# SPDX-License-Identifier: MIT
"""Turns lookup tables into checks: what each value of a fact requires."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from caljobs_policy.compiler.chain import Sourced
from caljobs_policy.compiler.plan_context import PlanContext, Usual, unique
from caljobs_policy.compiler.table_columns import filled, fits_its_table, with_columns
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import shown
from caljobs_policy.policy.conditions import ALWAYS, NEVER, Condition, Test, both
from caljobs_policy.policy.operators import In, Is, NotIn
from caljobs_policy.policy.rules import ELSE, Check
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import WORDED
from caljobs_policy.syntax.entries import Table, TableRow
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.sections import QUALIFIED


def table_checks(context: PlanContext) -> Iterator[Check]:
    """Yield a check for each row of each table, and one for values without a row."""
    for sourced in context.concerned("tables"):
        table = sourced.entry
        fact = _key_fact(context, sourced)
        _check_rows(context, table)
        here = context.when(table, sourced.layer)
        named = tuple(name for name in table.rows if name != ELSE)
        for row in table.rows.values():
            fits = _key_test(context, sourced, fact, row, named) if fact is not None else ALWAYS
            yield from _row(context, sourced, row, both(here, fits))
        if fact is not None and ELSE not in table.rows and table.no_row is not None:
            meant = _meant(context, sourced, fact, named)
            yield from _no_row(context, sourced, Test(fact, In(meant)), here)


def _key_fact(context: PlanContext, sourced: Sourced) -> Fact | None:
    """Find the fact by which a table is looked up; None after a problem."""
    word = sourced.entry.by
    if word is None:
        return None
    fact = context.binder(sourced.layer).fact(Scalar(word.text, place=word.place))
    return fact if fact is not None and _is_key(context, fact, word) else None


def _is_key(context: PlanContext, fact: Fact, word: Word) -> bool:
    """Refuse a fact whose values are not words, as no row could match them."""
    if fact.kind in WORDED:
        return True
    context.problems.add(
        Code.WRONG_KIND,
        word.place,
        f"a table cannot be looked up by `{fact.path}`, which holds {fact.kind.value}",
        "name a fact that holds a word or a text",
    )
    return False


def _check_rows(context: PlanContext, table: Table) -> None:
    """Refuse a table without rows, and a `no_row` that never applies."""
    if not table.rows and "rows" not in table.faulty:
        message = f"the table `{table.key}` has no row"
        context.problems.add(Code.MISSING, table.key.place, message, "add one under `rows`")
    if ELSE in table.rows and table.no_row is not None:
        message = f"`no_row` never applies beside a row for `{ELSE}`"
        context.problems.add(Code.CONFLICT, table.no_row.place, message, "remove one of the two")


def _key_test(
    context: PlanContext, sourced: Sourced, fact: Fact, row: TableRow, named: tuple[str, ...]
) -> Condition:
    """Return the test that a row is the one for a subject."""
    name = row.key.text
    if name == ELSE:
        return Test(fact, NotIn(_meant(context, sourced, fact, named)))
    known = context.vocabulary.words_for(fact, sourced.layer)
    if known is not None and name not in known:
        message = f"`{fact.path}` has no value {shown(name)}"
        context.problems.unlisted(row.key.place, message, name, known)
    if isinstance(table := fact.holds.vocabulary, str):
        context.vocabulary.use(table, name, sourced.layer)
    meant = _meant(context, sourced, fact, (name,))
    return Test(fact, Is(meant[0]) if len(meant) == 1 else In(meant))


def _meant(
    context: PlanContext, sourced: Sourced, fact: Fact, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the words of the most local layer that the keys of rows mean."""
    table = fact.holds.vocabulary
    if not isinstance(table, str) or table not in QUALIFIED:
        return names
    return unique(*(context.chain.meaning(table, name, sourced.layer) for name in names))


def _row(context: PlanContext, sourced: Sourced, row: TableRow, here: Condition) -> Iterator[Check]:
    """Yield the check of a row, which takes what it leaves out from its table."""
    table = sourced.entry
    fits = fits_its_table(row, table, context.problems) and table.require is not None
    filled_in = with_columns(table.require, row.columns) if fits else None
    require = context.binder(sourced.layer).condition(filled_in) or NEVER
    whole = evolve(
        row,
        faulty=row.faulty | table.faulty,
        otherwise=row.otherwise or table.otherwise,
        instead=row.instead or table.instead,
        clauses=(*table.clauses, *row.clauses),
        reading=(*table.reading, *row.reading),
        where={**table.where, **row.where},
        say=filled({**table.say, **row.say}, row.columns),
        remedy=filled({**table.remedy, **row.remedy}, row.columns),
    )
    id_ = f"tables/{table.key}/{row.key}"
    yield from context.check(
        id_, sourced, both(here, context.when(row, sourced.layer)), require, entry=whole
    )


def _no_row(
    context: PlanContext, sourced: Sourced, listed: Test, here: Condition
) -> Iterator[Check]:
    table = sourced.entry
    entry = evolve(table, otherwise=table.no_row, say={}, remedy={}, where={})
    usual = Usual(f"No row fits the {listed.fact.title}, <{listed.fact.path}>.")
    yield from context.check(f"tables/{table.key}", sourced, here, listed, entry=entry, usual=usual)
