# SPDX-License-Identifier: MIT
"""A case as it is written, before its policy is known."""

from datetime import date as day
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final

from attrs import frozen

from caljobs_policy.cases.case_hooks import CasePart, CasePartHook
from caljobs_policy.errors.collecting import Hook
from caljobs_policy.subjects.fields import Holds, Kind
from caljobs_policy.subjects.placing import placed
from caljobs_policy.subjects.value_hooks import fact_reader
from caljobs_policy.syntax.declaration import annotation, declared
from caljobs_policy.syntax.nodes import AnyNode

_PROFILE: Final = Holds(Kind.TEXT, "profile, by its name or folder", nullable=False)
_DATE: Final = Holds(Kind.DAY, "day whose policy applies", nullable=False)
_AT: Final = Holds(Kind.DAY_OR_TIME, "moment of the evaluation", nullable=False)


@frozen(kw_only=True)
class WrittenCase(CasePart):
    """What a case says of itself, and its parts, which are read in the words of a policy."""

    noun: ClassVar = "a case"
    case: Annotated[str, Holds(Kind.TEXT, "title of the case")] | None = None
    profile: Annotated[str, _PROFILE] | None = None
    date: Annotated[day, _DATE] | None = None
    at: Annotated[day | datetime, _AT] | None = None
    request: AnyNode | None = None
    account: AnyNode | None = None
    office: AnyNode | None = None
    record: AnyNode | None = None
    expect: AnyNode | None = None
    suite: AnyNode | None = None
    """What a program notes that exports cases (`conformance/suite.py`); nothing follows from it."""


def _as_written(node: AnyNode, _: Any) -> AnyNode:
    return node


def _hook(key: str, holds: Holds | None) -> Hook:
    return _as_written if holds is None else placed(fact_reader(holds, None), key)


KEYS: Final = tuple(declared(WrittenCase))
written_case: Final = CasePartHook(
    WrittenCase,
    {key: _hook(key, annotation(field.type)) for key, field in declared(WrittenCase).items()},
)
"""Reads a case from its mapping."""
