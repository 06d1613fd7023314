# SPDX-License-Identifier: MIT
"""The extras of the package: what one brings, and how to get it where it is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from caljobs_policy.errors.problems import Place, Problem

_BROUGHT: Final = {
    "analysis": ("z3",),
    "cli": ("click", "rich"),
    "columns": ("polars",),
    "ibis": ("ibis", "polars"),
    "rosters": ("icalendar", "jinja2"),
    "testing": ("hypothesis", "pytest"),
}
_NAMES: Final = {"ibis": "ibis-framework", "jinja2": "Jinja2", "z3": "z3-solver"}
"""The names of packages that differ from those of their modules."""


def lacking(what: str, extra: str, *modules: str) -> Problem | None:
    """Return what says how to get the packages that something needs, or None if all are there.

    Those are the modules that are named, or else all that the extra brings.
    """
    absent = [name for name in modules or _BROUGHT[extra] if not _is_there(name)]
    if not absent:
        return None
    packages = " and ".join(f"`{_NAMES.get(name, name)}`" for name in absent)
    are = "is" if len(absent) == 1 else "are"
    remedy = f"pip install 'caljobs-policy[{extra}]'"
    return Problem(f"{what} needs {packages}, which {are} not installed", Place(), remedy)


def _is_there(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True
