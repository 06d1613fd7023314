# SPDX-License-Identifier: MIT
"""Rosters of accounts that nobody has: sample data, the same from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.cases import DAY

ROWS: Final = 200
_COLUMNS: Final = (
    *("username", "organization", "status", "created_on", "last_maintenance_on"),
    *("staff.employer", "staff.training_completed_on", "staff.statement.form"),
    *("staff.statement.signed_on", "separated_on", "deactivated_on", "personal_device_used"),
)
_ORGANIZATIONS: Final = (
    "local_area",
    "wsb_field_division",
    "community_based_organization",
    "other",
)


def roster_text(rows: int = ROWS) -> str:
    """Return a roster of accounts as comma-separated values; a fifth have something wrong."""
    return "".join(_lines_of_values(rows))


def write_roster(rows: int, path: Path) -> None:
    """Write a roster in the form that the end of its file's name says."""
    lines = _json_lines(rows) if path.suffix == ".jsonl" else _lines_of_values(rows)
    encoding = "utf-16" if path.name.endswith(".utf16.csv") else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        file.writelines(lines)


def _lines_of_values(rows: int) -> Iterator[str]:
    yield ",".join(_COLUMNS) + "\n"
    for stated in _rows(rows):
        yield ",".join(stated.get(column, "") for column in _COLUMNS) + "\n"


def _json_lines(rows: int) -> Iterator[str]:
    for stated in _rows(rows):
        used = stated["personal_device_used"] == "yes"
        yield json.dumps(stated | {"personal_device_used": used}) + "\n"


def _rows(rows: int) -> Iterator[dict[str, str]]:
    random = Random(rows)  # noqa: S311  # the same roster each time
    return (_row(random, number) for number in range(1, rows + 1))


def _row(random: Random, number: int) -> dict[str, str]:
    def day(least: int, most: int) -> str:
        return (DAY - timedelta(random.randint(least, most))).isoformat()

    employer, form = random.choice((("county", "e1"), ("city", "e1"), ("edd", "de7410")))
    stated = {
        "username": f"sample-{number:06}",
        "organization": random.choice(_ORGANIZATIONS),
        "status": "active",
        "created_on": day(400, 2_000),
        "last_maintenance_on": day(1, 300),
        "staff.employer": employer,
        "staff.training_completed_on": day(1, 300),
        "staff.statement.form": form,
        "staff.statement.signed_on": day(1, 300),
        "personal_device_used": "no",
    }
    if number % 5 == 0:
        stated |= random.choice(
            (
                {"staff.training_completed_on": day(366, 800)},
                {"staff.statement.signed_on": day(366, 800)},
                {"separated_on": day(1, 60)},
                {"personal_device_used": "yes", "last_maintenance_on": day(340, 800)},
                {
                    "separated_on": day(30, 60),
                    "status": "deactivated",
                    "deactivated_on": day(1, 29),
                },
            )
        )
    return stated
