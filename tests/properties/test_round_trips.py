# SPDX-License-Identifier: MIT
"""What is written as JSON or YAML and read back is what it was: cases, expectations, profiles.

Subjects are in `test_subjects.py`, records of decisions in `test_records.py`.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from string import digits
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import Decision, Policy, evaluate, load_policy, subject_to_dict
from caljobs_policy.analysis.samples import in_json, in_short_yaml, in_yaml
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.whole import whole_expectation, written_expectation
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.loader.paths import shipped_folder
from caljobs_policy.testing.strategies.profiles import Files, profiles
from tests.properties.test_moment import POLICIES
from tests.samples.known_subjects import drawn
from tests.samples.profiles import written_profile

PLANS: Final = [(policy, key) for policy in POLICIES for key in sorted(policy.plans)]
SEEDS: Final = st.integers(0, 10**9)
WAYS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "json": lambda case: json.dumps(in_json(case)),
    "yaml": in_yaml,
    "short yaml": in_short_yaml,
}
"""How a case is written."""


def decided(policy: Policy, key: str, seed: int) -> Decision:
    return evaluate(policy, *drawn(Random(seed), policy, key))  # noqa: S311


def case_of(decision: Decision, key: str) -> dict[str, Any]:
    """Return the case of a decision, which expects all of it."""
    return {
        "case": "Sample",
        "profile": decision.policy.jurisdiction,
        "date": decision.policy.day,
        "at": decision.at,
        key.partition("/")[0]: subject_to_dict(decision.subject, private=True),
        "expect": whole_expectation(decision),
    }


def read(text: str) -> Case:
    ((_, case),) = cases_in(read_documents(text, "case"))
    assert isinstance(case, Case), case
    return case


class TestCases:
    """A case that is written as JSON or as YAML is read back as the same case."""

    @pytest.mark.parametrize("way", WAYS)
    @given(plan=st.sampled_from(PLANS), seed=SEEDS)
    def test_of_shipped_policies(self, way: str, plan: tuple[Policy, str], seed: int) -> None:
        decision = decided(*plan, seed)
        case = read(WAYS[way](case_of(decision, plan[1])))
        assert case.subject == decision.subject
        assert (case.policy, case.at) == (decision.policy, decision.at)


class TestExpectations:
    """A whole expectation holds of its own decision, and is read back as it is written."""

    @given(plan=st.sampled_from(PLANS), seed=SEEDS)
    def test_of_shipped_policies(self, plan: tuple[Policy, str], seed: int) -> None:
        decision = decided(*plan, seed)
        stated = case_of(decision, plan[1])
        case = read(json.dumps(in_json(stated)))
        assert case.expect is not None
        assert case.differences(decision) == ()
        again = read(in_yaml({**stated, "expect": written_expectation(case.expect)}))
        assert again.expect == case.expect


class AsMeant(yaml.SafeLoader):
    """Reads YAML as profiles are read: flags, null and whole numbers, and texts for all else."""


AsMeant.yaml_implicit_resolvers = {
    **{key: [("tag:yaml.org,2002:bool", re.compile("(true|false)$"))] for key in "tf"},
    "n": [("tag:yaml.org,2002:null", re.compile("null$"))],
    **{key: [("tag:yaml.org,2002:int", re.compile("(0|[1-9][0-9]*)$"))] for key in digits},
}


def as_json(text: str) -> str:
    """Return YAML as JSON."""
    return json.dumps(yaml.load(text, AsMeant))  # noqa: S506  # it builds nothing else


def as_other_yaml(text: str) -> str:
    """Return YAML as another hand would write it."""
    found = yaml.load(text, AsMeant)  # noqa: S506
    return yaml.safe_dump(found, default_flow_style=None, allow_unicode=True, sort_keys=False)


def policies_in(folder: Path) -> Iterator[Policy]:
    days = [path.name for path in folder.iterdir() if path.is_dir() and path.name[:2] == "20"]
    yield from (load_policy(folder, date.fromisoformat(day)) for day in sorted(days))


class TestProfiles:
    """A profile says the same whether it is written as YAML or as JSON, and by whichever hand."""

    @pytest.mark.parametrize("way", [as_json, as_other_yaml])
    @given(files=profiles())
    def test_small_ones(self, way: Callable[[str], str], files: Files) -> None:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            here = policies_in(written_profile(Path(one) / "sample", files))
            again = {path: way(text) for path, text in files.items()}
            there = policies_in(written_profile(Path(other) / "sample", again))
            assert [policy.digest for policy in here] == [policy.digest for policy in there]

    @pytest.mark.parametrize("way", [as_json, as_other_yaml])
    def test_shipped_ones(self, way: Callable[[str], str], tmp_path: Path) -> None:
        whole = tmp_path / "profiles"
        shutil.copytree(shipped_folder(), whole)
        for path in whole.glob("*/20*/*.yaml"):
            path.write_text(way(path.read_text("utf-8")), "utf-8")
        for name in ("state", "la_city", "slo_county"):
            shipped = [*policies_in(shipped_folder() / name)]
            written = [*policies_in(whole / name)]
            assert [one.digest for one in shipped] == [one.digest for one in written]
            assert [one.plans.keys() for one in shipped] == [one.plans.keys() for one in written]
