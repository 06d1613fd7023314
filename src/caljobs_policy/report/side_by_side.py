# SPDX-License-Identifier: MIT
"""One request under several policies, side by side: what each requires, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.outcome import Outcome, Result


def side_by_side(title: str | None, decisions: Sequence[Decision]) -> RenderableType:
    """Return a table with a column for the decision of each policy about one request."""
    table = Table(show_lines=True, expand=True)
    table.add_column("", style="bold", no_wrap=True)
    for decision in decisions:
        policy = decision.policy
        table.add_column("\n".join([policy.title, *policy.editions]), ratio=1, overflow="fold")
    rows = {
        "Outcome": [Text(d.outcome.value.replace("_", " "), style="bold") for d in decisions],
        "Requested by": [_requestors(decision) for decision in decisions],
        "Goes to": [_coordinator(decision) for decision in decisions],
        "Papers": [_lines(_papers(decision)) for decision in decisions],
        "Approvals": [_lines(_approvals(decision)) for decision in decisions],
        "Not met": [_lines(_findings(decision, Result.NOT_MET)) for decision in decisions],
        "Falling due": [_lines(_findings(decision, Result.PENDING)) for decision in decisions],
        "Not known": [_lines(_findings(decision, Result.CANNOT_TELL)) for decision in decisions],
    }
    for heading, cells in rows.items():
        if any(cell.plain for cell in cells):
            table.add_row(heading, *cells)
    return Group(Text(printable(title or "One request"), style="bold"), table)


def _requestors(decision: Decision) -> Text:
    route = decision.route
    if route is None:
        return Text("")
    titles = " or ".join(decision.policy.title_of("roles", role) for role in route.requestors)
    return _cited(titles, route.clauses)


def _coordinator(decision: Decision) -> Text:
    route = decision.route
    if route is None:
        return Text("")
    text = Text(decision.policy.title_of("roles", route.coordinator))
    for line in (*route.send_to, *([f"subject: {route.subject}"] if route.subject else [])):
        text.append(f"\n{printable(line)}", style="dim")
    return text


def _papers(decision: Decision) -> Iterator[Text]:
    for finding in decision.all_findings:
        if finding.form is not None and finding.result is not Result.NOT_APPLICABLE:
            mark = {Result.MET: "✓", Result.NOT_MET: "✗"}.get(finding.result, "?")
            title = decision.policy.title_of("forms", finding.form)
            yield _cited(f"{mark} {title}", finding.clauses)


def _approvals(decision: Decision) -> Iterator[Text]:
    for approval in decision.approvals:
        mark = "✓" if approval.given else "✗"
        title = decision.policy.title_of("roles", approval.role)
        yield _cited(f"{mark} {title}", approval.clauses)


def _findings(decision: Decision, result: Result) -> Iterator[Text]:
    for finding in decision.findings:
        approved = any(finding.clauses == a.clauses for a in decision.approvals)
        if finding.result is result and finding.form is None and not approved:
            note = "note: " if finding.outcome is Outcome.NOTE else ""
            yield _cited(f"{note}{printable(finding.message)}", finding.clauses)


def _cited(text: str, clauses: Sequence[str]) -> Text:
    found = Text(text)
    found.append("".join(f"\n{clause}" for clause in clauses), style="dim")
    return found


def _lines(texts: Iterator[Text]) -> Text:
    return Text("\n").join(texts)
