# SPDX-License-Identifier: MIT
"""The files in a folder of a profile or of cases: which are read, refused, or skipped."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from attrs import frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.plain.field_repr import FieldRepr

PROFILE_FILE: Final = "profile.yaml"
EDITION_FILE: Final = "edition.yaml"
CASES_FOLDER: Final = "cases"
TABLE_SUFFIXES: Final = (".yaml", ".yml")
CASE_SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl")
_NOTES: Final = (".txt", ".text")
_EDITORS_OWN: Final = re.compile(r".*~|~\$.*|#.*#|\.#.*|\.~lock\..*|\._.*|\..*\.sw[a-p]", re.DOTALL)
"""Locks, backups and unsaved changes, as editors and office programs name them."""
_SUFFIX_WITHIN: Final = re.compile(r"(.*?)(\.(?:ya?ml|jsonl?))(?![a-z])", re.IGNORECASE)
"""A suffix of files that are read, anywhere in a name and in any letter case."""
Signature: TypeAlias = tuple[tuple[str, int, int, int], ...]
"""What changes whenever a file changes, appears or disappears."""


@frozen
class Listing(FieldRepr):
    """The files of a folder, by what happens to them."""

    read: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    """Files that look as if they were read, but are not."""
    passed_over: tuple[Problem, ...] = ()
    """Notes, and files that an editor keeps for itself: nothing is wrong with them."""

    @classmethod
    def of(cls, listings: Sequence[Listing]) -> Listing:
        """Return what several folders hold as one list."""
        return cls(
            tuple(path for listing in listings for path in listing.read),
            tuple(problem for listing in listings for problem in listing.refused),
            tuple(problem for listing in listings for problem in listing.passed_over),
        )


@frozen
class ProfileFiles(FieldRepr):
    """The files of a profile, apart from its cases."""

    own: Path
    editions: Mapping[str, tuple[str, ...]]
    """The files of each edition, by the edition's folder."""
    refused: tuple[Problem, ...]
    passed_over: tuple[Problem, ...]

    def signature(self) -> Signature:
        """Return what changes whenever a file changes, appears or disappears."""
        read = (str(self.own), *(path for files in self.editions.values() for path in files))
        return (*map(_stamp, read), *((str(p.place), 0, 0, 0) for p in self.refused))


def profile_files(folder: Path) -> ProfileFiles:
    """List the files of a profile; a folder with an `edition.yaml` in it is an edition."""
    own = folder / PROFILE_FILE
    editions: dict[str, tuple[str, ...]] = {}
    others = [_outside(str(folder), but_for=str(own))]
    for path in _folders(str(folder)):
        if os.path.basename(path) == CASES_FOLDER:
            continue
        if os.path.isfile(os.path.join(path, EDITION_FILE)):
            edition = _Names(TABLE_SUFFIXES, CASE_SUFFIXES, notes=True).sorted(path)
            editions[path] = edition.read
            others.append(edition)
        elif os.path.islink(path):
            continue
        else:
            others.append(_outside(path))
        others += map(_outside, _below(path))
    found = Listing.of(others)
    return ProfileFiles(own, editions, found.refused, found.passed_over)


def case_files(folder: Path) -> Listing:
    """List the files with cases in a folder and below it."""
    names = _Names(CASE_SUFFIXES, CASE_SUFFIXES)
    folders = [str(folder), *_below(str(folder))] if folder.is_dir() else []
    return Listing.of([names.sorted(path) for path in folders])


def _outside(folder: str, but_for: str = "") -> Listing:
    """List the files of a folder outside any edition, where nothing is read."""
    found = _Names(TABLE_SUFFIXES, TABLE_SUFFIXES).sorted(folder)
    remedy = f"put it beside the `{EDITION_FILE}` of an edition"
    homeless = (
        _about(path, "the file belongs to no edition", remedy, Code.MISPLACED)
        for path in found.read
        if path != but_for
    )
    return Listing((), (*found.refused, *homeless), found.passed_over)


