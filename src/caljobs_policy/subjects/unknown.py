# SPDX-License-Identifier: MIT
"""The value of a fact that nobody stated."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, TypeAlias, TypeVar

T = TypeVar("T")


class Unknown(Enum):
    """The state of a fact that was left out; `None` says instead that it is known not to exist."""

    UNKNOWN = "unknown"

    # There is only one, so its identity will do; the hash of an `Enum` is a call into Python.
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> Literal[False]:
        return False


UNKNOWN: Final = Unknown.UNKNOWN
Maybe: TypeAlias = T | Literal[Unknown.UNKNOWN] | None
Truth: TypeAlias = bool | None
"""Kleene's three values; `None` is "cannot tell"."""
