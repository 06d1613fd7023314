# SPDX-License-Identifier: MIT
"""What it costs to have more rules: profiles of 25, 250 and 2,500, and what is made of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml
from attrs import evolve

from benchmarks.cases import AT, DAY
from benchmarks.generated import EACH, SIZES, Generated, account_of
from benchmarks.timing import Pair, Slices, Timed
from benchmarks.twins.generated import GeneratedByHand
from caljobs_policy import UNKNOWN, Account, evaluate, load_policy
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.engines.native import function_for
from caljobs_policy.engines.native.verdicts import VerdictWriter
from caljobs_policy.layers.compiling import compile_policy
from caljobs_policy.loader.profiles import read_profile
from caljobs_policy.policy.policy import Policy
from caljobs_policy.syntax.profile import Profile

_KEY: Final = "account"
_YAML: Final = "PyYAML"


def growth_pairs(folders: ExitStack, sizes: Sequence[int] = SIZES) -> Iterator[Pair]:
    """Return decisions by many rules, none of which applies, or 25, or all."""
    fewest: dict[str, Slices] = {}
    for size in sizes:
        in_areas, of_all = (Generated(size, has_areas) for has_areas in (True, False))
        folder = folders.enter_context(in_areas.folder())
        policy = load_policy(folder, DAY)
        by_hand = GeneratedByHand(in_areas.areas, has_areas=True)
        nobody, somebody = account_of(len(in_areas.areas)), account_of(size // EACH // 2)
        for pair in _pairs(f"{size:,} rules, none applies", policy, by_hand, nobody):
            yield pair
            # How it grows with rules that do not apply.
            fewer = fewest.setdefault(pair.stage, pair.call)
            if fewer is not pair.call:
                yield evolve(pair, yardstick=fewer, beside=f"{sizes[0]} rules")
        yield from _pairs(f"{size:,} rules, {EACH} apply", policy, by_hand, somebody)
        yield from _made_of(size, folder, policy, somebody)
        in_windows = Generated(size, has_areas=False, in_windows=True)
        policy = load_policy(folders.enter_context(in_windows.folder()), DAY)
        by_hand = GeneratedByHand(in_windows.areas, has_areas=False, in_windows=True)
        yield from _pairs(f"{size:,} rules, none in its window", policy, by_hand, nobody)
        policy = load_policy(folders.enter_context(of_all.folder()), DAY)
        by_hand = GeneratedByHand(of_all.areas, has_areas=False)
        yield from _pairs(f"{size:,} rules, all apply", policy, by_hand, somebody)


def _pairs(case: str, policy: Policy, by_hand: GeneratedByHand, account: Account) -> Iterator[Pair]:
    verdict = function_for(policy, policy.plans[_KEY])
    checks = policy.plans[_KEY].checks
    broken = by_hand.verdict(account, AT)
    assert tuple(checks[number].id for number in verdict(account, AT)[0]) == broken
    assert evaluate(policy, account, AT).findings == by_hand.findings(account, AT)
    other = Timed(partial(by_hand.verdict, account, AT))
    pair = partial(Pair, "rules", case)
    yield pair("verdict", Timed(partial(verdict, account, AT)), other)
    yield pair("decision", Timed(partial(evaluate, policy, account, AT)), other)
    yield pair(
        ".findings",
        Timed(lambda: evaluate(policy, account, AT).findings),
        Timed(partial(by_hand.findings, account, AT)),
    )


def _made_of(size: int, folder: Path, policy: Policy, account: Account) -> Iterator[Pair]:
    """Return what it costs to read, compile and generate a rule, beside PyYAML on the same text.

    Generating includes the first verdict, since the code for a value of a fact is written when it
    first comes up, and that for an unknown one when it first is.
    """
    text = (folder / "2025-01-01" / "rules.yaml").read_text("utf-8")
    parsed = Timed(partial(yaml.load, text, getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    profile = read_profile(folder)
    writer = partial(VerdictWriter, policy.plans[_KEY], policy.zone)
    pair = partial(Pair, "rules", f"{size:,} rules", yardstick=parsed, beside=_YAML, per=size)
    yield pair("reading a rule", Timed(partial(read_profile, folder)))
    yield pair("compiling a rule", Timed(partial(compile_policy, [_layer(profile)], DAY)))
    yield pair("generating a rule", Timed(lambda: writer().function()(account, AT)))
    unknown = evolve(account, organization=UNKNOWN)
    yield pair("generating for an unknown word", Timed(lambda: writer().function()(unknown, AT)))


def _layer(profile: Profile) -> Any:
    edition = profile.edition_on(DAY)
    assert edition is not None
    return Layer(profile, edition)
