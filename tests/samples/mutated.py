# SPDX-License-Identifier: MIT
"""A small profile with worked cases, to be changed in small ways."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.samples.profiles import sound_profile

MUTATED_YAML: Final = """\
parameters:
  grace: {title: days of grace, value: 30 days, clauses: [SAMPLE-1/a]}
terms:
  recent:
    when: {request.staff.training_completed_on: {within: grace, before: request.submitted_on}}
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/b]}
  partner: {requestors: boss, coordinator: desk, clauses: [SAMPLE-1/b]}
rules:
  training:
    about: request/create
    require: recent
    say: {missing: There is no training., else: The training is too old.}
    clauses: [SAMPLE-1/a]
  quiet:
    about: request/create
    forbid: {request.password: {contains_loosely: word}}
    otherwise: note
    say: The password is weak.
    clauses: [SAMPLE-1/d]
  never:
    about: request/create
    when: {request.submitted_on: {given: false}}
    require: {request.staff.business_need: true}
    say: Nobody says when.
    clauses: [SAMPLE-1/d]
"""
_CASE: Final = """\
case: {title}
profile: sample_area
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  requestor: {{role: boss}}
  attachments: []
  staff: {{training_completed_on: {day}}}
expect: {{outcome: {outcome}}}
"""
GOOD: Final = _CASE.format(title="The last good day", day="2025-05-03", outcome="accept")
OLD: Final = _CASE.format(title="One day too old", day="2025-05-02", outcome="return")


def mutated_profile(folder: Path, *cases: str) -> Path:
    """Write the profile `sample_area` and its worked cases, and give its folder."""
    found = sound_profile(folder, MUTATED_YAML)
    write_cases(found, *cases)
    return found


def write_cases(folder: Path, *cases: str) -> None:
    """Write the worked cases of a profile, in place of those that it had."""
    path = folder / "cases" / "all.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("---\n".join(cases), encoding="utf-8")
