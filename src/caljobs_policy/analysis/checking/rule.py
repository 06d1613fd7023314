# SPDX-License-Identifier: MIT
"""What a rule of `check` is, and what it finds."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from caljobs_policy.errors.problems import Place

if TYPE_CHECKING:
    from caljobs_policy.analysis.checking.examined import Examined
    from caljobs_policy.analysis.formulas.witnesses import Witness


class Severity(StrEnum):
    """How grave a fault is: errors always make `check` fail, warnings with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Fault:
    """Something that is wrong or doubtful, where it stands, and how to mend it."""

    code: str
    severity: Severity
    place: Place
    message: str
    help: str | None = None
    witness: str | None = field(default=None, kw_only=True)
    """A case that shows it, as YAML that `evaluate` takes."""
    reason: str | None = field(default=None, kw_only=True)
    """Why it is allowed, if it is."""

    def told(self) -> str:
        """Return the message with its remedy and the example, each on lines of its own."""
        remedy = f"help: {self.help}" if self.help else None
        return "\n".join(filter(None, (self.message, remedy, self.witness)))


@frozen
class Bound:
    """A question that could not be answered for certain."""

    code: str
    place: Place
    message: str


class Rule(ABC):
    """Something that `check` looks for; its docstring is its page.

    A page says what the rule finds, why that matters, an example, and what the rule does not
    report.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    proves: ClassVar[bool] = False
    """Whether it asks about all subjects at once, for which it needs the extra `analysis`."""
    of_each: ClassVar[bool] = False
    """Whether it asks about each check or route of a plan, for which some plans are too large."""
    excusable: ClassVar[bool] = True
    """Whether a comment in the profile may allow what it finds."""

    @abstractmethod
    def faults(self, examined: Examined) -> Iterator[Fault | Bound]:
        """Yield what a profile has of this."""

    @classmethod
    def page(cls) -> str:
        """Return the page of the rule in Markdown, without a title."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """Return the first sentence of its page."""
        return cls.page().partition("\n\n")[0].replace("\n", " ")

    def fault(
        self, place: Place, message: str, remedy: str, witness: Witness | None = None
    ) -> Fault:
        """Return a fault that the rule finds."""
        from caljobs_policy.analysis.samples import sample

        shown = None if witness is None else sample(witness)
        return Fault(self.code, self.severity, place, message, remedy, witness=shown)
