# SPDX-License-Identifier: MIT
"""Tables of accounts that are in order, but for the cells that a test is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import polars as pl

AT: Final = datetime(2025, 6, 2, 9)
GOOD: Final[dict[str, Any]] = {
    "status": "active",
    "organization": "local_area",
    "username": "sample",
    "created_on": date(2025, 5, 1),
    "staff.training_completed_on": date(2025, 1, 10),
    "staff.privileges": ["view"],
    "personal_device_used": False,
    "temporary_password.issued_at": datetime(2025, 6, 1, 12),
}


def accounts(**cells: list[Any]) -> pl.DataFrame:
    """Return rows in order, with the cells of some columns beside them."""
    rows = len(next(iter(cells.values())))
    return pl.DataFrame({**{name: [value] * rows for name, value in GOOD.items()}, **cells})
