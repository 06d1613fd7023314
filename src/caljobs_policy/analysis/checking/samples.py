# SPDX-License-Identifier: MIT
"""Cases that show what a rule found, as `evaluate` takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from caljobs_policy.analysis.formulas.witnesses import Witness


def sample(witness: Witness) -> str:
    """Return the case of a witness, in the words of the first policy, as YAML."""
    policy = witness.decisions[0].policy
    kind = witness.decisions[0].subject.__class__.__name__.lower()
    case: dict[str, Any] = {"profile": policy.jurisdiction, "date": policy.day}
    if witness.case.at is not None:
        case["at"] = witness.case.at
    case[kind] = witness.case.stated[0]
    plain = _plain(case)
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)


def _plain(value: Any) -> Any:
    """Return what YAML writes without marks of Python: times as texts, mappings as such."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, date | bool | int) or value is None else str(value)
