# SPDX-License-Identifier: MIT
"""Asserts in a test suite that a system conforms to a profile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caljobs_policy.conformance.adapters.callable import Decide
    from caljobs_policy.conformance.report import Report


def assert_conforms(  # noqa: PLR0913  # as the options of `conform`
    system: Decide | str,
    profile: str,
    *,
    day: date | None = None,
    partial: bool = False,
    generated: bool = False,
    random: int = 200,
    seed: int = 0,
    time_limit: float = 10,
    jobs: int = 1,
) -> Report:
    """Hold a system to a profile, and raise an `AssertionError` with the report if it does not fit.

    The system is a function, or named as for `caljobs-policy conform`. It is asked under the policy
    of a day alone if one is given, and about cases for each check and boundary if `generated` ones
    are wanted, which takes some seconds and the extra `analysis`. One that claims only some clauses
    has to be expected to, with `partial=True`, and to be right in these. Raises an `AdapterError`
    if it cannot be asked at all, and a `PolicyError` if the profile cannot be used.
    """
    __tracebackhide__ = True
    from caljobs_policy.conformance.adapters.callable import callable_adapter
    from caljobs_policy.conformance.adapters.named import adapter_named
    from caljobs_policy.conformance.formats.text import as_text
    from caljobs_policy.conformance.report import Word
    from caljobs_policy.conformance.running import Held, conformance
    from caljobs_policy.conformance.sources import Standard

    if isinstance(system, str):
        adapter = adapter_named(system, time_limit)
    else:
        adapter = callable_adapter(system, time_limit)
    standard = Standard(profile, day)
    held = Held(profile, standard.policies, standard.cases(random, seed, generated=generated))
    report = conformance(adapter, held, jobs)
    is_enough = report.counts[Word.CONFORMS] if partial else not report.is_partial
    if report.fails or report.stopped is not None or not is_enough:
        raise AssertionError(as_text(report))
    return report
