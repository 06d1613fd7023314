# SPDX-License-Identifier: MIT
"""What is written for an operator does as the operator, at the ends of the calendar too."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any, Final

import pytest

from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.engines.native.operators import WRITTEN, Named, holding
from caljobs_policy.policy.operators import OPERATORS, AtLeast, MoreThan, Operator, Within
from caljobs_policy.testing.strategies.single_tests import sample_fact

DATE: Final = sample_fact("request.submitted_on")


class Constants:
    """Keeps the constants of generated code, of which none is certain."""

    def __init__(self) -> None:
        self.kept: dict[str, object] = {}

    def constant(self, value: object) -> str:
        self.kept[f"K{len(self.kept)}"] = value
        return f"K{len(self.kept) - 1}"

    def is_certain(self, name: str) -> bool:
        return False

    def local_day(self, name: str) -> str | None:
        return None

    def days_between(self, first: str, last: str) -> str:
        return f"({last} - {first}).days"


def run(operator: Operator, day: date) -> object:
    """Run what is written for an operator over a day and the same day."""
    names = Constants()
    code = holding(operator, Named((DATE, DATE), "day", ("day",), names))
    return eval(code, {**names.kept, "day": day, "ZONE": UTC})  # noqa: S307


def test_every_operator_is_written() -> None:
    assert {*WRITTEN} == {*OPERATORS.values()}


@pytest.mark.parametrize("cls", [Within, MoreThan, AtLeast])
@pytest.mark.parametrize(
    ("day", "duration"),
    [
        (date.max, Duration(5, Unit.DAYS, early=4)),
        (date.max, Duration(5, Unit.DAYS)),
        (date.max, Duration(200, Unit.HOURS, early=4)),
        (date.min, Duration(1, Unit.DAYS, early=4)),
    ],
)
def test_an_end_beyond_the_calendar_is_told_as_the_operator_does(
    cls: Any, day: date, duration: Duration
) -> None:
    operator = cls(duration, "after", DATE)
    assert run(operator, day) is operator.holds(day, [day], UTC)
