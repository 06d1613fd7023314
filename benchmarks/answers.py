# SPDX-License-Identifier: MIT
"""Decisions about subjects, with what everything about is known and with what is not."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from functools import partial
from typing import Final

from benchmarks.cases import ACCOUNT_IN_ORDER, AT, KNOWN, POLICY, REQUEST_IN_ORDER, UNSURE, Stated
from benchmarks.stages import STAGES, Stage
from benchmarks.timing import Pair, Timed
from benchmarks.twins import TWINS
from caljobs_policy import evaluate, read_subject
from caljobs_policy.decisions.evaluation import ENGINES
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.facts import Subject

_IN_ORDER: Final = {one.key: one for one in (REQUEST_IN_ORDER, ACCOUNT_IN_ORDER)}
_UNSURE_STAGES: Final = ("verdict", "decision", ".findings", "to_dict()")


def subject_of(stated: Stated) -> Subject:
    """Return the subject that a mapping states."""
    return read_subject(POLICY, stated.kind, stated.mapping)


def known_pairs() -> Iterator[Pair]:
    """Return each stage of what is known with the function written by hand, which says the same."""
    for stated in KNOWN:
        twin, subject = TWINS[stated.key], subject_of(stated)
        assert twin.read(stated.mapping) == subject
        read = Timed(partial(read_subject, POLICY, stated.kind, stated.mapping))
        by_hand = Timed(partial(twin.read, stated.mapping))
        yield Pair("known", stated.title, "dict to subject", read, by_hand)
        for stage in STAGES:
            ours = partial(stage.of_policy(POLICY, stated.key), subject, AT)
            other = partial(stage.by_hand(twin, POLICY), subject, AT)
            _check_equal(stage, stated, ours(), other())
            yield Pair("known", stated.title, stage.name, Timed(ours), Timed(other))


def _check_equal(stage: Stage, stated: Stated, ours: object, by_hand: object) -> None:
    assert stage.seen(POLICY, stated.key, ours) == by_hand, (stated.title, stage.name)
    if isinstance(ours, dict):
        assert json.dumps(ours) == json.dumps(by_hand), stated.title


def unsure_pairs() -> Iterator[Pair]:
    """Return the stages of what is not wholly known, beside those of a subject in order."""
    stages = [stage for stage in STAGES if stage.name in _UNSURE_STAGES]
    for stated in UNSURE:
        in_order = _IN_ORDER[stated.key]
        subject, usual = subject_of(stated), subject_of(in_order)
        pair = partial(Pair, "unknown", stated.title, beside=in_order.title)
        for stage in stages:
            answering = stage.of_policy(POLICY, stated.key)
            yield pair(
                stage.name,
                Timed(partial(answering, subject, AT)),
                Timed(partial(answering, usual, AT)),
            )
        first = Timed(
            lambda policy, s=subject: evaluate(policy, s, AT), partial(fresh, _pickled, usual)
        )
        yield pair("decision, first", first, Timed(partial(evaluate, POLICY, usual, AT)))


_pickled: Final = pickle.dumps(POLICY)


def fresh(pickled: bytes, usual: Subject) -> Policy:
    """Return the policy as it is when no subject of which something is unknown came up yet."""
    policy: Policy = pickle.loads(pickled)
    evaluate(policy, usual, AT)
    return policy


def engine_pairs() -> Iterator[Pair]:
    """Return the verdicts of the other engines beside those of the native one."""
    for stated in (REQUEST_IN_ORDER, UNSURE[2]):
        subject, plan = subject_of(stated), POLICY.plans[stated.key]
        native = partial(ENGINES["native"], POLICY, plan, subject, AT)
        for name in ("naive", "durable"):
            other = partial(ENGINES[name], POLICY, plan, subject, AT)
            try:
                assert other() == native()
            except EngineError as error:
                print(f"{error.problem}")
            else:
                yield Pair(
                    "engines",
                    stated.title,
                    f"verdict, {name}",
                    Timed(other),
                    Timed(native),
                    "native",
                )
