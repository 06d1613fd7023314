# SPDX-License-Identifier: MIT
"""Objects are shown as attrs would show them, by one function."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from attrs import field, frozen

from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.policy.operators import In
from caljobs_policy.subjects.record import CaseNote
from caljobs_policy.subjects.request import Request


@frozen
class Pair(FieldRepr):
    first: Any
    _second: Any = None
    hidden: str = field(default="hidden", repr=False)


@frozen
class Triple(Pair):
    third: tuple[Any, ...] = ()


@frozen(slots=False)
class Named(FieldRepr):
    name: str

    def __repr__(self) -> str:
        return self.name


def by_attrs(value: Any) -> str:
    """Return what attrs itself makes of the fields of an object."""
    shown = {a.name: field(repr=a.repr) for a in attrs.fields(type(value))}
    made = attrs.make_class(type(value).__name__, shown, init=False)
    twin = made()
    for name in shown:
        setattr(twin, name, getattr(value, name))
    return repr(twin)


@pytest.mark.parametrize(
    "value",
    [
        Pair("a", second=Pair(1)),
        Triple({}, third=(Named("n"), None)),
        CaseNote(kind="activity"),
        Request(type="create"),
        In(("a", "b")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_object_is_shown_as_attrs_shows_it(value: Any) -> None:
    assert repr(value) == by_attrs(value)


def test_own_text_of_a_class_stays() -> None:
    assert repr([Named("n")]) == "[n]"


def test_what_is_not_shown_stays_out() -> None:
    assert repr(Pair(1)) == "Pair(first=1, _second=None)"


def test_one_function_serves_classes_and_those_below_them() -> None:
    for cls in (Pair, Triple, CaseNote, In):
        assert cls.__repr__ is FieldRepr.__repr__
