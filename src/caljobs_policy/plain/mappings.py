# SPDX-License-Identifier: MIT
"""Immutable mappings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from attrs import Attribute

K = TypeVar("K")
V = TypeVar("V")
_PLAIN: Final = (bool, int, str)
_ATOMS: Final = frozenset({str, bool, int, type(None)})
_HUGE: Final = 10**18


class FrozenDict(dict[K, V]):
    """An immutable mapping that is hashed by its contents.

    It is a `dict`, since engines look facts up in it and JSON writers know no other mapping.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping can't be changed; copy it with `dict()`")

    if not TYPE_CHECKING:
        __setitem__ = __delitem__ = __ior__ = _refuse
        clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __deepcopy__(self, memo: object) -> FrozenDict[K, V]:
        return self

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return type(self), (dict(self),)


def frozen_dict(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a mapping, and the mappings in it, as immutable ones."""
    if isinstance(value, FrozenDict):
        return value
    if not value:
        return _EMPTY
    return FrozenDict(
        {
            key: frozen_dict(one)
            if one.__class__ not in _UNCHANGED and isinstance(one, Mapping)
            else one
            for key, one in value.items()
        }
    )


_EMPTY: Final = FrozenDict[Any, Any]()
_UNCHANGED: Final = frozenset({str, bool, int, tuple, FrozenDict})
"""Classes of values that stay as they are, which is told faster than that they are no mappings."""


def frozen_plain(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return plain data as immutable data, with lists as tuples."""
    # Most values are atoms, which need no second look.
    return FrozenDict(
        {
            key: value if value.__class__ in _ATOMS else _frozen(value)
            for key, value in values.items()
        }
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return frozen_plain(value)
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def is_plain(value: object, depth: int = 20) -> bool:
    """Return whether a value is plain data that does not lie too deep."""
    if isinstance(value, Mapping):
        inner: list[object] = list(value.values())
        are_texts = all(type(key) is str for key in value)
    elif isinstance(value, list | tuple):
        inner, are_texts = list(value), True
    else:
        return value is None or (type(value) in _PLAIN and not _is_huge(value))
    return are_texts and depth > 0 and all(is_plain(one, depth - 1) for one in inner)


def _is_huge(value: object) -> bool:
    """Return whether a value is a number with more digits than Python writes out."""
    return isinstance(value, int) and abs(value) >= _HUGE


def frozen_mappings(cls: type, fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Make a class's fields that are annotated as mappings immutable.

    Used as a `field_transformer`, since a converter on each field would hide its type from type
    checkers.
    """
    return [
        field.evolve(converter=frozen_dict) if str(field.type).startswith("Mapping[") else field
        for field in fields
    ]
