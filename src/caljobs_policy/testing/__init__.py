# SPDX-License-Identifier: MIT
"""Tools for testing profiles, and programs that use them; what needs the extra `testing` says so.

Importing it stays light, as pytest and Hypothesis do so in every suite.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from caljobs_policy.testing.conforming import assert_conforms as assert_conforms
    from caljobs_policy.testing.expecting import assert_decision as assert_decision
    from caljobs_policy.testing.strategies.accepting import NearMiss as NearMiss
    from caljobs_policy.testing.strategies.accepting import accepted as accepted
    from caljobs_policy.testing.strategies.accepting import near_misses as near_misses
    from caljobs_policy.testing.strategies.account_life import AccountLife as AccountLife
    from caljobs_policy.testing.strategies.by_kind import accounts as accounts
    from caljobs_policy.testing.strategies.by_kind import cases as cases
    from caljobs_policy.testing.strategies.by_kind import offices as offices
    from caljobs_policy.testing.strategies.by_kind import records as records
    from caljobs_policy.testing.strategies.by_kind import requests as requests
    from caljobs_policy.testing.strategies.fitting import subjects as subjects
    from caljobs_policy.testing.strategies.policies import policies as policies
    from caljobs_policy.testing.strategies.profiles import profiles as profiles

_HOMES: Final = {
    "conforming": ("assert_conforms",),
    "expecting": ("assert_decision",),
    "strategies.accepting": ("NearMiss", "accepted", "near_misses"),
    "strategies.account_life": ("AccountLife",),
    "strategies.by_kind": ("accounts", "cases", "offices", "records", "requests"),
    "strategies.fitting": ("subjects",),
    "strategies.policies": ("policies",),
    "strategies.profiles": ("profiles",),
}
"""The public names, by the modules that hold them."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
