# SPDX-License-Identifier: MIT
"""A condition as a tree of sentences, with what holds of a subject and the facts behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.decisions.messages import in_json
from caljobs_policy.plain.mappings import frozen_plain
from caljobs_policy.plain.written import When, Written, key
from caljobs_policy.policy.conditions import AllOf, Condition, Not, Test, parts_of
from caljobs_policy.policy.sentences import simplified
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.unknown import UNKNOWN, Truth

_ALL: Final = "all of this"
_ANY: Final = "any of this"
_NOT: Final = "not all of this"


@frozen
class Branch(Written):
    """A condition in words, and whether it holds of a subject."""

    says: str
    holds: Truth
    facts: Mapping[str, Any] = field(
        default={}, converter=frozen_plain, metadata=key(when=When.GIVEN)
    )
    """The facts that a test reads, but unknown ones, by name; personal data is withheld."""
    parts: tuple[Branch, ...] = field(default=(), metadata=key(when=When.GIVEN))


class Branches:
    """Makes the trees of conditions for one decision."""

    def __init__(self, explained: Explanation) -> None:
        self.explained = explained
        self.leaf = leaf_from(explained.reader, explained.policy.zone)

    def of(self, condition: Condition) -> Branch:
        """Return the tree of a condition; one that always or never holds has no parts."""
        speech = self.explained.speech
        condition = simplified(condition, speech)
        holds = truth(condition, self.leaf)
        test = condition.part if isinstance(condition, Not) else condition
        name = speech.names.get(test)
        if isinstance(test, Test):
            denied = isinstance(condition, Not)
            plain = test.operator.sentence(test.fact, speech, negated=denied)
            said = (name.denied if denied else name.said) if name else plain
            return Branch(said, holds, self._facts(test))
        if name is not None and isinstance(condition, Not):
            return Branch(name.denied, holds, parts=(self._within(condition.part),))
        if name is not None:
            return Branch(name.said, holds, parts=self._parts(condition))
        return self._within(condition)

    def _within(self, condition: Condition) -> Branch:
        """Return the tree of a condition by what it is made of."""
        holds = truth(condition, self.leaf)
        if isinstance(condition, Not):
            # In the form that reads best, it denies no tests, and no choices either.
            return Branch(_NOT, holds, parts=self._parts(condition.part))
        is_all = isinstance(condition, AllOf)
        if not parts_of(condition):
            return Branch("always" if is_all else "never", holds)
        return Branch(_ALL if is_all else _ANY, holds, parts=self._parts(condition))

    def _parts(self, condition: Condition) -> tuple[Branch, ...]:
        return tuple(map(self.of, parts_of(condition)))

    def _facts(self, test: Test) -> Mapping[str, Any]:
        read = self.explained.reader
        stated = {fact.path: fact for fact in test.facts if fact.constant is None}
        values = {path: read(fact.as_stated) for path, fact in stated.items()}
        return {
            path: self._shown(stated[path], value)
            for path, value in values.items()
            if value is not UNKNOWN
        }

    def _shown(self, fact: Fact, value: Any) -> Any:
        show = in_json(fact, self.explained.policy)
        return value if value is None or show is None else show(value, self.explained)
