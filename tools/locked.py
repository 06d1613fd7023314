# SPDX-License-Identifier: MIT
"""Print the part of requirements.lock that the package needs, with the extras that are named.

Usage: tools/locked.py [EXTRA or GROUP of pyproject.toml ...]

pip takes a file with hashes as a whole or not at all. One lock thus serves the package alone, the
tools for development and what has to be compiled. Should a package be missing from what is
printed, pip refuses to install it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENTRY = re.compile(r"^\S+==.*\n(?:[ \t].*\n?)*", re.MULTILINE)
REQUIREMENT = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^]]*)\])?")
ASKED_BY = re.compile(r"^ +# +(?:via +)?(?P<name>[\w.-]+)", re.MULTILINE)


def canonical(name: str) -> str:
    """Return the name of a package as the lock spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(project: dict[str, Any], chosen: Iterable[str]) -> Iterator[str]:
    """Yield the packages that pyproject.toml asks for directly."""
    package = project["project"]
    lists = {**package["optional-dependencies"], **project["dependency-groups"]}
    written = [*project["build-system"]["requires"], *package["dependencies"]]
    for one in chosen:
        written += lists[one]
    while written:
        found = REQUIREMENT.match(written.pop())
        assert found
        if canonical(found["name"]) == canonical(package["name"]):
            written += [line for extra in found["extras"].split(",") for line in lists[extra]]
        else:
            yield canonical(found["name"])


def closure(entries: dict[str, str], names: Iterable[str]) -> set[str]:
    """Return the packages of these names and all that they ask for in turn."""
    found = set(names)
    asked_by = {name: set(ASKED_BY.findall(entry)) for name, entry in entries.items()}
    while more := {name for name, askers in asked_by.items() if askers & found} - found:
        found |= more
    return found


def locked(lock: str, project: dict[str, Any], chosen: Iterable[str]) -> str:
    """Return the entries of a lock that the package and what is chosen need."""
    entries: dict[str, str] = {}
    for found in ENTRY.finditer(lock):
        # A package may be locked in several versions, each for some versions of Python.
        name = found.group().partition("==")[0]
        entries[name] = entries.get(name, "") + found.group()
    needed = closure(entries, wanted(project, chosen))
    return "".join(entry for name, entry in entries.items() if name in needed)


if __name__ == "__main__":
    sys.stdout.write(
        locked(
            (ROOT / "requirements.lock").read_text("utf-8"),
            tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")),
            sys.argv[1:],
        )
    )
