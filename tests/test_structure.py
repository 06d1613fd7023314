# SPDX-License-Identifier: MIT
"""The structure that holds: the source knows no jurisdiction, and its modules stay small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import caljobs_policy
from caljobs_policy.loader.contents import CASES_FOLDER
from caljobs_policy.loader.folders import shipped_folder

SOURCE = Path(caljobs_policy.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
CONTRACT = frozenset({"other", "staff", "supervisor", "create", "edd", "state"})
"""Words that are also keys of a case, or plain English."""


def tables() -> Iterator[tuple[str, dict[str, object]]]:
    for path in shipped_folder().rglob("*.yaml"):
        if CASES_FOLDER not in path.parts:
            for name, table in yaml.safe_load(path.read_text("utf-8")).items():
                if isinstance(table, dict):
                    yield name, table


def names_of_profiles() -> set[str]:
    """Directive numbers, roles, organizations, forms, statements and mailboxes of profiles."""
    found: set[str] = set()
    for name, table in tables():
        if name in {"documents", "roles", "organizations", "forms", "statements"}:
            found |= set(table)
        for entry in table.values():
            email = entry.get("email", []) if isinstance(entry, dict) else []
            found |= {email} if isinstance(email, str) else set(email)
    found |= {path.name for path in shipped_folder().iterdir()}
    return found - CONTRACT


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_names_what_stands_in_a_profile(module: Path) -> None:
    text = module.read_text("utf-8")
    named = [n for n in sorted(names_of_profiles()) if re.search(rf"\b{re.escape(n)}\b", text)]
    assert named == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_stay_small(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 300


def test_the_names_looked_for_are_there() -> None:
    assert {"WSD24-12", "wsb_spoc", "local_area", "de7410", "la_city"} <= names_of_profiles()
