# SPDX-License-Identifier: MIT
"""The facts that a condition may speak of: names, kinds, and how a subject states them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cache, cached_property, lru_cache
from typing import Any, Final, TypeAlias

from attrs import frozen

from caljobs_policy.dates.durations import compare, day_of
from caljobs_policy.errors.arguments import wrong
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.subjects.account import Account, Office
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.record import RECORDS, OwnRecord, Record
from caljobs_policy.subjects.request import Request
from caljobs_policy.subjects.unknown import UNKNOWN

Subject: TypeAlias = Request | Account | Office | Record
SUBJECT_KINDS: Final = ("request", "account", "office", "record")
REQUEST: Final = "request"
RECORD: Final = "record"
TYPES: Final = {REQUEST: "request_types", RECORD: "record_types"}
"""The tables that list the types of the kinds of subject that have some."""
STANDING: Final = ("account", "office", "record/participant")
"""The keys of subjects that are judged as they stand at a moment."""


@frozen(cache_hash=True)
class Fact(FieldRepr):
    """One fact about a subject: its name in cases and profiles, and what it holds."""

    path: str
    holds: Holds
    steps: tuple[str, ...] = ()
    """The attributes that lead from the subject to the value; none for the moment itself."""
    form: str | None = None
    """For the day of a signature: which form was signed."""
    own: bool = False
    """Declared by a profile, and read from the subject's `own` mapping."""
    constant: date | None = None
    """A day of the policy itself, which is no fact of the subject."""
    happens: bool = False
    """What is dated after the moment is read as null: it has not happened."""

    @property
    def kind(self) -> Kind:
        """What sort of value the fact holds."""
        return self.holds.kind

    @property
    def title(self) -> str:
        """The fact in a reader's words."""
        return self.holds.title

    @cached_property
    def as_stated(self) -> Fact:
        """The fact with the date that the subject states, even if it lies after the moment."""
        if not self.happens:
            return self
        # Faster than `evolve`, which asks for the fields each time.
        return Fact(self.path, self.holds, self.steps, self.form, self.own, self.constant)

    def read(self, subject: Subject, at: datetime | None, zone: tzinfo) -> Any:
        """Return what holds of `subject` at a moment: a value, None, or UNKNOWN."""
        if self.constant is not None:
            return self.constant
        if not self.steps:
            return at
        if self.own:
            missing = None if self.holds.optional else UNKNOWN
            return self.at_moment(subject.own.get(self.steps[0], missing), at, zone)
        value = self._holder(subject, at, zone)
        if self.form is not None:
            return value.signed.get(self.form, value.unsigned)
        return self.at_moment(value, at, zone)

    def at_moment(self, value: Any, at: datetime | None, zone: tzinfo) -> Any:
        """Return a stated value as it is read at a moment."""
        if not self.happens or at is None or not isinstance(value, date):
            return value
        return self.to_come if compare(value, at, zone) > 0 else value

    @property
    def to_come(self) -> Any:
        """What a date after the moment is read as: null, or unknown if it must have happened."""
        return None if self.holds.sure_with is None else UNKNOWN

    def _holder(self, subject: Subject, at: datetime | None, zone: tzinfo) -> Any:
        """Return what the steps lead to, without a person's signatures that are still to come."""
        value: Any = subject
        for step in self.steps:
            value = getattr(value, step)
        if self.form is not None and self.happens and at is not None:
            return value.as_of(day_of(at, zone))
        return value

    def possible(
        self, subject: Subject, at: datetime | None, zone: tzinfo
    ) -> tuple[Any, ...] | None:
        """Return all values that an unknown fact can have, or None if it can have any."""
        if self.form is None:
            return None
        holder = self._holder(subject, at, zone)
        if holder.guesses is None:
            return None
        own = [s.signed_on for s in holder.statement if s.form == self.form]
        latest = max((day for day in own if isinstance(day, date)), default=None)
        guesses = (day for day in holder.guesses if latest is None or day > latest)
        return None if UNKNOWN in own else (latest, *guesses)

    def asked(self, subject: Subject, at: datetime | None, zone: tzinfo) -> tuple[str, ...]:
        """Return the keys of a case that have to be filled in for the fact to be known."""
        if self.form is None:
            return (self.path,)
        holder = self._holder(subject, at, zone)
        listed = self.path.removesuffix(f".{self.form}")
        if holder.statement is UNKNOWN:
            return (listed,)
        found = [f"{listed}.form"] if holder.unsigned is UNKNOWN else []
        meant = (self.form, UNKNOWN)
        if any(s.signed_on is UNKNOWN and s.form in meant for s in holder.statement):
            found.append(f"{listed}.signed_on")
        return tuple(found)


AT: Final = Fact("at", Holds(Kind.TIME, "moment of the evaluation", nullable=False))


