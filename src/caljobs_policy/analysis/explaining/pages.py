# SPDX-License-Identifier: MIT
"""The reasoning behind a decision as a page, for the terminal or in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen
from rich.console import Group, RenderableType
from rich.text import Text

from caljobs_policy.analysis.explaining.branches import Branch
from caljobs_policy.analysis.explaining.reasoning import ChangeMade, CheckLookedAt, Reasoning
from caljobs_policy.analysis.explaining.remedies import Remedies
from caljobs_policy.errors.problems import printable
from caljobs_policy.policy.outcome import FOUND_RESULTS, OPEN_RESULTS, Outcome, Result, good_outcome
from caljobs_policy.policy.speech import listed
from caljobs_policy.report.decision_text import HEADLINES, MARKS
from caljobs_policy.report.layout import Hanging, upper
from caljobs_policy.subjects.facts import subject_key

_TURNED: Final = {
    Outcome.ACCEPT: "accepted",
    Outcome.COMPLIANT: "in order",
    Outcome.AWAIT_APPROVAL: "ready but for an approval",
    Outcome.ATTENTION: "in order but for something that is due",
    Outcome.RETURN: "no worse than returned",
    Outcome.VIOLATION: "no worse than a violation",
}
"""What comes of it, after "to have it"."""
_HOLDS: Final = {True: "✓", False: "✗", None: "?"}
_SPECIAL: Final = re.compile(r"([\\`*_<>\[\]|#])")


@frozen
class Line:
    """A line of a page: a heading where it has no depth."""

    text: str
    depth: int = 0
    style: str = ""


class Page:
    """A page about a decision; without remedies, nothing is said of what would turn it."""

    def __init__(
        self,
        title: str | None,
        reasoning: Reasoning,
        remedies: Remedies | None,
        *,
        everything: bool = False,
    ) -> None:
        self.title, self.reasoning, self.remedies = title, reasoning, remedies
        self.everything = everything
        self.decision = reasoning.decision

    def text(self) -> RenderableType:
        """Return the page for the terminal."""
        head, *others = self._lines()
        return Group(Text(printable(head.text), style="bold"), *map(_plainly, others))

    def markdown(self) -> str:
        """Return the page in Markdown."""
        return "".join(map(_in_markdown, self._lines()))

    def _lines(self) -> Iterator[Line]:
        yield from self._head()
        checks = self.reasoning.checks
        decisive = [one for one in checks if one.decides]
        others = [one for one in checks if not one.decides]
        yield from self._section("What decided", decisive)
        yield from self._alone()
        yield from self._section(
            "What else is not met", [one for one in others if one.result in FOUND_RESULTS]
        )
        yield from self._section(
            "What else cannot be decided",
            [one for one in others if one.result is Result.CANNOT_TELL],
        )
        rest = [one for one in others if one.result not in OPEN_RESULTS]
        if self.everything:
            yield from self._section("What else was checked", rest)
        yield from self._ask()
        yield from self._turn()
        if rest and not self.everything:
            yield Line("")
            which = "One other check is" if len(rest) == 1 else f"{len(rest):,} other checks are"
            yield Line(
                f"{which} met or not about it; `--all` shows all that was checked.", 1, "dim"
            )

    def _head(self) -> Iterator[Line]:
        word, meaning, _ = HEADLINES[self.decision.outcome]
        yield Line(f"{word}: {meaning}")
        policy = self.decision.policy
        if self.title:
            yield Line(self.title, 1, "bold")
        yield Line(
            f"{policy.title}, policy of {policy.day} ({', '.join(policy.editions)})", 1, "dim"
        )

    def _section(self, heading: str, checks: Iterable[CheckLookedAt]) -> Iterator[Line]:
        several = list(checks)
        if several:
            yield Line(heading)
        for check in several:
            yield from _check_lines(check)

    def _alone(self) -> Iterator[Line]:
        """Say what decided where no check did: nothing was wrong, or no rule was about it."""
        if any(one.decides for one in self.reasoning.checks):
            return
        yield Line("What decided")
        if self.reasoning.checks:
            yield Line("Nothing is wrong: every check is met, or not about it.", 1)
        for finding in self.decision.findings if not self.reasoning.checks else ():
            yield Line(finding.message, 1)

    def _ask(self) -> Iterator[Line]:
        if not self.reasoning.ask:
            return
        yield Line("What to ask first")
        for number, one in enumerate(self.reasoning.ask, 1):
            answers = f"{one.settles} of {one.answers} kinds of answer settle the outcome"
            tried = f": {answers}" if one.answers else ""
            yield Line(f"{number}. {upper(one.title)} ({one.fact}){tried}", 1)

    def _turn(self) -> Iterator[Line]:
        found = self.remedies
        if found is None or self.decision.outcome.is_good:
            return
        yield Line("What would turn it")
        if not found.best.is_good:
            yield Line(self._at_best(found), 1)
        for one in found:
            yield Line(f"→ To have it {_TURNED[one.outcome]}: {one.words}.", 1)
        if len(found) > 1:
            yield Line("Each of these is enough by itself.", 1, "dim")
        for bound in found.bounds:
            yield Line(f"This is not certain: {bound}.", 1, "yellow")

    def _at_best(self, found: Remedies) -> str:
        """Say that nothing makes it good, and whether that is certain."""
        good = _TURNED[good_outcome(subject_key(self.decision.subject))]
        if found.is_certain:
            return f"Nothing that anybody can change makes it {good}; that is proved."
        return f"Nothing was found that makes it {good}."


def _check_lines(check: CheckLookedAt) -> Iterator[Line]:
    mark, colour = MARKS[check.result]
    yield Line(f"{mark} {check.message}", 1, colour)
    if check.remedy and check.result in FOUND_RESULTS:
        yield Line(f"→ {check.remedy}", 2)
    yield Line(f"Rule {check.rule} of {check.edition}, {check.place}", 2, "dim")
    yield from _change_lines(check.replaces, check.changes, 2)
    for number in check.numbers:
        where = f"{number.edition}, {number.place}"
        yield Line(f"Number {number.name}, {number.title}: {number.value}; {where}", 2, "dim")
        yield from _change_lines(number.replaces, number.changes, 3)
    for clause in check.clauses:
        where = f" ({clause.at})" if clause.at else ""
        yield Line(f"{clause.id}{where}: {clause.says}", 2, "dim")
    for reading in check.readings:
        yield Line(f"Reading {reading.id}: {reading.question} {reading.answer}", 2, "dim")
    if check.applies is not None:
        yield Line("Applies where:", 2)
        yield from _branch_lines(check.applies, 3)
    yield Line("Requires:", 2)
    yield from _branch_lines(check.requires, 3)


def _change_lines(
    replaced: str | None, changes: Iterable[ChangeMade], depth: int
) -> Iterator[Line]:
    """Say what of a profile above is replaced, and by what authority."""
    if replaced:
        yield Line(f"In place of {replaced}", depth, "dim")
    for change in changes:
        authority = f" by {listed(change.authority, 'and')}" if change.authority else ""
        yield Line(f"Changed{authority}: {change.what}: {change.was} → {change.now}", depth, "dim")
        if change.reason:
            yield Line(f"Reason: {change.reason}", depth, "dim")


def _branch_lines(branch: Branch, depth: int) -> Iterator[Line]:
    facts = "; ".join(f"{path} = {_shown(value)}" for path, value in branch.facts.items())
    known = f" [{facts}]" if facts else ""
    yield Line(f"{_HOLDS[branch.holds]} {branch.says}{known}", depth)
    for part in branch.parts:
        yield from _branch_lines(part, depth + 1)


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)


def _plainly(line: Line) -> RenderableType:
    text = printable(line.text)
    if not line.depth:
        return Text(f"\n{text}" if text else "", style="bold")
    return Hanging(Text(f"{'  ' * line.depth}{text}", style=line.style))


def _in_markdown(line: Line) -> str:
    text = _SPECIAL.sub(r"\\\1", printable(line.text))
    if not line.text:
        return "\n"
    if not line.depth:
        return f"\n## {text}\n\n"
    return f"{'  ' * (line.depth - 1)}- {text}\n"
