# SPDX-License-Identifier: MIT
"""What has to change, in words: what to do, and what has to turn out to be so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from caljobs_policy.analysis.explaining.leeway import Change, Span
from caljobs_policy.dates.durations import day_of
from caljobs_policy.decisions.decision import Decision, reader_of
from caljobs_policy.decisions.explain import Explanation
from caljobs_policy.decisions.messages import Shown, in_text
from caljobs_policy.decisions.variables import OTHER
from caljobs_policy.policy.conditions import facts_in
from caljobs_policy.policy.outcome import OPEN_RESULTS
from caljobs_policy.policy.speech import listed, with_article
from caljobs_policy.policy.truth import leaf_from, truth
from caljobs_policy.subjects.facts import Fact
from caljobs_policy.subjects.fields import DATED, Kind
from caljobs_policy.subjects.unknown import UNKNOWN

_SEE_TO: Final = "see to it that "
_DONE: Final = re.compile(r"^(?:day|time) (?P<what>(?:the|an?) .+) was (?P<done>\w+)$")
_OF: Final = re.compile(r"^(?:day|time) of the (?:last )?(?P<what>.+)$")


class Phrases:
    """Puts changes of a decision's subject into words, without personal data."""

    def __init__(self, decision: Decision, explained: Explanation, turned: Decision) -> None:
        self.decision, self.explained = decision, explained
        self.turned = leaf_from(reader_of(turned), turned.policy.zone)
        """What tests come to after the changes."""
        self.policy, self.speech = decision.policy, explained.speech

    def whole(self, changes: Iterable[Change]) -> str:
        """Return all changes in one clause: first what to do, then what has to turn out."""
        to_do: list[str] = []
        to_be: list[str] = []
        for change in changes:
            # What is given changes only where nobody has stated it.
            is_given = change.fact.holds.given
            (to_be if is_given else to_do).append(_PHRASES[change.fact.kind](self, change))
        done = _joined(to_do) or "do nothing"
        return f"{done}, if it turns out that {listed(to_be, 'and')}" if to_be else done

    def title(self, fact: Fact) -> str:
        """Return what a fact is called, with an article."""
        return with_article(self.speech.fact(fact))

    def flag(self, change: Change) -> str:
        """Say that something is so."""
        said = change.fact.holds.said
        return _see_to(change, said.yes if change.value else said.no)

    def count(self, change: Change) -> str:
        """Say what number it is."""
        if change.value is None:
            return self._nothing(change)
        span = change.span or Span(change.value, change.value)
        if span.first == span.last:
            number = str(span.first)
        elif span.last is None:
            number = f"{span.first} or more"
        else:
            number = f"{span.first} to {span.last}" if span.first else f"{span.last} or fewer"
        return _see_to(change, f"{self.title(change.fact)} is {number}")

    def word(self, change: Change) -> str:
        """Say which words it may be."""
        if change.value is None:
            return self._nothing(change)
        words = self.speech.words(change.fact, change.words or (change.value,), "or")
        title = self.title(change.fact)
        if change.fact.holds.given:
            return f"{title} is {words}"
        is_new = change.was is None or change.was is UNKNOWN
        return f"make {title} {words}" if is_new else f"change {title} to {words}"

    def text(self, change: Change) -> str:
        """Say what is required of a text, or which word of a table it becomes."""
        fact = change.fact
        if change.value is None or not change.value.strip():
            return self._nothing(change)
        table = fact.holds.named_in
        if table is not None and change.value in self.policy.words.get(table, {}):
            return self.word(change)
        required = () if fact.holds.given else tuple(dict.fromkeys(self._required(fact)))
        return _see_to(change, listed(required, "and") or fact.holds.said.yes)

    def _required(self, fact: Fact) -> Iterator[str]:
        """Yield what the checks that are not met, or may not be, require of a fact to be met."""
        checks = self.explained.plan.checks if self.explained.plan is not None else ()
        for number, finding in self.explained.looked_at.items():
            check = checks[number]
            is_read = any(one.path == fact.path for one in facts_in(check.require))
            if is_read and finding.result in OPEN_RESULTS and truth(check.when, self.turned):
                yield check.required(self.speech)

    def dated(self, change: Change) -> str:
        """Say when it is done."""
        fact = change.fact
        if change.value is None:
            return self._nothing(change)
        when, title = self._when(change), self.speech.fact(fact)
        done = _DONE.match(title)
        if done is not None and not fact.holds.given:
            return f"have {done['what']} {done['done']} {when}"
        of = _OF.match(title)
        if of is not None and fact.holds.happens and not fact.holds.given:
            return f"have the {of['what']} done {when}"
        return _see_to(change, f"{self.title(fact)} is {_ON.sub('', when)}")

    def _when(self, change: Change) -> str:
        span = change.span
        if change.fact.holds.private:
            return "another day"
        if span is None or span.first == span.last:
            return f"on {self._moment(change.value)}"
        today = day_of(self.decision.at, self.policy.zone)
        if span.first is not None and (span.last is None or span.last == today):
            return f"on or after {span.first}"
        if span.first is None:
            return "any day" if span.last is None else f"on or before {span.last}"
        return f"between {span.first} and {span.last}"

    def _moment(self, value: date) -> str:
        if isinstance(value, datetime) and value == self.decision.at:
            value = value.date()
        return in_text(value)

    def words(self, change: Change) -> str:
        """Say what to add to a list, and what to take from it."""
        fact, now = change.fact, change.value or ()
        was = change.was if isinstance(change.was, tuple) else ()
        added = [word for word in now if word not in was]
        named = [word for word in added if word.strip(OTHER)]
        add, take = self._verbs(fact)
        phrases = [self._listed(add, fact, named)] if named else []
        taken = [word for word in was if word not in now]
        phrases += [self._listed(take, fact, taken)] if taken else []
        if len(named) < len(added) or not phrases:
            # Any other word will do, or there is to be none.
            phrases.append(_see_to(change, fact.holds.said.yes if now else fact.holds.said.no))
        return " and ".join(phrases)

    def _verbs(self, fact: Fact) -> tuple[str, str]:
        """Return how to add to a list and to take from it; what is given is or is not so."""
        said = fact.holds.said
        if fact.holds.given:
            return said.holding, said.lacking
        return said.adding or _SEE_TO + said.holding, said.taking or _SEE_TO + said.lacking

    def _listed(self, pattern: str, fact: Fact, words: Sequence[str]) -> str:
        shown = Shown.of(fact, self.policy)
        public = [str(shown.value(word, self.explained)) for word in words]
        titles = [self.speech.word(fact, word) for word in public]
        with_articles = [with_article(title) for title in titles]
        return pattern.format(the=listed(with_articles, "and"), words=listed(titles, "and"))

    def _nothing(self, change: Change) -> str:
        return _see_to(change, self.speech.exists(change.fact, there=False))


def _see_to(change: Change, clause: str) -> str:
    return clause if change.fact.holds.given else _SEE_TO + clause


def _joined(phrases: Iterable[str]) -> str:
    """Return phrases as a list in English; what is only to be seen to comes last, together."""
    every = list(dict.fromkeys(phrases))
    seen_to = [one.removeprefix(_SEE_TO) for one in every if one.startswith(_SEE_TO)]
    others = [one for one in every if not one.startswith(_SEE_TO)]
    if seen_to:
        others.append(_SEE_TO + " and that ".join(seen_to))
    return listed(others, "and")


_ON: Final = re.compile(r"^on (?=\d)")
_PHRASES: Final[Mapping[Kind, Callable[[Phrases, Change], str]]] = {
    Kind.FLAG: Phrases.flag,
    Kind.COUNT: Phrases.count,
    Kind.WORD: Phrases.word,
    Kind.TEXT: Phrases.text,
    Kind.WORDS: Phrases.words,
    **dict.fromkeys(DATED, Phrases.dated),
}
