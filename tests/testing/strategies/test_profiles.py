# SPDX-License-Identifier: MIT
"""Profiles that are drawn are sound, and say something that can be kept and missed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Outcome, evaluate, load_policy
from caljobs_policy.testing import near_misses, profiles
from caljobs_policy.testing.strategies.profiles import Files
from tests.samples.profiles import written_profile


@settings(max_examples=max(5, settings().max_examples // 5))
@given(st.data(), profiles())
def test_profile_that_is_drawn_is_sound(data: st.DataObject, files: Files) -> None:
    with TemporaryDirectory() as folder:
        policy = load_policy(written_profile(Path(folder), files), date(2025, 6, 2))
    assert policy.notices == ()
    missed = data.draw(near_misses(policy))
    assert evaluate(policy, missed.accepted).outcome is Outcome.ACCEPT
