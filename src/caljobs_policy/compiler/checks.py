# SPDX-License-Identifier: MIT
"""Turns every table whose entries can be met or not into checks of one form."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from caljobs_policy.compiler.deadlines import deadline_checks
from caljobs_policy.compiler.duties import open_duties
from caljobs_policy.compiler.lookup import table_checks
from caljobs_policy.compiler.plan_context import PlanContext, Usual, unique
from caljobs_policy.compiler.routing import routing_checks
from caljobs_policy.errors.codes import Code
from caljobs_policy.policy.conditions import NEVER, Not, Test, interned
from caljobs_policy.policy.operators import Has, NotIn
from caljobs_policy.policy.outcome import PENDING_OUTCOMES, Outcome
from caljobs_policy.policy.rules import ELSE, Check
from caljobs_policy.subjects.facts import Fact, fact_named, facts_about
from caljobs_policy.subjects.fields import Kind


def checks_of(context: PlanContext) -> Iterator[Check]:
    """Yield all checks about one sort of subject, exemptions first."""
    yield from _outside(context)
    yield from _exemptions(context)
    if context.kind == "request":
        yield from routing_checks(context)
        yield from _papers(context)
    yield from table_checks(context)
    yield from _rules(context)
    yield from deadline_checks(context)
    yield from open_duties(context)
    yield from _approvals(context)


def _outside(context: PlanContext) -> Iterator[Check]:
    """Exempt the organizations that the directive does not cover."""
    outside = [s for s in context.chain.table("organizations").values() if s.entry.outside]
    if outside and (fact := facts_about(context.key).get(f"{context.kind}.organization")):
        names = tuple(sourced.entry.key.text for sourced in outside)
        yield Check(
            id="exempt/organizations",
            require=interned(Test(fact, NotIn(names)), context.conditions),
            outcome=Outcome.OUT_OF_SCOPE,
            clauses=unique(*(context.clauses(sourced) for sourced in outside)),
            origin=outside[0].origin,
            say={ELSE: ("The directive does not cover ", fact, ".")},
            readings=unique(*(context.readings(sourced) for sourced in outside)),
            exempts=True,
        )


def _exemptions(context: PlanContext) -> Iterator[Check]:
    for sourced in context.concerned("exempt"):
        entry = sourced.entry
        context.backed(entry)
        exempt = context.binder(sourced.layer).condition(entry.when) or NEVER
        yield Check(
            id=f"exempt/{entry.key}",
            require=interned(Not(exempt), context.conditions),
            outcome=Outcome.OUT_OF_SCOPE,
            clauses=context.clauses(sourced),
            origin=sourced.origin,
            say=context.templates(sourced.layer).texts(entry.say, (ELSE,)),
            readings=context.readings(sourced),
            exempts=True,
        )


def _papers(context: PlanContext) -> Iterator[Check]:
    """Require the forms that must come with a request of the type."""
    forms = context.vocabulary.words["forms"]
    for sourced in context.chain.table("papers").values():
        paper = sourced.entry
        type_, _, key = paper.key.text.partition("/")
        form = paper.form.text if paper.form else key
        if type_ != context.type:
            continue
        if form not in forms:
            place = paper.form.place if paper.form else paper.key.place
            context.problems.unknown(place, "form", form, forms)
        title = context.title("forms", form)
        usual = Usual(f"The {title} is not attached.", f"Attach the {title}.")
        attached = Test(context.fact("request.attachments"), Has((form,)))
        applies = context.when(paper, sourced.layer)
        for check in context.check(f"papers/{paper.key}", sourced, applies, attached, usual=usual):
            yield evolve(check, form=form)


def _rules(context: PlanContext) -> Iterator[Check]:
    for sourced in context.concerned("rules"):
        rule = sourced.entry
        if (rule.require is None) is (rule.forbid is None):
            context.problems.add(
                Code.MISSING,
                rule.key.place,
                f"rule `{rule.key}` needs either `require` or `forbid`",
                "say what has to hold, or what must not",
            )
        binder = context.binder(sourced.layer)
        required, forbidden = binder.condition(rule.require), binder.condition(rule.forbid, -1)
        # The rest is read even where the demand cannot be bound: all problems in one run.
        require = required or (NEVER if forbidden is None else Not(forbidden))
        applies = context.when(rule, sourced.layer)
        for check in context.check(str(rule.key), sourced, applies, require):
            yield evolve(check, pending=True) if _only_warns(context, check) else check


def _only_warns(context: PlanContext, check: Check) -> bool:
    """Return whether a rule only warns that a deadline is near, as its own check does."""
    if check.outcome not in PENDING_OUTCOMES:
        return False
    return check.require in [Not(one.near) for one in context.deadlines.made.values()]


def _approvals(context: PlanContext) -> Iterator[Check]:
    """Require the approvals that have to be on file."""
    for sourced in context.concerned("approvals"):
        approval = sourced.entry
        if approval.role is not None:
            context.known(approval.role, "roles", "role", sourced.layer)
        role = context.only_meaning(approval.role, sourced) if approval.role else ""
        title = context.title("roles", role)
        usual = Usual(
            f"The approval of {title} is not on file.",
            f"Ask {title} for approval.",
            Outcome.AWAIT_APPROVAL,
        )
        approvals = _on_file(context)
        if approvals is None:
            context.problems.add(
                Code.MISPLACED,
                context.about(approval),
                f"no approval can be on file about {context.key}",
                "write a rule, or name a subject that has `approvals` among its facts",
            )
        on_file = Test(approvals, Has((role,))) if approvals else NEVER
        applies = context.when(approval, sourced.layer)
        id_ = f"approvals/{approval.key}"
        for check in context.check(id_, sourced, applies, on_file, usual=usual):
            yield evolve(check, approval=role)


def _on_file(context: PlanContext) -> Fact | None:
    """Return the fact that lists the approvals on file, which may be a profile's own."""
    path = f"{context.kind}.approvals"
    context.vocabulary.use("facts", path)
    fact = fact_named(path, context.key, context.vocabulary.facts)
    return fact if fact is not None and fact.kind is Kind.WORDS else None
