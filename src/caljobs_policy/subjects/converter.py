# SPDX-License-Identifier: MIT
"""The one reader of subjects: strict hooks, made from what each field is declared to hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NoReturn, Protocol, TypeAlias

import attrs
from attrs import field, frozen
from cattrs import Converter

from caljobs_policy.dates.reading import TIGHT_COLON
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import (
    UnreadableError,
    each,
    refuse,
    unknown_key,
)
from caljobs_policy.errors.problems import Problem
from caljobs_policy.subjects.building import builder_of
from caljobs_policy.subjects.facts import RECORD, TYPES, Subject, kind_of_class, subject_class
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.foreign import plain
from caljobs_policy.subjects.record import Record
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.value_hooks import (
    Reader,
    fact_reader,
    items_of,
    null_or,
    or_nothing,
)
from caljobs_policy.syntax.nodes import Scalar

MOST_KEYS: Final = 500
TYPE: Final = "type"
Hook: TypeAlias = Callable[[Any, Any], Any]
"""What cattrs calls with a value and the class that is wanted."""


class Words(Protocol):
    """What a policy knows of the words and facts of subjects."""

    def words_for(self, holds: Holds) -> Collection[str] | None:
        """Return the words that a fact can hold, or None where any text will do."""

    def own_facts(self, cls: type) -> Mapping[str, Holds]:
        """Return what the facts hold that its profiles declare for subjects of a class."""


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
        """Return the class of the records of the type that is stated."""
        if isinstance(value, Record):
            return type(value)
        try:
            type_ = self._type(RECORD)(_mapping(value).get(TYPE))
        except UnreadableError as error:
            raise error.below(TYPE) from None
        return subject_class(f"{RECORD}/{type_}")

    def _hook(self, cls: Any) -> Hook:
        """Return what makes an object of a class out of a mapping."""
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
            given = _mapping(value)
            if TYPE in facts and TYPE not in given:
                given = {TYPE: None, **given}
            elif kind == RECORD and TYPE not in facts:
                # Its class is of that type.
                given = {key: one for key, one in given.items() if key != TYPE}
            values = _read(given, facts, known)
            if own:
                values["own"] = {name: values.pop(name) for name in own if name in values}
            return build(values)

        return structure

    def _type(self, kind: str) -> Reader:
        """Return what reads the type of a subject of a kind, which must be given."""
        holds = Holds(Kind.WORD, TYPE, TYPES[kind])
        types = self.words.words_for(holds) or ()
        read = fact_reader(holds, types)
        remedy = f"write one of: {', '.join(types)}"

        def type_of(value: Any) -> Any:
            if value is None or value is UNKNOWN:
                refuse(Code.MISSING, "is missing", remedy)
            if type(value) is dict or items_of(value) is not None:
                refuse(Code.WRONG_KIND, "takes one word", remedy)
            return read(value)

        return type_of

    def _fact(self, holds: Holds) -> Reader:
        """Return what reads a fact."""
        if holds.part is None:
            return fact_reader(holds, self.words.words_for(holds))
        cls = holds.part
        structure = self._converter.get_structure_hook(cls)

        def part(value: Any) -> Any:
            return structure(value, cls)

        def parts(value: Any) -> Any:
            several = None if type(value) is dict else items_of(value)
            return (part(value),) if several is None else tuple(each(several, part))

        return or_nothing(part if holds.kind is Kind.PART else parts, holds)


def _has_facts(cls: Any) -> bool:
    return attrs.has(cls) and bool(fields_of(cls))


def _read(
    given: Mapping[Any, Any], facts: Mapping[str, Reader], known: Collection[str]
) -> dict[str, Any]:
    """Read what a mapping states, and refuse together all of it that cannot be read."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []  # A collector costs as much as a key.
    for key, one in given.items():
        read = facts.get(key)
        if read is None:
            problems.append(unknown_key(key, known))
            continue
        try:
            values[key] = read(one)
        except UnreadableError as error:
            problems += error.below(key).problems
    if problems:
        raise UnreadableError(problems, values)
    return values


def _mapping(value: Any) -> dict[Any, Any]:
    """Return a value as a mapping, or refuse it."""
    found = value if type(value) is dict else plain(value)
    if type(found) is not dict:
        _refuse_as_mapping(found)
    if len(found) > MOST_KEYS:
        refuse(Code.TOO_LARGE, "has too many keys", f"give {MOST_KEYS} at most")
    return found


def _refuse_as_mapping(value: Any) -> NoReturn:
    if not isinstance(value, Scalar):
        refuse(Code.WRONG_KIND, "takes a mapping", "give its facts by their names")
    if not value.quoted and TIGHT_COLON.match(value.text):
        remedy = "write `key: value`, with a space after the colon"
        refuse(Code.SYNTAX, "is missing a space after a colon", remedy)
    remedy = null_or(value.text, "write its facts below, one a line")
    refuse(Code.WRONG_KIND, "takes a mapping", remedy)
