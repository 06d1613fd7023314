# SPDX-License-Identifier: MIT
"""The first line of a suite is no case, and cases after it are read as others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from caljobs_policy import CaseError
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.suite_head import VERSION
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.errors.codes import Code
from caljobs_policy.loader.documents import read_documents
from tests.samples.profiles import sound_profile

LINE = '{"profile": "sample_area", "date": "2025-06-02", "account": {}, "suite": {"source": "x"}}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the profile `sample_area` in it."""
    monkeypatch.chdir(tmp_path)
    return sound_profile(tmp_path / "sample_area")


def read(head: str) -> list[Case | CaseError]:
    documents = read_documents(f"{head}\n{LINE}\n", "suite.jsonl")
    return [found for _, found in cases_in(documents, folders=True)]


def test_the_head_is_no_case_and_the_notes_change_nothing() -> None:
    (found,) = read(f'{{"version": {VERSION}, "schema": {{"type": "object"}}}}')
    assert isinstance(found, Case)


@pytest.mark.parametrize("version", ["2", '"one"', "[1]"])
def test_a_suite_of_another_version_is_told_at_its_place(version: str) -> None:
    error, _ = read(f'{{"version": {version}, "schema": {{}}}}')
    assert isinstance(error, CaseError)
    (problem,) = error.problems
    assert (problem.code, problem.place[1:]) == (Code.NEWER_SCHEMA, (1, 13))
    assert problem.message.startswith("this suite is not of version 1")


@pytest.mark.parametrize("head", ['{"version": 1}', '{"schema": {}}'])
def test_what_is_only_like_a_head_is_a_case_with_unknown_keys(head: str) -> None:
    error, _ = read(head)
    assert isinstance(error, CaseError)
    assert "a case has no such key" in str(error)
