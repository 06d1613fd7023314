# SPDX-License-Identifier: MIT
"""The one reader of subjects: strict hooks made from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol, TypeAlias

import attrs
from attrs import field, frozen
from cattrs import Converter

from caljobs_policy.errors.collecting import UnreadableError
from caljobs_policy.subjects.building import builder_of
from caljobs_policy.subjects.facts import RECORD, TYPES, Subject, kind_of_class, subject_class
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.mapping_hooks import (
    TYPE,
    mapping_from,
    part_reader,
    read_facts,
    type_reader,
)
from caljobs_policy.subjects.record import Record
from caljobs_policy.subjects.value_hooks import Reader, fact_reader

Hook: TypeAlias = Callable[[Any, Any], Any]
"""What cattrs calls with a value and the class to make of it."""


class Words(Protocol):
    """What a policy knows of the words and facts of subjects."""

    def words_for(self, holds: Holds) -> Collection[str] | None:
        """Return the words that a fact can hold, or None if any text will do."""

    def own_facts(self, cls: type) -> Mapping[str, Holds]:
        """Return the declarations of the profiles' own facts about subjects of a class, by name."""


@frozen
class SubjectConverter:
    """Reads subjects in the words of one policy."""

    words: Words
    _converter: Converter = field(factory=Converter, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._converter.register_structure_hook_factory(_has_facts, self._hook)

    def read(self, kind: str, value: Any) -> Subject:
        """Read a subject of a kind; raises an `UnreadableError` with all that is wrong."""
        cls = self._record_class(value) if kind == RECORD else subject_class(kind)
        found: Subject = self._converter.structure(value, cls)
        return found

    def _record_class(self, value: Any) -> type[Subject]:
        """Return the class for the type of a record."""
        if isinstance(value, Record):
            return type(value)
        try:
            type_ = self._type(RECORD)(mapping_from(value).get(TYPE))
        except UnreadableError as error:
            raise error.below(TYPE) from None
        return subject_class(f"{RECORD}/{type_}")

    def _hook(self, cls: Any) -> Hook:
        """Return a hook that builds an object of a class from a mapping."""
        kind = kind_of_class(cls)
        own = self.words.own_facts(cls)
        facts = {name: self._fact(h) for name, h in {**fields_of(cls), **own}.items()}
        known = tuple(facts)
        if TYPE in facts:
            facts[TYPE] = self._type(kind)
        build = builder_of(cls)

        def structure(value: Any, _: Any) -> Any:
            if type(value) is cls:
                return value
            given = mapping_from(value)
            if TYPE in facts and TYPE not in given:
                given = {TYPE: None, **given}
            elif kind == RECORD and TYPE not in facts:
                # The class says the type already.
                given = {key: one for key, one in given.items() if key != TYPE}
            values = read_facts(given, facts, known)
            if own:
                values["own"] = {name: values.pop(name) for name in own if name in values}
            return build(values)

        return structure

    def _type(self, kind: str) -> Reader:
        """Return a reader for the type of a subject of a kind."""
        holds = Holds(Kind.WORD, TYPE, TYPES[kind])
        return type_reader(holds, self.words.words_for(holds) or ())

    def _fact(self, holds: Holds) -> Reader:
        """Return a reader for a fact."""
        if holds.part is None:
            return fact_reader(holds, self.words.words_for(holds))
        cls = holds.part
        structure = self._converter.get_structure_hook(cls)
        return part_reader(holds, lambda value: structure(value, cls))


def _has_facts(cls: Any) -> bool:
    return attrs.has(cls) and bool(fields_of(cls))
