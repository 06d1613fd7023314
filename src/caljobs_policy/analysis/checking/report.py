# SPDX-License-Identifier: MIT
"""What a run of `check` found."""

from __future__ import annotations

from attrs import field, frozen

from caljobs_policy.analysis.checking.rule import Bound, Fault, Severity


@frozen
class Report:
    """All that was found, sorted by place; and what could not be told."""

    problems: tuple[Fault, ...] = ()
    allowed: tuple[Fault, ...] = ()
    """What is allowed, each with its reason."""
    bounds: tuple[Bound, ...] = ()
    """What could not be told for certain."""
    codes: tuple[str, ...] = field(default=(), kw_only=True)
    """The rules that ran."""
    strict: bool = field(default=False, kw_only=True)
    """Whether warnings make the run fail."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(one.severity is Severity.ERROR for one in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors

    def fails(self, fault: Fault) -> bool:
        """Return whether a problem makes the run fail."""
        return self.strict or fault.severity is Severity.ERROR

    def summary(self) -> str:
        """Return in a line how much was found."""
        parts = [_counted(self.errors, "error"), _counted(self.warnings, "warning")]
        if self.allowed:
            parts.append(f"{len(self.allowed)} allowed")
        if self.bounds:
            parts.append(f"{len(self.bounds)} not certain")
        return ", ".join(parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
