# SPDX-License-Identifier: MIT
"""Evaluates the policies that say who may have an account, who asks, who approves and by when.

The public names are those that `__init__.pyi` imports, and nothing else.
"""

from __future__ import annotations

__version__ = "0.1.0"
_homes: dict[str, str] = {}
"""The module of each public name, once one was asked for."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that importing the package stays light."""
    if not _homes:
        _homes.update(_read_homes())
    if name == "__all__":
        return sorted(_homes)
    if name not in _homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_homes[name]), name)
    globals()[name] = value
    return value


def _read_homes() -> dict[str, str]:
    """Return the module that each line of the stub, `from MODULE import NAME as NAME`, names."""
    stub = __loader__.get_data(f"{__path__[0]}/__init__.pyi").decode()
    lines = [line.split() for line in stub.splitlines() if line.startswith("from ")]
    return {words[-1]: words[1] for words in lines}


def __dir__() -> list[str]:
    return sorted([*__getattr__("__all__"), "__version__"])
