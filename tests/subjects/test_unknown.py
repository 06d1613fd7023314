# SPDX-License-Identifier: MIT
"""There is one unknown value, and it is not null."""

from __future__ import annotations

import copy
import pickle

from caljobs_policy.subjects.unknown import UNKNOWN


def test_there_is_one_unknown() -> None:
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN  # our own


def test_unknown_says_its_name() -> None:
    assert repr(UNKNOWN) == "UNKNOWN"


def test_unknown_counts_as_nothing() -> None:
    assert not UNKNOWN
