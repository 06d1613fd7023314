# SPDX-License-Identifier: MIT
"""What it costs to start: to import the package, to show the help, to come to a first decision.

Each number is the CPU time of a fresh interpreter as a multiple of what `python -c pass` takes. All
candidates run in turn, round after round, and the fastest round of each counts. Run it with
`python benchmarks/start.py`, or with `make bench`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence

NOTHING = ["-c", "pass"]
DECIDING = """
from datetime import date
from caljobs_policy import Request, evaluate, load_policy
evaluate(load_policy("state", date(2025, 6, 2)), Request(type="create")).to_dict()
"""
STARTS = {
    "import of `evaluate` and `load_policy`": [
        "-c",
        "from caljobs_policy import evaluate, load_policy",
    ],
    "first decision under the state's policy": ["-c", DECIDING],
    "caljobs-policy --help": ["-m", "caljobs_policy", "--help"],
    "caljobs-policy evaluate --help": ["-m", "caljobs_policy", "evaluate", "--help"],
}


def cpu_seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Return the CPU time that a fresh interpreter takes, its own and the system's."""
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    command = [sys.executable, *arguments]
    child = os.posix_spawn(sys.executable, command, environment, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    assert status == 0, f"{command} ended with status {status}"
    return used.ru_utime + used.ru_stime


def report(title: str, environment: dict[str, str], rounds: int) -> None:
    """Print how many times the CPU time of an empty program each start takes."""
    fastest: dict[str, float] = {}
    for number in range(rounds + 1):
        for name, arguments in {"": NOTHING, **STARTS}.items():
            taken = cpu_seconds(arguments, environment)
            if number:  # The first round fills the caches.
                fastest[name] = min(taken, fastest.get(name, taken))
    nothing = fastest.pop("")
    print(f"{title} (`python -c pass`: {nothing * 1000:.1f} ms)")
    for name, taken in fastest.items():
        print(f"  {name:<40} {taken / nothing:6.1f}")


def main() -> None:
    """Measure with compiled modules at hand, and without any."""
    with tempfile.TemporaryDirectory() as cache:
        warm = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        warm.pop("PYTHONDONTWRITEBYTECODE", None)
        report("with compiled modules", warm, 15)
    with tempfile.TemporaryDirectory() as cache:
        cold = {**os.environ, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": "1"}
        report("without compiled modules", cold, 3)


if __name__ == "__main__":
    main()
