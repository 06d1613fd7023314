# SPDX-License-Identifier: MIT
"""Small profiles of an invented jurisdiction, written into a folder from their texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from caljobs_policy import Policy, PolicyError, ProfileError, load_policy
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.syntax.nodes import AnyNode

DAY: Final = date(2025, 6, 2)
EDITION: Final = "2025-01-01"
PROFILE_YAML: Final = """\
profile:
  jurisdiction: sample_area
  title: Sample Area
  time_zone: America/Los_Angeles
"""
EDITION_YAML: Final = """\
edition:
  from: 2025-01-01
  title: First edition
"""
WORDS_YAML: Final = """\
documents:
  SAMPLE-1: {title: Sample Directive, issuer: Sample Board}
clauses:
  SAMPLE-1/a: {at: Section A, kind: check, says: Something has to be so.}
  SAMPLE-1/b: {at: Section B, kind: duty, says: Somebody has to do something.}
  SAMPLE-1/c: {at: Section C, kind: deadline, says: Something ends.}
  SAMPLE-1/d: {at: Section A, kind: guide, says: Something is good to know.}
roles:
  boss: {title: Boss}
  deputy: {title: Deputy, counts_as: boss}
  desk: {title: Help Desk, email: desk@example.org, phone: 555-0100}
  auditor: {title: Auditor}
organizations:
  branch: {title: a branch}
  partner: {title: a partner}
forms:
  form_one: {title: Form One}
  form_two: {title: Form Two}
statements:
  paper_a: {title: Statement A}
  paper_b: {title: Statement B}
employers:
  inside: {title: the area itself}
  outside: {title: somebody else}
scope:
  request/create: {clauses: [SAMPLE-1/a]}
  request/change: {clauses: [SAMPLE-1/a]}
  account: {clauses: [SAMPLE-1/a]}
  record/closure: {clauses: [SAMPLE-1/a]}
  record/participant: {clauses: [SAMPLE-1/a]}
"""
"""The words that tables refer to; two types of request, accounts and two records are in scope."""
SOUND: Final[Mapping[str, str]] = {
    "profile.yaml": PROFILE_YAML,
    f"{EDITION}/edition.yaml": EDITION_YAML,
    f"{EDITION}/words.yaml": WORDS_YAML,
}


def written_profile(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a profile, by their names below its folder, and give the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def sound_profile(folder: Path, tables: str = "", **others: str) -> Path:
    """Write a profile of one edition that holds some tables beside the words that they need.

    `others` gives a text in place of `words`, or for a further file of the edition.
    """
    more = {f"{EDITION}/{name}.yaml": text for name, text in others.items()}
    return written_profile(folder, {**SOUND, f"{EDITION}/tables.yaml": tables or "{}\n", **more})


def sample_policy(folder: Path, tables: str, day: date = DAY) -> Policy:
    """Load the policy of a sound profile with some tables."""
    return load_policy(sound_profile(folder, tables), day)


TABLES_YAML: Final = """\
readings:
  count: {question: Days or months?, answer: Days., others: [months]}
parameters:
  grace: {title: days of grace, value: 30 days, reading: count, clauses: [SAMPLE-1/a]}
routing:
  branch:
    requestors: boss
    coordinator: desk
    cc: auditor
    subject: New account at <request.office>
    clauses: [SAMPLE-1/a]
  partner: {requestors: [boss, auditor], coordinator: auditor, clauses: [SAMPLE-1/b]}
submission:
  create: {clauses: [SAMPLE-1/b]}
papers:
  create:
    form_one: {clauses: [SAMPLE-1/a]}
    form_two: {unless: {request.staff.employer: inside}, clauses: [SAMPLE-1/a]}
exempt:
  small:
    about: request
    when: {request.privilege_group: {given: true, in: [tiny]}}
    say: A tiny group is outside.
    clauses: [SAMPLE-1/a]
rules:
  training:
    about: request/create
    require: {request.staff.training_completed_on: {within: grace, before: request.submitted_on}}
    say:
      missing: There is no training.
      later: The training comes too late.
      too_old: The training is older than <grace>.
    remedy: Train again.
    reading: count
    clauses: [SAMPLE-1/a]
  named:
    about: request/create
    forbid: {request.requestor.name: {same_as: request.staff.name}}
    otherwise: deny
    say: <request.requestor.name> asks for <request.staff.name>.
    clauses: [SAMPLE-1/a]
  quiet:
    about: request/create
    forbid: {request.password: {contains_loosely: word}}
    otherwise: note
    say: The password <request.password> is weak.
    clauses: [SAMPLE-1/d]
  in-use:
    about: account
    forbid: {account.shared: true}
    say: The account is shared.
    remedy: Give everybody an account.
    clauses: [SAMPLE-1/a]
approvals:
  auditor-agrees:
    about: request/create
    when: {request.privileges: {given: true}}
    role: auditor
    clauses: [SAMPLE-1/b]
duties:
  make: {about: request/create, who: coordinator, what: Make the account., clauses: [SAMPLE-1/b]}
  tell:
    about: request/create
    after: make
    who: coordinator
    what: Tell the staff member.
    to: requestor
    cc: auditor
    promptness: at once
    by: training_ends
    clauses: [SAMPLE-1/b]
deadlines:
  training_ends:
    about: request/create
    title: Training ends
    from: request.staff.training_completed_on
    count: grace
    reading: count
    clauses: [SAMPLE-1/c]
guides:
  advice: {say: Be kind., clauses: [SAMPLE-1/d]}
"""
"""Tables that make use of everything a profile can say."""
ACCEPT_YAML: Final = """\
case: Accepted
profile: sample_area
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  office: North
  requestor: {role: deputy, name: Sample One}
  submitted_to: desk
  attachments: [form_one, form_two]
  staff: {name: Sample Two, employer: outside, training_completed_on: 2025-05-31}
"""
RETURN_YAML: Final = """\
case: Returned
profile: sample_area
request:
  type: create
  submitted_on: 2025-06-02
  organization: branch
  office: North
  requestor: {role: deputy, name: Sample One}
  submitted_to: auditor
  attachments: [form_one]
  staff: {name: Sample Two, employer: outside, training_completed_on: 2025-04-01}
  privileges: [big]
  password: Pass word
"""
UNKNOWN_YAML: Final = """\
case: Unknown
profile: sample_area
date: 2025-06-02
request: {type: create}
"""
EXEMPT_YAML: Final = """\
case: Exempt
profile: sample_area
date: 2025-06-02
request: {type: create, privilege_group: tiny}
"""
VIOLATION_YAML: Final = """\
case: Violation
profile: sample_area
date: 2025-06-02
account: {shared: true}
"""
BROKEN_YAML: Final = """\
case: Broken
profile: sample_area
date: 2025-06-02
account: {statsu: active}
"""
"""Cases under these tables, each called by what comes of it; the last one cannot be read."""


def faults_of(folder: Path, tables: str, day: date = DAY) -> list[str]:
    """Return the messages about a profile with some tables, sorted by place."""
    try:
        sample_policy(folder, tables, day)
    except ProfileError as error:
        return messages(error)
    return []


def messages(error: PolicyError) -> list[str]:
    """Return the messages of an error."""
    return [problem.message for problem in error.problems]


def node_of(text: str) -> AnyNode:
    """Return what was written in a sound text."""
    (document,) = read_documents(text, "sample.yaml")
    assert document.root is not None, document.problems
    return document.root
