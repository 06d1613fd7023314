# SPDX-License-Identifier: MIT
"""Measures what it costs to start: the package imported, the command line's help.

Each number is the CPU time of a fresh interpreter, as a multiple of what `python -c pass` takes;
the fastest of several rounds counts. Run it with `python benchmarks/start.py`, or `make bench`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence

ROUNDS = 15
NOTHING = ["-c", "pass"]
STARTS = {
    "import of `evaluate` and `load_policy`": [
        "-c",
        "from caljobs_policy import evaluate, load_policy",
    ],
    "caljobs-policy --help": ["-m", "caljobs_policy", "--help"],
    "caljobs-policy evaluate --help": ["-m", "caljobs_policy", "evaluate", "--help"],
    "caljobs-policy --version": ["-m", "caljobs_policy", "--version"],
}


def cpu_seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Return the CPU time that a fresh interpreter takes, its own and the system's."""
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    command = [sys.executable, *arguments]
    child = os.posix_spawn(sys.executable, command, environment, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    assert status == 0, f"{command} ended with status {status}"
    return used.ru_utime + used.ru_stime


def fastest(arguments: Sequence[str], environment: dict[str, str], rounds: int) -> float:
    """Return the least CPU time of several rounds, after one that warms up."""
    cpu_seconds(arguments, environment)
    return min(cpu_seconds(arguments, environment) for _ in range(rounds))


def report(title: str, environment: dict[str, str], rounds: int) -> None:
    """Print how many times the CPU time of an empty program each start takes."""
    nothing = fastest(NOTHING, environment, rounds)
    print(f"{title} (python -c pass: {nothing * 1000:.1f} ms)")
    for name, arguments in STARTS.items():
        print(f"  {name:<40} {fastest(arguments, environment, rounds) / nothing:6.1f}")


def main() -> None:
    """Measure with compiled modules at hand, and without any."""
    with tempfile.TemporaryDirectory() as cache:
        warm = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        cold = {**warm, "PYTHONDONTWRITEBYTECODE": "1"}
        warm.pop("PYTHONDONTWRITEBYTECODE", None)
        report("modules compiled on the way", cold, 3)
        report("modules compiled before", warm, ROUNDS)


if __name__ == "__main__":
    main()
