# SPDX-License-Identifier: MIT
"""Dates are read in ISO form, or in one named form."""

from __future__ import annotations

import pytest

from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.rosters.reading.date_forms import DateForm, without_midnight
from caljobs_policy.subjects.fields import Kind


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("%m/%d/%Y", "03/01/2025", "2025-03-01"),
        ("%m/%d/%Y", "3/1/2025", "2025-03-01"),
        ("%m/%d/%Y", "2025-03-01", "2025-03-01"),
        ("%m/%d/%Y", "2025-03-01T09:00:00-08:00", "2025-03-01T09:00:00-08:00"),
        ("%m/%d/%Y", "13/01/2025", None),
        ("%m/%d/%Y", "2025/03/01", None),
        ("%Y/%m/%d", "2025/03/01", "2025-03-01"),
        ("%m%d%Y", "03012025", "2025-03-01"),
        ("%d.%m.%y", "01.03.25", "2025-03-01"),
        ("%b %d, %Y", "Mar 1, 2025", "2025-03-01"),
        ("%Y-%d-%m", "2025-01-03", "2025-03-01"),
        ("%Y-%d-%m", "2025-03-13", None),
        ("%m/%d/%Y %H:%M", "03/01/2025 00:00", "2025-03-01"),
        ("%m/%d/%Y %H:%M", "03/01/2025 09:30", "2025-03-01T09:30:00"),
    ],
)
def test_date_of_a_form_is_read(form: str, text: str, iso: str | None) -> None:
    assert DateForm(form).iso(text, Kind.DAY_OR_TIME) == iso


def test_midnight_stays_where_a_time_is_wanted() -> None:
    assert DateForm("%m/%d/%Y").iso("03/01/2025", Kind.TIME) == "2025-03-01T00:00:00"


@pytest.mark.parametrize(
    "form",
    [
        "",
        "%",
        "%Q",
        "%m/%d",
        "%Y-%m",
        "%H:%M",
        "mm/dd/yyyy",
        "%d/%d/%Y",
        "%m/%d/%Y %z",
        "\0",
        "%a %d %B",
    ],
)
@pytest.mark.filterwarnings("error")
def test_form_that_tells_no_whole_date_is_refused(form: str) -> None:
    with pytest.raises(RosterError, match="is not the form of a whole date"):
        DateForm(form)


@pytest.mark.parametrize("kind", [Kind.DAY, Kind.DAY_OR_TIME])
@pytest.mark.parametrize("time", [" 00:00", "T00:00", " 00:00:00", "T00:00:00.000", ""])
def test_midnight_of_a_spreadsheet_is_a_day(time: str, kind: Kind) -> None:
    assert without_midnight(f"2025-03-01{time}", kind) == "2025-03-01"


@pytest.mark.parametrize("time", [" 00:01", "T00:00:01", " 09:00:00", "T00:00:00Z"])
def test_other_times_stay(time: str) -> None:
    assert without_midnight(f"2025-03-01{time}", Kind.DAY) == f"2025-03-01{time}"


def test_midnight_of_a_time_stays() -> None:
    assert without_midnight("2025-03-01 00:00", Kind.TIME) == "2025-03-01 00:00"
