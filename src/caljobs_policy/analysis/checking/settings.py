# SPDX-License-Identifier: MIT
"""Which rules `check` runs: as the command line says, or a table in a file of settings."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import FileError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem, shown

OWN_FILE: Final = "caljobs-policy.toml"
_FILES: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    (OWN_FILE, ("check",)),
    ("pyproject.toml", ("tool", "caljobs-policy", "check")),
)
_NOWHERE: Final = Place()
_LISTS: Final = ("select", "ignore", "profiles")


@frozen
class Settings:
    """What is asked of a run."""

    select: tuple[str, ...] = ()
    """The rules to run; without any, all."""
    ignore: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    """The profiles to check where the command line names none."""
    strict: bool = False

    def runs(self, code: str) -> bool:
        """Return whether a rule runs."""
        return (not self.select or code in self.select) and code not in self.ignore

    def with_options(
        self, select: Iterable[str], ignore: Iterable[str], *, strict: bool
    ) -> Settings:
        """Return the settings as options of the command line change them."""
        picked, left = tuple(select), tuple(ignore)
        return evolve(
            self,
            select=picked or self.select,
            ignore=(*self.ignore, *left),
            strict=self.strict or strict,
        )


def settings_near(folder: Path, known: Collection[str]) -> Settings:
    """Return the settings of the nearest file that has any, in a folder or above it.

    Raises a `FileError` with all that is wrong with it.
    """
    for place in (folder, *folder.parents):
        for name, path in _FILES:
            file = place / name
            table = _table(file, path) if file.is_file() else None
            if table is not None:
                return _read(table, file, known)
    return Settings()


def _table(file: Path, path: Sequence[str]) -> Mapping[str, Any] | None:
    try:
        found: Any = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        if file.name != OWN_FILE:
            return None  # other tools tell of it
        message = f"the settings cannot be read: {str(error).partition(' (')[0].lower()}"
        raise FileError([Problem(message, Place(file.as_posix()), code=Code.SYNTAX)]) from None
    for depth, key in enumerate(path, start=1):
        found = found.get(key)
        if found is not None and not isinstance(found, dict):
            name = ".".join(path[:depth])
            problem = Problem(
                f"`{name}` is not a table", Place(file.as_posix()), f"write `[{name}]`"
            )
            raise FileError([problem.coded(Code.WRONG_KIND)])
        if found is None:
            return None
    return {**found}


def _read(table: Mapping[str, Any], file: Path, known: Collection[str]) -> Settings:
    problems: list[Problem] = []
    place = Place(file.as_posix())
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key == "strict" and isinstance(value, bool):
            found[key] = value
        elif key in _LISTS and isinstance(value, list) and all(isinstance(v, str) for v in value):
            found[key] = tuple(value)
        elif key in {*_LISTS, "strict"}:
            what = "true or false" if key == "strict" else "a list of texts"
            problems.append(Problem(f"`{key}` is not {what}", place, code=Code.WRONG_KIND))
        else:
            remedy = remedy_for(key, (*_LISTS, "strict"))
            message = f"there is no setting {shown(key)}"
            problems.append(Problem(message, place, remedy, code=Code.UNKNOWN_KEY))
    for code in (*found.get("select", ()), *found.get("ignore", ())):
        problems += unknown_rule(code, known, place)
    if problems:
        raise FileError(problems)
    found["profiles"] = tuple(_beside(file, name) for name in found.get("profiles", ()))
    return Settings(**found)


def _beside(file: Path, name: str) -> str:
    """Return the folder of a name beside the file of settings, if there is one, or the name."""
    folder = file.parent / name
    return str(folder) if folder.is_dir() and file.parent != Path.cwd() else name


def unknown_rule(code: str, known: Collection[str], place: Place = _NOWHERE) -> Sequence[Problem]:
    """Return what is wrong with the name of a rule, if anything is."""
    if code in known:
        return ()
    remedy = remedy_for(code, known)
    return (Problem(f"there is no rule {shown(code)}", place, remedy, code=Code.UNKNOWN_WORD),)
