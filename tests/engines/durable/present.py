# SPDX-License-Identifier: MIT
"""Whether the engine `durable` can be tested here, and children in which it may crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caljobs_policy.decisions import ENGINES
from caljobs_policy.engines.durable.binding import extension
from caljobs_policy.errors.exceptions import EngineError

ROOT = Path(__file__).resolve().parents[3]


def _why_missing() -> str | None:
    try:
        extension()
    except EngineError as error:
        return error.problem.message
    return None


WHY_MISSING = _why_missing()
# CI insists on the engine where it is known to hold. Elsewhere its tests are noted as skipped.
REQUIRED = bool(os.environ.get("CI")) and sys.version_info < (3, 13)
needs_durable = pytest.mark.skipif(
    WHY_MISSING is not None and not REQUIRED, reason=str(WHY_MISSING)
)
ENGINES_HERE = [name for name in ENGINES if name != "durable" or REQUIRED or not WHY_MISSING]


def run_child(script: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """Run a script in an interpreter of its own, which it may crash."""
    paths = [str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, *flags, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        timeout=600,
    )


def in_child(script: str, *flags: str) -> str:
    """Run a script in an interpreter of its own, and return what it prints.

    A crash of the extension module then fails one test, and not the whole run.
    """
    done = run_child(script, *flags)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout.strip()
