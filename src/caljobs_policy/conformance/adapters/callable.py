# SPDX-License-Identifier: MIT
"""Systems that are a Python function: `decide(case: dict) -> dict | None`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import Any, Final, TypeAlias

from caljobs_policy.conformance.adapters.adapter import Adapter, AdapterError, Asked, Reply
from caljobs_policy.conformance.adapters.timed import TimedCalls
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.problems import Place, Problem, printable, shown

Decide: TypeAlias = Callable[[dict[str, Any]], Mapping[str, Any] | None]
"""What answers a case in the form of a decision's JSON, or with None where it claims nothing."""
_LIKE: Final = "name it as `module:function` or `path/to/file.py:function`"


def callable_adapter(decide: Decide, limit: float, name: str | None = None) -> Adapter:
    """Return the adapter of a function."""
    called = name or str(getattr(decide, "__qualname__", type(decide).__qualname__))
    return Adapter(called, partial(TimedCalls, partial(_called, decide), limit))


def _called(decide: Decide, case: Asked) -> Reply:
    """Call a function with a copy of a case; whatever it raises is a reply, too."""
    given = deepcopy(dict(case))
    try:
        answer = decide(given)
    except BaseException as error:  # also a system that wants to leave
        return Reply(fault=f"the adapter raised {_raised(error)}")
    changed = "the adapter changed the case that it was given" if given != case else None
    return Reply(answer, remark=changed)


def _raised(error: BaseException) -> str:
    """Return an exception in a line, with the place that raised it."""
    said = printable(str(error).strip().partition("\n")[0])[:200]
    told = f"{type(error).__name__}: {said}" if said else type(error).__name__
    # The first frame is that of the call.
    frames = extract_tb(error.__traceback__)[1:]
    return f"{told} ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else told


def function_named(spec: str) -> Decide:
    """Return the function that is named as `module:function`; raises an `AdapterError`."""
    home, _, name = spec.rpartition(":")
    found: Any = _module(home)
    for step in name.split("."):
        known = [one for one in dir(found) if not one.startswith("_")]
        if not hasattr(found, step):
            remedy = remedy_for(step, known, most=12, otherwise=_LIKE)
            raise AdapterError(Problem(f"{shown(home)} has no {shown(step)}", Place(), remedy))
        found = getattr(found, step)
    if not callable(found):
        raise AdapterError(Problem(f"{shown(spec)} is no function", Place(), _LIKE))
    decide: Decide = found
    return decide


def _module(home: str) -> ModuleType:
    try:
        return _module_in(home) if home.endswith(".py") else import_module(home)
    except ModuleNotFoundError as error:
        if error.name == home.partition(".")[0] or error.name == home:
            raise AdapterError(
                Problem(
                    f"there is no module {shown(home)}",
                    Place(),
                    f"{_LIKE}; a module has to be installed or lie in the working folder",
                )
            ) from None
        raise _unusable(home, error) from error
    except FileNotFoundError:
        raise AdapterError(Problem("there is no such file", Place(home), _LIKE)) from None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        raise _unusable(home, error) from error


def _unusable(home: str, error: BaseException) -> AdapterError:
    said = f"{shown(home)} cannot be imported: {_raised(error)}"
    return AdapterError(Problem(said, Place(), "mend the module, then try again"))


def _module_in(file: str) -> ModuleType:
    """Import a file by its path, under its own name."""
    spec = spec_from_file_location(Path(file).stem, file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = module_from_spec(spec)
    # Its classes are looked for here, as when they are pickled or have annotations.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
