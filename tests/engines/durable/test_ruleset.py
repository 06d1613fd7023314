# SPDX-License-Identifier: MIT
"""What reaches durable-rules: names that cannot collide, bits, and nothing at its limits."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from typing import Any

import pytest

from caljobs_policy.engines.durable import ruleset
from caljobs_policy.engines.durable.binding import Extension, extension
from caljobs_policy.engines.durable.formulas import Atom, Every, Formula, Some
from caljobs_policy.engines.durable.ruleset import FIELDS, RULES, EngineFaultError, RuleSet
from caljobs_policy.engines.durable.splitting import (
    MOST_FIELDS,
    MOST_RULES,
    MOST_WAYS,
    RuleGroup,
    Splitter,
)
from tests.engines.durable.present import in_child, needs_durable, run_child

OF_THE_ENGINE = (
    "all any pri count cap dist name id sid m $s $i $m $l $r $forward $pulse $timerName $time"
    " $lt $lte $gt $gte $eq $neq $ex $nex $mt $imt $iall $iany $and $or $add $sub $mul $div"
)


def fnv1a(name: str) -> int:
    """Hash a name as durable-rules does."""
    found = 0x811C9DC5
    for byte in name.encode():
        found = (found ^ byte) * 16777619 % 2**32
    return found


def group_of(*formulas: Formula, bits: int = 1000) -> RuleGroup:
    splitter = Splitter(bits)
    for number, formula in enumerate(formulas):
        splitter.add(formula, (number, True))
    (group,) = splitter.groups()
    return group


def test_hash_is_that_of_the_engine() -> None:
    # Both from the source of durable-rules, and the pair from a search for collisions.
    assert (fnv1a("id"), fnv1a("sid")) == (926444256, 3593476751)
    assert fnv1a("kcbvi9ww") == fnv1a("subject.role")


def test_no_two_names_of_fields_collide_nor_one_with_the_engines_own() -> None:
    hashes = [fnv1a(name) for name in (*FIELDS, *OF_THE_ENGINE.split())]
    assert len(set(hashes)) == len(hashes)
    assert len(FIELDS) == MOST_FIELDS
    assert len(RULES) == MOST_RULES
    assert all(name.isalnum() and name.isascii() for name in (*FIELDS, *RULES))


class Recorder:
    """Stands between a ruleset and the extension module, and notes or disturbs what passes."""

    def __init__(self, real: Any = None) -> None:
        self.real = real
        self.calls: list[tuple[Any, ...]] = []
        self.answers: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.calls.append((name, *arguments))
            if name in self.answers:
                answer = self.answers[name]
                if isinstance(answer, BaseException):
                    raise answer
                return answer
            return getattr(self.real, name)(*arguments)

        return call

    def texts(self, name: str) -> list[str]:
        return [call[2] for call in self.calls if call[0] == name]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(extension())


def ruleset_of(recorder: Any, *formulas: Formula) -> RuleSet:
    return RuleSet(recorder, group_of(*formulas))


@needs_durable
def test_fact_is_flat_and_holds_bits_alone(recorder: Recorder) -> None:
    rules = ruleset_of(recorder, Every((Atom(7, 1), Some((Atom(3, 0), Atom(500, 1))))))
    bits = [0] * 1000
    bits[7] = bits[500] = 1
    rules.ask(bits)
    *_, fact = recorder.texts("assert_fact")
    assert json.loads(fact) == {"a": 1, "b0": 0, "b1": 1, "b2": 1}
    assert recorder.texts("retract_fact") == recorder.texts("assert_fact")


@needs_durable
def test_definition_holds_nothing_but_equality_and_brackets(recorder: Recorder) -> None:
    ruleset_of(recorder, Every((Atom(7, 1), Some((Atom(3, 0), Atom(500, 1))))))
    (definition,) = recorder.texts("create_ruleset")
    assert json.loads(definition) == {
        "alive": {"all": [{"m": {"a": 1}}]},
        "r0": {"all": [{"m": {"$and": [{"b1": 1}, {"$or": [{"b0": 0}, {"b2": 1}]}]}}]},
    }


def asked(rules: RuleSet, *ones: int) -> set[int]:
    found = rules.ask([int(bit in ones) for bit in range(1000)])
    return {target[0] for target in found if isinstance(target, tuple)}


@needs_durable
def test_rules_that_hold_fire_each_time_anew() -> None:
    rules = ruleset_of(extension(), Some((Atom(0, 1), Atom(1, 1))), Atom(1, 0), Every(()))
    for _ in range(3):
        assert asked(rules) == {1, 2}
        assert asked(rules, 0, 1) == {0, 2}
        assert asked(rules, 0) == {0, 1, 2}


EDGES = """
from tests.engines.durable.test_ruleset import *
rules = {rules}
group = group_of(*rules)
assert {size} == {limit}, {size}
found = RuleSet(extension(), group).ask([1] * 1000)
assert {{target[0] for target in found}} == set(range(len(rules)))
assert RuleSet(extension(), group).ask([0] * 1000) == []
print("held")
"""


@needs_durable
@pytest.mark.parametrize(
    ("rules", "size", "limit"),
    [
        ("[Atom(0, 1)] * 39", "len(group.rules) + 1", "MOST_RULES"),
        (
            "[Some(tuple(Atom(n, 1) for n in range(size))) for size in (20, 20, 19)]",
            "group.ways",
            "MOST_WAYS",
        ),
        (
            "[Every(tuple(Atom(40 * k + n, 1) for n in range(40 - k // 2))) for k in range(3)]",
            "len(group.bits) + 1",
            "MOST_FIELDS",
        ),
    ],
    ids=["rules", "ways", "fields"],
)
def test_rulesets_at_their_limits_fire_all_at_once(rules: str, size: str, limit: str) -> None:
    assert in_child(EDGES.format(rules=rules, size=size, limit=limit)) == "held"


BEYOND = """
import json
from caljobs_policy.engines.durable.binding import extension
engine = extension()
print("ready", flush=True)
rules = {rules}
fact = json.dumps({{"b%d" % n: 1 for n in range({fields})}})
written = {{name: {{"all": [{{"m": rule}}]}} for name, rule in rules.items()}}
handle = engine.create_ruleset("x", json.dumps(written))
print("made", flush=True)
engine.assert_fact(handle, fact)
print("taken")
"""


# From 256 rules with one condition on it writes beyond its memory, and what then happens is chance.
@needs_durable
@pytest.mark.parametrize(
    ("rules", "fields", "reached"),
    [
        ('{"r%d" % n: {"b0": 1} for n in range(255)}', 1, 3),
        ('{"r": {"$or": [{"b%d" % n: 1} for n in range(64)]}}', 64, 3),
        ('{"r": {"$or": [{"b%d" % n: 1} for n in range(65)]}}', 65, 2),
        ('{"r": {"b0": 1}}', 252, 3),
        ('{"r": {"b0": 1}}', 253, 2),
        ('{"r": eval("{\'$and\': [" * 15 + "{\'b0\': 1}" + "]}" * 15)}', 1, 3),
        ('{"r": eval("{\'$and\': [" * 16 + "{\'b0\': 1}" + "]}" * 16)}', 1, 1),
    ],
)
def test_limits_of_the_engine_are_where_its_source_has_them(
    rules: str, fields: int, reached: int
) -> None:
    done = run_child(BEYOND.format(rules=rules, fields=fields))
    assert done.stdout.split() == ["ready", "made", "taken"][:reached]
    if reached == 3:
        assert (done.returncode, done.stderr) == (0, "")
    else:
        crashed = done.returncode < 0
        assert crashed or "durable_rules_engine.error: Could not" in done.stderr


@needs_durable
@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("assert_fact", RuntimeError("303")),
        ("assert_fact", (1, 0)),
        ("retract_fact", RuntimeError("307")),
        ("retract_fact", (1, 0)),
        ("start_action_for_state", None),
        ("start_action_for_state", ("{}", '{"r0":{"m":{}}}')),
        ("complete_and_start_action", '{"alive":{"m":{}}}'),
    ],
)
def test_engine_that_fails_or_lies_is_noticed(recorder: Recorder, call: str, answer: Any) -> None:
    rules = ruleset_of(recorder, Atom(0, 1))
    recorder.answers[call] = answer
    with pytest.raises((EngineFaultError, RuntimeError)):
        rules.ask([0])
    assert not rules._sound


@needs_durable
def test_fact_is_taken_back_where_the_thread_is_interrupted(recorder: Recorder) -> None:
    rules = ruleset_of(recorder, Atom(0, 1))
    recorder.answers["complete_and_start_action"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        rules.ask([1])
    assert len(recorder.texts("retract_fact")) == len(recorder.texts("assert_fact")) == 2


def drops(rules: list[RuleSet]) -> Sequence[tuple[Extension, int]]:
    gc.collect()
    ruleset.free_unused()
    rules.clear()
    gc.collect()
    return tuple(ruleset._unused)


@needs_durable
def test_ruleset_that_nobody_refers_to_is_freed(recorder: Recorder) -> None:
    handle = (rules := ruleset_of(recorder, Atom(0, 1)))._handle
    kept = [rules]
    del rules
    assert drops(kept) == ((recorder, handle),)
    ruleset.free_unused()
    assert recorder.calls[-2:] == [("delete_state", handle, "0"), ("delete_ruleset", handle)]


@needs_durable
def test_ruleset_that_failed_is_never_freed(recorder: Recorder) -> None:
    kept = [ruleset_of(recorder, Atom(0, 1))]
    recorder.answers["retract_fact"] = (1, 0)
    with pytest.raises(EngineFaultError):
        kept[0].ask([0])
    assert drops(kept) == ()


def test_ways_are_fewer_than_the_engine_bears() -> None:
    assert MOST_WAYS < 65
