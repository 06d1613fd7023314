# SPDX-License-Identifier: MIT
"""Profiles as they stand in a revision of a Git repository, such as `HEAD~1:profiles/my_area`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from attrs import evolve, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import FileError, ProfileError
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.contents import PROFILE_FILE
from caljobs_policy.loader.store import ReadChain, ReadProfile, read, read_chain

_LONGEST: Final = 60
"""How many seconds Git may take."""
_PLAIN: Final = ("100644", "100755")
"""The modes of plain files; links and the like are left out."""


@frozen
class Revision:
    """A folder in a revision, as it was named."""

    commit: str
    """The revision."""
    path: str
    """The folder, from the root of the repository."""

    @property
    def name(self) -> str:
        """The folder as Git names it."""
        return f"{self.commit}:{self.path}"


def revision_of(text: str) -> Revision | None:
    """Return the revision and the folder that a text names, or None if it is no such text."""
    commit, colon, path = text.partition(":")
    is_drive = len(commit) == 1 and path[:1] in {"\\", "/"} and os.name == "nt"
    if not colon or not commit or is_drive or Path(text).exists():
        return None
    return Revision(commit, path)


@contextmanager
def chain_at(revision: Revision) -> Iterator[tuple[ReadChain, Path]]:
    """Read a profile of a revision, and those that it extends, into a folder that is removed.

    A profile above is taken from beside it in the same revision, or else as it is installed.
    Raises a `ProfileError` where Git has no such revision or folder, or where a profile is wrong,
    and a `FileError` where Git cannot be run.
    """
    revision = _from_root(revision)
    commit = _commit(revision)
    with TemporaryDirectory(prefix="caljobs-policy-") as holder:
        root = Path(holder).resolve()
        folder = _written(revision, commit, PurePosixPath(revision.path), root)
        if folder is None:
            message = f"there is no folder {shown(revision.path)} in the revision"
            raise _problem(revision, message, "name it from the root of the repository")
        if not (folder / PROFILE_FILE).is_file():
            message = f"the folder holds no {PROFILE_FILE} in the revision"
            raise _problem(revision, message, "name the folder of a profile")
        try:
            yield _chain(revision, commit, folder, root), root
        except ProfileError as error:
            raise ProfileError(_renamed(one, root, revision) for one in error.problems) from None


def _renamed(problem: Problem, root: Path, revision: Revision) -> Problem:
    return evolve(problem, place=place_in(problem.place, root, revision))


def place_in(place: Place, root: Path, revision: Revision) -> Place:
    """Return a place in the temporary folder as one of the revision."""
    if not place.file:
        return place
    try:
        path = Path(place.file).resolve().relative_to(root)
    except ValueError:
        return place
    return place._replace(file=f"{revision.commit}:{path.as_posix()}")


def _chain(revision: Revision, commit: str, folder: Path, root: Path) -> ReadChain:
    """Return the chain of a profile, each one above from beside it where the revision has it."""
    chain: list[ReadProfile] = [read(folder)]
    at = PurePosixPath(revision.path)
    while (parent := chain[-1].profile.parent) is not None:
        if parent in [one.profile.jurisdiction for one in chain]:
            return read_chain(folder)  # which tells of the circle
        beside = _written(revision, commit, at.parent / parent, root)
        if beside is None or not (beside / PROFILE_FILE).is_file():
            return ReadChain((*chain, *_installed(chain[-1])), ())
        chain.append(read(beside))
    return ReadChain(tuple(chain), ())


def _installed(last: ReadProfile) -> tuple[ReadProfile, ...]:
    """Return the profiles above one that are installed."""
    return read_chain(last.folder).profiles[1:]


def _written(revision: Revision, commit: str, path: PurePosixPath, root: Path) -> Path | None:
    """Write the files of a folder of the revision; None if there is none."""
    inside = path.as_posix().strip("/")
    tree = _git("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{'' if inside == '.' else inside}")
    if tree is None or not tree:
        return None
    folder = root / path
    blobs = dict(_blobs(tree))
    for name, content in _contents(blobs).items():
        target = (folder / name).resolve()
        if target.is_relative_to(folder.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return folder


def _blobs(tree: bytes) -> Iterator[tuple[str, str]]:
    """Yield the names of plain files with those of their contents."""
    for line in filter(None, tree.split(b"\0")):
        head, _, name = line.partition(b"\t")
        mode, kind, blob = head.decode().split()
        if kind == "blob" and mode in _PLAIN:
            yield os.fsdecode(name), blob


def _contents(blobs: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return the content of each file."""
    asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    answer = _git("cat-file", "--batch", given=asked) or b""
    found, at = {}, 0
    for name in blobs:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        found[name] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def _from_root(revision: Revision) -> Revision:
    """Return the folder from the root of the repository, however it was named."""
    top = _git("rev-parse", "--show-toplevel")
    if top is None:
        message = "this folder belongs to no Git repository"
        raise _problem(revision, message, "go to the folder of one, or name a folder or a profile")
    root = Path(os.fsdecode(top.rstrip(b"\r\n"))).resolve()
    path = Path(revision.path)
    if path.is_absolute() or revision.path.startswith(("./", "../")) or revision.path == ".":
        path = path.resolve()
        if not path.is_relative_to(root):
            message = f"{shown(revision.path)} lies outside the Git repository"
            raise _problem(revision, message, f"name a folder in `{root.as_posix()}`")
        path = path.relative_to(root)
    inside = os.path.normpath(path.as_posix()).replace(os.sep, "/")
    if inside.startswith(".."):
        message = f"{shown(revision.path)} lies outside the Git repository"
        raise _problem(revision, message, f"name a folder in `{root.as_posix()}`")
    return Revision(revision.commit, inside)


def _commit(revision: Revision) -> str:
    """Return the full name of a revision."""
    if not revision.commit.startswith("-"):
        asked = f"{revision.commit}^{{commit}}"
        found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", asked)
        if found:
            return found.decode().strip().rpartition("\n")[2]
    message = f"there is no revision {shown(revision.commit)} in this Git repository"
    raise _problem(revision, message, "`git log` and `git tag` name those that there are")


def _git(*arguments: str, given: bytes = b"") -> bytes | None:
    """Return what Git answers, or None if it refuses."""
    try:
        run = subprocess.run(  # noqa: S603  # without a shell
            ["git", *arguments],  # noqa: S607  # wherever it is installed
            input=given,
            capture_output=True,
            timeout=_LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        problem = Problem("Git cannot be run here", Place(), "install Git, or name a folder")
        raise FileError([problem]) from None
    except ValueError:  # a zero byte in a name
        return None
    return run.stdout if run.returncode == 0 else None


def _problem(revision: Revision, message: str, remedy: str) -> ProfileError:
    place = Place(revision.name)
    return ProfileError([Problem(message, place, remedy, code=Code.UNUSABLE_FILE)])
