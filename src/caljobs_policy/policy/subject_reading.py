# SPDX-License-Identifier: MIT
"""Reads subjects from mappings, in the words of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from caljobs_policy.errors.arguments import wrong
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import UnreadableError, told_of
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.errors.near import remedy_for
from caljobs_policy.errors.privacy import named
from caljobs_policy.errors.problems import Problem
from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.strangers import refuse_strangers
from caljobs_policy.subjects.facts import SUBJECT_KINDS, Subject

if TYPE_CHECKING:
    from caljobs_policy.subjects.converter import SubjectConverter


def read_subject(policy: Policy, kind: str, mapping: Mapping[str, Any] | Subject) -> Subject:
    """Return the subject of a kind, such as `request`, that a mapping states.

    Its keys are those of a case. Dates may be objects or ISO texts, a part may be a mapping or an
    object, and a fact that is left out is unknown. Raises a `SubjectError` with everything that is
    wrong, each problem with its `path` and its `pointer`, and a `TypeError` if `policy` is none.
    """
    if not isinstance(policy, Policy):
        raise wrong("policy", "a Policy, as `load_policy` returns one", policy)
    if kind not in SUBJECT_KINDS:
        raise SubjectError([_no_kind(str(kind))])
    try:
        subject = converter_of(policy).read(kind, mapping)
    except UnreadableError as error:
        raise SubjectError(told_of(problem, kind) for problem in error.problems) from None
    if not subject.words_used <= policy.words_known:
        # A part that was handed over as an object may hold any word.
        refuse_strangers(policy, subject)
    return subject


def converter_of(policy: Policy) -> SubjectConverter:
    """Return the converter that reads subjects in the words of a policy."""
    found: SubjectConverter = policy.made("subject converter", _converter)
    return found


def _converter(policy: Policy) -> SubjectConverter:
    from caljobs_policy.subjects.converter import SubjectConverter  # noqa: PLC0415  # cattrs

    return SubjectConverter(policy)


def _no_kind(kind: str) -> Problem:
    message = f"there is no {named('kind of subject', kind, SUBJECT_KINDS)}"
    remedy = remedy_for(kind, SUBJECT_KINDS, "the kinds are")
    return Problem(message, help=remedy, code=Code.UNKNOWN_WORD)
