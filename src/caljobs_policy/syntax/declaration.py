# SPDX-License-Identifier: MIT
"""How the classes of what people write declare its fields: by annotation, and little besides.

Their modules don't import `annotations` from `__future__`: annotations stay types, not texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, ClassVar, Final, TypeAlias, Union, get_args, get_origin

import attrs
from attrs import field, frozen

from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import frozen_dict
from caljobs_policy.syntax.nodes import AnyNode, Word

Condition: TypeAlias = Annotated[AnyNode | None, "a condition"]
Duration: TypeAlias = Annotated[AnyNode | None, "a duration, or the name of a parameter"]
Texts: TypeAlias = Annotated[Mapping[str, Word], "a text, or a text for each kind of failure"]
_EMPTY: Final = frozen_dict({})
_TAKES: Final[Mapping[Any, str]] = {
    str | None: "a text",
    Word | None: "a word",
    tuple[Word, ...]: "a word or a list of words",
    AnyNode | None: "a value",
}


@frozen
class Declared(FieldRepr):
    """What is written as a mapping, whose keys are the fields that subclasses declare."""

    noun: ClassVar[str] = "this entry"
    """What messages call it."""
    shorthand: ClassVar[str | None] = None
    """The field that is meant if no mapping is written."""
    rest: ClassVar[str | None] = None
    """The field that holds what stands under all other keys."""


@frozen(kw_only=True)
class Keyed(Declared):
    """What is written under a key, with that key, its place and its node."""

    key: Word
    place: Place = field(eq=False)
    node: AnyNode = field(eq=False, repr=False)
    faulty: frozenset[str] = field(default=frozenset(), eq=False, repr=False)
    """The fields of which something wrong was told: nothing follows from what they hold."""


def needed(default: Any = None, **more: Any) -> Any:
    """Return a field that must be written; where it is not, the entry is faulty and has this."""
    return field(default=default, metadata={needed: True}, **more)


def mapping() -> Any:
    """Return a field that holds a mapping, which nothing changes."""
    return field(default=_EMPTY, converter=frozen_dict)


def declared(cls: type[Declared]) -> Mapping[str, attrs.Attribute[Any]]:
    """Return the fields by the keys under which they are written, `from` for one called `from_`."""
    about = attrs.fields(Keyed) if issubclass(cls, Keyed) else ()
    own = attrs.fields(cls)[len(about) :]
    return {f.name.rstrip("_"): f for f in own if f.name != cls.rest}


def takes(type_: Any) -> str:
    """Return what is to be written for a type, as messages call it."""
    if get_origin(type_) is Annotated:
        return str(type_.__metadata__[0])
    return _TAKES.get(type_, "a mapping of entries")


def stated(type_: Any) -> Any:
    """Return the first part of a union, which the others replace if nothing is written."""
    return get_args(type_)[0] if get_origin(type_) in {Union, UnionType} else type_


def annotation(type_: Any) -> Any:
    """Return the annotation of a type, or of the first part of a union; None without one."""
    return getattr(stated(type_), "__metadata__", (None,))[0]
