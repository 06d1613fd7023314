# SPDX-License-Identifier: MIT
"""Makes checks of one form out of every table that can be met or not."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from caljobs_policy.compiler.lookup import table_checks
from caljobs_policy.compiler.maker import Maker, Usual
from caljobs_policy.compiler.routing import routing_checks
from caljobs_policy.compiler.vocabulary import texts
from caljobs_policy.model.conditions import AnyOf, Not, Test
from caljobs_policy.model.operators import Has
from caljobs_policy.model.outcome import Outcome
from caljobs_policy.model.policy import ELSE, Check


def checks_of(maker: Maker) -> Iterator[Check]:
    """Give all checks about subjects of one key, exemptions first."""
    yield from _exemptions(maker)
    if maker.kind == "request":
        yield from routing_checks(maker)
        yield from _papers(maker)
    yield from table_checks(maker)
    yield from _rules(maker)
    yield from _approvals(maker)


def _exemptions(maker: Maker) -> Iterator[Check]:
    for sourced in maker.concerned("exempt"):
        entry = sourced.entry
        exempt = maker.binder.condition(entry.when) or AnyOf(())
        yield Check(
            id=f"exempt/{entry.key}",
            require=Not(exempt),
            outcome=Outcome.OUT_OF_SCOPE,
            clauses=texts(entry.clauses),
            origin=sourced.origin,
            say=maker.templates.texts(entry.say, entry.place, (ELSE,)),
            readings=texts(entry.reading),
            exempts=True,
        )


def _papers(maker: Maker) -> Iterator[Check]:
    """Require the forms that go along with a request of the type."""
    forms = maker.vocabulary.words["forms"]
    for sourced in maker.chain.table("papers").values():
        paper = sourced.entry
        type_, _, form = paper.key.text.partition("/")
        if type_ != maker.type:
            continue
        if form not in forms:
            maker.problems.unknown(paper.key.place, "form", form, forms)
            continue
        title = maker.title("forms", form)
        usual = Usual(f"The {title} is not attached.", f"Attach the {title}.")
        attached = Test(maker.fact("request.attachments"), Has((form,)))
        yield from maker.check(
            f"papers/{paper.key}", paper, sourced.origin, maker.when(paper), attached, usual=usual
        )


def _rules(maker: Maker) -> Iterator[Check]:
    for sourced in maker.concerned("rules"):
        rule = sourced.entry
        if (rule.require is None) is (rule.forbid is None):
            maker.problems.add(
                rule.key.place,
                f"rule `{rule.key}` needs either `require` or `forbid`",
                "say what has to hold, or what must not",
            )
            continue
        condition = maker.binder.condition(rule.require or rule.forbid)
        applies = maker.when(rule)
        if condition is not None:
            require = condition if rule.forbid is None else Not(condition)
            yield from maker.check(str(rule.key), rule, sourced.origin, applies, require)


def _approvals(maker: Maker) -> Iterator[Check]:
    """Require the approvals that have to be on file."""
    for sourced in maker.concerned("approvals"):
        approval = sourced.entry
        role = approval.role
        maker.known(role, "roles", "role")
        title = maker.title("roles", role.text)
        usual = Usual(
            f"The approval of {title} is not on file.",
            f"Ask {title} for approval.",
            Outcome.AWAIT_APPROVAL,
        )
        on_file = Test(maker.fact(f"{maker.kind}.approvals"), Has((role.text,)))
        id_ = f"approvals/{approval.key}"
        for check in maker.check(
            id_, approval, sourced.origin, maker.when(approval), on_file, usual=usual
        ):
            yield evolve(check, approval=role.text)
