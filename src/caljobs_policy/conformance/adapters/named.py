# SPDX-License-Identifier: MIT
"""Which adapter a name stands for."""

from __future__ import annotations

import re
from typing import Final

from caljobs_policy.conformance.adapters.adapter import Adapter
from caljobs_policy.conformance.adapters.callable import callable_adapter, function_named
from caljobs_policy.conformance.adapters.command import command_adapter
from caljobs_policy.conformance.adapters.url import SCHEMES, url_adapter

_FUNCTION: Final = re.compile(r"(?:[\w.]+|[^\s:][^:]*\.py):[A-Za-z_][\w.]*")


def adapter_named(name: str, limit: float) -> Adapter:
    """Return the adapter of a URL, of `module:function`, or else of a command.

    Raises an `AdapterError` if the function cannot be imported.
    """
    if name.startswith(SCHEMES):
        return url_adapter(name, limit)
    if _FUNCTION.fullmatch(name):
        return callable_adapter(function_named(name), limit, name)
    return command_adapter(name, limit)
