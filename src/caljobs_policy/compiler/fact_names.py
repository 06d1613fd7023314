# SPDX-License-Identifier: MIT
"""Finds the facts about one sort of subject by their names."""

from __future__ import annotations

from typing import Final

from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.vocabulary import Vocabulary
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, shown
from caljobs_policy.policy.operators import OPERATORS
from caljobs_policy.subjects.facts import Fact, fact_named, facts_about, kind_of_key, subject_class
from caljobs_policy.subjects.record import OwnRecord
from caljobs_policy.syntax.nodes import AnyNode, Scalar

SIDES: Final = frozenset(side for cls in OPERATORS.values() for side in cls.sides)
"""The keys that stand beside an operator and name the fact to compare with."""


def fact_of(node: AnyNode, key: str, vocabulary: Vocabulary, problems: Problems) -> Fact | None:
    """Return the fact about subjects of a key that is written, or None after noting a problem."""
    if not isinstance(node, Scalar):
        remedy = "write one name, such as `at`"
        problems.add(Code.WRONG_KIND, node.place, "the name of a fact is expected here", remedy)
        return None
    fact = fact_named(node.text, key, vocabulary.facts)
    vocabulary.use("facts", node.text)
    statements = vocabulary.words["statements"]
    if fact is not None and fact.form is not None and fact.form not in statements:
        problems.unknown(node.place, "statement", fact.form, statements)
        return None
    if fact is None:
        _note_no_fact(node.place, node.text, key, vocabulary, problems)
    return fact


def _note_no_fact(
    place: Place, name: str, key: str, vocabulary: Vocabulary, problems: Problems
) -> None:
    """Note why no fact about the subject has a name."""
    own = vocabulary.facts
    if name in vocabulary.chain.table("facts") and name not in own:
        return  # what is wrong with it was noted where it is declared
    kind = kind_of_key(key)
    having = [other for other in vocabulary.chain.keys_of(kind) if fact_named(name, other, own)]
    if name in OPERATORS or name in SIDES:
        message = f"`{name}` is an operator, and a fact is expected here"
        problems.add(Code.MISPLACED, place, message, "write it below the fact that it tests")
    elif name in facts_about(key):
        form = next(iter(vocabulary.words["statements"]), "form")
        message = f"`{name}` needs the form that was signed"
        problems.add(Code.MISSING, place, message, f"name it, such as `{name}.{form}`")
    elif having:
        message = f"`{name}` is not a fact about {key}"
        remedy = f"name the types that have it under `about`: {', '.join(having)}"
        if issubclass(subject_class(key), OwnRecord):
            remedy = f"declare it under `facts`, or {remedy}"
        problems.add(Code.UNKNOWN_WORD, place, message, remedy)
    else:
        remedy = f"facts about it begin with `{kind}.`; declare one of your own under `facts`"
        known = _facts_about_any(kind, vocabulary) if name.startswith(f"{kind}.") else ()
        message = f"there is no fact {shown(name)} about {kind}s"
        problems.unlisted(place, message, name, known, remedy)


def _facts_about_any(kind: str, vocabulary: Vocabulary) -> set[str]:
    """Return the names of the facts about subjects of a kind, whatever their type."""
    own = {path for path in vocabulary.facts if path.startswith(f"{kind}.")}
    return own.union(*(facts_about(key) for key in vocabulary.chain.keys_of(kind)))
