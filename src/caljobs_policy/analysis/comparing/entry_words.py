# SPDX-License-Identifier: MIT
"""Entries of a policy in words, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from caljobs_policy.decisions.reasons import RouteTaken
from caljobs_policy.policy.conditions import Condition, Not
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import ListedWord, Policy
from caljobs_policy.policy.rules import Check, DeadlineRule, DutyRule, Leg, Plan, Route
from caljobs_policy.policy.speech import Speech, listed, with_article
from caljobs_policy.report.layout import condition_lines, in_general, upper
from caljobs_policy.report.plan_text import after, forbids, outcome
from caljobs_policy.subjects.facts import subject_title


def check_in_words(policy: Policy, plan: Plan, check: Check) -> str:
    """Return what a check requires, where, and what it comes to otherwise."""
    end = f"{'if so' if forbids(check) else 'if not'}: {outcome(check.outcome)}"
    said = required_in_words(policy, plan, check)
    return said if check.exempts else f"{said}; {end}"


def required_in_words(policy: Policy, plan: Plan, check: Check) -> str:
    """Return what a check requires, and where."""
    speech = policy.speech(plan)
    if check.exempts:
        return _clause("out of scope where", Not(check.require), speech)
    is_note = check.outcome is Outcome.NOTE
    if check.stated:
        head = f"required: {check.stated}"
    elif isinstance(check.require, Not):
        head = _clause("noted:" if is_note else "not allowed:", check.require.part, speech)
    else:
        head = _clause("expected:" if is_note else "required:", check.require, speech)
    return f"{head}{_where(check.when, speech)}"


def _clause(begin: str, condition: Condition, speech: Speech) -> str:
    """Return a condition in words, on one line however long it is."""
    return " ".join(line.strip() for line in condition_lines(begin, condition, speech))


def _where(condition: Condition, speech: Speech) -> str:
    said = _clause("where", condition, speech)
    return f", {said}" if said else ""


def route_in_words(policy: Policy, plan: Plan, route: Route) -> str:
    """Return who requests for an organization, and where the request goes."""
    organization = upper(policy.title_of("organizations", route.organization))
    line = in_general(route.subject, policy.speech(plan)) if route.subject else ""
    more = f", with the subject line “{line}”" if line else ""
    where = _where(route.case, policy.speech(plan))
    return f"{organization}: {way_in_words(policy, route)}{where}{more}"


def way_in_words(policy: Policy, way: Route | RouteTaken) -> str:
    """Return who requests, and where the request goes."""
    more = [f"sent to {', '.join(way.send_to)}"] if way.send_to else []
    more += [f"copy to {roles(policy, way.cc, 'and')}"] if way.cc else []
    head = f"{roles(policy, way.requestors, 'or')} → {roles(policy, way.submit_to, 'and')}"
    return ", ".join([head, *more])


def duty_in_words(policy: Policy, plan: Plan, duty: DutyRule) -> str:
    """Return who has to do what, and when."""
    to = f" to {roles(policy, [duty.to], 'and')}" if duty.to else ""
    copy = f", copy to {roles(policy, duty.cc, 'and')}" if duty.cc else ""
    prompt = f", {duty.promptness}" if duty.promptness else ""
    head = upper(f"{roles(policy, [duty.who], 'and')}{to}{copy}{prompt}")
    speech = policy.speech(plan)
    what = in_general(duty.what, speech).removesuffix(".")
    return f"{head}: {what}{_where(duty.when, speech)}"


def deadline_in_words(policy: Policy, plan: Plan, rule: DeadlineRule) -> str:
    """Return from what a deadline is counted."""
    head, legs = _deadline(policy, plan, rule)
    earliest = "the earliest of these: " if len(legs) > 1 else ""
    return f"{head}: {earliest}{'; '.join(legs)}"


def deadlines_in_words(
    old: tuple[Policy, Plan, DeadlineRule], new: tuple[Policy, Plan, DeadlineRule], before: str
) -> str:
    """Return from what a deadline is counted that two policies have, as far as that differs."""
    (was, counted), (now, counts) = _deadline(*old), _deadline(*new)
    more = [leg for leg in counts if leg not in counted]
    less = [leg for leg in counted if leg not in counts]
    if was == now and not (more or less):
        return f"{deadline_in_words(*new)}: it is due or met at other times than {before}"
    if was != now or len(less) == len(counted):
        return f"{deadline_in_words(*new)}; {before}: {deadline_in_words(*old)}"
    if not more:
        return f"{now}: {before} also {'; '.join(less)}"
    instead = f"; in its place {before}: {'; '.join(less)}" if less else ""
    return f"{now}: also {'; '.join(more)}{instead}"


def _deadline(policy: Policy, plan: Plan, rule: DeadlineRule) -> tuple[str, list[str]]:
    """Return what a deadline is called and when it is set, and what it is counted from."""
    speech = policy.speech(plan)
    head = f"{rule.title}{_where(rule.when, speech)}"
    return head, [_leg(leg, speech) for leg in rule.legs]


def _leg(leg: Leg, speech: Speech) -> str:
    start = " or, where there is none, ".join(with_article(speech.fact(f)) for f in leg.triggers)
    return f"{after(leg.count, start)}{_where(leg.when, speech)}"


def word_in_words(policy: Policy, word: ListedWord) -> str:
    """Return the title of a word, with how whoever it names can be reached."""
    reached = [*word.email, *([word.phone] if word.phone else [])]
    counts = [f"counts as {roles(policy, word.counts_as, 'and')}"] if word.counts_as else []
    more = ", ".join([*reached, *counts])
    return f"{word.title} ({more})" if more else word.title


def roles(policy: Policy, words: Iterable[str], joint: str) -> str:
    """Return the titles of roles as a list."""
    return listed([policy.title_of("roles", word) for word in words], joint)


def subjects_in_words(keys: Iterable[str], policies: Iterable[Policy], joint: str) -> str:
    """Return what sorts of subject are called, as a list that says no beginning twice."""
    begun: dict[str, list[str]] = {}
    for key in keys:
        policy = next(one for one in policies if key in one.plans)
        title = subject_title(key, policy.title_of)
        head, _, rest = title.partition(" to ")
        begun.setdefault(f"{head} to " if rest else title, []).append(rest)
    return listed([f"{head}{listed(rests, joint)}" for head, rests in begun.items()], joint)


_DOES = {
    Outcome.ACCEPT: ("is accepted", "was accepted"),
    Outcome.RETURN: ("is returned", "was returned"),
    Outcome.DENY: ("is denied", "was denied"),
    Outcome.AWAIT_APPROVAL: ("waits for an approval", "waited for an approval"),
    Outcome.COMPLIANT: ("is in order", "was in order"),
    Outcome.ATTENTION: ("calls for attention", "called for attention"),
    Outcome.VIOLATION: ("is a violation", "was a violation"),
    Outcome.OUT_OF_SCOPE: ("is out of scope", "was out of scope"),
    Outcome.CANNOT_TELL: ("cannot be told", "could not be told"),
}


def does(value: Outcome, *, past: bool = False) -> str:
    """Return what becomes of a subject, such as: is returned."""
    return _DOES[value][past]
