# SPDX-License-Identifier: MIT
"""Tools for testing profiles, and programs that use them; what needs the extra `testing` says so.

Importing it stays light, as pytest does so in every suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from caljobs_policy.testing.conforming import assert_conforms as assert_conforms
    from caljobs_policy.testing.expecting import assert_decision as assert_decision

_HOMES: Final = {"assert_conforms": "conforming", "assert_decision": "expecting"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