def constant_day(day: date) -> Fact:
    """Return a day of the policy as a fact, so that it can be compared like one."""
    return Fact(day.isoformat(), Holds(Kind.DAY, day.isoformat(), nullable=False), constant=day)


def subject_key(subject: Subject) -> str:
    """Return the kind of a subject with its type, such as `request/create` or `account`.

    Raises a `TypeError` where it is no subject.
    """
    if isinstance(subject, Request):
        return f"{REQUEST}/{subject.type}"
    if isinstance(subject, Account):
        return "account"
    if isinstance(subject, Record) and isinstance(subject, RECORDS.get(subject.type, OwnRecord)):
        return f"{RECORD}/{subject.type}"
    if isinstance(subject, Office):
        return "office"
    kinds = ", ".join(cls.__name__ for cls in (*RECORDS.values(), OwnRecord))
    raise wrong("subject", f"a Request, an Account, an Office or a record ({kinds})", subject)


def kind_of_key(key: str) -> str:
    """Return the kind of the subjects of a key."""
    return key.partition("/")[0]


def type_of_key(key: str) -> str:
    """Return the type of the subjects of a key; empty where the kind has no types."""
    return key.partition("/")[2]


_TITLES: Final = {"account": "an account", "office": "an office"}


def subject_title(key: str, title_of: Callable[[str, str], str]) -> str:
    """Return what a subject of a key is called in sentences, by the titles of the types."""
    kind, _, type_ = key.partition("/")
    return title_of(TYPES[kind], type_) if type_ else _TITLES[key]


def subject_keys(tables: Mapping[str, Iterable[str]], kind: str | None = None) -> tuple[str, ...]:
    """Return the keys of all subjects, or of those of one kind, by the tables of their types."""
    keys = [f"{REQUEST}/{name}" for name in tables[TYPES[REQUEST]]]
    keys += ["account", "office", *(f"{RECORD}/{name}" for name in tables[TYPES[RECORD]])]
    return tuple(key for key in keys if kind is None or kind_of_key(key) == kind)


def subject_class(key: str) -> type[Subject]:
    """Return the class that holds subjects of a key."""
    kind, _, type_ = key.partition("/")
    if kind == RECORD:
        return RECORDS.get(type_, OwnRecord)
    return _OTHERS.get(key, Request)


_OTHERS: Final[Mapping[str, type[Subject]]] = {"account": Account, "office": Office}


def kind_of_class(cls: type) -> str:
    """Return the kind of subject that a class holds, or an empty text for a part of one."""
    if issubclass(cls, Record):
        return RECORD
    return next((kind for kind in SUBJECT_KINDS[:-1] if subject_class(kind) is cls), "")


@cache
def model_facts() -> Mapping[str, Fact]:
    """Return the model's facts about any subject, by path, except signatures by form."""
    kinds = (REQUEST, "account", "office", *(f"{RECORD}/{name}" for name in RECORDS))
    return {path: fact for key in kinds for path, fact in facts_about(key).items()}


@cache
def facts_about(key: str) -> Mapping[str, Fact]:
    """Return the model's facts about subjects of a key, by path, except signatures by form."""
    kind = kind_of_key(key)
    found = dict(_walk(subject_class(key), (kind,), stands=key in STANDING))
    found["at"] = AT
    return found


def _walk(cls: type, above: tuple[str, ...], *, stands: bool) -> Iterator[tuple[str, Fact]]:
    for name, holds in fields_of(cls).items():
        names = (*above, name)
        if holds.kind is Kind.PART and holds.part is not None:
            yield from _walk(holds.part, names, stands=stands)
        else:
            path = ".".join(names)
            yield path, Fact(path, holds, names[1:], happens=stands and holds.happens)


def fact_named(path: str, key: str, own: Mapping[str, Fact]) -> Fact | None:
    """Return the fact that `path` names for subjects of a key, or None if there is none."""
    facts = facts_about(key)
    found = facts.get(path)
    if found is not None:
        return None if found.kind is Kind.STATEMENTS else found
    stands = key in STANDING
    kind, _, name = path.partition(".")
    # A record type with a field of that name keeps it; the fact is about the other types.
    if path in own and name not in fields_of(subject_class(key)):
        fact = own[path] if stands else own[path].as_stated
        return fact if kind == kind_of_key(key) else None
    listed, _, form = path.rpartition(".")
    if listed in facts and facts[listed].kind is Kind.STATEMENTS:
        return _signed_on(path, facts[listed].steps[:-1], form, stands)
    return None


@lru_cache
def _signed_on(path: str, steps: tuple[str, ...], form: str, stands: bool) -> Fact:
    """Return the day on which a form was signed, which is one object wherever it is named."""
    holds = Holds(Kind.DAY, f"day the statement was signed (form {form})")
    return Fact(path, holds, steps, form=form, happens=stands)
