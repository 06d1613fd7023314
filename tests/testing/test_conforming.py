# SPDX-License-Identifier: MIT
"""In a test suite, a system conforms or the report is the message of the failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caljobs_policy.testing import assert_conforms
from tests.conformance.foreign import WORKED, knowing, only
from tests.samples.profiles import TABLES_YAML, sample_policy, sound_profile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (found / "cases").mkdir()
    (found / "cases" / "all.yaml").write_text(WORKED, encoding="utf-8")
    return found


def test_a_right_system_passes_and_the_report_comes_back(folder: Path) -> None:
    right = knowing(sample_policy(folder, TABLES_YAML))
    report = assert_conforms(right, str(folder), random=20)
    assert report.headline == "conforms"
    assert report.run == 25


def test_a_partial_system_has_to_be_expected(folder: Path) -> None:
    right = only(knowing(sample_policy(folder, TABLES_YAML)), "outcome")
    with pytest.raises(AssertionError, match="conforms in part"):
        assert_conforms(right, str(folder), random=0)
    assert assert_conforms(right, str(folder), random=0, partial=True).is_partial


@pytest.mark.parametrize("answer", [None, {"outcome": "compliant"}])
def test_a_system_that_is_wrong_or_says_nothing_fails_though_partial(
    folder: Path, answer: Any
) -> None:
    with pytest.raises(AssertionError, match="held to"):
        assert_conforms(lambda case: answer, str(folder), random=0, partial=True)
