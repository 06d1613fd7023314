# SPDX-License-Identifier: MIT
"""Reads what a case expects; an unknown key or name is always an error."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias, get_args, get_origin

from attrs import evolve
from cattrs import Converter

from caljobs_policy.cases.case_hooks import CasePartHook
from caljobs_policy.cases.expectation import Expectation, Names, known_words
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector, Hook, refuse
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.privacy import named
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.fields import Holds
from caljobs_policy.subjects.placing import placed
from caljobs_policy.subjects.value_hooks import fact_reader
from caljobs_policy.syntax.declaration import annotation, stated
from caljobs_policy.syntax.field_hooks import hooks_of
from caljobs_policy.syntax.node_hooks import each, flag, mapping
from caljobs_policy.syntax.nodes import AnyNode, Scalar

_Known: TypeAlias = Mapping[str, Collection[str]]
_MOST_LISTED: Final = 12
_ONE_WORD: Final = "a single value is expected here", "write it without brackets"
_WORDS: Final = "a word is expected here", "write `[a, b]`, or `[]` for none"


def expectation_hook(policy: Policy) -> Hook:
    """Return the hook that reads an expectation in the words of a policy."""
    converter: Converter = policy.made("expectation converter", _converter)
    return converter.get_structure_hook(Expectation)


def _converter(policy: Policy) -> Converter:
    """Return a converter that makes a hook for each type that an expectation declares."""
    known, converter = known_words(policy), Converter(detailed_validation=False)
    converter.register_structure_hook_factory(
        lambda _: True, lambda type_: _hook_of(type_, known, converter)
    )
    # The converter's own hook for a built-in type would come before that of a factory.
    converter.register_structure_hook(bool, flag)
    return converter


def _hook_of(type_: Any, known: _Known, converter: Converter) -> Hook:
    found, about = stated(type_), annotation(type_)
    parts = get_args(found)
    if isinstance(about, Holds):
        return placed(fact_reader(about, None))
    if isinstance(about, Names):
        return each(_word(about, known)) if about.several else _word(about, known)
    if get_origin(found) is Mapping:
        return _by_name(annotation(parts[0]), known, converter.get_structure_hook(parts[1]))
    if get_origin(found) is tuple:
        return each(converter.get_structure_hook(parts[0]))
    return CasePartHook(found, hooks_of(found, converter))


def _word(names: Names, known: _Known) -> Hook:
    """Return a hook that reads a text, or one of the known words if the field takes words."""
    words = [*known[names.what], *names.also] if names.what else None

    def read(node: AnyNode, _: Any) -> str | None:
        if isinstance(node, Scalar) and node.is_null and names.nullable:
            return None
        if not isinstance(node, Scalar) or node.is_null:
            refuse(Code.WRONG_KIND, *(_WORDS if names.several else _ONE_WORD), node.place)
        if words is not None and node.text not in words:
            usual = "write it as a decision's JSON does"
            remedy = remedy_for(node.text, words, most=_MOST_LISTED, otherwise=usual)
            message = f"there is no {named(names.what, node.text, words)}"
            refuse(Code.UNKNOWN_WORD, message, remedy, node.place)
        return node.text

    return read


def _by_name(names: Names, known: _Known, hook: Hook) -> Hook:
    """Return a hook that reads a mapping by names, of which some can only have null."""
    usual, absent = _word(evolve(names, also=()), known), _word(names, known)

    def read(node: AnyNode, _: Any) -> Mapping[str, Any]:
        told = Collector()
        found: dict[str, Any] = {}
        for key, value in told.read(mapping, node).entries:
            is_absent = bool(names.also) and isinstance(value, Scalar) and value.is_null
            told.read(absent if is_absent else usual, key, None)
            found[key.text] = None if is_absent else told.read(hook, value, None)
        return told.result(FrozenDict(found))

    return read
