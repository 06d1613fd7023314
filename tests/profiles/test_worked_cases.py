# SPDX-License-Identifier: MIT
"""The worked cases of all shipped profiles hold, also in the words of those that inherit them."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from caljobs_policy.cli import main
from caljobs_policy.loader.folders import profile_names


@pytest.mark.parametrize("name", profile_names())
def test_worked_cases_of_a_shipped_profile_hold(name: str) -> None:
    result = CliRunner().invoke(main, ["test", name])
    assert result.exit_code == 0, result.output
    assert re.match(r"[1-9][0-9]+ passed, 0 failed", result.stdout), result.output
