# SPDX-License-Identifier: MIT
"""A local profile that extends the sample area, in words and rules of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.samples.profiles import TABLES_YAML, sound_profile, written_profile

TOWN_YAML: Final = """\
profile:
  jurisdiction: sample_town
  title: Sample Town
  time_zone: America/Los_Angeles
  extends: sample_area
"""
TOWN_TABLES_YAML: Final = """\
edition:
  from: 2025-03-01
  title: First edition of the town
documents:
  TOWN-1: {title: Town Directive, issuer: Town Board}
clauses:
  TOWN-1/a: {at: Section 1, kind: check, says: Something has to be so.}
roles:
  mayor: {title: Mayor, stands_for: boss}
  clerk: {title: Clerk, stands_for: boss}
  counter: {title: Counter, stands_for: desk}
  checker: {title: Checker, stands_for: auditor}
organizations:
  station: {title: a station, stands_for: branch}
routing:
  station: {requestors: mayor, coordinator: counter, clauses: [TOWN-1/a]}
"""
TOWN_CASE_YAML: Final = """\
case: Asked in the town
profile: sample_town
request:
  type: create
  submitted_on: 2025-06-02
  organization: station
  office: North
  requestor: {role: mayor, name: Sample One}
  submitted_to: counter
  attachments: [form_one, form_two]
  staff: {name: Sample Two, employer: outside, training_completed_on: 2025-05-31}
"""


def town(folder: Path, more: str = "", name: str = "sample_town") -> Path:
    """Write the sample area and a town beside it into a folder, and give that of the town."""
    sound_profile(folder / "sample_area", TABLES_YAML)
    files = {
        "profile.yaml": TOWN_YAML.replace("sample_town", name),
        "2025-03-01/edition.yaml": TOWN_TABLES_YAML + more,
    }
    return written_profile(folder / name, files)
