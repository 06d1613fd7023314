# SPDX-License-Identifier: MIT
"""Cases inherited from the profiles above, and the local entries that change their outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial, reduce
from os import PathLike
from typing import Any, Final

from attrs import evolve, frozen

from caljobs_policy.cases.case import Case
from caljobs_policy.cases.counterparts import localized, untranslated
from caljobs_policy.cases.worked import worked_cases
from caljobs_policy.compiler.build import sketch_policy
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.decisions import evaluate, outcome_without
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.errors.exceptions import SubjectError
from caljobs_policy.layers.sketching import ADDED, LocalEntry, local_entries, without
from caljobs_policy.loader.policies import edition_on, load_policy, load_profile
from caljobs_policy.loader.store import ReadProfile, read_chain
from caljobs_policy.policy.outcome import Outcome, is_better
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject, facts_about, subject_key
from caljobs_policy.subjects.unknown import UNKNOWN
from caljobs_policy.syntax.sections import QUALIFIED

_ENTIRE: Final = frozenset({"rules", "tables", "papers", "deadlines", "duties", "approvals"})
"""The tables whose entries have the place of the override that changed them."""


@frozen
class InheritedCase:
    """A case of a profile above, answered there and in the words of a local profile."""

    case: Case
    above: Decision | None = None
    here: Decision | None = None
    by: tuple[str, ...] = ()
    """The local entries without which the outcome would be the one above."""
    fault: str = ""
    """Why the profile must not change the outcome so, if it must not."""
    not_run: str = ""
    """Why the case has no answer here, if it has none."""

    @property
    def said(self) -> str:
        """What is wrong with its outcome, in a sentence; empty if nothing is."""
        if not self.fault or self.above is None or self.here is None:
            return ""
        where = f"outcome under {self.here.policy.jurisdiction}"
        return f"{where}: {self.here.outcome}, above: {self.above.outcome}; {self.fault}"

    @property
    def is_changed(self) -> bool:
        """Whether the outcome differs from the one above."""
        return bool(self.above and self.here and self.above.outcome is not self.here.outcome)


@frozen(eq=False)
class CaseAbove:
    """A case of a profile above that a local profile has to answer."""

    case: Case
    answers: Callable[[], Iterator[InheritedCase]]
    """Answers it, in all local words that stand for its own."""


def inherited_cases(jurisdiction: str | PathLike[str]) -> Iterator[InheritedCase]:
    """Yield the cases of the profiles above, each in all local words that stand for its own.

    Raises a `ProfileError` if something is wrong with the profile.
    """
    for one in cases_above(jurisdiction):
        yield from one.answers()


def cases_above(jurisdiction: str | PathLike[str]) -> Iterator[CaseAbove]:
    """Yield the cases of the profiles above, none of them answered yet.

    Raises a `ProfileError` if something is wrong with the profile.
    """
    profile = load_profile(jurisdiction)
    chain = read_chain(jurisdiction).profiles
    accounts: dict[tuple[str, ...], Accounts] = {}
    for number, above in enumerate(chain[1:], start=1):
        for case in worked_cases(above):
            day = case.policy.day
            if profile.edition_on(day) is None:
                why = f"{profile.jurisdiction} has no edition on its day"
                yield CaseAbove(case, partial(iter, (InheritedCase(case, not_run=why),)))
                continue
            policy = load_policy(jurisdiction, day)
            key = (above.profile.jurisdiction, *policy.editions)
            if key not in accounts:
                accounts[key] = Accounts(policy, _layers(chain, case), number)
            yield CaseAbove(case, partial(_answered, case, policy, accounts[key]))


def _layers(chain: Sequence[ReadProfile], case: Case) -> tuple[Layer, ...]:
    day = case.policy.day
    return tuple(Layer(one.profile, edition_on(one.profile, day)) for one in chain)


def _answered(case: Case, policy: Policy, accounts: Accounts) -> Iterator[InheritedCase]:
    """Yield the answers to a case in the words of a local policy, or why there are none."""
    name = case.policy.jurisdiction
    above = evaluate(case.policy, case.subject, case.at)
    subjects = list(localized(case.subject, policy, name))
    if not subjects:
        table, word = next(untranslated(case.subject, policy.meanings[name]))
        what = f"{table.removesuffix('s')} `{word}`"
        yield InheritedCase(case, above, not_run=f"nothing stands for the {what}")
    for subject in subjects:
        try:
            here = evaluate(policy, subject, case.at)
        except SubjectError as error:
            yield InheritedCase(case, above, not_run=error.problems[0].message)
            continue
        if here.outcome is above.outcome:
            yield InheritedCase(case, above, here)
        else:
            by, fault = accounts.of(here, above)
            yield InheritedCase(case, above, here, by, fault)


def _stated(part: Any, steps: Sequence[str], value: Any) -> Any:
    """Return a subject, or a part of one, with another value at the end of some steps."""
    step, *rest = steps
    inner = _stated(getattr(part, step), rest, value) if rest else value
    return evolve(part, **{step: inner})


def _answer_with(decision: Decision, steps: Sequence[str], value: Any) -> Decision:
    """Return the answer to the same subject with another value at the end of some steps."""
    subject = _stated(decision.subject, steps, value)
    return evaluate(decision.policy, subject, decision.at)


class Accounts:
    """Finds a smallest set of local entries without which an outcome is the one above."""

    def __init__(self, policy: Policy, layers: Sequence[Layer], local: int) -> None:
        self.policy = policy
        self.layers = layers
        self.local = local
        """How many of the layers are below the profile whose case it is."""
        self.entries = tuple(local_entries(layers[:local]))
        self.has_calendar = any(one.edition.table("calendar") for one in layers[local:])
        self._sketches: dict[frozenset[LocalEntry], Policy] = {frozenset(): policy}

    def of(self, here: Decision, above: Decision) -> tuple[tuple[str, ...], str]:
        """Return the entries that account for a changed outcome, and why it must not be so."""
        found = self._smallest(here, above.outcome)
        names = {entry.name for entry in found or ()} or set(self._merged(here, above))
        fewer: set[str] = set()
        if not names:
            fewer, names = self._by_words(here, above)
        every = tuple(sorted(fewer | names))
        if not every:
            return (), "no local entry accounts for it"
        if names and is_better(here.outcome, above.outcome) and not self._is_told(names):
            return (
                every,
                f"it is better because of {', '.join(sorted(names))}, and no difference says so",
            )
        return every, ""

    def _is_told(self, names: Iterable[str]) -> bool:
        """Return whether an entry is among the reported differences that may loosen."""
        told = [one.what for one in self.policy.differences if one.direction.may_loosen]
        return any(what == name or what.startswith(f"{name}/") for what in told for name in names)

    def _smallest(self, here: Decision, above: Outcome) -> Set[LocalEntry] | None:
        """Take away what may matter, then put back what does not; None if that is not enough."""
        added, changing = self._added(here), self._changing(here)
        for tried in (added, [*changing, *added], list(self.entries)):
            gone = set(tried)
            if gone and self._without(here, gone) is above:
                break
        else:
            return None
        for entry in tried:
            if self._without(here, gone - {entry}) is above:
                gone.discard(entry)
        return gone

    def _without(self, here: Decision, gone: Set[LocalEntry]) -> Outcome:
        """Return the outcome that a decision would have without some local entries."""
        changing = frozenset(entry for entry in gone if entry.table not in ADDED)
        if changing not in self._sketches:
            layers = without(self.layers, changing)
            self._sketches[changing] = sketch_policy(layers, self.policy.day)
        decision = here
        if changing:
            decision = evaluate(self._sketches[changing].on(here.policy.day), here.subject, here.at)
        places = {entry.place for entry in gone}
        plan = decision.policy.plans.get(subject_key(here.subject))
        checks = plan.checks if plan is not None else ()
        out = {number for number, check in enumerate(checks) if check.origin.place in places}
        return outcome_without(decision, out)

    def _added(self, here: Decision) -> list[LocalEntry]:
        """Return the entries whose checks are not met, or may not be."""
        plan = here.policy.plans.get(subject_key(here.subject))
        numbers = (*here.hits, *here.unsure) if plan is not None else ()
        places = {plan.checks[n].origin.place for n in numbers} if plan is not None else set()
        return [e for e in self.entries if e.table in ADDED and e.place in places]

    def _changing(self, here: Decision) -> list[LocalEntry]:
        """Return the entries that may change what the policy above says of a subject."""
        key = subject_key(here.subject)
        plan = here.policy.plans.get(key)
        parts: tuple[Any, ...] = (*plan.checks, *plan.deadlines) if plan is not None else ()
        touched = {part.origin.place for part in parts}
        return [e for e in self.entries if self._could(e, here.subject, key, touched)]

    def _could(self, entry: LocalEntry, subject: Subject, key: str, touched: Set[Any]) -> bool:
        if entry.table == "overrides":
            table = entry.name.partition("/")[0]
            return table not in _ENTIRE or entry.place in touched or entry.name.count("/") < 2
        if entry.table in {"routing", "organizations"}:
            named = getattr(subject, "organization", None)
            return named is UNKNOWN or named == entry.key
        if entry.table == "calendar":
            return self.has_calendar
        if entry.table == "scope":
            return entry.key == key
        return entry.table in {"roles", "submission"} and key.startswith("request/")

    def _by_words(self, here: Decision, above: Decision) -> tuple[set[str], set[str]]:
        """Return what changes the outcome if a word is unknown and the choice of words differs.

        These are the words above that nothing stands for, if only they lead to their outcome, and
        the local entries that change the outcomes of the others.
        """
        meanings = self.policy.meanings[above.policy.jurisdiction]
        facts = facts_about(subject_key(above.subject))
        fewer: set[str] = set()
        entries: set[str] = set()
        for need in above.needs:
            fact = facts.get(need)
            table = str(fact.holds.vocabulary) if fact is not None else ""
            if fact is None or table not in meanings:
                continue
            words = above.policy.words[table]
            outcomes = {word: _answer_with(above, fact.steps, word).outcome for word in words}
            stand_ins = {word: meanings[table].get(word, ()) for word in words}
            usual = {outcomes[word] for word in words if stand_ins[word]}
            for word, outcome in outcomes.items():
                if not stand_ins[word] and outcome not in usual:
                    fewer.add(f"{table}/{word}")
                for stand_in in stand_ins[word]:
                    answer = _answer_with(here, fact.steps, stand_in)
                    if answer.outcome is not outcome:
                        entries.update(e.name for e in self._smallest(answer, outcome) or ())
        return fewer, entries

    def _merged(self, here: Decision, above: Decision) -> Iterator[str]:
        """Yield the words of a subject that also stand for words above with another outcome."""
        merged: dict[tuple[str, Any], list[str]] = {
            (table, key): [word.text for word in entry.stands_for]
            for layer in self.layers[: self.local]
            for table in QUALIFIED
            for key, entry in layer.edition.table(table).items()
            if len(entry.stands_for) > 1
        }
        for fact in facts_about(subject_key(above.subject)).values():
            table = str(fact.holds.vocabulary)
            word = None if fact.form else reduce(getattr, fact.steps, here.subject)
            others = merged.get((table, word), ())
            if any(_answer_with(above, fact.steps, o).outcome is not above.outcome for o in others):
                yield f"{table}/{word}"
