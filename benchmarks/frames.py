# SPDX-License-Identifier: MIT
"""A table that is decided in columns, in a process of its own: `python -m benchmarks.frames FILE`.

The file holds comma-separated values or Parquet, which `--write` makes of those.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.cases import AT, POLICY
from caljobs_policy import decide_columns

_FORMS: Final = ("e1", "de7410")
_FORM: Final = "staff.statement.form"
_SIGNED: Final = "staff.statement.signed_on"
_DAYS: Final = (
    *("created_on", "last_maintenance_on", "staff.training_completed_on", _SIGNED),
    *("separated_on", "deactivated_on"),
)


def frame_of(path: Path) -> pl.DataFrame:
    """Read a table, with days as dates, and a column for each form of the statement."""
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    signed = {
        f"staff.statement.{form}": pl.when(pl.col(_FORM) == form).then(pl.col(_SIGNED))
        for form in _FORMS
    }
    return (
        pl.scan_csv(path, infer_schema=False)
        .with_columns(pl.col(_DAYS).str.to_date(), pl.col("personal_device_used") == "yes")
        .with_columns(**signed)
        .drop(_FORM, _SIGNED)
        .collect()
    )


def main(path: Path, *, write: bool) -> None:
    """Decide the rows, or write them as a Parquet file beside it."""
    frame = frame_of(path)
    if write:
        frame.write_parquet(path.with_suffix(".parquet"))
        return
    decided = decide_columns(POLICY, frame, AT)
    assert decided["outcome"].null_count() == 0
    print(f"{len(decided):,} rows", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[-1]), write="--write" in sys.argv)
