# SPDX-License-Identifier: MIT
"""Random tables of which some cells, or whole columns, hold what they should not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

import polars as pl

from tests.samples.tables import LEFT_OUT, Sample, put

SECRET: Final = "123-45-6789"  # noqa: S105  # an invented number that nothing may repeat
_STRANGE: Final[tuple[tuple[Any, Any], ...]] = (
    (SECRET, pl.String),
    ("activ", pl.String),
    ("", pl.String),
    ("A\x00\x1fB", pl.String),
    ("Gr\ufffd\u00df \u202e", pl.String),
    ("2025-02-30", pl.String),
    ("06/02/2025", pl.String),
    ("2025-06-02T25:00", pl.String),
    ("null", pl.String),
    (SECRET.encode(), pl.Binary),
    (b"\xff\xfe\x00", pl.Binary),
    (7, pl.Int64),
    (-1, pl.Int8),
    (2**64 - 1, pl.UInt64),
    (2.5, pl.Float64),
    (1e300, pl.Float64),
    (float("inf"), pl.Float32),
    (True, pl.Boolean),
    (date(2025, 6, 2), pl.Date),
    (date(1, 1, 1), pl.Date),
    (datetime(2025, 6, 2, 12), pl.Datetime("us")),
    (datetime(2025, 6, 2), pl.Datetime("ms")),
    (datetime(2025, 3, 9, 2, 30), pl.Datetime("us")),
    (datetime(9999, 12, 31, 23, tzinfo=UTC), pl.Datetime("us", "UTC")),
    (time(12), pl.Time),
    (timedelta(1), pl.Duration),
    (Decimal("2"), pl.Decimal(10, 0)),
    (["view", SECRET], pl.List(pl.String)),
    ([None, "view"], pl.List(pl.String)),
    ([""], pl.List(pl.String)),
    ([7], pl.List(pl.Int64)),
    ([["view"]], pl.List(pl.List(pl.String))),
    ({SECRET}, pl.Object),
    (object(), pl.Object),
    (complex(1), pl.Object),
)


def broken(sample: Sample, random: Random, most: int = 3) -> Sample:
    """Return a table with a few columns of which some cells hold anything at all."""
    frame, mappings = sample.frame, sample.mappings
    names = [name for name in frame.columns if "|" not in name]
    for name in random.sample([*names, "colour", "staff.colour"], random.randint(1, most)):
        value, dtype = random.choice(_STRANGE)
        spoiled = {n for n in range(frame.height) if random.randrange(4) == 0}
        cells = [value if n in spoiled else None for n in range(frame.height)]
        frame = frame.with_columns(pl.Series(name, cells, dtype=dtype, strict=False))
        frame = frame.drop([name + ending for ending in ("|null", "|unknown")], strict=False)
        for number, mapping in enumerate(mappings):
            put(mapping, name, value if number in spoiled else LEFT_OUT)
    return Sample(frame, mappings)
