# SPDX-License-Identifier: MIT
"""`before`, `after`, `within`, `more_than` and `at_least` test as in these examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from caljobs_policy import UNKNOWN
from caljobs_policy.dates.business_days import BusinessCalendar, ClosedDay, Weekly
from caljobs_policy.dates.durations import Duration, Unit
from caljobs_policy.policy.operators import After, AtLeast, Before, MoreThan, Operator, Within
from caljobs_policy.subjects.facts import Fact, facts_about
from caljobs_policy.subjects.fields import Kind
from tests.samples.facts import sample_fact

ZONE: Final = ZoneInfo("America/Los_Angeles")
FACTS = {**facts_about("account"), **facts_about("request/create")}
DATE, TRAINED = FACTS["request.submitted_on"], FACTS["request.staff.training_completed_on"]
GONE, CLOSED = FACTS["account.separated_on"], FACTS["account.deactivated_on"]
ISSUED, CHANGED, AT = (
    FACTS["account.temporary_password.issued_at"],
    FACTS["account.temporary_password.changed_at"],
    FACTS["at"],
)
SAMPLE = sample_fact()
DAY, NEXT, YEAR = date(2025, 6, 2), date(2025, 6, 3), Duration(365, Unit.DAYS)
DAYS_24, NO_TIME = Duration(24, Unit.HOURS), Duration(0, Unit.DAYS)
NINE, TEN = datetime(2025, 6, 2, 9), datetime(2025, 6, 2, 10)


@pytest.mark.parametrize(
    ("value", "other", "before", "after"),
    [
        (DAY, NEXT, True, False),
        (DAY, DAY, False, False),
        (NINE, TEN, True, False),
        (NINE, NINE, False, False),
        (NINE, datetime(2025, 6, 2, 16, tzinfo=UTC), False, False),
        (NINE, datetime(2025, 6, 2, 16, 0, 1, tzinfo=UTC), True, False),
        (DAY, TEN, False, False),
        (NEXT, TEN, False, True),
        (None, DAY, False, False),
        (DAY, None, False, False),
    ],
)
def test_a_day_or_time_lies_before_or_after_another(
    value: Any, other: Any, before: bool, after: bool
) -> None:
    assert Before(CLOSED).truth(value, [other], ZONE) is before
    assert After(CLOSED).truth(value, [other], ZONE) is after


@pytest.mark.parametrize(
    ("trained", "submitted", "within", "kind"),
    [
        (date(2024, 6, 2), DAY, True, None),
        (date(2024, 6, 1), DAY, False, "too_old"),
        (DAY, DAY, True, None),
        (NEXT, DAY, False, "later"),
        (None, DAY, False, "missing"),
        (DAY, None, False, "missing"),
    ],
)
def test_within_a_duration_before(trained: Any, submitted: Any, within: bool, kind: str) -> None:
    operator = Within(YEAR, "before", DATE)
    assert operator.truth(trained, [submitted], ZONE) is within
    assert within or operator.failure(trained, [submitted], ZONE) == kind


@pytest.mark.parametrize(
    ("value", "within", "kind"),
    [
        (date(2026, 6, 2), True, None),
        (date(2026, 6, 3), False, "too_late"),
        (DAY, True, None),
        (date(2025, 6, 1), False, "earlier"),
        (None, False, "missing"),
    ],
)
def test_within_a_duration_after(value: Any, within: bool, kind: str) -> None:
    operator = Within(YEAR, "after", TRAINED)
    assert operator.truth(value, [DAY], ZONE) is within
    assert within or operator.failure(value, [DAY], ZONE) == kind


@pytest.mark.parametrize(
    ("changed", "within"),
    [
        (datetime(2025, 6, 3, 9), True),
        (datetime(2025, 6, 3, 9, 0, 1), False),
        (datetime(2025, 6, 3, 16, tzinfo=UTC), True),
        (datetime(2025, 6, 2, 8, 59, 59), False),
    ],
)
def test_hours_are_told_by_the_second(changed: datetime, within: bool) -> None:
    assert Within(DAYS_24, "after", ISSUED).truth(changed, [NINE], ZONE) is within


@pytest.mark.parametrize(
    ("side", "value", "more", "kind"),
    [
        ("before", date(2024, 6, 1), True, None),
        ("before", date(2024, 6, 2), False, "else"),
        ("before", NEXT, False, "else"),
        ("before", None, False, "missing"),
        ("after", date(2026, 6, 3), True, None),
        ("after", date(2026, 6, 2), False, "else"),
        ("after", date(2024, 6, 2), False, "else"),
    ],
)
def test_more_than_a_duration_away(side: str, value: Any, more: bool, kind: str) -> None:
    operator = MoreThan(YEAR, side, TRAINED)
    assert operator.truth(value, [DAY], ZONE) is more
    assert more or operator.failure(value, [DAY], ZONE) == kind


@pytest.mark.parametrize(
    ("side", "value", "reached", "kind"),
    [
        ("before", date(2024, 6, 1), True, None),
        ("before", date(2024, 6, 2), True, None),
        ("before", date(2024, 6, 3), False, "else"),
        ("before", NEXT, False, "else"),
        ("before", None, False, "missing"),
        ("after", date(2026, 6, 3), True, None),
        ("after", date(2026, 6, 2), True, None),
        ("after", date(2026, 6, 1), False, "else"),
        ("after", date(2024, 6, 2), False, "else"),
    ],
)
def test_at_least_a_duration_away(side: str, value: Any, reached: bool, kind: str) -> None:
    operator = AtLeast(YEAR, side, TRAINED)
    assert operator.truth(value, [DAY], ZONE) is reached
    assert reached or operator.failure(value, [DAY], ZONE) == kind


@pytest.mark.parametrize(
    ("at", "reached"),
    [
        (datetime(2025, 6, 3, 9), True),
        (datetime(2025, 6, 3, 8, 59, 59), False),
        (datetime(2025, 6, 3, 16, tzinfo=UTC), True),
        (datetime(2025, 6, 3, 15, 59, 59, tzinfo=UTC), False),
    ],
)
def test_hours_are_reached_by_the_second(at: datetime, reached: bool) -> None:
    assert AtLeast(DAYS_24, "after", ISSUED).truth(at, [NINE], ZONE) is reached


@pytest.mark.parametrize(
    ("duration", "first"),
    [
        (Duration(30, Unit.DAYS, early=10), date(2025, 6, 22)),
        (Duration(1, Unit.MONTHS, early=2), date(2025, 6, 30)),
        (Duration(0, Unit.QUARTERS, early=15), date(2025, 6, 15)),
        (Duration(24, Unit.HOURS, early=1), DAY),
        (Duration(3, Unit.DAYS, early=5), date(2025, 5, 31)),
    ],
)
def test_what_is_over_early_is_reached_sooner(duration: Duration, first: date) -> None:
    operator = AtLeast(duration, "after", TRAINED)
    assert operator.truth(first, [DAY], ZONE) is True
    assert operator.truth(first - timedelta(1), [DAY], ZONE) is False


def test_a_day_that_is_missing_on_the_other_side_is_missing() -> None:
    assert MoreThan(YEAR, "after", TRAINED).failure(DAY, [None], ZONE) == "missing"


@pytest.mark.parametrize("hours", [0, 1, 24])
def test_the_same_day_counts_as_in_time(hours: int) -> None:
    operator = Within(Duration(hours, Unit.HOURS), "after", GONE)
    assert operator.truth(datetime(2025, 6, 2, 23, 59), [DAY], ZONE) is True
    assert operator.truth(datetime(2025, 6, 4, 0, 1), [DAY], ZONE) is False


@pytest.mark.parametrize(
    "operator",
    [
        Before(TRAINED),
        After(TRAINED),
        Within(YEAR, "after", TRAINED),
        MoreThan(YEAR, "before", TRAINED),
        AtLeast(YEAR, "before", TRAINED),
    ],
)
@pytest.mark.parametrize("other", [None, UNKNOWN])
def test_without_the_other_there_is_no_boundary(operator: Operator, other: Any) -> None:
    assert operator.cells(Kind.DAY, 0, [DAY, other], ZONE) == ()


@pytest.mark.parametrize(
    ("fact", "operator", "values"),
    [
        (GONE, Before(CLOSED), [None, datetime(2025, 6, 3, 2, tzinfo=UTC)]),
        (TRAINED, Before(AT), [None, datetime(2025, 6, 3, 2, tzinfo=UTC)]),
        (TRAINED, After(AT), [None, datetime(2025, 6, 2, 2, tzinfo=UTC)]),
        (ISSUED, Before(DATE), [None, DAY]),
        (ISSUED, After(DATE), [None, DAY]),
        (ISSUED, Within(YEAR, "after", DATE), [None, DAY]),
        (ISSUED, MoreThan(YEAR, "before", AT), [None, NINE]),
        (ISSUED, MoreThan(YEAR, "after", AT), [None, NINE]),
        (ISSUED, MoreThan(Duration(36, Unit.HOURS), "before", DATE), [None, DAY]),
        (ISSUED, MoreThan(DAYS_24, "before", CHANGED), [None, datetime(2025, 3, 9, 13)]),
        (ISSUED, MoreThan(DAYS_24, "before", CHANGED), [None, datetime(2025, 11, 2, 11)]),
        (TRAINED, Within(Duration(1, Unit.MONTHS), "before", DATE), [None, date(2025, 3, 31)]),
    ],
)
def test_boundaries_have_values_on_both_sides(
    fact: Fact, operator: Operator, values: list[Any]
) -> None:
    cells = operator.cells(fact.kind, 0, values, ZONE)
    assert {operator.truth(cell, values[1:], ZONE) for cell in cells} == {True, False}


def test_a_boundary_has_the_values_next_to_it() -> None:
    one = timedelta(1)
    assert Before(TRAINED).cells(Kind.DAY, 0, [None, DAY], ZONE) == (DAY - one, DAY, DAY + one)
    second = timedelta(seconds=1)
    cells = After(CLOSED).cells(CLOSED.kind, 1, [NINE, None], ZONE)
    local = NINE.replace(tzinfo=ZONE)
    # A day is compared by day, and so is neither before nor after a time on it.
    assert cells == (local - second, local, local + second, DAY)


@pytest.mark.parametrize(
    ("operator", "said", "denied"),
    [
        (
            Before(TRAINED),
            "the sample is before the day the training was completed",
            "the sample is not before the day the training was completed",
        ),
        (
            After(TRAINED),
            "the sample is after the day the training was completed",
            "the sample is not after the day the training was completed",
        ),
        (
            Within(YEAR, "before", DATE),
            "the sample is at most 365 days before the date of the request",
            "the sample is not at most 365 days before the date of the request",
        ),
        (
            MoreThan(Duration(1, Unit.DAYS), "after", DATE),
            "the sample is more than 1 day after the date of the request",
            "the sample is not more than 1 day after the date of the request",
        ),
        (
            AtLeast(Duration(1, Unit.MONTHS, early=15), "after", DATE),
            "the sample is at least 1 month less 15 days after the date of the request",
            "the sample is not at least 1 month less 15 days after the date of the request",
        ),
        (
            Within(NO_TIME, "after", DATE),
            "the sample is the same as the date of the request",
            "the sample is not the same as the date of the request",
        ),
        (
            MoreThan(NO_TIME, "before", DATE),
            "the sample is before the date of the request",
            "the sample is not before the date of the request",
        ),
        (
            AtLeast(NO_TIME, "after", DATE),
            "the sample is not before the date of the request",
            "the sample is before the date of the request",
        ),
        (
            AtLeast(NO_TIME, "before", DATE),
            "the sample is not after the date of the request",
            "the sample is after the date of the request",
        ),
        (
            Within(Duration(0, Unit.QUARTERS), "before", DATE),
            "the sample is at most 0 quarters before the date of the request",
            "the sample is not at most 0 quarters before the date of the request",
        ),
        (Before(AT), "the sample has passed", "the sample has not passed"),
        (After(AT), "the sample lies ahead", "the sample does not lie ahead"),
    ],
)
def test_dates_are_put_into_words(operator: Operator, said: str, denied: str) -> None:
    assert operator.sentence(SAMPLE) == said
    assert operator.sentence(SAMPLE, negated=True) == denied


@pytest.mark.parametrize(
    ("operator", "said"),
    [
        (Before(GONE), "the time of the separation lies ahead"),
        (After(GONE), "the time of the separation has passed"),
    ],
)
def test_the_present_moment_is_told_by_the_other_date(operator: Operator, said: str) -> None:
    assert operator.sentence(AT) == said


def test_the_direction_that_is_stricter_is_known() -> None:
    assert Within.stricter == "lower"
    assert MoreThan.stricter == "higher"
    assert AtLeast.stricter == "higher"
    assert Before.stricter is None


LAST: Final = date.max
LAST_TIME: Final = datetime(9999, 12, 31, 9)
CALENDAR: Final = BusinessCalendar((ClosedDay("Saturday", Weekly(5)),))


@pytest.mark.parametrize("fact", [DATE, CHANGED])
@pytest.mark.parametrize(
    "duration",
    [
        Duration(5, Unit.DAYS, early=4),
        Duration(5, Unit.DAYS),
        Duration(1, Unit.MONTHS, early=4),
        Duration(1, Unit.QUARTERS, early=4),
        Duration(5, Unit.BUSINESS_DAYS, CALENDAR, early=4),
        Duration(200, Unit.HOURS, early=4),
    ],
)
def test_an_end_beyond_the_calendar_is_not_reached(fact: Fact, duration: Duration) -> None:
    last = LAST if fact == DATE else LAST_TIME
    answers = {
        cls: cls(duration, "after", fact).holds(last, [last], ZONE)
        for cls in (Within, MoreThan, AtLeast)
    }
    assert answers == {Within: True, MoreThan: False, AtLeast: False}


def test_an_end_before_the_calendar_has_passed_on_its_first_day() -> None:
    early = Duration(1, Unit.DAYS, early=4)
    for cls, expected in ((MoreThan, True), (AtLeast, True), (Within, False)):
        operator = cls(early, "after", DATE)
        assert operator.holds(date.min, [date.min], ZONE) is expected


@pytest.mark.parametrize("unit", Unit)
def test_no_longer_duration_is_reached_sooner(unit: Unit) -> None:
    """The last day's nine o'clock is before its ten o'clock, and no month after either."""
    none, more = (AtLeast(Duration(n, unit), "after", ISSUED) for n in (0, 999))
    first = LAST_TIME.replace(hour=10)
    assert not more.holds(LAST_TIME, [first], ZONE)
    assert none.holds(LAST_TIME, [first], ZONE) is (unit is Unit.QUARTERS)


def test_hours_from_the_first_day_of_the_calendar_end_on_it() -> None:
    first = datetime(1, 1, 1, tzinfo=UTC)
    operator = Within(Duration(1, Unit.HOURS), "after", ISSUED)
    assert operator.holds(first + timedelta(hours=1), [first], ZONE)
    assert not operator.holds(first + timedelta(hours=2), [first], ZONE)


def test_hours_beyond_the_calendar_end_on_the_day_that_they_reach() -> None:
    """Thirty hours from 20:00 on the last day end on the second day after it."""
    operator = AtLeast(Duration(30, Unit.HOURS, early=2), "after", ISSUED)
    first = LAST_TIME.replace(hour=20)
    assert operator.holds(LAST_TIME, [first], ZONE)
    assert not operator.holds(LAST_TIME - timedelta(1), [first], ZONE)
