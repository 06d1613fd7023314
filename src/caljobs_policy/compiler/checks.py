# SPDX-License-Identifier: MIT
"""Turns every table whose entries can be met or not into checks of one form."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from caljobs_policy.compiler.deadlines import deadline_checks
from caljobs_policy.compiler.duties import open_duties
from caljobs_policy.compiler.lookup import table_checks
from caljobs_policy.compiler.maker import Maker, Usual, unique
from caljobs_policy.compiler.routing import routing_checks
from caljobs_policy.policy.conditions import NEVER, Not, Test
from caljobs_policy.policy.operators import Has, NotIn
from caljobs_policy.policy.outcome import PENDING_OUTCOMES, Outcome
from caljobs_policy.policy.rules import ELSE, Check
from caljobs_policy.subjects.facts import facts_about


def checks_of(maker: Maker) -> Iterator[Check]:
    """Yield all checks about one sort of subject, exemptions first."""
    yield from _outside(maker)
    yield from _exemptions(maker)
    if maker.kind == "request":
        yield from routing_checks(maker)
        yield from _papers(maker)
    yield from table_checks(maker)
    yield from _rules(maker)
    yield from deadline_checks(maker)
    yield from open_duties(maker)
    yield from _approvals(maker)


def _outside(maker: Maker) -> Iterator[Check]:
    """Exempt the organizations that the directive does not cover."""
    outside = [s for s in maker.chain.table("organizations").values() if s.entry.outside]
    if outside and (fact := facts_about(maker.key).get(f"{maker.kind}.organization")):
        names = tuple(sourced.entry.key.text for sourced in outside)
        yield Check(
            id="exempt/organizations",
            require=Test(fact, NotIn(names)),
            outcome=Outcome.OUT_OF_SCOPE,
            clauses=unique(*(maker.clauses(sourced) for sourced in outside)),
            origin=outside[0].origin,
            say={ELSE: ("The directive does not cover ", fact, ".")},
            readings=unique(*(maker.readings(sourced) for sourced in outside)),
            exempts=True,
        )


def _exemptions(maker: Maker) -> Iterator[Check]:
    for sourced in maker.concerned("exempt"):
        entry = sourced.entry
        maker.backed(entry)
        exempt = maker.binder(sourced.layer).condition(entry.when) or NEVER
        yield Check(
            id=f"exempt/{entry.key}",
            require=Not(exempt),
            outcome=Outcome.OUT_OF_SCOPE,
            clauses=maker.clauses(sourced),
            origin=sourced.origin,
            say=maker.templates(sourced.layer).texts(entry.say, (ELSE,)),
            readings=maker.readings(sourced),
            exempts=True,
        )


def _papers(maker: Maker) -> Iterator[Check]:
    """Require the forms that must come with a request of the type."""
    forms = maker.vocabulary.words["forms"]
    for sourced in maker.chain.table("papers").values():
        paper = sourced.entry
        type_, _, key = paper.key.text.partition("/")
        form = paper.form.text if paper.form else key
        if type_ != maker.type:
            continue
        if form not in forms:
            place = paper.form.place if paper.form else paper.key.place
            maker.problems.unknown(place, "form", form, forms)
        title = maker.title("forms", form)
        usual = Usual(f"The {title} is not attached.", f"Attach the {title}.")
        attached = Test(maker.fact("request.attachments"), Has((form,)))
        applies = maker.when(paper, sourced.layer)
        for check in maker.check(f"papers/{paper.key}", sourced, applies, attached, usual=usual):
            yield evolve(check, form=form)


def _rules(maker: Maker) -> Iterator[Check]:
    for sourced in maker.concerned("rules"):
        rule = sourced.entry
        if (rule.require is None) is (rule.forbid is None):
            maker.problems.add(
                rule.key.place,
                f"rule `{rule.key}` needs either `require` or `forbid`",
                "say what has to hold, or what must not",
            )
        binder = maker.binder(sourced.layer)
        required, forbidden = binder.condition(rule.require), binder.condition(rule.forbid, -1)
        # The rest is read even where the demand cannot be bound: all problems in one run.
        require = required or (NEVER if forbidden is None else Not(forbidden))
        applies = maker.when(rule, sourced.layer)
        for check in maker.check(str(rule.key), sourced, applies, require):
            yield evolve(check, pending=_only_warns(maker, check))


def _only_warns(maker: Maker, check: Check) -> bool:
    """Return whether a rule only warns that a deadline is near, as its own check does."""
    warnings = [Not(deadline.near) for deadline in maker.deadlines.made.values()]
    return check.outcome in PENDING_OUTCOMES and check.require in warnings


def _approvals(maker: Maker) -> Iterator[Check]:
    """Require the approvals that have to be on file."""
    for sourced in maker.concerned("approvals"):
        approval = sourced.entry
        if approval.role is not None:
            maker.known(approval.role, "roles", "role", sourced.layer)
        role = maker.only_meaning(approval.role, sourced) if approval.role else ""
        title = maker.title("roles", role)
        usual = Usual(
            f"The approval of {title} is not on file.",
            f"Ask {title} for approval.",
            Outcome.AWAIT_APPROVAL,
        )
        approvals = facts_about(maker.key).get(f"{maker.kind}.approvals")
        if approvals is None:
            maker.problems.add(
                maker.about(approval),
                f"no approval can be on file about {maker.key}",
                "write a rule, or name a subject that has `approvals` among its facts",
            )
        on_file = Test(approvals, Has((role,))) if approvals else NEVER
        applies = maker.when(approval, sourced.layer)
        id_ = f"approvals/{approval.key}"
        for check in maker.check(id_, sourced, applies, on_file, usual=usual):
            yield evolve(check, approval=role)
