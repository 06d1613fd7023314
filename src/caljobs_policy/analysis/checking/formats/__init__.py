# SPDX-License-Identifier: MIT
"""What `check` found, for people and as other programs read it: one module for each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from caljobs_policy.analysis.checking.formats.data import as_json
from caljobs_policy.analysis.checking.formats.github import as_github
from caljobs_policy.analysis.checking.formats.junit import as_junit
from caljobs_policy.analysis.checking.formats.pretty import as_pretty
from caljobs_policy.analysis.checking.formats.sarif import as_sarif
from caljobs_policy.analysis.checking.report import Report

FORMATS: Final[Mapping[str, Callable[[Report], str]]] = {
    "pretty": as_pretty,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""The forms of a report, by their names."""
