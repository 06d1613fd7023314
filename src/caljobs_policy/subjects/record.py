# SPDX-License-Identifier: MIT
"""Records of a participant's data, one class for each type of record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from attrs import field, frozen

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.problems import Problem
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.subjects.checking import check
from caljobs_policy.subjects.fields import Kind, holds, null_part, or_null, own_facts, words
from caljobs_policy.subjects.unknown import UNKNOWN, Maybe


def _unknown(kind: Kind, title: str, **more: Any) -> Any:
    shown = not more.get("private", False)
    return field(default=UNKNOWN, repr=shown, metadata=holds(kind, title, **more))


def _none(kind: Kind, title: str, **more: Any) -> Any:
    return field(default=None, metadata=holds(kind, title, optional=True, **more))


_APPROVALS: Final = holds(Kind.WORDS, "approvals on file", vocabulary="roles", optional=True)


@frozen(kw_only=True)
class Record(FieldRepr):
    """Data about a participant; each `type` has a class of its own."""

    type: ClassVar[str] = ""
    own: Mapping[str, Any] = field(factory=FrozenDict, converter=own_facts, repr=False)
    """Facts that a profile declares for itself, by name; some may be private."""
    words_used: frozenset[str] = field(init=False, eq=False, repr=False)
    """The words that a policy has to know, each prefixed with the name of its table."""

    def __attrs_post_init__(self) -> None:
        check(self, "record")


@frozen(kw_only=True)
class DataEntry(Record):
    """An item of data that somebody entered."""

    type: ClassVar[str] = "data_entry"
    item: Maybe[str] = _unknown(Kind.WORD, "item entered", given=True, vocabulary="record_items")
    service_date: Maybe[date] = _unknown(Kind.DAY, "day of the service", given=True)
    entered_on: Maybe[date] = _unknown(Kind.DAY, "day of the entry", given=True)
    activity_code: Maybe[str] = _unknown(Kind.TEXT, "activity code", given=True)
    exited_on: Maybe[date] = _none(Kind.DAY, "day of the exit", given=True)
    approvals: Maybe[tuple[str, ...]] = field(default=(), converter=words, metadata=_APPROVALS)
    all_applicable_fields_entered: Maybe[bool] = _unknown(Kind.FLAG, "entry of all applicable data")


@frozen(kw_only=True)
class Activity(Record):
    """An activity and the contact that it rests on."""

    type: ClassVar[str] = "activity"
    code: Maybe[str] = _unknown(Kind.TEXT, "activity code", given=True)
    title: Maybe[str] = _unknown(Kind.TEXT, "title of the activity")
    begins_on: Maybe[date] = _unknown(Kind.DAY, "day the activity begins", given=True)
    contact: Maybe[str] = _unknown(Kind.WORD, "kind of contact", given=True, vocabulary="contacts")
    participant_responded: Maybe[bool] = _unknown(
        Kind.FLAG, "response of the participant", given=True
    )
    has_case_note: Maybe[bool] = _unknown(Kind.FLAG, "case note of the activity")


@frozen(kw_only=True)
class NotedActivity(FieldRepr):
    """The activity that a case note is about."""

    code: Maybe[str] = _unknown(Kind.TEXT, "activity code", given=True)
    title: Maybe[str] = _unknown(Kind.TEXT, "title of the activity")
    begins_on: Maybe[date] = _unknown(Kind.DAY, "day the activity begins", given=True)

    def __attrs_post_init__(self) -> None:
        check(self)


UNKNOWN_ACTIVITY: Final = NotedActivity()


def _noted_activity(value: Maybe[NotedActivity]) -> NotedActivity:
    return or_null(NotedActivity, value, UNKNOWN_ACTIVITY)


@frozen(kw_only=True)
class CaseNote(Record):
    """A case note about a contact or an activity."""

    type: ClassVar[str] = "case_note"
    kind: Maybe[str] = _unknown(Kind.WORD, "kind of case note", given=True, vocabulary="note_kinds")
    contact_date: Maybe[date] = _unknown(Kind.DAY, "day of the contact", given=True)
    entered_on: Maybe[date] = _unknown(Kind.DAY, "day of the entry", given=True)
    subject: Maybe[str] = _unknown(Kind.TEXT, "subject line of the case note")
    activity: NotedActivity = field(
        default=UNKNOWN_ACTIVITY,
        converter=_noted_activity,
        metadata=holds(Kind.PART, "activity of the case note", part=NotedActivity),
    )
    reciprocal: Maybe[bool] = _unknown(Kind.FLAG, "reciprocity of the contact", given=True)


@frozen(kw_only=True)
class FutureActivity(FieldRepr):
    """An activity planned for the time after a break."""

    begins_on: Maybe[date] = _unknown(Kind.DAY, "projected begin")
    ends_on: Maybe[date] = _unknown(Kind.DAY, "projected end")

    def __attrs_post_init__(self) -> None:
        check(self)


def _future_activity(value: Maybe[FutureActivity]) -> FutureActivity:
    return or_null(FutureActivity, value)


@frozen(kw_only=True)
class PlannedBreak(Record):
    """A planned gap in a participant's services."""

    type: ClassVar[str] = "planned_break"
    last_service_on: Maybe[date] = _unknown(Kind.DAY, "day of the last service")
    returns_on: Maybe[date] = _unknown(Kind.DAY, "day of the return")
    reason: Maybe[str] = _unknown(Kind.TEXT, "reason of the break", given=True)
    intends_to_return: Maybe[bool] = _unknown(Kind.FLAG, "intent to return", given=True)
    approvals: Maybe[tuple[str, ...]] = field(default=(), converter=words, metadata=_APPROVALS)
    future_activity: FutureActivity = field(
        default=null_part(FutureActivity),
        converter=_future_activity,
        metadata=holds(Kind.PART, "future activity", part=FutureActivity, optional=True),
    )
    case_note_gives_reason: Maybe[bool] = _unknown(
        Kind.FLAG, "case note on the reason of the break"
    )


