# SPDX-License-Identifier: MIT
"""Reads what a system answers, in the words of the policy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import evolve, frozen

from caljobs_policy.cases.expectation import (
    Expectation,
    ExpectedDeadline,
    ExpectedDuty,
    ExpectedRoute,
)
from caljobs_policy.cases.expectation_hooks import expectation_hook
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.collecting import UnreadableError, refuse, unknown_key
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.policy.outcome import Result
from caljobs_policy.policy.policy import Policy
from caljobs_policy.syntax.declaration import declared


class Aspect(StrEnum):
    """A part of a decision that a system may claim to answer."""

    OUTCOME = "outcome"
    CLAUSES = "clauses"
    NEEDS = "needs"
    ROUTE = "route"
    DUTIES = "duties"
    DEADLINES = "deadlines"
    APPROVALS = "approvals"


@frozen(eq=False)
class Claims:
    """What a system claims of a case: some aspects of its decision."""

    aspects: frozenset[Aspect]
    said: Expectation
    """What it says of them."""
    has_route: bool = False


_DECISION: Final = frozenset({"case", "policy", "subject", "findings", "readings", "pending"})
"""The keys of a decision's JSON that nothing is compared with, but for the findings' clauses."""
_WORDY: Final = frozenset({"what", "promptness"})
"""What is said of a duty in words, which may be others and mean the same."""


def read_claims(policy: Policy, answer: object) -> Claims | None:
    """Return what an answer claims, or None if that is nothing; raises an `UnreadableError`.

    An answer has the form of a decision's JSON; what it leaves out is not claimed.
    """
    if answer is None:
        return None
    if not isinstance(answer, Mapping) or not all(isinstance(key, str) for key in answer):
        refuse(Code.WRONG_KIND, "the answer is no mapping", "answer as a decision's JSON does")
    problems = [*_strange(answer)]
    if problems:
        raise UnreadableError(problems)
    claimed = dict(_claimed(answer))
    if not claimed:
        return None
    said = {key: value for key, value in claimed.items() if key != Aspect.ROUTE or value}
    found = _read(policy, said) if said else Expectation()
    return Claims(frozenset(map(Aspect, claimed)), found, has_route=bool(claimed.get("route")))


def _strange(answer: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the keys of an answer."""
    if "problems" in answer:
        yield Problem("the system cannot evaluate the case", help="see its `problems`")
        return
    known = [str(one) for one in Aspect]
    for key in answer:
        if key not in {*known, *_DECISION, "checks", "remedies", "differences"}:
            problem = unknown_key(key, known)
            yield evolve(problem, message=f"the answer {problem.message}")


def _claimed(answer: Mapping[str, Any]) -> Iterator[tuple[Aspect, Any]]:
    """Yield what an answer claims, in the form of an expectation."""
    if answer.get("outcome") is not None:
        yield Aspect.OUTCOME, answer["outcome"]
    if answer.get("clauses") is not None:
        yield Aspect.CLAUSES, answer["clauses"]
    elif answer.get("findings") is not None:
        yield Aspect.CLAUSES, [*_broken(answer["findings"])]
    if answer.get("needs") is not None:
        yield Aspect.NEEDS, answer["needs"]
    if "route" in answer:
        yield Aspect.ROUTE, _known_keys(answer["route"], ExpectedRoute)
    if answer.get("duties") is not None:
        yield Aspect.DUTIES, _each(answer["duties"], ExpectedDuty)
    if answer.get("deadlines") is not None:
        yield Aspect.DEADLINES, _by_name(answer["deadlines"], "name", ExpectedDeadline)
    if answer.get("approvals") is not None:
        yield Aspect.APPROVALS, _by_name(answer["approvals"], "role", None)


def _broken(findings: Any) -> Iterator[Any]:
    if not isinstance(findings, list | tuple):
        refuse(Code.WRONG_KIND, "`findings` is no list", "answer as a decision's JSON does")
    for one in findings:
        if not isinstance(one, Mapping) or not isinstance(one.get("clauses", []), list | tuple):
            refuse(Code.WRONG_KIND, "a finding is no mapping with `clauses`", None)
        if one.get("result", Result.NOT_MET) == Result.NOT_MET:
            yield from one.get("clauses", [])


def _known_keys(part: Any, cls: type) -> Any:
    """Return a part of an answer with what is compared of it."""
    if not isinstance(part, Mapping):
        return part
    ours = {"rule", "title", "derivation", "name", "is_met", "met_on", *_WORDY}
    keys = declared(cls)
    return {k: v for k, v in part.items() if k not in ours or (k in keys and k not in _WORDY)}


def _each(parts: Any, cls: type) -> Any:
    return [_known_keys(one, cls) for one in parts] if isinstance(parts, list | tuple) else parts


def _by_name(parts: Any, name: str, cls: type | None) -> Any:
    """Return deadlines or approvals by their names, of which a decision's JSON has a list."""
    if not isinstance(parts, list | tuple):
        return parts
    found = {}
    for one in parts:
        if not isinstance(one, Mapping) or not isinstance(one.get(name), str):
            refuse(Code.MISSING, f"a part of the answer has no `{name}`", None)
        found[one[name]] = one.get("given") if cls is None else _known_keys(one, cls)
    return found


def _read(policy: Policy, said: Mapping[str, Any]) -> Expectation:
    """Read what is claimed as an expectation is read, so that strange words are told."""
    try:
        text = json.dumps({str(key): value for key, value in said.items()})
    except (TypeError, ValueError, RecursionError):
        refuse(Code.WRONG_KIND, "the answer is no plain data of JSON", "write dates as 2025-06-02")
    (document,) = read_documents(text, "")
    if document.root is None:
        raise UnreadableError(evolve(one, place=Place()) for one in document.problems)
    try:
        found: Expectation = expectation_hook(policy)(document.root, None)
    except UnreadableError as error:
        raise UnreadableError(evolve(one, place=Place()) for one in error.problems) from None
    return found
