# SPDX-License-Identifier: MIT
"""The public names are there, are listed, and are the same objects as at their homes."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import caljobs_policy

STUB = Path(caljobs_policy.__file__).with_suffix(".pyi").read_text("utf-8")


@pytest.mark.parametrize(("home", "name"), re.findall(r"from (\S+) import (\w+) as \2\n", STUB))
def test_public_name_is_that_of_its_home(home: str, name: str) -> None:
    assert getattr(caljobs_policy, name) is getattr(import_module(home), name)


NAMES = """
ApprovalSought DeadlineSet Decision DecisionRecord PolicyAsked RecordError
DutyArisen Finding RouteTaken Outcome Result
Policy PolicyStore Profile Edition Account Incident Office TemporaryPassword
Activity CaseNote Closure Counted DataEntry FollowUp FutureActivity NotedActivity Participant
PlannedBreak PseudoSsn Record OwnRecord Answer Request Requestor Staff Statement
CaseError EditionError EngineError PolicyError ProfileError SubjectError
Code Place Problem Subject UNKNOWN Unknown
case_schema check_subject decide decide_columns decide_many evaluate fields FieldInfo
load_policy load_profile read_subject review subject_to_dict
RosterEntry Urgency
explain Reasoning CheckLookedAt Branch QuestionToAsk remedies Remedies Remedy
"""


def test_public_names_are_these() -> None:
    assert dir(caljobs_policy) == sorted([*NAMES.split(), "__version__"])
    assert caljobs_policy.__all__ == sorted(NAMES.split())  # type: ignore[attr-defined]


def test_name_that_there_is_not_is_told() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'zebra'"):
        _ = caljobs_policy.zebra  # type: ignore[attr-defined]


def test_package_is_imported_without_its_parts() -> None:
    count = "sum(name.startswith('caljobs_policy.') for name in sys.modules)"
    script = f"import sys, caljobs_policy; print({count})"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "0"


def test_what_evaluates_is_imported_without_what_reads_and_compiles() -> None:
    parts = ("cases", "cli", "compiler", "layers", "report", "rosters", "syntax.entries")
    absent = [f"caljobs_policy.{part}" for part in parts]
    absent += ["caljobs_policy.loader.store", "caljobs_policy.engines.durable.program"]
    absent += ["yaml", "cattrs", "email", "pathlib"]
    script = (
        "import sys; before = set(sys.modules); from caljobs_policy import evaluate, load_policy;"
        f"print(sorted((set(sys.modules) - before) & {set(absent)}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
