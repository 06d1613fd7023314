# SPDX-License-Identifier: MIT
"""The benchmark: `python -m benchmarks`, or `make bench`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.answers import engine_pairs, known_pairs, unsure_pairs
from benchmarks.beside import BESIDE
from benchmarks.growth import growth_pairs
from benchmarks.left_open import open_pairs
from benchmarks.rosters import roster_pairs
from benchmarks.sizes import HEADING, ROWS, save_sizes, taken
from benchmarks.starting import starting_pairs
from benchmarks.table import compared, lines_of, save, saved
from benchmarks.timing import Pair, measure

GROUPS: Final[Mapping[str, Callable[[ExitStack], Iterator[Pair]]]] = {
    "known": lambda _: known_pairs(),
    "unknown": lambda _: unsure_pairs(),
    "rules": growth_pairs,
    "open": lambda _: open_pairs(),
    "rosters": lambda _: roster_pairs(),
    "engines": lambda _: engine_pairs(),
    "starting": starting_pairs,
}
"""What is measured, by name; folders that a group writes stay until all is measured."""
SIZES: Final = "sizes"
"""What is measured by itself and only if it is asked for, since it takes long."""


_SEED: Final = "0"


def asked() -> Namespace:
    """Read the arguments."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "groups",
        nargs="*",
        metavar="GROUP",
        help=f"what to measure: {', '.join(GROUPS)}; or {SIZES}, which takes long",
    )
    parser.add_argument(
        "--rows",
        type=_numbers,
        default=ROWS,
        metavar="NUMBERS",
        help=f"how many rows the rosters of {SIZES} have ({','.join(map(str, ROWS))})",
    )
    parser.add_argument(
        "--beside",
        type=lambda text: text.split(","),
        default=[],
        metavar="ENGINES",
        help=f"engines to set beside it, if they are installed: {','.join(BESIDE)}",
    )
    parser.add_argument("--rounds", type=int, default=41, help="how many rounds at most (41)")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the results to a file")
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="compare with the results of another run"
    )
    found = parser.parse_args()
    if found.groups == [SIZES] and not found.beside and found.against is None:
        return found
    for what, names, known in (
        ("group", found.groups, GROUPS),
        ("engine", found.beside, BESIDE),
    ):
        for name in names:
            if name not in known:
                parser.error(f"there is no {what} `{name}`; there are: {', '.join(known)}")
    if found.rounds < 2:
        parser.error("at least 2 rounds are needed")
    return found


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def progress(text: str) -> None:
    """Show on a terminal how far it is; no text takes away what is shown."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Measure what is asked for, and print it."""
    if os.environ.get("PYTHONHASHSEED") != _SEED:
        # Where texts lie in sets would else differ from run to run, and the times with it.
        command = [sys.executable, "-m", "benchmarks", *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONHASHSEED": _SEED})  # noqa: S606
    arguments = asked()
    if arguments.groups == [SIZES]:
        measure_sizes(arguments)
        return
    # With engines alone, nothing else is measured.
    groups = arguments.groups or ([] if arguments.beside else GROUPS)
    asked_for = [GROUPS[name] for name in groups] + [BESIDE[name] for name in arguments.beside]
    with ExitStack() as folders:
        pairs = [pair for group in asked_for for pair in group(folders)]
        results = measure(pairs, arguments.rounds, progress)
    progress("")
    print("\n".join(lines_of(results)))
    if arguments.save is not None:
        save(results, arguments.save)
    if arguments.against is not None:
        print("\n".join(["", *compared(results, saved(arguments.against))]))


def measure_sizes(arguments: Namespace) -> None:
    """Measure rosters of many rows, and print each result as it comes."""
    found = []
    print(HEADING)
    for one in taken(arguments.rows, progress):
        progress("")
        print(one.line, flush=True)
        found.append(one)
    if arguments.save is not None:
        save_sizes(found, arguments.save)


if __name__ == "__main__":
    main()
