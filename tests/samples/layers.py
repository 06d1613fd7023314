# SPDX-License-Identifier: MIT
"""A base profile and a local one that extends it, both sound, and folders with changes to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from caljobs_policy import Policy, load_policy
from tests.samples.profiles import EDITION, written_profile

DAY: Final = date(2025, 6, 2)
EDITION_YAML: Final = "edition: {from: 2025-01-01, title: First edition}\n"
BASE_YAML: Final = """\
documents:
  BASE-1: {title: Base Directive, issuer: Base Board}
clauses:
  BASE-1/a: {at: Section A, kind: check, says: Something has to be so.}
  BASE-1/b: {at: Section B, kind: duty, says: Somebody has to do something.}
roles:
  asker: {title: Asker}
  helper: {title: Helper, email: helper@example.org}
  checker: {title: Checker}
organizations:
  north: {title: the North}
forms:
  blue: {title: Blue Form}
  green: {title: Green Form}
employers:
  inside: {title: the area itself}
  outside: {title: somebody else}
scope:
  request/create: {clauses: [BASE-1/a]}
  account: {clauses: [BASE-1/a]}
routing:
  north: {requestors: asker, coordinator: helper, cc: checker, clauses: [BASE-1/a]}
submission:
  create: {clauses: [BASE-1/a]}
parameters:
  window: {title: window, value: 30 days, clauses: [BASE-1/a]}
papers:
  create:
    blue: {clauses: [BASE-1/a]}
tables:
  forms:
    about: request/create
    by: request.staff.employer
    require: {request.attachments: {has: <form>}}
    say: The <form> form is missing.
    clauses: [BASE-1/a]
    rows:
      outside: {form: green}
rules:
  trained:
    about: request/create
    require: {request.staff.training_completed_on: {within: window, before: request.submitted_on}}
    say: {missing: There is no training., too_old: The training is older than <window>.}
    clauses: [BASE-1/a]
  alone:
    about: account
    forbid: {account.shared: true}
    say: The account is shared; ask <roles.asker>.
    clauses: [BASE-1/a]
approvals:
  agreed: {about: request/create, role: checker, clauses: [BASE-1/a]}
duties:
  make: {about: request/create, who: helper, what: Make the account., clauses: [BASE-1/b]}
"""
LOCAL_YAML: Final = """\
documents:
  LOCAL-1: {title: Local Policy, issuer: Local Board}
  WAIVER-1: {title: Waiver for the Office, issuer: Base Board}
clauses:
  LOCAL-1/a: {at: Section A, kind: check, says: Something has to be so here.}
  LOCAL-1/b: {at: Section B, kind: guide, says: We do it in a way of our own.}
  WAIVER-1/a: {at: Section A, kind: guide, says: The Office may do it in a way of its own.}
roles:
  chief: {title: Chief, stands_for: asker}
  clerk: {title: Clerk, stands_for: asker}
  desk: {title: Desk, stands_for: helper, email: desk@example.org}
uses:
  roles: checker
organizations:
  office: {title: the Office, stands_for: north}
"""
CHAIN: Final[Mapping[str, str]] = {
    "base/profile.yaml": "profile: {jurisdiction: base, title: Base, time_zone: UTC}\n",
    f"base/{EDITION}/edition.yaml": EDITION_YAML,
    f"base/{EDITION}/words.yaml": BASE_YAML,
    "local/profile.yaml": (
        "profile: {jurisdiction: local, title: Local, time_zone: UTC, extends: base}\n"
    ),
    f"local/{EDITION}/edition.yaml": EDITION_YAML,
    f"local/{EDITION}/words.yaml": LOCAL_YAML,
}
"""Local roles and an organization stand for those of the base; one role is used as it is."""


def written_chain(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the sound chain with some files added or in another form, and give the local folder.

    Files are named `profile/file.yaml`, those of another edition `profile/date/file.yaml`.
    """
    placed = {}
    for name, text in files.items():
        profile, _, file = name.partition("/")
        own = file == "profile.yaml" or "/" in file
        placed[name if own else f"{profile}/{EDITION}/{file}"] = text
    written_profile(folder, {**CHAIN, **placed})
    return folder / "local"


def layered(folder: Path, local: str = "", day: date = DAY, **others: str) -> Policy:
    """Load the policy of the sound chain whose local profile has some more tables.

    `others` gives the text of a further file of the profile that it is named after.
    """
    files = {f"{profile}/more.yaml": text for profile, text in others.items()}
    return load_policy(written_chain(folder, {"local/tables.yaml": local or "{}", **files}), day)
