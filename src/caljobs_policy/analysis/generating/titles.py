# SPDX-License-Identifier: MIT
"""What a case shows, in one line: the clause with what becomes of it, and by what."""

from __future__ import annotations

from attrs import frozen

from caljobs_policy.analysis.checking.ledger import clauses_of
from caljobs_policy.analysis.covering.boundaries import Boundary, Side
from caljobs_policy.analysis.covering.targets import Aim, Target, key_of
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.decisions.reasons import Finding
from caljobs_policy.errors.privacy import WITHHELD
from caljobs_policy.policy.conditions import Not
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.rules import Check
from caljobs_policy.policy.sentences import in_words
from caljobs_policy.policy.speech import Speech, with_article
from caljobs_policy.subjects.facts import subject_key, subject_title

_RESULTS = {
    Result.MET: "met",
    Result.NOT_MET: "broken",
    Result.PENDING: "pending",
    Result.NOT_APPLICABLE: "not applicable",
    Result.CANNOT_TELL: "cannot be told",
}


@frozen(eq=False)
class Titles:
    """Says what a decision shows."""

    decision: Decision

    @property
    def _explained(self) -> Explanation:
        return Explanation(self.decision)

    @property
    def _speech(self) -> Speech:
        return self._explained.speech

    def in_order(self) -> str:
        """Say of a case that is for nothing else that it is in order, or what it comes to."""
        policy = self.decision.policy
        title = subject_title(subject_key(self.decision.subject), policy.title_of)
        outcome = self.decision.outcome
        said = "in order" if outcome.is_good else str(outcome).replace("_", " ")
        return f"{title[:1].upper()}{title[1:]}, {said}"

    def title(self, target: Target) -> str:
        """Say by what a target is reached."""
        if target.check is None:
            return self._of_clause(target)
        plan = self.decision.policy.plans[subject_key(self.decision.subject)]
        number = [key_of(check) for check in plan.checks].index(target.check)
        check, finding = plan.checks[number], self._explained.looked_at[number]
        head = ", ".join(finding.clauses or tuple(clauses_of(check))) or check.id
        result = "exempt" if check.exempts and finding.result is Result.NOT_MET else None
        result = result or _RESULTS[finding.result]
        return f"{head} {result}: {self._what(check, finding, target)}"

    def _what(self, check: Check, finding: Finding, target: Target) -> str:
        if target.boundary is not None:
            return self._beside(target.boundary, target.aim)
        message = finding.message
        if WITHHELD in message:
            message = in_words(Not(check.require), self._speech)
        if finding.result is Result.CANNOT_TELL:
            message = message.partition(". ")[0]
        return _as_clause(message)

    def _beside(self, boundary: Boundary, aim: Aim) -> str:
        """Say on which side of a limit the values of a test lie."""
        read, speech = reader_of(self.decision), self._speech
        value, *others = map(read, boundary.test.facts)
        side = boundary.side(value, others, read.zone) or Side.ON
        words = boundary.words[[*Side].index(side)].removeprefix("of ")
        for fact in boundary.test.facts[1:]:
            words = words.replace(f"`{fact.path}`", with_article(speech.fact(fact)))
        just = "just " if aim in {Aim.HIGHER, Aim.LOWER} and side is not Side.ON else ""
        return f"{with_article(speech.fact(boundary.test.fact))} is {just}{words}"

    def _of_clause(self, target: Target) -> str:
        if target.aim is Aim.FOLLOWED:
            return f"{target.clause} followed: {self._followed(target.clause)}"
        result = Result.NOT_MET if target.aim is Aim.BROKEN else Result.MET
        found = [
            one.message
            for one in self._explained.looked_at.values()
            if one.result is result and target.clause in one.clauses
        ]
        return f"{target.clause} {target.aim}: {_as_clause(found[0] if found else 'in one way')}"

    def _followed(self, clause: str) -> str:
        """Say what follows from a clause: a route, a duty, a deadline or an exemption."""
        decision, title_of = self.decision, self.decision.policy.title_of
        if decision.route is not None and clause in decision.route.clauses:
            return (
                f"the request goes to {with_article(title_of('roles', decision.route.coordinator))}"
            )
        for duty in decision.duties:
            if clause in duty.clauses:
                return f"{with_article(title_of('roles', duty.who))} has a duty"
        for deadline in decision.deadlines:
            if clause in deadline.clauses:
                return f"{with_article(deadline.title)} is counted"
        cited = (one.message for one in decision.findings if clause in one.clauses)
        return _as_clause(next(cited, "it applies"))


def _as_clause(sentence: str) -> str:
    """Return a sentence as it stands behind a colon, but for an abbreviation at its beginning."""
    said = sentence.removesuffix(".")
    return said if said[1:2].isupper() else f"{said[:1].lower()}{said[1:]}"
