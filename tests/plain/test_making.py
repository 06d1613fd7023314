# SPDX-License-Identifier: MIT
"""Objects that are made past their constructors are those that these make."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from caljobs_policy.decisions.reasons import Counted, DeadlineSet, DutyArisen, Finding
from caljobs_policy.plain.making import maker_of


def _tuple(values: Any) -> tuple[Any, ...]:
    return tuple(values)


@pytest.mark.parametrize("cls", [Counted, DeadlineSet, DutyArisen, Finding])
def test_what_is_made_holds_each_value_in_its_field(cls: Any) -> None:
    names = [field.name for field in attrs.fields(cls)]
    made = maker_of(cls)(*names)
    assert type(made) is cls
    assert [getattr(made, name) for name in names] == names


def test_what_is_made_equals_what_the_constructor_makes() -> None:
    @attrs.frozen
    class Pair:
        one: int
        other: Any = attrs.field(default=(), converter=_tuple)

    made = maker_of(Pair)(1, ("a",))
    assert made == Pair(1, ["a"])
    assert hash(made) == hash(Pair(1, ["a"]))
    assert attrs.evolve(made, one=2) == Pair(2, ["a"])
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.one = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        maker_of(Pair)(1)
