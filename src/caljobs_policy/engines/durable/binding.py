# SPDX-License-Identifier: MIT
"""Loading the extension module of durable-rules, once and when it is first needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module, metadata
from typing import Any, Final, Protocol, cast

from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.errors.problems import Place, Problem

PACKAGE: Final = "durable_rules"
VERSION: Final = "2.0.28"
"""All limits and dangers were found in the source of this version, so no other is used."""
_MODULE: Final = "durable_rules_engine"
_INSTALL: Final = (
    f"pip install 'caljobs-policy[durable]', which compiles {PACKAGE} {VERSION} with a C compiler"
    " and the headers of Python, or use the engine `native`"
)


class Extension(Protocol):
    """The functions of the extension module that are used, and no others.

    They are those that the package's own `Host` and `Ruleset` call, which are not used. A `Host`
    starts two threads with timers, which dispatch rules behind one's back; here nothing runs but
    what is asked. It also drops an action that took more than ten seconds of wall clock, puts what
    an action raises into the session instead of raising it, and warns of a deprecation in every
    action since Python 3.12. Callbacks are never set: their calls are what Python 3.13 took away.
    """

    def create_ruleset(self, name: str, rules: str, /) -> int:
        """Make a ruleset of JSON text, and give its handle."""

    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """State a fact, and give a code, 0 where rules fire, with the offset of the session."""

    def retract_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """Take a fact back, and give the same as for stating it."""

    def start_action_for_state(self, handle: int, session: int, /) -> tuple[str, str] | None:
        """Return the session and the first rule that fired with its facts, as JSON."""

    def complete_and_start_action(self, handle: int, session: int, /) -> str | None:
        """Put away the rule that fired, and give the next one."""

    def delete_state(self, handle: int, session: str, /) -> None:
        """Free what a session holds."""

    def delete_ruleset(self, handle: int, /) -> None:
        """Free a ruleset, but not its sessions."""


@cache
def extension() -> Extension:
    """Return the extension module; raises an `EngineError` where it cannot be used."""
    try:
        installed = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        raise _error("is not installed", _INSTALL) from None
    if installed != VERSION:
        raise _error(f"is installed as {installed}", _INSTALL)
    try:
        with _symbols_bound_late():
            return cast(Extension, import_module(_MODULE))
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        remedy = f"{_INSTALL}; Python 3.11 and 3.12 are known to load it"
        raise _error(f"cannot be loaded by Python {version}: {error}", remedy) from error


def _error(what: str, remedy: str) -> EngineError:
    message = f"the engine `durable` needs {PACKAGE} {VERSION}, which {what}"
    return EngineError(Problem(message, Place(), remedy))


@contextmanager
def _symbols_bound_late() -> Iterator[None]:
    """Load libraries without looking for all that they call.

    The extension names `PyEval_CallObject`, which Python 3.13 no longer has. Only callbacks of
    stores call it, and there are none here, so that it is never looked for if it need not be found
    at once. The flags belong to the whole interpreter, and are put back whatever happens.
    """
    system: Any = sys
    if not hasattr(system, "setdlopenflags"):  # Windows has no such flags.
        yield
        return
    flags = system.getdlopenflags()
    system.setdlopenflags(os.RTLD_LAZY)
    try:
        yield
    finally:
        system.setdlopenflags(flags)
