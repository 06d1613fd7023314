# SPDX-License-Identifier: MIT
"""Makes objects of frozen classes of values that need no conversion."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

T = TypeVar("T")


def maker_of(cls: type[T]) -> Callable[..., T]:
    """Return a function that makes an object of the values of all fields, in their order.

    It goes past the constructor with its converters, which takes half as long again.
    """
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]
    namespace: dict[str, Any] = {"cls": cls, "new": object.__new__}
    namespace |= {f"put_{name}": getattr(cls, name).__set__ for name in names}
    puts = "".join(f"    put_{name}(made, {name})\n" for name in names)
    text = f"def make({', '.join(names)}):\n    made = new(cls)\n{puts}    return made\n"
    exec(text, namespace)  # noqa: S102  # names of fields alone
    make: Callable[..., T] = namespace.pop("make")
    return make


class Remade:
    """What is pickled as the values of its fields alone, which is written and read back faster."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        cls: type = self.__class__
        return _remade, (cls, *values_of(cls)(self))


@cache
def values_of(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes the values of all fields, of which there are several."""
    return attrgetter(*[field.name for field in attrs.fields(cls)])


_known_maker = cache(maker_of)


def _remade(cls: type, *values: Any) -> Any:
    return _known_maker(cls)(*values)
