# SPDX-License-Identifier: MIT
"""Runs of pytest with the plugin, in a folder with the profile `sample_area` in it."""

from __future__ import annotations

from typing import Final, Protocol

import pytest

import caljobs_policy.testing.collecting  # noqa: F401  # a run forgets what it is first to import
from caljobs_policy.testing import pytest_plugin
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML, sound_profile, written_profile

PASSING: Final = f"{ACCEPT_YAML}expect: {{outcome: accept, duties: [SAMPLE-1/b]}}\n"
PLUGIN: Final = ("-p", pytest_plugin.__name__)


class Run(Protocol):
    """Write files below the folder, by their names, and run pytest there."""

    def __call__(self, *arguments: str, **files: str) -> pytest.RunResult: ...


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Write files into `sample_area/cases`, and run pytest in the folder above the profile."""
    # It may be installed, too, and would then be loaded twice.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    area = sound_profile(pytester.path / "sample_area", TABLES_YAML)

    def run_there(*arguments: str, **files: str) -> pytest.RunResult:
        written_profile(area, {f"cases/{name}.yaml": text for name, text in files.items()})
        return pytester.runpytest_inprocess(*arguments, plugins=[pytest_plugin])

    return run_there
