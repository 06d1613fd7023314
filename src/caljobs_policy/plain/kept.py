# SPDX-License-Identifier: MIT
"""Properties that are worked out when first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801  # it is used as `property` is
    """A `cached_property` without a lock, which in Python 3.11 costs more than most values.

    Two threads may both work a value out; both get that of the first.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        # The name is then found in the object's own `__dict__`, and this is not called again.
        value: T = instance.__dict__.setdefault(self.name, self.make(instance))
        return value
