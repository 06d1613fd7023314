# SPDX-License-Identifier: MIT
"""What to ask first where an outcome cannot be told: what settles it for the most answers."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from caljobs_policy.analysis.answering import Answers
from caljobs_policy.analysis.variants import Variants
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.plain.written import Written
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.subjects.facts import Fact, facts_about, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN

_MOST: Final = 30
"""How many questions are tried out; the others come after them."""


@frozen
class QuestionToAsk(Written):
    """A fact that the outcome depends on, and how far answers to it lead."""

    fact: str
    title: str
    answers: int
    """How many answers were tried: one for each way in which they make a difference."""
    settles: int
    """After how many of these the outcome is certain."""


@frozen
class _Tried:
    """A question with what still has to be asked after its answers, all told."""

    question: QuestionToAsk
    left: int

    @property
    def order(self) -> tuple[float, float, str]:
        """What sorts questions: those that settle most first, then those that leave least."""
        asked, many = self.question, max(self.question.answers, 1)
        return -asked.settles / many, self.left / many, asked.fact


def questions_to_ask(decision: Decision) -> tuple[QuestionToAsk, ...]:
    """Return the facts that a decision needs, first the one whose answers settle most."""
    needs = decision.needs
    asking = _Asking(decision)
    tried = sorted(map(asking.tried, needs[:_MOST]), key=lambda one: one.order)
    rest = (QuestionToAsk(fact, asking.title(fact), 0, 0) for fact in needs[_MOST:])
    return (*(one.question for one in tried), *rest)


class _Asking:
    """Tries answers to questions about the subject of a decision."""

    def __init__(self, decision: Decision) -> None:
        self.decision, self.policy = decision, decision.policy
        self.read = reader_of(decision)
        self.variants, self.answers = Variants(decision), Answers(decision)

    def title(self, fact: str) -> str:
        """Return what a question is about, in words."""
        facts = facts_about(subject_key(self.decision.subject))
        found = self.policy.facts.get(fact) or facts.get(fact)
        return fact.rpartition(".")[2].replace("_", " ") if found is None else found.title

    def tried(self, need: str) -> _Tried:
        """Return a question with what comes of its answers."""
        changes = (change for fact in self._behind(need) for change in self.answers.to(fact))
        decided = [self.variants.decide(change) for change in changes]
        found = [one for one in decided if one is not None]
        settles = sum(one.outcome is not Outcome.CANNOT_TELL for one in found)
        question = QuestionToAsk(need, self.title(need), len(found), settles)
        return _Tried(question, sum(len(one.needs) for one in found))

    def _behind(self, need: str) -> list[Fact]:
        """Return the stated facts that a question is about."""
        plan = self.decision.policy.plans[subject_key(self.decision.subject)]
        unknown = (fact for fact in plan.readers if self.read(fact) is UNKNOWN)
        behind = (fact for fact in unknown if need in self.read.asked(fact))
        return list(dict.fromkeys(self.answers.stated(fact) for fact in behind))
