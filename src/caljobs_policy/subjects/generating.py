# SPDX-License-Identifier: MIT
"""Writes functions that read mappings as objects of a class, one for each class and policy.

Values as programs and JSON usually have them are tested in place; any other is left to the reader
of its fact, which refuses what does not fit. What is made skips the constructor, which would check
it again. The text of a function is made of fixed templates, numbered names and attribute names of
the model; all else reaches it through its namespace.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache
from types import CodeType
from typing import Any, Final, TypeAlias

import attrs
from attrs import frozen

from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.subjects.fields import (
    MOST_CHARACTERS,
    MOST_ITEMS,
    Derived,
    Holds,
    Kind,
    fields_of,
    words,
)
from caljobs_policy.subjects.mapping_hooks import MOST_KEYS
from caljobs_policy.subjects.statement import statements_of
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.subjects.value_hooks import Reader
from caljobs_policy.subjects.words import word_of
from caljobs_policy.syntax.single_values import LARGEST

Read: TypeAlias = Callable[[dict[Any, Any]], Any]
"""Makes an object of a mapping; returns None if the mapping has an unknown key."""
_MISSING: Final = object()
_WORTH: Final = 32
"""So many mappings take as long to read key by key as the function to be written."""
_GIVEN: Final[Mapping[str, Any]] = {
    "U": UNKNOWN,
    "MOST": MOST_CHARACTERS,
    "ITEMS": MOST_ITEMS,
    "KEYS": MOST_KEYS,
    "LARGEST": LARGEST,
    "all_texts": frozenset({str}).issuperset,
    "day": date.fromisoformat,
    "Frozen": FrozenDict,
    "new": object.__new__,
}
_LIST: Final = "type({x}) is list and all_texts(map(type, {x})) and "
_TEXT: Final = ("type({x}) is str and len({x}) <= MOST",)
_DAY: Final = (
    "type({x}) is str and len({x}) == 10 and {x}[4] == {x}[7] == '-'",
    "try: {x} = day({x})",
    "except ValueError: {x} = {read}({x})",
)
_USUAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.FLAG: ("{x} is True or {x} is False",),
    Kind.WORD: _TEXT,
    Kind.TEXT: _TEXT,
    Kind.COUNT: ("type({x}) is int and 0 <= {x} <= LARGEST",),
    Kind.DAY: _DAY,
    Kind.DAY_OR_TIME: _DAY,
    Kind.WORDS: (_LIST + "len({x}) <= ITEMS and len(''.join({x})) <= MOST", "{x} = tuple({x})"),
    Kind.PART: ("type({x}) is dict", "{x} = {part}({x})"),
    Kind.STATEMENTS: ("type({x}) is dict", "{x} = ({part}({x}),)"),
}
"""How a usual value is told, and what is then done with it."""
_KNOWN: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.WORD: ("type({x}) is str and {x} in {known}",),
    Kind.WORDS: (_LIST + "{known}.issuperset({x}) and len({x}) <= ITEMS", "{x} = tuple({x})"),
}
"""The same, where only some words are known."""
_USED: Final[Mapping[Kind, str]] = {
    Kind.WORD: "if type({x}) is str: used.append({tags}[{x}])",
    Kind.WORDS: "if type({x}) is tuple: used += [{tags}[word] for word in {x}]",
    Kind.PART: "used += {x}.words_used",
    Kind.STATEMENTS: "if type({x}) is tuple: used += [w for one in {x} for w in one.words_used]",
}
"""How the words are noted that only a policy knows."""


@frozen
class Stated:
    """A fact that a mapping may state: what it holds, and what reads any value of it."""

    name: str
    holds: Holds
    read: Reader
    known: Collection[str] | None
    """The words that it can hold, or None if any text will do."""
    part: Reader | None = None
    """What reads a part from a mapping, if it holds parts."""


_MAKE_TUPLES: Final = (words, statements_of)
"""The converters that change nothing that was read."""


class _Tags(dict[str, str]):
    """Words, each with the name of its table before it."""

    def __init__(self, table: str, known: Collection[str]) -> None:
        super().__init__({word: word_of(table, word) for word in known})
        self.table = table

    def __missing__(self, word: str) -> str:
        return word_of(self.table, word)


class UsualReader:
    """Reads usual mappings as objects of a class, once there are enough of them to be worth it."""

    read: Read

    def __init__(self, cls: Any, facts: Collection[Stated], keys: Collection[str]) -> None:
        self._given = (cls, facts, keys)
        self._uses = 0
        self.read = self._leave

    def _leave(self, given: dict[Any, Any]) -> None:
        """Leave a mapping to be read key by key; generate the function for those after it."""
        self._uses += 1
        if self._uses == _WORTH:
            self.read = _ReaderWriter(*self._given).function()


class _ReaderWriter:
    """Writes the function that reads objects of a class from mappings with some keys."""

    def __init__(self, cls: Any, facts: Collection[Stated], keys: Collection[str]) -> None:
        self.cls = cls
        self.facts = {f"x{number}": fact for number, fact in enumerate(facts)}
        self.names = {fact.name: x for x, fact in self.facts.items()}
        self.fields = {field.name: field for field in attrs.fields(cls) if field.init}
        self.usual = usual_values(cls)
        self.required = self.fields.keys() - self.usual.keys()
        self.namespace = {**_GIVEN, "cls": cls, "are_known": frozenset(keys).issuperset}

    def function(self) -> Read:
        """Write and compile the function."""
        text = "def read(given):" + "".join(f"\n    {line}" for line in self._lines())
        # The text holds only names made here, so nothing of a profile or a subject can run.
        exec(_compiled(text), self.namespace)  # noqa: S102
        read: Read = self.namespace.pop("read")
        return read

    def _lines(self) -> Iterator[str]:
        yield "if len(given) > KEYS or not are_known(given): return None"
        yield "get, used, own = given.get, [], {}"
        for x, fact in self.facts.items():
            left_out = self._named(f"usual_{x}", self.usual.get(fact.name, _MISSING))
            key = self._named(f"key_{x}", fact.name)
            if fact.name in self.required:
                yield f"if {key} not in given: return None"
            yield f"{x} = get({key}, {left_out})"
            yield f"if {x} is not {left_out}:"
            yield from (f"    {line}" for line in self._stated(x, fact))
        yield from self._unsure()
        yield from self._made()

    def _stated(self, x: str, fact: Stated) -> Iterator[str]:
        """Write what is made of a value that is stated."""
        read, part = self._named(f"read_{x}", fact.read), self._named(f"part_{x}", fact.part)
        known = self._named(f"known_{x}", frozenset(fact.known or ()))
        usual = _USUAL if fact.known is None else {**_USUAL, **_KNOWN}
        lines = usual.get(fact.holds.kind, ("False",))
        test, *then = (line.format(x=x, read=read, known=known, part=part) for line in lines)
        yield f"if {test}:"
        yield from (f"    {line}" for line in then or ["pass"])
        # What has to be given is refused by its reader if it is not known.
        unusual = "else" if fact.name in self.required else f"elif {x} is not U"
        yield f"{unusual}: {x} = {read}({x})"
        if fact.name in self.fields:
            yield from self._converted(x, fact)
        else:
            yield f"own[key_{x}] = {x}"

    def _converted(self, x: str, fact: Stated) -> Iterator[str]:
        """Write how the field of a fact is converted, and its words are noted."""
        convert, listed = self.fields[fact.name].converter, fact.holds.vocabulary
        if convert is not None and convert not in _MAKE_TUPLES:
            yield f"{x} = {self._named(f'convert_{x}', convert)}({x})"
        if isinstance(listed, str):
            tags = self._named(f"tags_{x}", _Tags(listed, fact.known or ()))
            yield _USED[fact.holds.kind].format(x=x, tags=tags)
        elif hasattr(fact.holds.part, "words_used"):
            yield _USED[fact.holds.kind].format(x=x)

    def _unsure(self) -> Iterator[str]:
        """Write what becomes unknown because of another fact."""
        for name, holds in fields_of(self.cls).items():
            if holds.sure_with is not None:
                x, other = self.names[name], self.names[holds.sure_with[0]]
                state = self._named(f"state_{x}", holds.sure_with[1])
                yield f"if {x} is None and ({other} is U or {other} == {state}): {x} = U"

    def _made(self) -> Iterator[str]:
        """Write how the object is made of its values."""
        yield "made = new(cls)"
        for name in self.fields:
            yield self._put(name, self.names.get(name, "own and Frozen(own) or usual_own"))
        if "own" in self.fields:
            self._named("usual_own", self.usual["own"])
        if hasattr(self.cls, "words_used"):
            yield self._put("words_used", "frozenset(used)")
        derived: Derived | None = getattr(self.cls, "derived", None)
        if derived is not None:
            made = self._named("derive", derived.make)
            yield f"{', '.join(derived.names)} = {made}({self.names[derived.source]})"
            yield from (self._put(name, name) for name in derived.names)
        yield "return made"

    def _put(self, name: str, value: str) -> str:
        """Write how a field is set, whose class lets nobody set it."""
        return f"{self._named(f'put_{name}', getattr(self.cls, name).__set__)}(made, {value})"

    def _named(self, name: str, value: Any) -> str:
        """Return the name under which the function finds a value."""
        self.namespace[name] = value
        return name


@cache
def _compiled(text: str) -> CodeType:
    """Compile the text of a function; policies that ask the same of a class share it."""
    return compile(text, "<reader of subjects>", "exec")


@cache
def usual_values(cls: Any) -> Mapping[str, Any]:
    """Return the values of a class's optional fields when they are left out."""
    fields = (field for field in attrs.fields(cls) if field.init)
    return {f.name: _default(f) for f in fields if f.default is not attrs.NOTHING}


def _default(field: attrs.Attribute[Any]) -> Any:
    """Return the value of a field that is left out; it is immutable, so all can share it."""
    default: Any = field.default
    value = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
    convert: Any = field.converter
    return convert(value) if convert is not None else value
