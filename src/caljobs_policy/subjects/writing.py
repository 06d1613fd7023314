# SPDX-License-Identifier: MIT
"""Writes subjects as mappings of plain data, by what their fields are declared to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from caljobs_policy.errors.arguments import require_flag
from caljobs_policy.errors.privacy import Secrets
from caljobs_policy.plain.written import writer_of
from caljobs_policy.subjects.facts import RECORD, Subject, subject_key
from caljobs_policy.subjects.fields import Kind, fields_of, null_part
from caljobs_policy.subjects.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from cattrs import Converter

_TEXTS: Final = frozenset({Kind.WORD, Kind.TEXT, Kind.WORDS})
_OWN: Final = "own"


def subject_to_dict(subject: Subject, private: bool = False) -> dict[str, Any]:
    """Return a subject as the mapping that a case would have, without what it leaves out.

    Dates become ISO texts. Unless `private` facts are asked for, these are left out, and so are
    texts that contain the same and the facts that a profile declares for itself, any of which may
    be private. `UNKNOWN` stands where something that usually has not happened is not known.
    `read_subject` reads all of it back.
    """
    require_flag("private", private)
    kind, _, type_ = subject_key(subject).partition("/")
    written: dict[str, Any] = _writer(private).unstructure(subject)
    stated = {k: value for k, value in written.items() if not _follows(subject, k, value)}
    if not private:
        secrets = Secrets.of((*_private_values(subject), *subject.own.values()))
        stated = _without(secrets, stated, type(subject))
    typed = {"type": type_} if kind == RECORD else {}
    own = stated.pop(_OWN, {})
    return {**typed, **stated, **own}


@cache
def _writer(private: bool) -> Converter:
    """Return a converter that writes subjects, with or without their private facts."""
    from cattrs.gen import override  # noqa: PLC0415  # a decision alone writes nothing

    def by_fact(cls: Any, writer: Converter) -> Mapping[str, Any]:
        return {
            field.name: override(
                omit=not (private or _is_public(cls, field.name)),
                omit_if_default=True,
                unstruct_hook=partial(_null_or, writer.unstructure),
            )
            for field in attrs.fields(cls)
            if field.init
        }

    writer = writer_of(by_fact)
    writer.register_unstructure_hook(Unknown, lambda unknown: unknown)
    return writer


def _is_public(cls: type, name: str) -> bool:
    """Return whether a field holds a fact that is not private; a profile's own facts may be."""
    facts = fields_of(cls)
    return name in facts and not facts[name].private


def _null_or(write: Callable[[Any], Any], value: Any) -> Any:
    """Return a value as plain data: null for a part that does not exist."""
    is_null = attrs.has(type(value)) and value == null_part(type(value))
    return None if is_null else write(value)


def _follows(subject: Subject, name: str, value: Any) -> bool:
    """Return whether a fact is unknown only because of what another field says."""
    sure = fields_of(type(subject))[name].sure_with if value is UNKNOWN else None
    return sure is not None and getattr(subject, sure[0]) in (sure[1], UNKNOWN)


def _private_values(part: Any) -> Iterator[Any]:
    """Yield the values of a subject's private facts."""
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if holds.kind is Kind.PART:
            yield from _private_values(value)
        elif holds.private:
            yield value


def _without(secrets: Secrets, stated: Mapping[str, Any], cls: Any) -> dict[str, Any]:
    """Return the facts of a class without the texts that contain a secret."""
    facts = fields_of(cls)
    found: dict[str, Any] = {}
    for name, value in stated.items():
        part = facts[name].part
        if isinstance(value, dict):
            found[name] = _without(secrets, value, part)
        elif isinstance(value, list) and part is not None:
            found[name] = [_without(secrets, one, part) for one in value]
        elif facts[name].kind not in _TEXTS or not _has_any(secrets, value):
            found[name] = value
    return found


def _has_any(secrets: Secrets, value: Any) -> bool:
    texts = value if isinstance(value, list) else [value]
    return any(secrets.kept(text) != text for text in texts if isinstance(text, str))
