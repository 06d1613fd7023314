# SPDX-License-Identifier: MIT
"""What it costs to start: to import the package, to show the help, to come to a first decision.

What counts is the CPU time of a fresh interpreter, beside that of one which does nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Final

from attrs import frozen

from benchmarks.timing import Pair

_DECIDING: Final = """
from datetime import date
from caljobs_policy import Request, evaluate, load_policy
evaluate(load_policy("state", date(2025, 6, 2)), Request(type="create")).to_dict()
"""
_STARTS: Final = {
    "import of `evaluate` and `load_policy`": (
        "-c",
        "from caljobs_policy import evaluate, load_policy",
    ),
    "first decision under the state's policy": ("-c", _DECIDING),
    "caljobs-policy --help": ("-m", "caljobs_policy", "--help"),
    "caljobs-policy evaluate --help": ("-m", "caljobs_policy", "evaluate", "--help"),
}


@frozen
class Started:
    """A fresh interpreter with some arguments."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]

    def nanoseconds(self, calls: int) -> float:
        """Return the CPU time of some runs, their own and the system's."""
        return sum(self._once() for _ in range(calls))

    def calls_a_slice(self) -> int:
        """Return that one run fills a slice; the files that it needs are in the cache now."""
        self._once()
        return 1

    def _once(self) -> float:
        nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        command = [sys.executable, *self.arguments]
        child = os.posix_spawn(sys.executable, command, self.environment, file_actions=nowhere)
        _, status, used = os.wait4(child, 0)
        assert status == 0, f"{command} ended with status {status}"
        return (used.ru_utime + used.ru_stime) * 1e9


def starting_pairs(folders: ExitStack) -> Iterator[Pair]:
    """Return the starts with compiled modules at hand, and without any."""
    for case, more in (
        ("with compiled modules", {}),
        ("without compiled modules", {"PYTHONDONTWRITEBYTECODE": "1"}),
    ):
        cache = folders.enter_context(TemporaryDirectory())
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment |= more
        nothing = Started(("-c", "pass"), environment)
        for stage, arguments in _STARTS.items():
            start = Started(arguments, environment)
            yield Pair("starting", case, stage, start, nothing, "python -c pass")
