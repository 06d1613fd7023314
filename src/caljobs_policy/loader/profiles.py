# SPDX-License-Identifier: MIT
"""Reads the folder of a profile: `profile.yaml`, and a folder for each edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import Collector
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.near import near_word, remedy_for
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.contents import (
    EDITION_FILE,
    PROFILE_FILE,
    ProfileFiles,
    profile_files,
)
from caljobs_policy.loader.documents import read_bytes, read_documents
from caljobs_policy.loader.edition_dates import date_problems, folder_problems
from caljobs_policy.loader.folders import NAME
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.loader.shipped_words import shipped_words
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.entry_hooks import entry_converter, read_table
from caljobs_policy.syntax.heads import EditionHead, Head, ProfileHead
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Scalar, Word
from caljobs_policy.syntax.profile import Edition, Profile
from caljobs_policy.syntax.sections import SECTIONS

_Tables = Mapping[str, Mapping[str, Entry]]
_HEADS: Final = {"profile": PROFILE_FILE, "edition": EDITION_FILE}
"""The keys under which a file describes itself, and the only file for each."""
H = TypeVar("H", bound=Head)


def read_profile(folder: Path, files: ProfileFiles | None = None) -> Profile:
    """Read a profile with all its editions and its problems.

    `files` lists its folder, if that was done already. Raises a `ProfileError` if not even its
    name, zone and dates can be read.
    """
    return _Reader(files or profile_files(folder)).profile()


class _Reader:
    """Reads the files of one profile and collects their problems."""

    def __init__(self, files: ProfileFiles) -> None:
        self.files = files
        self.problems: list[Problem] = list(files.refused)
        self.told = Collector(self.problems)
        self.is_partial = bool(files.refused)

    def profile(self) -> Profile:
        """Read the profile."""
        head, tables = self._file(self.files.own, ProfileHead)
        name = head.jurisdiction or self.files.own.parent.name
        zone = self._zone(head)
        self._check_names(head)
        # A profile that extends another has the shipped words from that one.
        own = (tables,) if head.extends else (shipped_words(), tables)
        editions = [self._edition(folder, name, own) for folder in self.files.editions]
        if not editions:
            remedy = f"add a folder with {EDITION_FILE}"
            self.told.add(Code.MISSING, head.key.place, "the profile has no edition", remedy)
        self.problems += date_problems(editions)
        dated = {e.start: e for e in reversed(editions) if e is not None}
        found = sorted(dated.values(), key=lambda e: e.start)
        if self.problems and not found:
            raise ProfileError(self.problems)
        return Profile(
            name,
            head.title or "",
            zone,
            tuple(found),
            head.extends,
            head.reading,
            head.key.place,
            tuple(self.problems),
            self.files.passed_over,
            self.is_partial,
            head.authority,
            head.reason,
        )

    def _check_names(self, head: ProfileHead) -> None:
        for key, value in (("jurisdiction", head.jurisdiction), ("extends", head.extends)):
            if value and not NAME.fullmatch(value):
                last = value.replace("\\", "/").rstrip("/").rpartition("/")[2]
                message = f"{shown(value)} is not the name of a profile"
                remedy = "use small letters, digits and `_`"
                if key == "extends" and NAME.fullmatch(last):
                    remedy = f"name it alone: `{last}`"
                self.told.add(Code.NOT_A_NAME, head.place_of(key), message, remedy)

    def _zone(self, head: ProfileHead) -> str:
        """Return the time zone, and note one that does not exist."""
        zone = head.time_zone
        if zone is None or _is_zone(zone):
            return zone or "UTC"
        message = f"there is no time zone {shown(zone)}"
        remedy = "name it as in the IANA database, such as `America/New_York`"
        self.told.add(Code.UNKNOWN_WORD, head.place_of("time_zone"), message, remedy)
        return "UTC"

    def _edition(self, folder: str, jurisdiction: str, own: Sequence[_Tables]) -> Edition | None:
        """Read an edition; the tables of `profile.yaml` itself belong to each edition."""
        own_file = Path(folder, EDITION_FILE)
        head, tables = self._file(own_file, EditionHead)
        files = map(Path, self.files.editions[folder])
        others = [self._file(path, Head)[1] for path in files if path != own_file]
        tables = self._merged([*own, tables, *others])
        start, end, title = head.from_, head.until, head.title or ""
        if start is None:
            return None
        self.problems += folder_problems(Path(folder).name, start, head.place_of("from"))
        if end is not None and end < start:
            remedy = "`until` is the last day in force; leave it out where none is known"
            place, message = head.place_of("until"), "the edition ends before it begins"
            self.told.add(Code.CONFLICT, place, message, remedy)
            end = None
        binding = head.binding is not False
        place = head.key.place
        return Edition(jurisdiction, start, title, tables, end, binding, place, head.review_on)

    def _merged(self, files: Iterable[_Tables]) -> _Tables:
        merged: dict[str, dict[str, Entry]] = {}
        for tables in files:
            for name, entries in tables.items():
                table = merged.setdefault(name, {})
                for key, entry in entries.items():
                    if key in table:
                        message = f"{shown(key)} is in `{name}` twice"
                        remedy = f"it is also at {table[key].key.place}; remove one"
                        self.told.add(Code.DUPLICATE, entry.key.place, message, remedy)
                    table[key] = entry
        return FrozenDict({name: FrozenDict(table) for name, table in merged.items()})

    def _file(self, path: Path, cls: type[H]) -> tuple[H, _Tables]:
        """Read the head and the tables of a file."""
        structure = entry_converter().structure
        name = shown_path(path)
        unread = MappingNode((), Place(name, 1, 1))
        root = self._root(path, name, unread)
        head: H | None = None
        tables: dict[str, Mapping[str, Entry]] = {}
        for key, node in root.entries:
            table = self._named(key, cls.name)
            if table == cls.name:
                head = self.told.read(structure, (Scalar(table, place=key.place), node), cls)
            elif table in SECTIONS:
                found = self.told.read(read_table, node, SECTIONS[table])
                tables[table] = {**tables.get(table, {}), **found}
        if head is None and cls.name and root is not unread:
            message, remedy = f"the file lacks `{cls.name}`", f"add `{cls.name}:` with its keys"
            self.told.add(Code.MISSING, root.place, message, remedy)
        blank = cls(key=Word(cls.name or "", root.place), place=root.place, node=unread)
        return head or blank, tables

    def _named(self, key: Scalar, head: str | None) -> str:
        """Return the table that a key of a file means; a misspelt key means the nearest one."""
        known = [*SECTIONS, *([head] if head else [])]
        if key.text in known:
            return key.text
        if key.text in _HEADS:
            message = f"`{key.text}` belongs only in {_HEADS[key.text]}"
            self.told.add(Code.UNKNOWN_KEY, key.place, message, "move it there")
            return key.text
        near = near_word(key.text, known)
        remedy = remedy_for(key.text, known)
        self.told.add(Code.UNKNOWN_KEY, key.place, f"there is no table {shown(key.text)}", remedy)
        return near or key.text

    def _root(self, path: Path, name: str, unread: MappingNode) -> MappingNode:
        data = read_bytes(path, name=name)
        if isinstance(data, Problem):
            self.problems.append(data)
            self.is_partial = True
            return unread
        documents = read_documents(data, name)
        self.problems += [problem for document in documents for problem in document.problems]
        self.is_partial |= documents[0].root is None
        if len(documents) > 1:
            message, remedy = "a second document begins here", "remove the `---`"
            self.told.add(Code.MISPLACED, documents[1].place, message, remedy)
        root = documents[0].root
        if root is None or isinstance(root, MappingNode):
            return unread if root is None else root
        message, remedy = "the file is not a mapping", "write `table:` and its entries below"
        self.told.add(Code.WRONG_KIND, root.place, message, remedy)
        return unread


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
