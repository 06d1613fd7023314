# SPDX-License-Identifier: MIT
"""What a form, an API or an editor has to know of subjects and cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from attrs import frozen

from caljobs_policy.cases.written import WrittenCase
from caljobs_policy.doors.expectation_schema import expectation_schemas
from caljobs_policy.doors.kinds import kind_remedy
from caljobs_policy.doors.value_schemas import BY_KIND, NULL, or_null
from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.problems import shown
from caljobs_policy.plain.mappings import FrozenDict
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import (
    RECORD,
    REQUEST,
    SUBJECT_KINDS,
    TYPES,
    kind_of_key,
    subject_class,
    subject_keys,
    type_of_key,
)
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.subjects.record import RECORDS
from caljobs_policy.syntax.declaration import annotation, declared

LeftOut: TypeAlias = Literal["unknown", "none", "required"]
_TYPE: Final = "type"
_ANY_POLICY: Final[Mapping[str, Iterable[str]]] = {TYPES[REQUEST]: ("",), TYPES[RECORD]: RECORDS}
"""The types under any policy: requests of all types have the same fields, and records do not."""
_LEFT_OUT: Final[Mapping[LeftOut, str]] = {
    "unknown": "Left out, it is not known.",
    "none": "Left out, it has not happened or is not on file.",
    "required": "It has to be given.",
}


@frozen
class FieldInfo:
    """One field of a subject, as a form shows it."""

    path: str
    """Its keys below the kind, such as `staff.employer`; findings call it by the same path."""
    title: str
    kind: str
    """`flag`, `word`, `words`, `text`, `count`, `day`, `time`, `day_or_time` or `statements`."""
    choices: Mapping[str, str]
    """The words that it takes, with their titles; empty where any text will do."""
    private: bool
    left_out: LeftOut
    """What leaving it out means: it is unknown, there is none, or it must be given."""
    nullable: bool
    """Whether null may say that there is none."""


def fields(kind: str, policy: Policy) -> tuple[FieldInfo, ...]:
    """Return the fields of subjects of a kind in the words of a policy, in the order of a case.

    `kind` is `request`, `account`, `office`, or that of a record with its type, such as
    `record/activity`. Raises a `ValueError` where there is none.
    """
    if not isinstance(policy, Policy):
        raise wrong("policy", "a Policy, as `load_policy` returns one", policy)
    known = _kinds(policy)
    if not isinstance(kind, str):
        raise wrong("kind", "the name of a kind, such as `request`", kind)
    if kind not in known:
        raise ValueError(f"there is no kind {shown(kind)}; {kind_remedy(kind, known)}")
    cls = subject_class(known[kind])
    own, found = policy.own_facts(cls), _infos(policy, cls, (), none=False)
    told = (_info(policy, (name,), holds, none=False) for name, holds in own.items())
    if not kind.startswith("record/"):
        return (*found, *told)
    return (_type_of(kind), *(one for one in found if one.path != _TYPE), *told)


def _kinds(policy: Policy | None) -> Mapping[str, str]:
    """Return the key of a subject of each kind; a record of each type has a kind of its own."""
    keys = subject_keys(_ANY_POLICY if policy is None else policy.words)
    return {key if key.startswith("record/") else kind_of_key(key): key for key in keys}


def _type_of(kind: str) -> FieldInfo:
    choices = FrozenDict({type_of_key(kind): type_of_key(kind).replace("_", " ")})
    return FieldInfo(_TYPE, "type of the record", "word", choices, False, "required", False)


def _infos(policy: Policy, cls: Any, above: tuple[str, ...], *, none: bool) -> Iterator[FieldInfo]:
    """Return the fields of a class; if a part does not exist, neither do the fields below it."""
    for name, holds in fields_of(cls).items():
        here, missing = (*above, name), none or holds.optional
        if holds.kind is not Kind.PART:
            yield _info(policy, here, holds, none=missing)
        if holds.part is not None:
            yield from _infos(policy, holds.part, here, none=missing)


def _info(policy: Policy, keys: tuple[str, ...], holds: Holds, *, none: bool) -> FieldInfo:
    return FieldInfo(
        path=".".join(keys),
        title=holds.title,
        kind=holds.kind.name.lower(),
        choices=_choices(policy, holds),
        private=holds.private,
        left_out=_left_out(".".join(keys), holds, none=none),
        nullable=holds.nullable,
    )


def _left_out(name: str, holds: Holds, *, none: bool) -> LeftOut:
    if name == _TYPE:
        return "required"
    return "none" if none or holds.optional else "unknown"


def _choices(policy: Policy | None, holds: Holds) -> Mapping[str, str]:
    """Return the words that a fact takes, with their titles."""
    table = holds.vocabulary
    words = policy.words_for(holds) if policy is not None else table
    if words is None or isinstance(words, str):
        return FrozenDict()
    named = policy is not None and isinstance(table, str)
    return FrozenDict(
        {
            word: policy.title_of(str(table), word) if policy is not None and named else word
            for word in words
        }
    )


def case_schema(policy: Policy | None = None) -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of a case, in the words of a policy if one is named.

    For editors, forms and API descriptions. A file may hold several cases, each of this form.

    Under `$defs` stands what each kind of subject holds, and as `expect` what a case may expect,
    with the words that it may name. With a policy, a kind of subject takes the same values of JSON
    as `read_subject`; only `read_subject` also refuses a day that its month lacks in a time, and
    texts and lists beyond all measure. A file of cases may leave out the quotes around a number
    that is a text, such as a code, where the schema asks for them.
    """
    if policy is not None and not isinstance(policy, Policy):
        raise wrong("policy", "a Policy, or None for the words of any", policy)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case",
        "type": "object",
        "properties": {
            key: _case_key(key, annotation(field.type))
            for key, field in declared(WrittenCase).items()
        },
        "oneOf": [{"required": [kind]} for kind in SUBJECT_KINDS],
        "additionalProperties": False,
        "$defs": {
            **{kind: _kind_schema(policy, kind) for kind in SUBJECT_KINDS},
            **expectation_schemas(policy),
            "suite": {"title": "what a program notes that exports cases", "type": "object"},
        },
    }


