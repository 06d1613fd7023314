# SPDX-License-Identifier: MIT
"""The operator over a text that is made of the parts of a date: `reads`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any, ClassVar, Final

from attrs import frozen

from caljobs_policy.policy.operators.operator import Argument, Operator
from caljobs_policy.policy.speech import Speech
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import Kind
from caljobs_policy.subjects.unknown import UNKNOWN

_LENGTHS: Final = {"YYYY": 4, "YY": 2, "MM": 2, "DD": 2}


@frozen
class Reads(Operator):
    """The text is a pattern with the parts of a date filled in: DD, MM, YY and YYYY."""

    name: ClassVar = "reads"
    argument: ClassVar = Argument.PATTERN
    kinds: ClassVar = frozenset({Kind.TEXT})
    other_kinds: ClassVar = frozenset({Kind.DAY})
    sides: ClassVar = ("of",)
    pieces: tuple[str, ...]
    """Plain text and names of parts, in turn; plain text comes first."""
    other: Fact

    @property
    def anchors(self) -> tuple[Fact, ...]:
        """The fact whose parts the text holds."""
        return (self.other,)

    def filled(self, day: date) -> str:
        """Return the pattern with the parts of a date filled in."""
        parts = {
            "DD": f"{day.day:02}",
            "MM": f"{day.month:02}",
            "YY": f"{day.year % 100:02}",
            "YYYY": f"{day.year:04}",
        }
        return "".join(
            parts[piece] if number % 2 else piece for number, piece in enumerate(self.pieces)
        )

    def holds(self, value: Any, others: Sequence[Any], zone: tzinfo) -> bool:
        """Fill in the date and compare."""
        return bool(value == self.filled(others[0]))

    def cells(
        self, kind: Kind, position: int, values: Sequence[Any], zone: tzinfo
    ) -> tuple[Any, ...]:
        """Return what fits the other fact, and what does not."""
        known = values[1 - position]
        if known is None or known is UNKNOWN:
            return ()
        if not position:
            text = self.filled(known)
            return (text, f"{text}?")
        fitting = self._day(known)
        return (date(2000, 1, 1), date(2001, 2, 2), *((fitting,) if fitting else ()))

    def _day(self, text: str) -> date | None:
        """Return a day that a text fits, if there is one; a part that the pattern lacks is any."""
        parts = self._parts(text)
        if parts is None:
            return None
        # January has all days, and a year of 2000 to 2099 is a leap year if any with its end is.
        year = parts.get("YYYY", 2000 + parts.get("YY", 0))
        try:
            day = date(year, parts.get("MM", 1), parts.get("DD", 1))
        except ValueError:
            return None
        return day if self.filled(day) == text else None

    def _parts(self, text: str) -> dict[str, int] | None:
        """Read the parts of a date out of a text; None where it does not fit the pattern."""
        found: dict[str, int] = {}
        for number, piece in enumerate(self.pieces):
            length = _LENGTHS[piece] if number % 2 else len(piece)
            here, text = text[:length], text[length:]
            if number % 2 == 0:
                if here != piece:
                    return None
            elif not (here.isascii() and here.isdigit() and len(here) == length):
                return None
            else:
                found[piece] = int(here)
        return None if text else found

    def failure(self, value: Any, others: Sequence[Any], zone: tzinfo) -> str:
        """Distinguish what is missing from what does not fit."""
        return "missing" if value is None or others[0] is None else "else"

    def words(self, fact: Fact, speech: Speech) -> str:
        """Name the pattern and the date."""
        return f"is {''.join(self.pieces)}, filled in from the {speech.fact(self.other)}"
