# SPDX-License-Identifier: MIT
"""Evaluates the policies that say who may have an account, who asks, who approves and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caljobs_policy.decisions import evaluate as evaluate
    from caljobs_policy.decisions.decision import Decision as Decision
    from caljobs_policy.decisions.reasons import ApprovalSought as ApprovalSought
    from caljobs_policy.decisions.reasons import Counted as Counted
    from caljobs_policy.decisions.reasons import DeadlineSet as DeadlineSet
    from caljobs_policy.decisions.reasons import DutyArisen as DutyArisen
    from caljobs_policy.decisions.reasons import Finding as Finding
    from caljobs_policy.decisions.reasons import PolicyAsked as PolicyAsked
    from caljobs_policy.decisions.reasons import RouteTaken as RouteTaken
    from caljobs_policy.decisions.record import DecisionRecord as DecisionRecord
    from caljobs_policy.doors.deciding import decide as decide
    from caljobs_policy.doors.deciding import decide_many as decide_many
    from caljobs_policy.doors.forms import FieldInfo as FieldInfo
    from caljobs_policy.doors.forms import case_schema as case_schema
    from caljobs_policy.doors.forms import fields as fields
    from caljobs_policy.doors.policy_store import PolicyStore as PolicyStore
    from caljobs_policy.errors.codes import Code as Code
    from caljobs_policy.errors.exceptions import CaseError as CaseError
    from caljobs_policy.errors.exceptions import EditionError as EditionError
    from caljobs_policy.errors.exceptions import EngineError as EngineError
    from caljobs_policy.errors.exceptions import PolicyError as PolicyError
    from caljobs_policy.errors.exceptions import ProfileError as ProfileError
    from caljobs_policy.errors.exceptions import RecordError as RecordError
    from caljobs_policy.errors.exceptions import SubjectError as SubjectError
    from caljobs_policy.errors.problems import Place as Place
    from caljobs_policy.errors.problems import Problem as Problem
    from caljobs_policy.loader.policies import load_policy as load_policy
    from caljobs_policy.loader.policies import load_profile as load_profile
    from caljobs_policy.policy.outcome import Outcome as Outcome
    from caljobs_policy.policy.outcome import Result as Result
    from caljobs_policy.policy.policy import Policy as Policy
    from caljobs_policy.policy.strangers import check_subject as check_subject
    from caljobs_policy.policy.subject_reading import read_subject as read_subject
    from caljobs_policy.rosters.entry import RosterEntry as RosterEntry
    from caljobs_policy.rosters.entry import Urgency as Urgency
    from caljobs_policy.rosters.reviewing import review as review
    from caljobs_policy.subjects.account import Account as Account
    from caljobs_policy.subjects.account import Incident as Incident
    from caljobs_policy.subjects.account import Office as Office
    from caljobs_policy.subjects.account import TemporaryPassword as TemporaryPassword
    from caljobs_policy.subjects.facts import Subject as Subject
    from caljobs_policy.subjects.record import Activity as Activity
    from caljobs_policy.subjects.record import CaseNote as CaseNote
    from caljobs_policy.subjects.record import Closure as Closure
    from caljobs_policy.subjects.record import DataEntry as DataEntry
    from caljobs_policy.subjects.record import FollowUp as FollowUp
    from caljobs_policy.subjects.record import FutureActivity as FutureActivity
    from caljobs_policy.subjects.record import NotedActivity as NotedActivity
    from caljobs_policy.subjects.record import OwnRecord as OwnRecord
    from caljobs_policy.subjects.record import Participant as Participant
    from caljobs_policy.subjects.record import PlannedBreak as PlannedBreak
    from caljobs_policy.subjects.record import PseudoSsn as PseudoSsn
    from caljobs_policy.subjects.record import Record as Record
    from caljobs_policy.subjects.request import Answer as Answer
    from caljobs_policy.subjects.request import Request as Request
    from caljobs_policy.subjects.request import Requestor as Requestor
    from caljobs_policy.subjects.request import Staff as Staff
    from caljobs_policy.subjects.statement import Statement as Statement
    from caljobs_policy.subjects.unknown import UNKNOWN as UNKNOWN
    from caljobs_policy.subjects.unknown import Unknown as Unknown
    from caljobs_policy.subjects.writing import subject_to_dict as subject_to_dict
    from caljobs_policy.syntax.profile import Edition as Edition
    from caljobs_policy.syntax.profile import Profile as Profile

_HOMES = {
    "decisions.evaluation": ("evaluate",),
    "loader.policies": ("load_policy", "load_profile"),
    "policy.subject_reading": ("read_subject",),
    "policy.strangers": ("check_subject",),
    "errors.codes": ("Code",),
    "doors.deciding": ("decide", "decide_many"),
    "errors.exceptions": (
        "CaseError",
        "EditionError",
        "EngineError",
        "PolicyError",
        "ProfileError",
        "RecordError",
        "SubjectError",
    ),
    "errors.problems": ("Place", "Problem"),
    "subjects.account": ("Account", "Incident", "Office", "TemporaryPassword"),
    "decisions.decision": ("Decision",),
    "decisions.record": ("DecisionRecord",),
    "subjects.facts": ("Subject",),
    "subjects.writing": ("subject_to_dict",),
    "doors.forms": ("FieldInfo", "case_schema", "fields"),
    "policy.outcome": ("Outcome", "Result"),
    "policy.policy": ("Policy",),
    "doors.policy_store": ("PolicyStore",),
    "syntax.profile": ("Edition", "Profile"),
    "decisions.reasons": (
        "ApprovalSought",
        "Counted",
        "DeadlineSet",
        "DutyArisen",
        "Finding",
        "PolicyAsked",
        "RouteTaken",
    ),
    "subjects.record": (
        "Activity",
        "CaseNote",
        "Closure",
        "DataEntry",
        "FollowUp",
        "FutureActivity",
        "NotedActivity",
        "OwnRecord",
        "Participant",
        "PlannedBreak",
        "PseudoSsn",
        "Record",
    ),
    "subjects.request": ("Answer", "Request", "Requestor", "Staff"),
    "subjects.statement": ("Statement",),
    "subjects.unknown": ("UNKNOWN", "Unknown"),
    "rosters.entry": ("RosterEntry", "Urgency"),
    "rosters.reviewing": ("review",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "UNKNOWN",
    "Account",
    "Activity",
    "Answer",
    "ApprovalSought",
    "CaseError",
    "CaseNote",
    "Closure",
    "Code",
    "Counted",
    "DataEntry",
    "DeadlineSet",
    "Decision",
    "DecisionRecord",
    "DutyArisen",
    "Edition",
    "EditionError",
    "EngineError",
    "FieldInfo",
    "Finding",
    "FollowUp",
    "FutureActivity",
    "Incident",
    "NotedActivity",
    "Office",
    "Outcome",
    "OwnRecord",
    "Participant",
    "Place",
    "PlannedBreak",
    "Policy",
    "PolicyAsked",
    "PolicyError",
    "PolicyStore",
    "Problem",
    "Profile",
    "ProfileError",
    "PseudoSsn",
    "Record",
    "RecordError",
    "Request",
    "Requestor",
    "Result",
    "RosterEntry",
    "RouteTaken",
    "Staff",
    "Statement",
    "Subject",
    "SubjectError",
    "TemporaryPassword",
    "Unknown",
    "Urgency",
    "case_schema",
    "check_subject",
    "decide",
    "decide_many",
    "evaluate",
    "fields",
    "load_policy",
    "load_profile",
    "read_subject",
    "review",
    "subject_to_dict",
]
__version__ = "0.1.0"

if not TYPE_CHECKING:
    # Hidden from type checkers, for whom it would make any name at all one of the package.
    def __getattr__(name: str) -> object:
        """Import a public name when it is first used, so that importing the package stays light."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
