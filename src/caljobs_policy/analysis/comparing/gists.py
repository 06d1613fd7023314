# SPDX-License-Identifier: MIT
"""In what ways a check is failed by subjects that an effect is about, in words without values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from caljobs_policy.analysis.comparing.effects import Effect
from caljobs_policy.analysis.variants import Variants, key_of
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.policy.outcome import FOUND_RESULTS
from caljobs_policy.policy.rules import ELSE, Check, Template
from caljobs_policy.policy.speech import Speech, with_article
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED

_AWAY: Final = (1, 40, -1, -40, -100, -200, -400, -800, -4000)
"""How many days from the moment a date is moved to, to see what else is found."""


def found_in_words(effect: Effect, check: Check, *, new: bool) -> tuple[str, ...]:
    """Return what one of the policies finds by a check, without the values of the example.

    A check that is failed in several ways is told in each that has the same outcomes for real.
    """
    decision = effect.decisions[new]
    said = {*_kinds(decision, check)}
    if len(check.say) > 1:
        for one in _variants(effect, check):
            if tuple(d.outcome for d in one) == effect.outcomes:
                said |= {*_kinds(one[new], check)}
    speech = decision.policy.speech(decision.policy.plans[effect.key])
    told = (gist(text, speech) for kind, text in check.say.items() if kind in said)
    found = (one.message for one in decision.findings if one.rule == check.id)
    return tuple(dict.fromkeys(told)) or tuple(found)


def _kinds(decision: Decision, check: Check) -> Iterator[str]:
    """Yield in which of the ways that it has texts for a decision finds that a check is failed."""
    explained = Explanation(decision)
    for number, finding in explained.looked_at.items():
        if finding.rule == check.id and finding.result in FOUND_RESULTS:
            kind = explained.kind_of_failure(number)
            yield kind if kind in check.say else ELSE


def gist(template: Template, speech: Speech) -> str:
    """Return a text without values: what follows a semicolon goes if it is about them."""
    said = ""
    for part in template:
        if not isinstance(part, str):
            whole, semicolon, _ = said.rpartition("; ")
            if semicolon and "[" not in whole:
                return f"{whole}."
            said += f"[{_title(part, speech)}]"
        else:
            said += part
    return said


def _title(part: object, speech: Speech) -> str:
    return with_article(speech.fact(part)) if isinstance(part, Fact) else "the day"


# Other subjects that fail the check


def _variants(effect: Effect, check: Check) -> Iterator[tuple[Decision, Decision]]:
    """Yield what both policies decide where a date that the check reads is another."""
    old, new = map(Variants, effect.decisions)
    moment = effect.decisions[1].at.date()
    for fact in check.facts:
        if not fact.steps or (fact.kind not in DATED and fact.form is None):
            continue
        for value in (None, *(moment + timedelta(days) for days in _AWAY)):
            was, now = (one.decide({key_of(fact): one.dated(fact, value)}) for one in (old, new))
            if was is not None and now is not None:
                yield was, now
