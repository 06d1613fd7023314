# SPDX-License-Identifier: MIT
"""Hypothesis finds strategies for policies and subjects by their types."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import caljobs_policy.testing
from caljobs_policy import Account, Office, Policy, Record, Request
from caljobs_policy.testing import hypothesis_plugin


def test_hypothesis_finds_them_once_the_package_is_installed() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    (point,) = tomllib.loads(text)["project"]["entry-points"]["hypothesis"].values()
    assert point == f"{hypothesis_plugin.__name__}:{hypothesis_plugin.register.__name__}"


@settings(max_examples=5)
@given(st.data())
def test_each_class_is_drawn_by_its_type(data: st.DataObject) -> None:
    hypothesis_plugin.register()
    for cls in (Policy, Request, Account, Office, Record):
        assert isinstance(data.draw(st.from_type(cls)), cls)


@settings(max_examples=5)
@given(st.data())
def test_subject_is_in_the_words_of_an_installed_profile(data: st.DataObject) -> None:
    hypothesis_plugin.register()
    known = {word for policy in hypothesis_plugin._installed() for word in policy.words_known}
    assert data.draw(st.from_type(Request)).words_used <= known


def test_public_names_are_where_type_checkers_look_for_them() -> None:
    listed = [name for names in caljobs_policy.testing._HOMES.values() for name in names]
    source = Path(caljobs_policy.testing.__file__).read_text("utf-8")
    assert listed == sorted(set(listed), key=listed.index)
    for name in listed:
        home = getattr(caljobs_policy.testing, name).__module__
        assert f"from {home} import {name} as {name}\n" in source
    with pytest.raises(AttributeError, match="has no attribute 'accepts'"):
        _ = caljobs_policy.testing.accepts