def _case_key(key: str, holds: Holds | None) -> dict[str, Any]:
    if holds is None:
        return {"$ref": f"#/$defs/{key}"}
    return {"title": holds.title, **or_null(BY_KIND[holds.kind], nullable=holds.nullable)}


def _kind_schema(policy: Policy | None, kind: str) -> dict[str, Any]:
    keys = [key for key in _kinds(policy).items() if kind_of_key(key[0]) == kind]
    schemas = [_subject_schema(policy, name, subject_class(key)) for name, key in keys]
    if policy is None and kind == RECORD:
        schemas.append(_own_record_schema())
    return schemas[0] if len(schemas) == 1 else {"title": kind, "oneOf": schemas}


def _own_record_schema() -> dict[str, Any]:
    """Return the schema of a record whose type some profile declares for itself."""
    own = {"type": "string", "not": {"enum": list(RECORDS)}}
    return {"title": "record of another type", "properties": {_TYPE: own}, "required": [_TYPE]}


def _subject_schema(policy: Policy | None, kind: str, cls: Any) -> dict[str, Any]:
    own = policy.own_facts(cls) if policy is not None else {}
    found = _part_schema(policy, {**fields_of(cls), **own}, none=False)
    found["title"] = kind
    if policy is None:
        # A profile may declare facts of its own.
        found["additionalProperties"] = True
    if kind.startswith("record/"):
        others = {name: one for name, one in found["properties"].items() if name != _TYPE}
        found["properties"] = {_TYPE: {"const": type_of_key(kind)}, **others}
    if _TYPE in found["properties"]:
        found["required"] = [_TYPE]
    return found


def _part_schema(policy: Policy | None, held: Mapping[str, Holds], *, none: bool) -> dict[str, Any]:
    properties = {name: _schema(policy, name, holds, none=none) for name, holds in held.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _schema(policy: Policy | None, name: str, holds: Holds, *, none: bool) -> dict[str, Any]:
    """Return the schema of one field: what it holds, its title, and what leaving it out means."""
    missing = none or holds.optional
    forms = [_value(policy, holds, none=missing)]
    if holds.kind in {Kind.WORDS, Kind.STATEMENTS}:
        forms.append({"type": "array", "items": forms[0]})
    if holds.nullable or holds.kind is Kind.PART:
        forms.append(NULL)
    told = [_LEFT_OUT[_left_out(name, holds, none=missing)]]
    if holds.private:
        told.append("It is personal, and never shown.")
    about = {"title": holds.title, "description": " ".join(told)}
    return {**about, **(forms[0] if len(forms) == 1 else {"anyOf": forms})}


def _value(policy: Policy | None, holds: Holds, *, none: bool) -> dict[str, Any]:
    if holds.part is not None:
        return _part_schema(policy, fields_of(holds.part), none=none)
    choices = _choices(policy, holds)
    return {"enum": list(choices)} if choices else dict(BY_KIND[holds.kind])
