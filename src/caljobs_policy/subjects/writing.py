# SPDX-License-Identifier: MIT
"""Writes subjects as mappings of plain data, which JSON can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs

from caljobs_policy.errors.privacy import WITHHELD, Secrets
from caljobs_policy.subjects.building import usual_values
from caljobs_policy.subjects.facts import Subject, subject_key
from caljobs_policy.subjects.fields import Holds, Kind, fields_of, null_part
from caljobs_policy.subjects.unknown import UNKNOWN


def subject_to_dict(subject: Subject, private: bool = False) -> dict[str, Any]:
    """Return a subject as the mapping that a case would have, without what it leaves out.

    Dates become ISO texts. Unless `private` facts are asked for, these are left out, and so are
    texts that hold the same and the facts that a profile declares for itself, any of which may be
    private. Where something that usually has not happened is not known, `UNKNOWN` stands.
    `read_subject` reads all of it back.
    """
    kind, _, type_ = subject_key(subject).partition("/")
    secret = (*_private_values(subject), *subject.own.values())
    writer = _Writer(None if private else Secrets.of(secret))
    typed = {"type": type_} if kind == "record" else {}
    own = {name: _plain(value) for name, value in subject.own.items()} if private else {}
    return {**typed, **writer.mapping(subject), **own}


@attrs.frozen
class _Writer:
    """Writes a subject; without the private facts where there are secrets to keep."""

    secrets: Secrets | None

    def mapping(self, part: Any) -> dict[str, Any]:
        """Return what a subject, or a part of one, states."""
        cls: Any = type(part)
        usual = usual_values(cls)
        found = {}
        for name, holds in fields_of(cls).items():
            value = getattr(part, name)
            is_told = self.secrets is None or not (holds.private or self._is_secret(value))
            if is_told and (name not in usual or value != usual[name]):
                found[name] = self._written(holds, value)
        return {name: value for name, value in found.items() if not _follows(part, name, value)}

    def _written(self, holds: Holds, value: Any) -> Any:
        if holds.kind is Kind.PART:
            return None if value == null_part(type(value)) else self.mapping(value)
        if holds.kind is Kind.STATEMENTS and isinstance(value, tuple):
            return [self.mapping(one) for one in value]
        return _plain(value)

    def _is_secret(self, value: Any) -> bool:
        if self.secrets is None:
            return False
        several = value if isinstance(value, tuple) else (value,)
        return WITHHELD in (self.secrets.kept(one) for one in several if isinstance(one, str))


def _follows(part: Any, name: str, value: Any) -> bool:
    """Return whether a fact is not known for no other reason than what another field says."""
    sure = fields_of(type(part))[name].sure_with
    return value is UNKNOWN and sure is not None and getattr(part, sure[0]) in (sure[1], UNKNOWN)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _private_values(part: Any) -> Iterator[Any]:
    """Return the values of the private facts of a subject."""
    for name, holds in fields_of(type(part)).items():
        value = getattr(part, name)
        if holds.kind is Kind.PART:
            yield from _private_values(value)
        elif holds.private:
            yield value
