# SPDX-License-Identifier: MIT
"""Finds the folder of a profile and reads it: `profile.yaml`, and a folder for each edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import evolve, frozen

from caljobs_policy.errors import Place, Problem, ProfileError, near_word, shown
from caljobs_policy.loader.contents import (
    EDITION_FILE,
    PROFILE_FILE,
    ProfileFiles,
    profile_files,
)
from caljobs_policy.loader.edition_dates import date_problems, folder_problems
from caljobs_policy.loader.folders import NAME
from caljobs_policy.loader.nodes import read_bytes, read_documents
from caljobs_policy.loader.paths import shown_path
from caljobs_policy.syntax.entries import Entry
from caljobs_policy.syntax.entry_reader import EntryReader
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Word
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.profile import Edition, Profile
from caljobs_policy.syntax.sections import SECTIONS

_Tables = Mapping[str, Mapping[str, Entry]]
_HEADS: Final = {"profile": PROFILE_FILE, "edition": EDITION_FILE}
"""What files say of themselves, and in which file."""
_PROFILE_KEYS: Final = frozenset(
    {"jurisdiction", "title", "time_zone", "extends", "reading", "authority", "reason"}
)


def read_profile(folder: Path, files: ProfileFiles | None = None) -> Profile:
    """Read a profile with all its editions, and what is wrong with it.

    `files` is what lies in its folder, if somebody has looked already. Raises a `ProfileError`
    where not even its name, zone and dates can be read.
    """
    return _Reader(files or profile_files(folder)).profile()


@frozen
class _File:
    """A file of a profile: what it says of itself, and its tables."""

    head: MappingNode | None
    """None where it has none, or one that could not be read."""
    tables: _Tables
    place: Place


class _Reader:
    """Reads the files of one profile and collects what is wrong with them."""

    def __init__(self, files: ProfileFiles) -> None:
        self.files = files
        self.problems: list[Problem] = list(files.refused)
        self.entries = EntryReader(self.problems)
        self.is_partial = bool(files.refused)

    def profile(self) -> Profile:
        """Read the profile."""
        own = self._file(self.files.own, "profile")
        own = self._keyed(own, _PROFILE_KEYS)
        name = self._said(own, "jurisdiction")
        title = self._said(own, "title")
        zone = self._zone(own)
        parent = self._said(own, "extends", required=False) or None
        reading = self._said(own, "reading", required=False) or None
        authority, reason = self._authority(own), self._said(own, "reason", required=False) or None
        self._check_names(own, name, parent)
        editions = [self._edition(folder, name, own) for folder in self.files.editions]
        if not editions:
            self._add(own.place, "the profile has no edition", f"add a folder with {EDITION_FILE}")
        self.problems += date_problems(editions)
        dated = {e.start: e for e in reversed(editions) if e is not None}
        found = sorted(dated.values(), key=lambda e: e.start)
        if self.problems and not found:
            raise ProfileError(self.problems)
        return Profile(
            name or self.files.own.parent.name,
            title,
            zone or "UTC",
            tuple(found),
            parent,
            reading,
            own.place,
            tuple(self.problems),
            self.files.passed_over,
            self.is_partial,
            authority,
            reason,
        )

    def _authority(self, own: _File) -> tuple[Word, ...]:
        """Read the clauses that give the right to another time zone."""
        node = own.head.get("authority") if own.head else None
        return self.entries.words(node) if node is not None else ()

    def _check_names(self, own: _File, name: str, parent: str | None) -> None:
        for key, value in (("jurisdiction", name), ("extends", parent)):
            if value and not NAME.fullmatch(value):
                last = value.replace("\\", "/").rstrip("/").rpartition("/")[2]
                alone = NAME.fullmatch(last) and key == "extends"
                remedy = (
                    f"name it alone: `{last}`" if alone else "use small letters, digits and `_`"
                )
                self._add(_place(own, key), f"{shown(value)} is not the name of a profile", remedy)

    def _zone(self, own: _File) -> str:
        """Read the time zone; one that there is not is told where it stands."""
        zone = self._said(own, "time_zone")
        if not zone or _is_zone(zone):
            return zone
        self._add(
            _place(own, "time_zone"),
            f"there is no time zone {shown(zone)}",
            "name it as in the IANA database, such as `America/New_York`",
        )
        return "UTC"

    def _edition(self, folder: str, jurisdiction: str, own: _File) -> Edition | None:
        """Read an edition; what `profile.yaml` itself lists belongs to each."""
        own_file = Path(folder, EDITION_FILE)
        head = self._file(own_file, "edition")
        head = self._keyed(head, {"from", "until", "title", "binding"})
        files = map(Path, self.files.editions[folder])
        others = [self._file(path, None) for path in files if path != own_file]
        start = self._day(head, "from", required=True)
        end = self._day(head, "until")
        tables = self._merged([own, head, *others])
        title = self._said(head, "title")
        binding = head.head.get("binding") if head.head else None
        binds = binding is None or self.entries.flag(binding) is not False
        if start is None:
            return None
        self.problems += folder_problems(Path(folder).name, start, _place(head, "from"))
        if end is not None and end < start:
            self._add(
                _place(head, "until"),
                "the edition ends before it begins",
                "`until` is the last day in force; leave it out where none is known",
            )
            end = None
        return Edition(jurisdiction, start, title, tables, end, binds, head.place)

    def _merged(self, files: Iterable[_File]) -> _Tables:
        merged: dict[str, dict[str, Entry]] = {}
        for file in files:
            for name, entries in file.tables.items():
                table = merged.setdefault(name, {})
                for key, entry in entries.items():
                    if key in table:
                        self._add(
                            entry.key.place,
                            f"{shown(key)} stands in `{name}` twice",
                            f"it stands at {table[key].key.place} too; remove one",
                        )
                    table[key] = entry
        return merged

    def _file(self, path: Path, head: str | None) -> _File:
        """Read one file, its head under the key `head`."""
        unread = MappingNode((), Place(shown_path(path), 1, 1))
        root = self._root(path, unread)
        said: MappingNode | None = None
        tables: dict[str, Mapping[str, Entry]] = {}
        named = [self._named(key, head) for key, _ in root.entries]
        for name, (_, node) in zip(named, root.entries, strict=True):
            if name == head:
                said = self._head(node)
            elif name in SECTIONS:
                found = self.entries.table(SECTIONS[name], node)
                tables[name] = {**tables.get(name, {}), **found}
        if head is not None and root is not unread and head not in named:
            self._add(root.place, f"the file lacks `{head}`", f"add `{head}:` with its keys")
        return _File(said, tables, root.place)

    def _named(self, key: Scalar, head: str | None) -> str:
        """Return which table a key of a file means; one that is misspelt means the nearest one."""
        known = [*SECTIONS, *([head] if head else [])]
        if key.text in known:
            return key.text
        if key.text in _HEADS:
            message = f"`{key.text}` stands in {_HEADS[key.text]} alone"
            self._add(key.place, message, "move it there")
            return key.text
        near = near_word(key.text, known)
        remedy = f"did you mean `{near}`?" if near else f"known are: {', '.join(known)}"
        self._add(key.place, f"there is no table {shown(key.text)}", remedy)
        return near or key.text

    def _head(self, node: AnyNode) -> MappingNode | None:
        """Read what a file says of itself; None after a problem."""
        if isinstance(node, MappingNode):
            return node
        self._add(node.place, "a mapping is expected here", "write `key: value` in each line")
        return None

    def _root(self, path: Path, unread: MappingNode) -> MappingNode:
        name = shown_path(path)
        data = read_bytes(path, name=name)
        if isinstance(data, Problem):
            self.problems.append(data)
            self.is_partial = True
            return unread
        documents = read_documents(data, name)
        self.problems += [problem for document in documents for problem in document.problems]
        self.is_partial |= documents[0].root is None
        if len(documents) > 1:
            self._add(documents[1].place, "a second document begins here", "remove the `---`")
        root = documents[0].root
        if root is None or isinstance(root, MappingNode):
            return unread if root is None else root
        self._add(root.place, "the file is not a mapping", "write `table:` and its entries below")
        return unread

    def _keyed(self, file: _File, known: Set[str]) -> _File:
        """Return a file whose head has known keys; one that is misspelt means the nearest one."""
        if file.head is None:
            return file
        entries = []
        for key, node in file.head.entries:
            near = None if key.text in known else near_word(key.text, known)
            if key.text not in known:
                others = f"known are: {', '.join(sorted(known))}"
                remedy = f"did you mean `{near}`?" if near else others
                self._add(key.place, f"there is no key {shown(key.text)} here", remedy)
            free = near is not None and file.head.get(near) is None
            entries.append((Scalar(near, place=key.place) if near and free else key, node))
        return evolve(file, head=MappingNode(tuple(entries), file.head.place))

    def _said(self, file: _File, key: str, *, required: bool = True) -> str:
        node = file.head.get(key) if file.head else None
        if isinstance(node, Scalar) and not node.is_null:
            return " ".join(node.text.split())
        if node is not None:
            self._add(node.place, f"`{key}` takes a text", "write one, or remove the line")
        elif file.head is not None and required:
            self._add(file.head.place, f"`{key}` is missing", f"add `{key}:`")
        return ""

    def _day(self, file: _File, key: str, *, required: bool = False) -> date | None:
        node = file.head.get(key) if file.head else None
        if node is not None:
            return self.entries.day(node)
        if required and file.head is not None:
            remedy = "add the first day in force, such as 2025-03-01"
            self._add(file.head.place, f"`{key}` is missing", remedy)
        return None

    def _add(self, place: Place, message: str, remedy: str | None = None) -> None:
        self.problems.append(Problem(message, place, remedy))


def _place(file: _File, key: str) -> Place:
    """Return the place of what stands under a key of the head."""
    node = file.head.get(key) if file.head else None
    return node.place if node else file.place


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
