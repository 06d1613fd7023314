# SPDX-License-Identifier: MIT
"""The rule about excuses that excuse nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import ClassVar

from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.checking.excuses import Excuse, Excuses
from caljobs_policy.analysis.checking.rule import Fault, Rule
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import shown


class ExcuseUnused(Rule):
    """A comment allows what no rule finds any more, names no rule, or gives no reason.

    An excuse that outlives its fault would hide the next one on the same line, and one without a
    reason tells nobody whether it still holds.

    An example:

        parameters:
          # allow: unused-parameter
          notice: {value: 5 days, clauses: [AREA-1/create-1]}

    Mended so:

        parameters:
          # allow: unused-parameter because the rule that takes it comes in July
          notice: {value: 5 days, clauses: [AREA-1/create-1]}

    What it does not report: an excuse for a rule that this run leaves out, or whose answer is not
    certain; whether a reason is a good one.
    """

    code: ClassVar = "excuse-unused"
    excusable: ClassVar = False

    def faults(self, examined: Examined) -> Iterator[Fault]:
        """Yield nothing: what excuses allow is known once the other rules have run."""
        return iter(())

    @classmethod
    def idle(
        cls, excuses: Excuses, rules: Mapping[str, type[Rule]], sure: Collection[str]
    ) -> Iterator[Fault]:
        """Yield the excuses that allow nothing, as far as rules have run and are sure."""
        for excuse in excuses.all:
            told = _written(excuse, rules) or _of_use(excuse, excuses, sure)
            if told is not None:
                yield Fault(cls.code, cls.severity, excuse.place, *told)


def _written(excuse: Excuse, rules: Mapping[str, type[Rule]]) -> tuple[str, str] | None:
    """Return what is wrong with an excuse as it is written, and the remedy."""
    strange = next((code for code in excuse.codes if code not in rules), None)
    if strange is not None:
        return f"there is no rule {shown(strange)}", str(remedy_for(strange, rules))
    if not excuse.codes:
        return "the excuse names no rule", str(remedy_for("", rules))
    if not excuse.reason:
        return "the excuse gives no reason", "end it with `because` and the reason"
    firm = next((code for code in excuse.codes if not rules[code].excusable), None)
    if firm is not None:
        return f"no comment can allow `{firm}`", "mend what it finds, or cite an authority"
    return None


def _of_use(excuse: Excuse, excuses: Excuses, sure: Collection[str]) -> tuple[str, str] | None:
    """Return that an excuse allows nothing any more, wholly or for one of its rules."""
    idle = [code for code in excuse.codes if code in sure and not excuses.is_used(excuse, code)]
    if not idle:
        return None
    if len(idle) == len(excuse.codes):
        return "the excuse allows nothing", "remove it"
    return f"the excuse allows nothing that `{idle[0]}` finds", f"take `{idle[0]}` out of it"
