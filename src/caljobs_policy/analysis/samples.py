# SPDX-License-Identifier: MIT
"""Cases that show what was found, as `evaluate` takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml

from caljobs_policy.subjects.facts import kind_of_key, subject_key

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.witnesses import Witness


def sample(witness: Witness) -> str:
    """Return the case of a witness, in the words of the first policy, as YAML."""
    return in_yaml(case_of(witness))


def case_of(witness: Witness) -> dict[str, Any]:
    """Return the case of a witness, in the words of the first policy."""
    policy = witness.decisions[0].policy
    kind = kind_of_key(subject_key(witness.decisions[0].subject))
    case: dict[str, Any] = {"profile": policy.jurisdiction, "date": policy.day}
    if witness.case.at is not None:
        case["at"] = witness.case.at
    return {**case, kind: witness.case.stated[0]}


def in_yaml(case: Mapping[str, Any]) -> str:
    """Return a case as YAML."""
    plain = _plain(case)
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def in_short_yaml(case: Mapping[str, Any]) -> str:
    """Return a case as YAML as people write it: each small part on one line."""
    plain = _plain(case)
    parts = {key: _Part(one) if isinstance(one, Mapping) else one for key, one in plain.items()}
    return yaml.dump(
        parts,
        Dumper=_ShortDumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=None,
    )


class _Part(dict[str, Any]):
    """A part of a case of which each key has a line."""


class _Dumper(yaml.SafeDumper):
    """Writes what is stated twice twice, without marks that refer to it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _ShortDumper(_Dumper):
    """Writes parts of a case as people do."""


def _part(dumper: _ShortDumper, part: _Part) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", part, flow_style=False)


_ShortDumper.add_representer(_Part, _part)


def _plain(value: Any) -> Any:
    """Return what YAML writes without marks of Python: times as texts, mappings as such."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, date | bool | int) or value is None else str(value)


def in_json(value: Any) -> Any:
    """Return a case as plain data of JSON: days become texts too."""
    if isinstance(value, Mapping):
        return {key: in_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [in_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
