# SPDX-License-Identifier: MIT
"""The plugin for pytest; it imports the rest of the package when a case file or fixture needs it.

Whatever a plugin imports when it is loaded, a measurement of coverage does not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from caljobs_policy.decisions.decision import Decision
    from caljobs_policy.policy.policy import Policy
    from caljobs_policy.testing.configured import Configured

_PROFILE_FILE: Final = "profile.yaml"
_EDITIONS: Final = "*/edition.yaml"
_CASES_FOLDER: Final = "cases"
_SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl")
_OPTION: Final = "--caljobs-profile"
_SETTINGS: Final = ("caljobs_profile", "caljobs_date", "caljobs_engines")
_MARKERS: Final = (
    "clause(id): a worked case that names this clause under `expect`, as in "
    "-m \"clause(id='DOCUMENT/name')\"",
    "topic(name): a worked case of a file called so",
    "subject(kind, type): a worked case about a request, an account, an office or a record",
    "inherited: a worked case of a profile above, in the words of the one that extends it",
)
_CONFIGURED: Final = pytest.StashKey["Configured"]()
_CHOSEN: Final = pytest.StashKey[tuple[Path, ...]]()
"""The folders of the profiles that the command line names."""
_MATCHED: Final = pytest.StashKey[frozenset[Path]]()
"""The files that the patterns of `caljobs_cases` match."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option and the settings."""
    group = parser.getgroup("caljobs", "worked cases of CalJOBS policies")
    group.addoption(
        _OPTION,
        action="append",
        default=[],
        metavar="PROFILE",
        help="Run the worked cases of this profile, by its name or folder, and of no other; may be "
        "repeated. Fixtures use the first.",
    )
    parser.addini("caljobs_profile", "The profile of the fixtures, and of cases that name none.")
    parser.addini("caljobs_date", "The day of the fixture `policy`, such as 2025-03-01.")
    parser.addini(
        "caljobs_cases", "Patterns of more files of cases, from the root folder.", "linelist"
    )
    parser.addini("caljobs_engines", "The engines that have to give the same answers.", "args")


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, so that strict suites know them."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse what is misspelt before any test runs, and see to it that named profiles run."""
    config = session.config
    config.stash[_MATCHED] = _matched(config)
    if config.getoption(_OPTION) or any(config.getini(name) for name in _SETTINGS):
        folders = _configured(config).chosen
        config.stash[_CHOSEN] = folders
        config.args += [str(one) for one in folders if not _is_reached(one, config)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file of worked cases, or the profile whose cases others inherit."""
    if file_path.suffix not in _SUFFIXES:
        return None
    folder = _profile_of(file_path)
    if not _is_wanted(file_path, folder, parent):
        return None
    from caljobs_policy.testing.collecting import CaseFile, ProfileFile

    if folder is not None and file_path.parent == folder:
        return ProfileFile.from_parent(parent, path=file_path)
    return CaseFile.of(parent, file_path, folder, _configured(parent.config))


@pytest.fixture(scope="session")
def policy(pytestconfig: pytest.Config) -> Policy:
    """The policy of the configured profile on the configured day."""
    return _configured(pytestconfig).policy()


@pytest.fixture(scope="session")
def decide(pytestconfig: pytest.Config) -> Callable[..., Decision]:
    """A function that decides a case such as `{"request": {...}}` under the configured profile."""
    return _configured(pytestconfig).decide


def _configured(config: pytest.Config) -> Configured:
    """Return what the command line and the settings say, once it was checked."""
    if _CONFIGURED not in config.stash:
        from caljobs_policy.testing.configured import Configured, Told

        settings = (config.getini(name) for name in _SETTINGS)
        told = Told(config.getoption(_OPTION), [*_paths(config)], config.rootpath, *settings)
        config.stash[_CONFIGURED] = Configured.of(told)
    return config.stash[_CONFIGURED]


def _is_wanted(path: Path, folder: Path | None, parent: pytest.Collector) -> bool:
    """Return whether a file has cases of a profile, or was named as one that has cases."""
    stash = parent.config.stash
    chosen = stash.get(_CHOSEN, ())
    if path in stash.get(_MATCHED, ()) or (chosen and parent.session.isinitpath(path)):
        return True
    return folder is not None and (not chosen or folder.resolve() in chosen)


def _profile_of(path: Path) -> Path | None:
    """Return the folder of the profile that a file describes or has cases of."""
    if path.name == _PROFILE_FILE:
        return path.parent if _is_profile(path.parent) else None
    if _CASES_FOLDER not in path.parts:
        return None
    above = (one.parent for one in path.parents if one.name == _CASES_FOLDER)
    return next((folder for folder in above if _is_profile(folder)), None)


def _is_profile(folder: Path) -> bool:
    """Return whether a folder holds a profile, and not just a file of that name."""
    return (folder / _PROFILE_FILE).is_file() and any(folder.glob(_EDITIONS))


def _matched(config: pytest.Config) -> frozenset[Path]:
    """Return the files that the patterns match; one that matches none would pass in silence."""
    found: set[Path] = set()
    for pattern in config.getini("caljobs_cases"):
        try:
            files = [one for one in config.rootpath.glob(pattern) if one.suffix in _SUFFIXES]
        except (NotImplementedError, ValueError):  # it begins at the root, or is none
            files = []
        if not files:
            raise pytest.UsageError(
                f"caljobs_cases: no file of cases matches `{pattern}` below {config.rootpath}\n"
                f"  help: end it with one of: {', '.join(f'*{one}' for one in _SUFFIXES)}"
            )
        found.update(files)
    return frozenset(found)


def _is_reached(folder: Path, config: pytest.Config) -> bool:
    """Return whether the paths of the command line lead to cases of a profile, or name some."""
    return any(
        folder == path
        or path in folder.parents
        or folder in path.parents
        or (path.suffix in _SUFFIXES and path.is_file())
        for path in _paths(config)
    )


def _paths(config: pytest.Config) -> Iterator[Path]:
    """Yield the paths that a run is about."""
    for arg in config.args:
        yield Path(config.invocation_params.dir, arg.partition("::")[0]).resolve()
