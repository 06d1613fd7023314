# SPDX-License-Identifier: MIT
"""The area and the town of which the pages of rules speak, with the files that a page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from caljobs_policy.analysis.checking.rule import Rule
from tests.samples.profiles import written_profile

_AREA: Final[Mapping[str, str]] = {
    "profile.yaml": """\
profile: {jurisdiction: area, title: Sample Area, time_zone: America/Los_Angeles}
""",
    "2025-01-01/edition.yaml": "edition: {from: 2025-01-01, title: First edition}\n",
    "2025-01-01/words.yaml": """\
documents:
  AREA-1: {title: Area Directive, issuer: Area Board}
clauses:
  AREA-1/create-1: {at: Section 1, kind: check, says: Training is current.}
roles:
  boss: {title: Boss}
  desk: {title: Help Desk}
organizations:
  branch: {title: a branch}
employers:
  edd: {title: the department}
  county: {title: the county}
scope:
  request/create: {clauses: [AREA-1/create-1]}
  account: {clauses: [AREA-1/create-1]}
parameters:
  grace: {value: 30 days, clauses: [AREA-1/create-1]}
""",
    "2025-01-01/routing.yaml": """\
routing:
  branch: {requestors: boss, coordinator: desk, clauses: [AREA-1/create-1]}
""",
    "2025-01-01/training.yaml": """\
rules:
  training-is-current:
    about: request/create
    require: {request.staff.training_completed_on: {within: grace, before: request.submitted_on}}
    say: The training is not current.
    clauses: [AREA-1/create-1]
""",
    "cases/training.yaml": """\
cases:
  - case: Training too old
    request:
      type: create
      submitted_on: 2025-06-02
      staff: {training_completed_on: 2024-06-02}
    expect: {clauses: [AREA-1/create-1]}
  - case: Training current
    request:
      type: create
      submitted_on: 2025-06-02
      staff: {training_completed_on: 2025-06-01}
    expect: {not_clauses: [AREA-1/create-1]}
""",
}
_TOWN: Final[Mapping[str, str]] = {
    "profile.yaml": """\
profile:
  jurisdiction: town
  title: Sample Town
  time_zone: America/Los_Angeles
  extends: area
""",
    "2025-01-01/edition.yaml": "edition: {from: 2025-01-01, title: First edition}\n",
    "2025-01-01/words.yaml": """\
documents:
  TOWN-1: {title: Town Directive, issuer: Town Board}
roles:
  chief: {title: Chief, stands_for: boss}
  window: {title: Window, stands_for: desk}
organizations:
  office: {title: an office, stands_for: branch}
""",
}
_USUAL_FILE: Final = "2025-01-01/more.yaml"
_FILE: Final = re.compile(r"^# ([\w/-]+\.yaml)\n", re.M)
_TOWNS_OWN: Final = "town/"


def shown(rule: type[Rule], heading: str) -> Mapping[str, str]:
    """Return the files that the page of a rule shows under a heading, by their names."""
    block = re.search(rf"^{heading}[^\n]*:\n\n((?:(?:    [^\n]*)?\n)+)", rule.page(), re.M)
    assert block is not None, heading
    text = re.sub(r"^    ", "", block[1], flags=re.M)
    before, *parts = _FILE.split(text)
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    return {_USUAL_FILE: before, **files} if before.strip() else files


def of_pages(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the area and the town with the files of a page, and give the one that it is about."""
    of_town = {name: text for name, text in files.items() if name.startswith(_TOWNS_OWN)}
    written_profile(folder / "area", {**_AREA, **{n: files[n] for n in files if n not in of_town}})
    own = {name.removeprefix(_TOWNS_OWN): text for name, text in of_town.items()}
    town = written_profile(folder / "town", {**_TOWN, **own})
    return town if of_town else folder / "area"
