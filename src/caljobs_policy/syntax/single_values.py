# SPDX-License-Identifier: MIT
"""Says what a flag, a whole number, a date and a time are, and what is wrong with anything else.

Each reader makes its own sentences of it, as not every text may be quoted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from caljobs_policy.dates.reading import Fault, day_from, day_or_time_from, time_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.syntax.nodes import AnyNode, Scalar
from caljobs_policy.syntax.sorts import Sort

LARGEST: Final = 10**9 - 1
"""The largest whole number: nine digits."""
_FLAGS: Final = {"true": True, "false": False}
_WRITE_FLAG: Final = "write true or false, in small letters and without quotes"
_WRITE_COUNT: Final = "write up to nine digits and nothing else, such as 12"


@frozen
class Single:
    """A sort of single value."""

    name: Sort
    """What messages call it."""
    code: Code
    """The code of a problem with anything else."""
    _read: Callable[[Scalar], tuple[Any, Fault | None]]
    remedy: str
    """How it is written."""

    def of(self, node: AnyNode) -> tuple[Any, Fault | None]:
        """Read what is written, or say what is wrong with it.

        The first part of a fault is empty if all there is to say is what is expected.
        """
        return self._read(node) if isinstance(node, Scalar) else (None, ("", self.remedy))


def _flag_of(node: Scalar) -> tuple[bool | None, Fault | None]:
    if node.quoted or node.text not in _FLAGS:
        return None, ("", _WRITE_FLAG)
    return _FLAGS[node.text], None


def _count_of(node: Scalar) -> tuple[int | None, Fault | None]:
    if node.text.isascii() and node.text.isdigit() and len(node.text) < 10:
        return int(node.text), None
    return None, ("is not a whole number", _WRITE_COUNT)


FLAG: Final = Single(Sort.FLAG, Code.NOT_A_FLAG, _flag_of, _WRITE_FLAG)
COUNT: Final = Single(Sort.COUNT, Code.NOT_A_NUMBER, _count_of, _WRITE_COUNT)
DAY: Final = Single(
    Sort.DAY, Code.NOT_A_DATE, lambda node: day_from(node.text), "write it as 2025-03-01"
)
TIME: Final = Single(
    Sort.TIME,
    Code.NOT_A_TIME,
    lambda node: time_from(node.text),
    "write it as 2025-03-01T09:00:00-08:00",
)
DAY_OR_TIME: Final = Single(
    Sort.DAY_OR_TIME,
    Code.NOT_A_DATE,
    lambda node: day_or_time_from(node.text),
    "write it as 2025-03-01, or as 2025-03-01T09:00:00-08:00",
)
