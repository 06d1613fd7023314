# SPDX-License-Identifier: MIT
"""A subject that a policy accepts, made by mending what is found about it; no solver is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final, TypeAlias

from caljobs_policy.analysis.answering import Answers
from caljobs_policy.analysis.variants import Steps, Variants
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import evaluate
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.facts import REQUEST, Fact, kind_of_key
from caljobs_policy.subjects.fields import Kind

Stated: TypeAlias = Mapping[Steps, Any]
"""What a subject states, by the keys that lead to each value."""
_MOST_STEPS: Final = 150
_MOST_TRIES: Final = 6
"""The shipped policies take up to twenty steps of the first try."""
_SIDEWAYS: Final = 0.15
"""How often a step is taken at random, so that a search gets out of a dead end."""


class Mender:
    """Makes subjects of one key that a policy accepts."""

    def __init__(self, policy: Policy, key: str) -> None:
        kind, _, type_ = key.partition("/")
        self.policy, self.key, self.plan = policy, key, policy.plans[key]
        bare: dict[str, Any] = {"type": type_} if type_ else {}
        if kind == REQUEST:
            bare["submitted_on"] = policy.day
        subject = read_subject(policy, kind_of_key(key), bare)
        self.variants = Variants(evaluate(policy, subject))
        self.given = frozenset((key,) for key in bare)
        """The keys of what is asked about, which stays as it is."""
        answers = Answers(self.variants.decision)
        behind = dict.fromkeys(answers.stated(fact) for fact in self.plan.readers if fact.steps)
        self.facts = [fact for fact in behind if fact.steps not in self.given]
        self.random = Random(key)  # noqa: S311  # it decides nothing that has to be secret

    def accepted(self) -> Iterator[Stated]:
        """Yield what some subjects state that the policy accepts; none if none was found."""
        for _ in range(_MOST_TRIES):
            found = self._mended()
            if found is not None:
                yield found

    def accepts(self, decision: Decision) -> bool:
        """Return whether a subject is accepted, or complies; out of scope is neither."""
        return decision.outcome is self.plan.good

    def answers(self, decision: Decision, stated: Stated, fact: Fact) -> Iterator[Stated]:
        """Yield answers about a fact; of a list, also those that add or take away one word."""
        yield from _answers(Answers(decision), fact, stated)

    def _mended(self) -> Stated | None:
        stated: Stated = {}
        decision = self.variants.decision
        for _ in range(_MOST_STEPS):
            found = self._found(decision)
            if not found:
                return stated if self.accepts(decision) else None
            ways = self._ways(decision, stated, self.random.choice(found))
            if ways:
                stated, decision = self._chosen(ways)
        return None

    def _found(self, decision: Decision) -> list[int]:
        """Return the checks that keep a subject from being accepted, or may."""
        weights = self.plan.weights
        return [number for number in (*decision.hits, *decision.unsure) if weights[number]]

    def _ways(
        self, decision: Decision, stated: Stated, check: int
    ) -> list[tuple[Stated, Decision]]:
        """Return what could be stated otherwise of the facts of a check."""
        answers = Answers(decision)
        facts = dict.fromkeys(answers.stated(fact) for fact in self.plan.checks[check].facts)
        ways = [
            {**stated, **change}
            for fact in self.facts
            if fact in facts
            for change in _answers(answers, fact, stated)
        ]
        decided = ((way, self.variants.decide(way)) for way in ways)
        return [(way, found) for way, found in decided if found is not None]

    def _chosen(self, ways: list[tuple[Stated, Decision]]) -> tuple[Stated, Decision]:
        """Return a way after which least is left, or now and then any."""
        left = [self._left(decision) for _, decision in ways]
        if self.random.random() >= _SIDEWAYS:
            ways = [way for way, number in zip(ways, left, strict=True) if number == min(left)]
        return self.random.choice(ways)

    def _left(self, decision: Decision) -> int:
        """Return how much is left to mend; what is unknown is sooner mended than what is wrong."""
        return sum(1 + (number in decision.hits) for number in self._found(decision))

    def smallest(self, stated: Stated) -> Stated:
        """Return what is stated without all that is not needed."""
        for fewer in _fewer(stated):
            decision = self.variants.decide(fewer)
            if decision is not None and self.accepts(decision):
                return self.smallest(fewer)
        return stated


def _fewer(stated: Stated) -> Iterator[Stated]:
    """Yield what is stated without a value, or without one item of a list."""
    for steps in stated:
        yield {key: value for key, value in stated.items() if key != steps}
    for steps, value in stated.items():
        for number in range(len(value) if isinstance(value, list) else 0):
            yield {**stated, steps: value[:number] + value[number + 1 :]}


def _answers(answers: Answers, fact: Fact, stated: Stated) -> Iterator[Stated]:
    """Yield answers about a fact; of a list, also those that add or take away one word."""
    found = [*answers.to(fact)]
    yield from found
    held = stated.get(fact.steps)
    if fact.kind is Kind.WORDS and isinstance(held, list):
        words = {word: None for change in found for word in change[fact.steps] or ()}
        for word in words:
            others = [one for one in held if one != word]
            yield {fact.steps: others if word in held else [*held, word]}
