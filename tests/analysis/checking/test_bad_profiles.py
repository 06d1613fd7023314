# SPDX-License-Identifier: MIT
"""Of a profile that cannot be made into a policy, `check` tells what the loader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy.analysis.checking.formats import FORMATS
from caljobs_policy.analysis.checking.rule import Severity
from caljobs_policy.analysis.checking.running import check
from caljobs_policy.analysis.checking.settings import Settings
from tests.samples.profiles import DAY
from tests.test_bad_profiles import FAULTS, error_of


@pytest.mark.parametrize("fault", FAULTS)
def test_all_faults_of_the_loader_are_told_as_they_are(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sample_area"
    folder.mkdir()
    monkeypatch.chdir(folder)
    problems = error_of(fault, folder).problems
    local = folder / "local"
    report = check([local if local.is_dir() else folder], Settings(), DAY)
    found = {(one.place, one.message, one.help) for one in report.problems}
    assert found == {(one.place, one.message, one.help) for one in problems}
    assert {one.severity for one in report.problems} == {Severity.ERROR}
    assert all(write(report) for write in FORMATS.values())
