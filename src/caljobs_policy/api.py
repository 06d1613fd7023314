# SPDX-License-Identifier: MIT
"""What the library does for its users: load a policy, read cases, evaluate."""

from caljobs_policy.cases.worked import (
    cases_in,
    counterpart,
    profile_case_files,
    profile_cases,
    worked_cases,
)
from caljobs_policy.deciding import decide, decide_many
from caljobs_policy.decisions import ENGINES, evaluate
from caljobs_policy.forms import case_schema, fields
from caljobs_policy.loader.folders import missing_profiles, profile_names
from caljobs_policy.loading import load_policy, load_profile, policy_at
from caljobs_policy.policy.strangers import check_subject
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.writing import subject_to_dict

__all__ = [
    "ENGINES",
    "case_schema",
    "cases_in",
    "check_subject",
    "counterpart",
    "decide",
    "decide_many",
    "evaluate",
    "fields",
    "load_policy",
    "load_profile",
    "missing_profiles",
    "policy_at",
    "profile_case_files",
    "profile_cases",
    "profile_names",
    "read_subject",
    "subject_to_dict",
    "worked_cases",
]
