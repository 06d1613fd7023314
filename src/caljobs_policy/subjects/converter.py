# SPDX-License-Identifier: MIT
"""The one reader of subjects: strict hooks made from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, Protocol, TypeAlias

import attrs
from attrs import field, frozen
from cattrs import Converter

from caljobs_policy.errors.collecting import UnreadableError
from caljobs_policy.subjects.facts import RECORD, TYPES, Subject, kind_of_class, subject_class
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.generating import Stated, UsualReader
from caljobs_policy.subjects.mapping_hooks import (
    TYPE,
    mapping_from,
    part_reader,
    read_facts,
    type_reader,
)
from caljobs_policy.subjects.record import Record
from caljobs_policy.subjects.value_hooks import Reader, fact_reader

Hook: TypeAlias = Callable[..., Any]
"""What cattrs calls with a value and the class to make of it; the value alone will do."""


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

    @cached_property
    def _record_type(self) -> Reader:
        return self._type(RECORD)

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
            type_ = self._record_type(mapping_from(value).get(TYPE))
        except UnreadableError as error:
            raise error.below(TYPE) from None
        return subject_class(f"{RECORD}/{type_}")

    def _hook(self, cls: Any) -> Hook:
        """Return a hook that makes an object of a class of a mapping."""
        own = self.words.own_facts(cls)
        facts = [self._stated(name, h, cls) for name, h in {**fields_of(cls), **own}.items()]
        readers = {fact.name: fact.read for fact in facts}
        # The class of a record says the type already.
        ignored = {TYPE} - {*readers} if kind_of_class(cls) == RECORD else set()
        usual = UsualReader(cls, facts, {*readers, *ignored})

        def structure(value: Any, _: Any = None) -> Any:
            if type(value) is dict:
                try:
                    found = usual.read(value)
                except UnreadableError:
                    # Reading it key by key finds all that is wrong.
                    found = None
                if found is not None:
                    return found
            return value if type(value) is cls else by_key(value)

        def by_key(value: Any) -> Any:
            given = mapping_from(value)
            if TYPE in readers and TYPE not in given:
                given = {TYPE: None, **given}
            stated = {key: one for key, one in given.items() if key not in ignored}
            values = read_facts(stated, readers, tuple(readers))
            if own:
                values["own"] = {name: values.pop(name) for name in own if name in values}
            return cls(**values)

        return structure

    def _type(self, kind: str) -> Reader:
        """Return a reader for the type of a subject of a kind."""
        holds = Holds(Kind.WORD, TYPE, TYPES[kind])
        return type_reader(holds, self.words.words_for(holds) or ())

    def _stated(self, name: str, holds: Holds, cls: Any) -> Stated:
        """Return a fact of a class with its reader."""
        known = self.words.words_for(holds)
        if name == TYPE:
            return Stated(name, holds, self._type(kind_of_class(cls)), known)
        if holds.part is None:
            return Stated(name, holds, fact_reader(holds, known), known)
        part: Any = self._converter.get_structure_hook(holds.part)
        return Stated(name, holds, part_reader(holds, part), None, part)


def _has_facts(cls: Any) -> bool:
    return attrs.has(cls) and bool(fields_of(cls))
