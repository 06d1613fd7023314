# SPDX-License-Identifier: MIT
"""Generated cases as a stream of YAML, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterator

from caljobs_policy.analysis.generating.suite import Suite
from caljobs_policy.analysis.samples import in_short_yaml
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.speech import listed


def written_cases(suite: Suite, profile: str) -> str:
    """Return the cases as YAML documents, given how their profile is named."""
    head = f"# Made by `caljobs-policy cases {profile}`. All data is made up.\n"
    return head + "---\n".join(in_short_yaml(one.case(profile)) for one in suite.cases)


def summary(suite: Suite) -> Iterator[str]:
    """Yield how much the cases show, and what no case does."""
    shown, whole = suite.totals
    number = len(suite.made)
    yield f"{number:,} case{'' if number == 1 else 's'}: {shown:,} of {whole:,} points shown"
    yield from suite.bounds
    found: dict[tuple[Place, str, tuple[str, ...]], list[str]] = {}
    for one in suite.unreached:
        purpose = one.purpose
        found.setdefault((purpose.place, purpose.says, one.bounds), []).append(purpose.where)
    for (place, says, bounds), where in found.items():
        begin = f"{place}: " if place.file else ""
        what = f"{says} {listed(where, 'or')}".rstrip()
        how = f"was found to {what}: {'; '.join(bounds)}" if bounds else f"can {what}"
        yield f"{begin}no case {how}"
