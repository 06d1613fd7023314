# SPDX-License-Identifier: MIT
"""Decides a subject by the policy of its own day, or many subjects by one policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from os import PathLike
from typing import Any, Final, TypeAlias, cast

from caljobs_policy.dates.durations import day_of, in_zone
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.evaluation import check_asked
from caljobs_policy.doors.policy_store import PolicyStore
from caljobs_policy.errors.arguments import require_flag, require_moment, wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.privacy import named
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.policies import policy_at
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.subject_reading import read_subject
from caljobs_policy.subjects.facts import SUBJECT_KINDS, Subject, subject_key
from caljobs_policy.subjects.foreign import Stamp, is_blank, plain, without_blanks
from caljobs_policy.subjects.request import Request

Stated: TypeAlias = Subject | Mapping[str, Any]
"""A subject, or a mapping whose only key is its kind, such as `{"request": {...}}`."""
_LIKE: Final = 'write it as `{"request": {...}}`'


def decide(
    jurisdiction: str | PathLike[str],
    subject: Stated,
    at: datetime | None = None,
    *,
    engine: str = "native",
    folders: bool = True,
    store: PolicyStore | None = None,
) -> Decision:
    """Decide a subject by the policy that is in force on its own day.

    That is the day of a request (`submitted_on`), otherwise the day of the moment `at`, otherwise
    today in the zone of the profile. A mapping such as `{"request": {...}}` is read by
    `read_subject`. Raises a `SubjectError` with everything wrong with the subject, including a
    moment that lies before the day of the request or at which other editions are in force;
    whatever `load_policy` raises; and whatever `evaluate` does.

    A service passes its `store`, which alone then says which profiles there are and when their
    files are looked at. Without one, the files are looked at in each call; for a jurisdiction that
    comes from outside, `folders=False` keeps it from naming a folder.
    """
    require_moment("at", at)
    day = _own_day(subject)
    when = day or at or datetime.now(UTC)
    if store is None:
        policy = policy_at(jurisdiction, when, folders=folders)
    else:
        policy = _stored(store, jurisdiction, when)
    check_asked(policy, engine)
    read = _read(policy, subject)
    if day is not None and at is not None:
        _check_agreement(policy, at)
    return evaluate(policy, read, at, engine=engine)


def _stored(store: object, jurisdiction: Any, when: date | datetime) -> Policy:
    if not isinstance(store, PolicyStore):
        raise wrong("store", "a PolicyStore", store)
    if isinstance(when, datetime):
        return store.at(jurisdiction, when)
    return store.get(jurisdiction, when)


def decide_many(
    policy: Policy,
    rows: Iterable[Stated],
    at: datetime | None = None,
    *,
    engine: str = "native",
    none_is_blank: bool = False,
) -> Iterator[Decision | SubjectError]:
    """Decide many subjects or mappings by one policy, one after the other.

    Blank cells of a table (NaN, NaT, NA) are facts left out. None says that a fact is known not to
    exist, as null does in a case, unless `none_is_blank` says that it marks a blank cell, as in
    rows of Polars. If something is wrong with a row, its error is returned in its place, and the
    others are decided. Raises a `TypeError` or a `ValueError` at once if another argument is wrong.
    """
    check_asked(policy, engine)
    require_moment("at", at)
    require_flag("none_is_blank", none_is_blank)
    _require_rows(rows)
    whole = (without_blanks(row, none=none_is_blank) for row in rows)
    return (_decided(policy, row, at, engine) for row in whole)


def _require_rows(rows: object) -> None:
    """Raise a `TypeError` for one subject, a mapping or a table where its rows are asked for."""
    taken = "subjects or mappings, in a list or any other iterable"
    if hasattr(rows, "columns"):
        raise wrong("rows", taken, rows, "pass the rows of a table one by one")
    if isinstance(rows, Mapping):
        raise wrong("rows", taken, rows, "put it in brackets")
    if isinstance(rows, str | bytes) or not isinstance(rows, Iterable):
        raise wrong("rows", taken, rows)


def _decided(
    policy: Policy, row: Stated, at: datetime | None, engine: str
) -> Decision | SubjectError:
    try:
        return evaluate(policy, _read(policy, row), at, engine=engine)
    except SubjectError as error:
        # Its traceback would keep the row alive as long as the error.
        error.__context__ = None
        return error.with_traceback(None)


def _read(policy: Policy, stated: object) -> Subject:
    """Return a subject as it is, or read the one that a mapping states."""
    if not isinstance(stated, Mapping):
        return _as_subject(stated)
    problems = list(_key_problems(stated))
    if problems:
        raise SubjectError(problems)
    ((kind, mapping),) = stated.items()
    return read_subject(policy, kind, mapping)


def _as_subject(stated: object) -> Subject:
    subject = cast(Subject, stated)
    try:
        subject_key(subject)
    except TypeError:
        problem = Problem("this is neither a subject nor a mapping", help=_LIKE)
        raise SubjectError([problem.coded(Code.WRONG_KIND)]) from None
    return subject


def _key_problems(stated: Mapping[Any, Any]) -> Iterator[Problem]:
    """Report keys that are not kinds of subject, and more or fewer kinds than one."""
    kinds = [key for key in SUBJECT_KINDS if key in stated]
    if not kinds and len(stated) != 1:
        yield Problem("the mapping states no subject", help=_LIKE, code=Code.MISSING)
        return
    strange = [key if isinstance(key, str) else "" for key in stated if key not in SUBJECT_KINDS]
    for key in strange:
        message = f"the mapping has no {named('key', key, SUBJECT_KINDS)}"
        remedy = remedy_for(key, SUBJECT_KINDS, "its keys are")
        yield Problem(message, help=remedy, code=Code.UNKNOWN_KEY)
    if len(kinds) > 1:
        listed = ", ".join(f"`{kind}`" for kind in kinds)
        message = f"a mapping states one subject, but this one has {listed}"
        yield Problem(message, help="write a mapping for each", code=Code.CONFLICT)


def _own_day(stated: object) -> date | None:
    """Return the day of a request, if it states one that can be read."""
    found: object = None
    if isinstance(stated, Request):
        found = stated.submitted_on
    elif isinstance(stated, Mapping):
        request = stated.get("request")
        if isinstance(request, Request):
            return _own_day(request)
        found = request.get("submitted_on") if isinstance(request, Mapping) else None
    found = plain(found)
    if isinstance(found, Stamp):
        found = found.at
    if isinstance(found, str):
        return _day_from(found)
    # pandas' `NaT` passes for a date; the reader reports what is wrong with it.
    is_day = isinstance(found, date) and not is_blank(found)
    return date(found.year, found.month, found.day) if is_day and isinstance(found, date) else None


def _day_from(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check_agreement(policy: Policy, at: datetime) -> None:
    """Raise a `SubjectError` unless the policy of the request's day is in force at the moment."""
    then = day_of(in_zone(at, policy.zone), policy.zone)
    if then < policy.day:
        message = f"the moment ({then}) lies before the day of the request ({policy.day})"
        remedy = "ask about a moment on that day or later"
    elif policy.until is not None and then > policy.until:
        message = f"the rules of the request's day ({policy.day}) ended before the moment ({then})"
        remedy = "load the policy of the day you mean and call `evaluate`"
    else:
        return
    keys = ("submitted_on",)
    raise SubjectError([Problem(message, help=remedy, keys=keys, code=Code.CONFLICT)])
