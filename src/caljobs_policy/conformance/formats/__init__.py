# SPDX-License-Identifier: MIT
"""What `conform` found, for people and as other programs read it: one module for each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from caljobs_policy.conformance.formats.data import as_json
from caljobs_policy.conformance.formats.junit import as_junit
from caljobs_policy.conformance.formats.page import as_page
from caljobs_policy.conformance.formats.text import as_text
from caljobs_policy.conformance.report import Report

FORMATS: Final[Mapping[str, Callable[[Report], str]]] = {
    "text": as_text,
    "json": as_json,
    "html": as_page,
    "junit": as_junit,
}
"""The forms of a report, by their names."""
