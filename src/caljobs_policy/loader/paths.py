# SPDX-License-Identifier: MIT
"""Where the shipped profiles and the docs are, and how a path is shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def shipped_folder() -> Path:
    """Return the folder of the shipped profiles."""
    return _shipped("profiles")


def docs_folder() -> Path:
    """Return the folder of the documentation's pages."""
    return _shipped("docs")


@cache
def _shipped(name: str) -> Path:
    """Return a folder that is shipped: in the package, or beside `src/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent.parent / name
    return beside if package.parent.name == "src" and beside.is_dir() else package / name


def _beside_shipped() -> Path:
    return shipped_folder().parent


def shown_path(path: Path) -> str:
    """Return a path as a person would name it: from the working folder, or from `profiles`."""
    # Only the folder is resolved: a linked file is shown by the name of its link.
    try:
        real = path.parent.resolve() / path.name
    except (OSError, RuntimeError, ValueError):
        return path.as_posix()
    for base in (_beside_shipped, Path.cwd):
        try:
            return real.relative_to(base()).as_posix()
        except (ValueError, OSError):
            continue
    return path.as_posix()
