# SPDX-License-Identifier: MIT
"""The results as a table, as a file, and as a comparison of two runs."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from benchmarks.timing import Measured

_LEGEND: Final = "Ratios: the median of all rounds, with the quartiles. Times: the fastest round."


def lines_of(results: Iterable[Measured]) -> Iterator[str]:
    """Return the results as lines, a heading for each case."""
    yield f"Python {platform.python_version()}, {platform.machine()}"
    yield _LEGEND
    for (group, case), several in groupby(results, lambda one: (one.pair.group, one.pair.case)):
        yield ""
        yield f"{group}: {case}"
        for one in several:
            low, high = one.quartiles
            own, other = one.microseconds
            yield (
                f"  {one.pair.stage:<40} {own:12,.2f} µs {other:12,.2f} µs "
                f"{one.ratio:9.2f} ({low:.2f} to {high:.2f}) x {one.pair.beside}"
            )


def save(results: Iterable[Measured], path: Path) -> None:
    """Write the results to a file, with which another run can be compared."""
    content = {"python": platform.python_version(), "results": {}}
    content["results"] = {
        one.pair.name: {
            "ratio": round(one.ratio, 4),
            "quartiles": [round(ratio, 4) for ratio in one.quartiles],
            "microseconds": [round(time, 4) for time in one.microseconds],
            "rounds": len(one.calls),
        }
        for one in results
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def saved(path: Path) -> Mapping[str, Any]:
    """Return the results of another run, by the names of the pairs."""
    found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))["results"]
    return found


def compared(results: Iterable[Measured], before: Mapping[str, Any]) -> Iterator[str]:
    """Return lines that set the ratios of this run beside those of another one."""
    yield "before, now, and now as a part of before"
    for one in results:
        old = before.get(one.pair.name)
        if old is not None:
            change = one.ratio / old["ratio"]
            yield f"  {one.pair.name:<80} {old['ratio']:10.2f} {one.ratio:10.2f} {change:8.2f}"
