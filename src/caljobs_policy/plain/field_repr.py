# SPDX-License-Identifier: MIT
"""The text that names the fields of an object: one function for all classes."""

from __future__ import annotations

from typing import Any

import attrs


class FieldRepr:
    """An attrs class that is shown as attrs would show it.

    attrs writes and compiles a `__repr__` for every class that has none of its own, which takes
    longer than all else that it makes of a class, and each time that a program starts.
    """

    __slots__ = ()

    def __init_subclass__(cls, **more: Any) -> None:
        """Count the shared method as the class's own, which attrs leaves as it is."""
        super().__init_subclass__(**more)
        if "__repr__" not in vars(cls):
            cls.__repr__ = FieldRepr.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        found: tuple[attrs.Attribute[Any], ...] = attrs.fields(type(self))  # type: ignore[arg-type]
        parts = (f"{a.name}={getattr(self, a.name)!r}" for a in found if a.repr)
        return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(parts)})"