@frozen
class _Names(FieldRepr):
    """Sorts the files of a folder by their names."""

    read: tuple[str, ...]
    """The suffixes of files that are read."""
    like: tuple[str, ...]
    """Suffixes that, anywhere in a name, make a file look as if it were read."""
    notes: bool = False
    """Whether to report notes."""

    def sorted(self, folder: str) -> Listing:
        """List the files directly in a folder."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            remedy = "check its name and who may read it"
            return Listing(refused=(_about(folder, "the folder cannot be read", remedy),))
        read: list[str] = []
        refused: list[Problem] = []
        passed_over: list[Problem] = []
        for entry in found:
            if _EDITORS_OWN.fullmatch(entry.name) is None and entry.name.endswith(self.read):
                fault = _fault_of(entry)
                refused += fault
                read += () if fault else [entry.path]
            else:
                refused += self._misnamed(entry)
                passed_over += self._passed_over(entry)
        return Listing(tuple(read), tuple(refused), tuple(passed_over))

    def _misnamed(self, entry: os.DirEntry[str]) -> Iterator[Problem]:
        within = self._suffix_within(entry.name)
        if within is None or _EDITORS_OWN.fullmatch(entry.name) or _is_folder(entry):
            return
        stem, suffix = within[1] or "tables", within[2].lower()
        name = stem + (suffix if suffix in self.read else self.read[0])
        remedy = f"call it `{name}`, or move it out of the folder"
        yield _about(entry.path, "its name keeps it from being read", remedy)

    def _passed_over(self, entry: os.DirEntry[str]) -> Iterator[Problem]:
        looks_read = self._suffix_within(entry.name) is not None
        if looks_read and _EDITORS_OWN.fullmatch(entry.name):
            yield _about(entry.path, "skipped: an editor keeps it for itself", code=Code.UNUSED)
        elif self.notes and not looks_read and entry.name.lower().endswith(_NOTES):
            yield _about(entry.path, "skipped: a note is not a table", code=Code.UNUSED)

    def _suffix_within(self, name: str) -> re.Match[str] | None:
        """Find, anywhere in a name, a suffix that makes a file look as if it were read."""
        found = _SUFFIX_WITHIN.match(name)
        return found if found is not None and found[2].lower() in self.like else None


def _fault_of(entry: os.DirEntry[str]) -> tuple[Problem, ...]:
    """Return why an entry cannot be read as a file; a pipe, for one, would never end."""
    try:
        if entry.is_file():
            return ()
    except OSError:
        return (_about(entry.path, "the file cannot be read", "check who may read it"),)
    if _is_folder(entry):
        message, remedy = "this is a folder", "rename it without the suffix of a file"
    elif entry.is_symlink():
        message, remedy = "the link does not lead to a file", "remove it, or point it at a file"
    else:
        message, remedy = "this is not a plain file", "replace it with a plain file, or remove it"
    return (_about(entry.path, message, remedy),)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _folders(folder: str, *, links: bool = True) -> list[str]:
    """Return the folders in a folder, except those that tools keep for themselves."""
    try:
        with os.scandir(folder) as entries:
            found = [
                entry.path
                for entry in entries
                if _is_folder(entry)
                and (links or not entry.is_symlink())
                and entry.name != "__pycache__"
                and not entry.name.startswith(".")
            ]
    except OSError:
        return []  # reported where its files are listed
    return sorted(found)


def _below(folder: str) -> Iterator[str]:
    """Yield all folders below a folder; links are not followed, so this always ends."""
    for path in _folders(folder, links=False):
        yield path
        yield from _below(path)


def _stamp(path: str) -> tuple[str, int, int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return (path, 0, 0, 0)
    return (path, found.st_mtime_ns, found.st_size, found.st_ino)


def _about(
    path: str, message: str, remedy: str | None = None, code: Code = Code.UNUSABLE_FILE
) -> Problem:
    return Problem(message, Place(shown_path(Path(path))), remedy, code=code)
