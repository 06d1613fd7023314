# SPDX-License-Identifier: MIT
"""Writes what attrs classes declare as plain data: mappings, lists, texts, numbers and flags."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import Enum, IntEnum, StrEnum
from functools import cache, partial
from hashlib import sha256
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, NewType, Union, get_args, get_origin

import attrs
from attrs import frozen

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.plain.field_repr import FieldRepr

if TYPE_CHECKING:
    from cattrs import Converter

Digest = NewType("Digest", str)
"""The digest of a policy or of a record, such as `sha256:` and 64 digits."""
_KEY: Final = "caljobs_policy.written"
_ATOMS: Final = frozenset({str, bool, int, NoneType})


class When(Enum):
    """When a field is written; one that does not say so, always."""

    ALWAYS = "always"
    GIVEN = "unless it has its default; in records always"
    RECORDED = "in records alone"
    NEVER = "never"


@frozen
class Key:
    """How a field is written."""

    name: str | None = None
    """The key, where it is not the field's name."""
    when: When = When.ALWAYS
    how: Callable[[Any], Any] | None = None
    """What makes plain data of the value, where its type alone does not tell."""

    def left_out(self, *, in_record: bool) -> bool:
        """Return whether the field is never written in a form."""
        return self.when is When.NEVER or (self.when is When.RECORDED and not in_record)


def key(
    name: str | None = None, when: When = When.ALWAYS, how: Callable[[Any], Any] | None = None
) -> dict[str, Key]:
    """Return the metadata of an attrs field that says how it is written."""
    return {_KEY: Key(name, when, how)}


def key_of(attribute: attrs.Attribute[Any]) -> Key:
    """Return how a field is written."""
    found: Key = attribute.metadata.get(_KEY, Key())
    return found


def written(value: Any, *, in_record: bool = False) -> Any:
    """Return a value as plain data, in the form of the JSON answer or in that of records."""
    return _writes(value.__class__, in_record=in_record)(value)


def written_as(cls: type, value: Any) -> dict[str, Any]:
    """Return what has the fields of a class in the form that this class has in the JSON answer."""
    found: dict[str, Any] = _writes(cls, in_record=False)(value)
    return found


def written_all(cls: type, values: Collection[Any]) -> list[Any]:
    """Return values of a class in the form of the JSON answer."""
    return list(map(_writes(cls, in_record=False), values)) if values else []


@cache
def _writes(cls: type, *, in_record: bool) -> Callable[[Any], Any]:
    """Return the function that makes plain data of what is of a class."""
    return _writer(in_record).get_unstructure_hook(cls)


class Written(FieldRepr):
    """What is written as its fields declare."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it in the form of the JSON answer."""
        found: dict[str, Any] = written(self)
        return found


def in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by name, in the order of the names."""
    return dict(sorted(counts.items()))


def digest_of(content: Mapping[str, Any]) -> Digest:
    """Return the digest of plain data, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=dict)
    return Digest(f"sha256:{sha256(text.encode('ascii')).hexdigest()}")


def writer_of(overrides: Callable[[Any, Converter], Mapping[str, Any]]) -> Converter:
    """Return what makes plain data, given how cattrs is to write the fields of each class."""
    from cattrs import Converter  # noqa: PLC0415  # a decision alone writes nothing
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415

    writer = Converter(unstruct_collection_overrides={tuple: list, Mapping: dict})

    def declared(cls: type) -> Callable[[Any], Any]:
        return make_dict_unstructure_fn(cls, writer, **overrides(cls, writer))

    writer.register_unstructure_hook_factory(attrs.has, declared)
    writer.register_unstructure_hook(date, lambda day: day.isoformat())
    return writer


@cache
def _writer(in_record: bool) -> Converter:
    from cattrs.fns import identity  # noqa: PLC0415
    from cattrs.gen import override  # noqa: PLC0415

    def by_key(cls: Any, _: Converter) -> Mapping[str, Any]:
        keys = {field.name: key_of(field) for field in attrs.fields(cls)}
        return {
            name: override(
                rename=key.name,
                omit=key.left_out(in_record=in_record),
                omit_if_default=key.when is When.GIVEN and not in_record,
                unstruct_hook=key.how,
            )
            for name, key in keys.items()
        }

    writer = writer_of(by_key)
    # What `str` returns too, but it takes twice as long.
    writer.register_unstructure_hook(StrEnum, attrgetter("_value_"))
    writer.register_unstructure_hook(IntEnum, lambda member: member.name.lower())
    writer.register_unstructure_hook(Place, str)
    writer.register_unstructure_hook(Problem, _problem)
    # What cattrs would look up anew for each value, by what it is.
    writer.register_unstructure_hook_func(lambda kind: kind == tuple[str, ...], list)
    writer.register_unstructure_hook_func(partial(_is_made_of, {str, NoneType}), identity)
    writer.register_unstructure_hook_func(partial(_is_made_of, {date, datetime, NoneType}), _iso)
    writer.register_unstructure_hook_func(
        lambda kind: kind == Mapping[str, Any], _mapping_writer(writer)
    )
    return writer


def _is_made_of(parts: set[type], kind: Any) -> bool:
    """Return whether a type is a union of some types."""
    return get_origin(kind) in {Union, UnionType} and {*get_args(kind)} <= parts


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _mapping_writer(writer: Converter) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def plain(value: Any) -> Any:
        if value.__class__ in _ATOMS:
            return value
        return list(map(plain, value)) if value.__class__ is tuple else writer.unstructure(value)

    # Most values are atoms, which need no second look.
    return lambda values: {
        key: one if one.__class__ in _ATOMS else plain(one) for key, one in values.items()
    }


def _problem(problem: Problem) -> dict[str, Any]:
    told = {"place": str(problem.place), "message": problem.message, "help": problem.help}
    culprit = {"pointer": problem.pointer} if problem.keys else {}
    return {**told, "code": problem.code.value, **culprit}