@frozen(kw_only=True)
class Closure(Record):
    """A closure form."""

    type: ClassVar[str] = "closure"
    all_fields_completed: Maybe[bool] = _unknown(Kind.FLAG, "completeness of every field")
    exited_on: Maybe[date] = _unknown(Kind.DAY, "day of the exit", given=True)


@frozen(kw_only=True)
class FollowUp(Record):
    """A follow-up after the exit."""

    type: ClassVar[str] = "follow_up"
    code: Maybe[str] = _unknown(Kind.TEXT, "activity code", given=True)
    kind: Maybe[str] = _unknown(
        Kind.WORD, "kind of follow-up", given=True, vocabulary="follow_up_kinds"
    )
    exited_on: Maybe[date] = _unknown(Kind.DAY, "day of the exit", given=True)
    on: Maybe[date] = _unknown(Kind.DAY, "day of the follow-up", given=True)
    attempts_documented: Maybe[bool] = _unknown(Kind.FLAG, "documentation of the contact attempts")
    participant_reachable: Maybe[bool] = _unknown(
        Kind.FLAG, "whether the participant can be reached", given=True
    )


@frozen(kw_only=True)
class Participant(Record):
    """Where a participant's case stands."""

    type: ClassVar[str] = "participant"
    last_service_on: Maybe[date] = _unknown(Kind.DAY, "day of the last service", happens=True)
    last_case_note_on: Maybe[date] = _unknown(Kind.DAY, "day of the last case note", happens=True)
    exited_on: Maybe[date] = _none(Kind.DAY, "day of the exit", given=True, happens=True)
    closure_form_completed: Maybe[bool] = _none(Kind.FLAG, "completed closure form")
    planned_break_open: Maybe[bool] = _none(Kind.FLAG, "planned break with a future activity")
    declined_follow_up: Maybe[bool] = _none(Kind.FLAG, "declined follow-up", given=True)
    last_follow_up_on: Maybe[date] = _none(Kind.DAY, "day of the last follow-up", happens=True)


@frozen(kw_only=True)
class PseudoSsn(Record):
    """An assigned number in place of a Social Security Number."""

    type: ClassVar[str] = "pseudo_ssn"
    birth_date: Maybe[date] = _unknown(Kind.DAY, "birth date", given=True, private=True)
    value: Maybe[str] = _unknown(Kind.TEXT, "assigned number", private=True)
    has_ssn: Maybe[bool] = _unknown(Kind.FLAG, "Social Security Number that was given", given=True)


@frozen(kw_only=True)
class OwnRecord(Record):
    """A record of a type that a profile declares, with facts that the profile declares."""

    type: str = field(  # type: ignore[misc]  # the others have one type each
        metadata=holds(Kind.WORD, "type of the record", vocabulary="record_types", nullable=False)
    )

    def __attrs_post_init__(self) -> None:
        check(self, "record")
        if self.type in RECORDS:
            message = "`record.type` is one that has a class of its own"
            remedy = f"make a {RECORDS[self.type].__name__}"
            raise SubjectError([Problem(message, help=remedy, keys=("type",), code=Code.CONFLICT)])


RECORDS: Final[Mapping[str, type[Record]]] = {
    cls.type: cls
    for cls in (
        DataEntry,
        Activity,
        CaseNote,
        PlannedBreak,
        Closure,
        FollowUp,
        Participant,
        PseudoSsn,
    )
}
