# SPDX-License-Identifier: MIT
"""What the fields of a subject hold: their kind, title and vocabulary, and their converters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import attrs
from attrs import frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.subjects.sayings import SAYINGS, Saying, of_flag, of_value
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe
from caljobs_policy.syntax.sorts import Sort

P = TypeVar("P")
Words: TypeAlias = Sequence[str] | AbstractSet[str]
"""A list of words, or a single word."""
_TEXTS: Final = frozenset({str})
METADATA_KEY = "caljobs_policy.field"
MOST_CHARACTERS: Final = 1024 * 1024
"""The most characters that a text may have."""
MOST_ITEMS: Final = 10_000
"""The most items that a list may have."""


class Kind(Enum):
    """What sort of value a fact holds; the value of a member is its name in messages."""

    FLAG = Sort.FLAG.value
    WORD = "a word"
    TEXT = "a text"
    COUNT = Sort.COUNT.value
    DAY = Sort.DAY.value
    TIME = Sort.TIME.value
    DAY_OR_TIME = Sort.DAY_OR_TIME.value
    WORDS = "a list of words"
    PART = "a mapping"
    STATEMENTS = "a signed form with its date, or a list of these"

    # As for `Unknown`: it is looked up for every field of every subject.
    __hash__ = object.__hash__


DATED: Final = frozenset({Kind.DAY, Kind.TIME, Kind.DAY_OR_TIME})
WORDED: Final = frozenset({Kind.WORD, Kind.TEXT})


@frozen(cache_hash=True)
class Holds(FieldRepr):
    """What one field of a subject holds."""

    kind: Kind
    title: str
    vocabulary: str | tuple[str, ...] | None = None
    """The profile's table that lists the words, or the words themselves; None for any text."""
    nullable: bool = True
    optional: bool = False
    """Left out means that it has not happened or is not on file."""
    sure_with: tuple[str, str] | None = None
    """Another field, and its word that means that this has happened: null is then read as unknown,
    and so it is if that field is unknown itself."""
    private: bool = False
    folded: bool = False
    """Letter case does not matter."""
    happens: bool = False
    """It has a date only once it has happened: a date after the moment has not happened yet."""
    given: bool = False
    """Nobody can change it, as it is what is asked about, or cannot be undone."""
    part: type | None = None
    named_in: str | None = None
    """The profile's table that has titles for some of the texts."""
    _said: Saying | None = None

    @property
    def said(self) -> Saying:
        """How sentences speak of it."""
        usual = of_flag if self.kind is Kind.FLAG else of_value
        return self._said or usual(self.title)


def holds(kind: Kind, title: str, **more: Any) -> dict[str, Holds]:
    """Return the metadata of an attrs field that holds a fact."""
    return {METADATA_KEY: Holds(kind, title, said=SAYINGS.get(title), **more)}


class Derived(NamedTuple):
    """Fields of a class that are worked out from another one when an object is made."""

    source: str
    make: Callable[[Any], tuple[Any, ...]]
    names: tuple[str, ...]


_FIELDS: dict[type, dict[str, Holds]] = {}


def fields_of(cls: type) -> Mapping[str, Holds]:
    """Return what each field of a subject class holds, by the field's name."""
    if cls not in _FIELDS:
        _FIELDS[cls] = {
            f.name: f.metadata[METADATA_KEY]
            for f in attrs.fields(cls)
            if METADATA_KEY in f.metadata
        }
    return _FIELDS[cls]


def words(value: Maybe[Words]) -> Maybe[tuple[str, ...]]:
    """Convert a list of words, or a single word, to a tuple; leave null and unknown."""
    if type(value) is tuple:
        return value
    if isinstance(value, str):
        return (value,)
    if isinstance(value, AbstractSet):
        return tuple(sorted(value, key=str))
    # Anything else, whatever the declared type, passes through to `check`, which refuses it.
    given: Any = value
    is_list = isinstance(given, Sequence) and not isinstance(given, bytes | bytearray | memoryview)
    found: Maybe[tuple[str, ...]] = tuple(given) if is_list else given
    return found


def folded(text: str) -> str:
    """Return a text in lower case, without the blanks around it."""
    return text.strip().casefold()


def folded_words(value: Maybe[Words]) -> Maybe[tuple[str, ...]]:
    """Convert a list of words whose letter case does not matter."""
    found = words(value)
    if not isinstance(found, tuple):
        return found
    # Few are of a class derived from `str`.
    are_texts = _TEXTS.issuperset(map(type, found)) or all(isinstance(one, str) for one in found)
    return tuple(map(folded, found)) if are_texts else found


def own_facts(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Convert the facts that a profile declares for itself, with lists of words as tuples."""
    given: object = value
    if not isinstance(given, Mapping):
        # `check` refuses it.
        return value
    pairs = given.items()
    return FrozenDict(
        {k: words(v) if isinstance(v, list | set | frozenset) else v for k, v in pairs}
    )


def or_null(cls: type[P], value: Maybe[P], left_out: P | None = None) -> P:
    """Return a part, or for null the one in which every fact is null.

    Unknown is read as `left_out`, the part that holds when none is given; None stands for null.
    """
    if value is UNKNOWN and left_out is not None:
        return left_out
    return null_part(cls) if value is None or value is UNKNOWN else value


_NULL_PARTS: dict[type, Any] = {}


def null_part(cls: type[P]) -> P:
    """Return the shared instance of a part in which nothing exists."""
    if cls not in _NULL_PARTS:
        _NULL_PARTS[cls] = _make_null_part(cls)
    part: P = _NULL_PARTS[cls]
    return part


def _make_null_part(cls: type[P]) -> P:
    part = object.__new__(cls)
    for field in attrs.fields(cls):  # type: ignore[arg-type]
        inner = field.metadata.get(METADATA_KEY)
        nested = inner.part if inner is not None and inner.kind is Kind.PART else None
        value: object = null_part(nested) if nested is not None else None
        if field.name == "words_used":
            value = frozenset()
        object.__setattr__(part, field.name, value)
    return part
