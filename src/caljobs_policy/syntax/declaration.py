# SPDX-License-Identifier: MIT
"""How the classes of what people write declare its fields: by annotation, and little besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, TypeAlias, get_origin

import attrs
from attrs import field, frozen

from caljobs_policy.errors import Place
from caljobs_policy.mappings import frozen_dict
from caljobs_policy.syntax.nodes import AnyNode, Word

Condition: TypeAlias = Annotated[AnyNode | None, "a condition"]
Duration: TypeAlias = Annotated[AnyNode | None, "a duration, or the name of a parameter"]
Texts: TypeAlias = Annotated[Mapping[str, Word], "a text, or a text for each kind of failure"]
_TAKES: Final[Mapping[Any, str]] = {
    str | None: "a text",
    Word | None: "a word",
    tuple[Word, ...]: "a word or a list of words",
    AnyNode | None: "a value",
}
"""What messages call the value of a type; an annotated type says so itself."""


@frozen(kw_only=True)
class Keyed:
    """What stands under a key: all that its subclasses declare is written there as a mapping."""

    shorthand: ClassVar[str | None] = None
    """The field that is meant where no mapping is written."""
    noun: ClassVar[str] = "this entry"
    """What messages call it."""
    key: Word
    place: Place = field(eq=False)
    node: AnyNode = field(eq=False, repr=False)
    faulty: frozenset[str] = field(default=frozenset(), eq=False, repr=False)
    """The fields of which something wrong was told: nothing follows from what they hold."""


@frozen
class DeclaredKey:
    """A key that may be written: the argument that it becomes, its type, and whether it must be."""

    argument: str
    type: Any
    is_needed: bool

    @property
    def takes(self) -> str:
        """What is to be written there."""
        own: str | None = self.type.__metadata__[0] if get_origin(self.type) is Annotated else None
        return own or _TAKES.get(self.type, "a mapping of entries")


def needed(default: Any = None) -> Any:
    """Return a field that must be written; where it is not, the entry is faulty and has this."""
    return field(default=default, metadata={needed: True})


def mapping(*, is_needed: bool = False) -> Any:
    """Return a field that holds a mapping, which nothing changes."""
    return field(factory=dict, converter=frozen_dict, metadata={needed: is_needed})


def others() -> Any:
    """Return a field that holds what stands under keys of no other field."""
    return field(factory=dict, converter=frozen_dict, metadata={others: True})


def declared_keys(cls: type[Keyed]) -> Mapping[str, DeclaredKey]:
    """Return the keys that may be written; where Python reserves one, its field ends in `_`."""
    return {
        f.name.rstrip("_"): DeclaredKey(str(f.alias), f.type, f.metadata.get(needed, False))
        for f in attrs.fields(cls)[len(attrs.fields(Keyed)) :]
        if others not in f.metadata
    }


def declared_others(cls: type[Keyed]) -> str | None:
    """Return the argument that takes what stands under other keys, if one does."""
    return next((f.alias for f in attrs.fields(cls) if others in f.metadata), None)
