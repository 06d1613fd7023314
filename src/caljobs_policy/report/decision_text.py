# SPDX-License-Identifier: MIT
"""A decision for the terminal: the outcome, what is wrong, where it goes, what happens next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.reasons import DutyArisen, Finding
from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.outcome import FOUND_RESULTS, Outcome, Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.report.layout import section, upper

HEADLINES: Final = {
    Outcome.OUT_OF_SCOPE: ("OUT OF SCOPE", "the policy does not cover it", "cyan"),
    Outcome.DENY: ("DENY", "sending it again will not help", "red"),
    Outcome.RETURN: ("RETURN", "fix it and send it again", "red"),
    Outcome.VIOLATION: ("VIOLATION", "the policy is broken", "red"),
    Outcome.CANNOT_TELL: ("CANNOT TELL", "facts are missing", "yellow"),
    Outcome.AWAIT_APPROVAL: ("AWAIT APPROVAL", "somebody else has to approve it", "yellow"),
    Outcome.ATTENTION: ("ATTENTION", "something is due", "yellow"),
    Outcome.ACCEPT: ("ACCEPT", "everything is in order", "green"),
    Outcome.COMPLIANT: ("COMPLIANT", "everything is in order", "green"),
}
_WRONG: Final = {
    Outcome.OUT_OF_SCOPE: "Why",
    Outcome.AWAIT_APPROVAL: "What is still missing",
}
MARKS: Final = {
    Result.NOT_MET: ("✗", "red"),
    Result.PENDING: ("!", "yellow"),
    Result.CANNOT_TELL: ("?", "yellow"),
    Result.MET: ("✓", "green"),
    Result.NOT_APPLICABLE: ("·", "dim"),
}


def decision_text(
    title: str | None,
    decision: Decision,
    differences: Iterable[str] = (),
    *,
    everything: bool = False,
) -> RenderableType:
    """Return a decision for the terminal; `everything` adds the rules without a finding."""
    unexpected = section(
        "Differs from what the case expects", [Text(printable(line)) for line in differences]
    )
    return Group(*_parts(title, decision, everything), *unexpected)


def _parts(title: str | None, decision: Decision, everything: bool) -> Iterator[RenderableType]:
    yield _headline(title, decision)
    yield from _findings(decision, everything)
    yield from _needs(decision)
    yield from section("Where it goes", _route(decision))
    yield from section("Approvals", _approvals(decision))
    yield from section("What happens next", _duties(decision))
    yield from section("By when", _deadlines(decision))
    if decision.readings:
        names = ", ".join(decision.readings)
        yield from section("Based on the readings", [Text(names, style="dim")])


def _headline(title: str | None, decision: Decision) -> Text:
    word, meaning, colour = HEADLINES[decision.outcome]
    line = Text(word, style=f"bold {colour}")
    line.append(f"  {meaning}", style=colour)
    policy = decision.policy
    line.append(f"\n{printable(title)}" if title else "", style="bold")
    line.append(f"\n{policy.title}, policy of {policy.day} ({', '.join(policy.editions)})", "dim")
    return line


def _findings(decision: Decision, everything: bool) -> Iterator[RenderableType]:
    """Yield what is not met, what needs attention, notes, what is unknown, then the rest."""
    unmet = [f for f in decision.findings if f.result in FOUND_RESULTS]
    wrong = [f for f in unmet if f.outcome not in {Outcome.NOTE, Outcome.ATTENTION}]
    heading = _WRONG.get(decision.outcome, "What is wrong")
    yield from section(heading, [_finding(decision.policy, f) for f in wrong])
    near = [f for f in unmet if f.outcome is Outcome.ATTENTION]
    yield from section("What needs attention", [_finding(decision.policy, f) for f in near])
    notes = [f for f in unmet if f.outcome is Outcome.NOTE]
    yield from section("Notes", [_finding(decision.policy, f) for f in notes])
    open_ = [f for f in decision.findings if f.result is Result.CANNOT_TELL]
    # A decision can be certain though no single finding is: one of them fails in any case.
    certain = not wrong and decision.outcome.weight >= Outcome.RETURN.weight
    heading = "What is wrong: not all of this can be met" if certain else "What cannot be decided"
    yield from section(heading, [_finding(decision.policy, f) for f in open_])
    if everything:
        shown = (Result.MET, Result.NOT_APPLICABLE)
        rest = [f for f in decision.all_findings if f.result in shown]
        yield from section("What else was checked", [_finding(decision.policy, f) for f in rest])


def _finding(policy: Policy, finding: Finding) -> Text:
    mark, colour = MARKS[finding.result]
    if finding.result is Result.NOT_MET and finding.outcome in {Outcome.ATTENTION, Outcome.NOTE}:
        mark, colour = "!", "yellow"
    text = Text(f"{mark} ", style=colour)
    text.append(printable(finding.message), style="default")
    if finding.remedy and finding.result in FOUND_RESULTS:
        text.append(f"\n  → {printable(finding.remedy)}", style="default")
    text.append(f"\n  {_cited(policy, finding.clauses)}", style="dim")
    if finding.replaces:
        text.append(f"\n  replaces {finding.replaces}", style="dim")
    return text


def _cited(policy: Policy, clauses: Iterable[str]) -> str:
    """Return the names of clauses, and the sections that they are in."""
    names = list(clauses)
    sections = dict.fromkeys(policy.clauses[name].at for name in names if name in policy.clauses)
    where = f" · {', '.join(sections)}" if sections else ""
    return f"{', '.join(names)}{where}"


def _needs(decision: Decision) -> Iterator[RenderableType]:
    lines = [Text(name) for name in decision.needs]
    yield from section("State these facts", lines)
    undecided = any(f.result is Result.CANNOT_TELL for f in decision.findings)
    if undecided and not decision.needs:
        yield Text("  No more facts are needed: none of them would change the outcome.", "dim")


def _route(decision: Decision) -> Iterator[Text]:
    route = decision.route
    if route is None:
        return
    policy = decision.policy
    roles = " or ".join(_role(policy, role) for role in route.requestors)
    to = ", ".join(_role(policy, role) for role in route.submit_to)
    yield Text(f"From {roles} to {to}")
    if route.send_to:
        yield Text(f"E-mail: {', '.join(route.send_to)}")
    if route.subject:
        yield Text(f"Subject: {printable(route.subject)}")
    if route.cc:
        yield Text(f"Copy: {', '.join(_role(policy, role) for role in route.cc)}")
    needed = [p for p in (_paper(policy, f) for f in decision.all_findings) if p]
    if needed:
        yield Text(f"With: {'; '.join(needed)}")
    yield Text(_cited(policy, route.clauses), style="dim")


def _paper(policy: Policy, finding: Finding) -> str | None:
    if finding.form is None or finding.result is Result.NOT_APPLICABLE:
        return None
    title = policy.title_of("forms", finding.form)
    return {
        Result.NOT_MET: f"{title} (missing)",
        Result.CANNOT_TELL: f"{title} (perhaps)",
    }.get(finding.result, title)


def _role(policy: Policy, role: str) -> str:
    return policy.title_of("roles", role)


def _approvals(decision: Decision) -> Iterator[Text]:
    for approval in decision.approvals:
        state = "on file" if approval.given else "not on file"
        text = Text(f"{_role(decision.policy, approval.role)}: {state}")
        text.append(f"\n  {_cited(decision.policy, approval.clauses)}", style="dim")
        yield text


def _duties(decision: Decision) -> Iterator[Text]:
    for number, duty in enumerate(decision.duties, start=1):
        text = Text(f"{number}. {_bearer(decision.policy, duty)}: {printable(duty.what)}")
        text.append(f"\n   {_cited(decision.policy, duty.clauses)}", style="dim")
        yield text


def _bearer(policy: Policy, duty: DutyArisen) -> str:
    """Return who has to act, towards whom, and how soon."""
    words = [upper(_role(policy, duty.who))]
    if duty.to:
        words.append(f"to {_role(policy, duty.to)}")
    if duty.cc:
        words.append(f"(cc {', '.join(_role(policy, role) for role in duty.cc)})")
    if duty.promptness:
        words.append(f"[{duty.promptness}]")
    if duty.due:
        words.append(f"[by {_moment(duty.due)}]")
    return " ".join(words)


def _deadlines(decision: Decision) -> Iterator[Text]:
    for deadline in sorted(decision.deadlines, key=lambda d: d.due.isoformat()):
        text = Text(f"{_moment(deadline.due)}  {deadline.title}")
        for step in deadline.derivation:
            text.append(f"\n  {step}", style="dim")
        text.append(f"\n  {_cited(decision.policy, deadline.clauses)}", style="dim")
        yield text


def _moment(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M %Z").strip()
    return value.isoformat()
