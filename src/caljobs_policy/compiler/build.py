# SPDX-License-Identifier: MIT
"""Builds a policy: one plan for each sort of subject, all names bound, all problems in one run."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from caljobs_policy.compiler.about import astray, refuse_subject
from caljobs_policy.compiler.chain import Chain, Layer, Sourced
from caljobs_policy.compiler.checks import checks_of
from caljobs_policy.compiler.deadlines import deadlines_of
from caljobs_policy.compiler.duties import duties_of
from caljobs_policy.compiler.layering import OWN_TO_A_LAYER, chain_of
from caljobs_policy.compiler.overriding import plain
from caljobs_policy.compiler.plan_context import PlanContext
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.compiler.route_rows import check_routing
from caljobs_policy.compiler.routing import coordinators_of, routes_of
from caljobs_policy.compiler.templates import KINDS
from caljobs_policy.compiler.vocabulary import Vocabulary, texts, vocabulary_of
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.conditions import Condition, interned
from caljobs_policy.policy.policy import Guide, Policy
from caljobs_policy.policy.rules import ELSE, DeadlineRule, Origin, Plan
from caljobs_policy.subjects.facts import REQUEST, SUBJECT_KINDS, TYPES, kind_of_key
from caljobs_policy.syntax.sections import QUALIFIED


@frozen
class Built:
    """A policy with what it was made from, against which a profile below it is judged."""

    policy: Policy
    chain: Chain
    vocabulary: Vocabulary
    contexts: Mapping[str, PlanContext]
    """By sort of subject, what the plan was made with; its vocabulary notes what it refers to."""


def sketch_policy(layers: Sequence[Layer], day: date) -> Policy:
    """Build the policy of sound profiles from which some entries were left out.

    Whatever refers to one of these is dropped, and the authority of the others is not checked.
    """
    return build(layers, day, Problems()).policy


def build(
    layers: Sequence[Layer],
    day: date,
    problems: Problems,
    *,
    like: Built | None = None,
    anew: Collection[str] = (),
) -> Built:
    """Build the policy of some layers, the most local one first, and note its problems.

    With `like`, the plans of all sorts of subject are taken from there but for those that are to
    be made anew, as nothing that concerns the others differs.
    """
    chain = chain_of(layers, day, problems)
    profile = chain.profile
    vocabulary = vocabulary_of(chain, problems)
    check_routing(chain, vocabulary, problems)
    _check_papers(chain, problems)
    _check_about(chain, vocabulary, problems)
    kept = {} if like is None else {k: c for k, c in like.contexts.items() if k not in anew}
    contexts = {
        key: kept.get(key) or PlanContext(chain, evolve(vocabulary, used=set()), key, problems)
        for key in vocabulary.scope
    }
    plans = {
        key: like.policy.plans[key] if like is not None and key in kept else _plan(context)
        for key, context in contexts.items()
    }
    vocabulary.used.update(*(context.vocabulary.used for context in contexts.values()))
    for key in sorted(set(astray(chain))):
        _plan(PlanContext(chain, vocabulary, key, problems))  # for its problems alone
    _check_restated(chain, plans, problems)
    policy = Policy(
        jurisdiction=profile.jurisdiction,
        title=profile.title,
        day=day,
        editions=tuple(layer.edition.id for layer in layers),
        zone=ZoneInfo(profile.zone),
        digest=_digest(chain),
        plans=plans,
        words=vocabulary.words,
        parameters=vocabulary.parameters,
        clauses=vocabulary.clauses,
        readings=vocabulary.readings,
        guides=tuple(_guides(chain, problems)),
        facts=vocabulary.facts,
        calendar=vocabulary.calendar,
        meanings=_meanings(chain),
        until=min(filter(None, map(_last_day, layers)), default=None),
    )
    return Built(policy, chain, vocabulary, contexts)


def _last_day(layer: Layer) -> date | None:
    return layer.profile.last_day_of(layer.edition)


def _check_papers(chain: Chain, problems: Problems) -> None:
    """Refuse papers and submissions for types of request that do not exist or are out of scope."""
    types = chain.table(TYPES[REQUEST])
    for table in ("papers", "submission"):
        for key, sourced in chain.table(table).items():
            type_, place = key.partition("/")[0], sourced.entry.key.place
            if type_ not in types:
                problems.no_such(place, "type of request", type_, types)
            elif _is_misplaced(chain, sourced, f"request/{type_}"):
                _not_in_scope(place, f"request/{type_}", problems)


def _check_about(chain: Chain, vocabulary: Vocabulary, problems: Problems) -> None:
    """Refuse entries about subjects that do not exist or are out of scope."""
    known = {*chain.subject_keys, *SUBJECT_KINDS}
    kinds = {kind_of_key(key) for key in vocabulary.scope}
    for sourced in chain.about_subjects():
        for word in sourced.entry.about:
            if word.text not in known:
                refuse_subject(word.place, word.text, known, problems)
            elif _is_misplaced(chain, sourced, word.text) and word.text not in kinds:
                _not_in_scope(word.place, word.text, problems)


def _is_misplaced(chain: Chain, sourced: Sourced, key: str) -> bool:
    """Return whether an entry is about a subject that its edition leaves out.

    A local edition may span several editions above, one of which has the subject in its scope.
    """
    is_local = sourced.layer < len(chain.layers) - 1
    return not is_local and key not in chain.table("scope")


def _not_in_scope(place: Place, key: str, problems: Problems) -> None:
    problems.missing(
        place,
        f"`{key}` is not in the scope of this edition",
        "add it to `scope`, with the clause that brings it in",
    )


def _plan(context: PlanContext) -> Plan:
    deadlines = tuple(deadlines_of(context))
    known = context.conditions
    # What is out of scope has a plan too, so that its problems are reported.
    scope = context.chain.table("scope").get(context.key)
    return Plan(
        key=context.key,
        checks=tuple(checks_of(context)),
        routes=tuple(routes_of(context)) if context.kind == "request" else (),
        duties=tuple(evolve(d, when=interned(d.when, known)) for d in duties_of(context)),
        deadlines=tuple(_interned(rule, known) for rule in deadlines),
        coordinators=coordinators_of(context) if context.kind != "request" else {},
        scope=texts(scope.entry.clauses) if scope else (),
        scope_origin=scope.origin if scope else Origin(""),
        names=context.deadlines.namings,
    )


def _interned(rule: DeadlineRule, known: dict[Condition, Condition]) -> DeadlineRule:
    legs = tuple(evolve(leg, when=interned(leg.when, known)) for leg in rule.legs)
    return evolve(rule, when=interned(rule.when, known), legs=legs)


def _guides(chain: Chain, problems: Problems) -> Iterator[Guide]:
    for key, sourced in chain.table("guides").items():
        entry = sourced.entry
        for name, there in (("say", ELSE in entry.say), ("clauses", entry.clauses)):
            if not there and name not in entry.faulty:
                problems.add(
                    Code.MISSING,
                    entry.key.place,
                    f"the guide `{key}` lacks `{name}`",
                    f"add `{name}:`",
                )
        about = texts(entry.about)
        word = entry.say.get(ELSE)
        say = word.text if word else ""
        yield Guide(key, say, texts(entry.clauses), about, sourced.origin)


def _check_restated(chain: Chain, plans: Mapping[str, Plan], problems: Problems) -> None:
    """Refuse to restate an entry that does not exist, or an unknown kind of failure."""
    if not chain.restated:
        return
    known = {f"{table}/{key}" for table, entries in chain.tables.items() for key in entries}
    known |= {check.id for plan in plans.values() for check in plan.checks}
    for what, restatements in chain.restated.items():
        for restatement in restatements:
            if what not in known:
                problems.unknown(restatement.key.place, "entry to restate", what, known)
            if not restatement.clauses and "clauses" not in restatement.faulty:
                problems.add(
                    Code.MISSING, restatement.place, "no clause restates it", "add `clauses:`"
                )
            for kind in restatement.where:
                if kind.text not in KINDS:
                    problems.no_such(kind.place, "kind of failure", kind.text, KINDS)


def check_used(chain: Chain, vocabulary: Vocabulary, problems: Problems) -> None:
    """Refuse a term or a list of the most local profile that nothing refers to.

    An entry that could not be bound may refer to it, so this is checked last.
    """
    for table in ("terms", "lists"):
        for key, sourced in chain.table(table).items():
            if sourced.layer == 0 and (table, key) not in vocabulary.used:
                problems.add(
                    Code.UNUSED,
                    sourced.entry.key.place,
                    f"nothing refers to `{key}`",
                    "use it, or remove it",
                )


def _meanings(chain: Chain) -> Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]:
    """Return the words here that stand for the words of each profile above."""
    return {
        layer.profile.jurisdiction: {
            table: {
                word: chain.meaning(table, word, number) for word in chain.words_of(table, number)
            }
            for table in QUALIFIED
        }
        for number, layer in enumerate(chain.layers)
        if number
    }


def _digest(chain: Chain) -> str:
    """Return the digest of all that is in force; the order of keys in a file does not matter."""
    content = {
        name: {key: plain(one.entry.node) for key, one in table.items()}
        for name, table in chain.tables.items()
    }
    whole = [chain.profile.zone, [*map(_own_to, chain.layers)], content]
    # Nodes are trees, so nobody has to look for circles.
    text = json.dumps(whole, sort_keys=True, check_circular=False)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _own_to(layer: Layer) -> Mapping[str, Any]:
    """Return what only the edition of a layer has."""
    tables = {
        name: {key: plain(entry.node) for key, entry in layer.edition.table(name).items()}
        for name in OWN_TO_A_LAYER
    }
    return {"id": layer.edition.id, **tables}
