# SPDX-License-Identifier: MIT
"""What somebody wrote, with its place, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, TypeAlias

from attrs import field, frozen

from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.field_repr import FieldRepr

At: TypeAlias = tuple[str, int, int]
"""The parts of a place: of the many places in a file, few are asked for as such."""


_place: Final = partial(tuple.__new__, Place)
"""Makes a place of its parts, without asking how many there are."""


class _Placed(FieldRepr):
    """What stands somewhere."""

    __slots__ = ()
    at: At

    @property
    def place(self) -> Place:
        """Where it stands."""
        return _place(self.at)


@frozen
class Scalar(_Placed):
    """A single text, as written; nothing is converted."""

    text: str
    quoted: bool = False
    at: At = field(default=Place(), eq=False, alias="place")

    @property
    def is_null(self) -> bool:
        """Whether the text says that there is nothing.

        `Null` and `NULL` are texts, against YAML's own schema: they may be somebody's name.
        """
        return not self.quoted and self.text in {"", "~", "null"}


@frozen
class Sequence(_Placed):
    """A list of what was written."""

    items: tuple[AnyNode, ...]
    at: At = field(default=Place(), eq=False, alias="place")


@frozen
class Mapping(_Placed):
    """Keys with what was written under each, in the order of the file."""

    entries: tuple[tuple[Scalar, AnyNode], ...]
    at: At = field(default=Place(), eq=False, alias="place")

    def get(self, key: str) -> AnyNode | None:
        """Return what stands under a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """Return a key as written, with its place, or None."""
        return next((name for name, _ in self.entries if name.text == key), None)


AnyNode: TypeAlias = Scalar | Sequence | Mapping


@frozen
class Word(_Placed):
    """A word as written, with its place."""

    text: str
    at: At = field(default=Place(), eq=False, alias="place")

    def __str__(self) -> str:
        return self.text


def texts_in(node: AnyNode) -> Iterator[str]:
    """Return every text that stands in a node, keys and values, in the order of the file."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts_in(item)
    else:
        for key, value in node.entries:
            yield key.text
            yield from texts_in(value)
