# SPDX-License-Identifier: MIT
"""Anybody can draw a sample again, and every account has the same chance."""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from caljobs_policy import Policy
from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.rosters.reading.rows import Cells, RowReader
from caljobs_policy.rosters.sample import Quarter
from caljobs_policy.rosters.sampling import Draw, Drawn, Sample, allocated, draw
from tests.samples.rosters import opened, roster_policy

QUARTER = Quarter(2026, 1)
HEADER = "username,organization\n"
NAMES = [f"user{number:02}" for number in range(40)]


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return roster_policy(tmp_path)


def sample(policy: Policy, rows: Iterable[str], how: Draw, header: str = HEADER) -> Sample:
    roster = opened(policy, header + "".join(f"{row}\n" for row in rows))
    return draw(roster.rows, RowReader(roster.layout, policy), how)


def names(found: Sample) -> list[str]:
    return [one.username for one in found.drawn]


def rows(*, partners: int = 10) -> list[str]:
    return [f"{name},{'partner' if n < partners else 'branch'}" for n, name in enumerate(NAMES)]


def how(size: int = 8, seed: str = "seed", quarter: Quarter = QUARTER, **more: bool) -> Draw:
    return Draw(quarter, size, seed, **more)


def test_sample_is_that_of_the_written_method(policy: Policy) -> None:
    def number(name: str) -> bytes:
        return hashlib.sha256(f"seed\0002026Q1\0{name}".encode()).digest()

    assert names(sample(policy, rows(), how())) == sorted(NAMES, key=number)[:8]


@pytest.mark.parametrize("strata", [False, True])
def test_order_of_the_rows_does_not_matter(policy: Policy, strata: bool) -> None:
    first = sample(policy, rows(), how(strata=strata))
    second = sample(policy, reversed(rows()), how(strata=strata))
    assert names(first) == names(second)
    assert dict(first.population) == dict(second.population)


def test_letter_case_and_blanks_of_user_names_do_not_matter(policy: Policy) -> None:
    crooked = [f" {row.replace('user', 'User')}" for row in rows()]
    assert [n.lower() for n in names(sample(policy, crooked, how()))] == names(
        sample(policy, rows(), how())
    )


def test_organization_by_its_title_is_the_same_stratum(policy: Policy) -> None:
    titled = [row.replace("branch", "A Branch") for row in rows()]
    assert sample(policy, titled, how(strata=True)).population == {"branch": 30, "partner": 10}


@pytest.mark.parametrize(
    "other", [how(seed="Seed"), how(seed="seed "), how(quarter=Quarter(2026, 2))]
)
def test_another_seed_or_quarter_draws_another_sample(policy: Policy, other: Draw) -> None:
    assert names(sample(policy, rows(), how())) != names(sample(policy, rows(), other))


def test_larger_sample_holds_the_smaller_one(policy: Policy) -> None:
    small, large = (names(sample(policy, rows(), how(size))) for size in (5, 20))
    assert large[:5] == small


@pytest.mark.parametrize("strata", [False, True])
@pytest.mark.parametrize("size", [40, 41, 10_000])
def test_smaller_roster_is_drawn_whole(policy: Policy, size: int, strata: bool) -> None:
    assert sorted(names(sample(policy, rows(), how(size, strata=strata)))) == NAMES


@pytest.mark.parametrize("size", [0, -1])
def test_sample_of_none_is_refused(size: int) -> None:
    with pytest.raises(RosterError, match="ask for at least one account"):
        how(size)


def test_empty_roster_gives_an_empty_sample(policy: Policy) -> None:
    for strata in (False, True):
        found = sample(policy, [], how(strata=strata))
        assert (found.drawn, dict(found.population), found.left_out) == ((), {}, ())


def test_rows_without_user_name_and_doubles_are_left_out(policy: Policy) -> None:
    given = ["anna,branch", ",branch", "", " ANNA ,partner", "bob,branch", "\0,branch"]
    found = sample(policy, given, how())
    assert sorted(names(found)) == ["anna", "bob"]
    assert found.population == {"": 2}
    assert [str(problem).partition("\n")[0] for problem in found.left_out] == [
        "r.csv:3:1: the row has no user name, so it cannot be drawn",
        "r.csv:5:1: an earlier row has the same user name",
        "r.csv:7:1: the line holds the control character U+0000",
    ]


def test_rows_that_cannot_be_evaluated_can_be_drawn(policy: Policy) -> None:
    found = sample(policy, ["anna,nowhere", "bob,branch,more"], how(strata=True))
    assert sorted(names(found)) == ["anna", "bob"]
    assert found.population == {"nowhere": 1, "": 1}


def test_roster_without_user_names_is_refused(policy: Policy) -> None:
    with pytest.raises(RosterError, match=r"r\.csv:1:1: no column holds the user name"):
        sample(policy, ["branch"], how(), "organization\n")


def test_method_is_told() -> None:
    assert how().method == "smallest SHA-256 of seed, quarter and user name"
    assert how(strata=True).method == f"{how().method}, by organization in proportion"


COUNTS = [
    {"a": 1},
    {"a": 1, "b": 1, "c": 1},
    {"a": 97, "b": 2, "c": 1},
    {"a": 10, "b": 20, "c": 30, "d": 0},
    {"": 3, "x": 5, "y": 7, "z": 11},
]


@pytest.mark.parametrize("counts", COUNTS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 1000])
def test_shares_are_in_proportion_and_sum_to_the_size(counts: dict[str, int], size: int) -> None:
    whole = sum(counts.values())
    for seed in range(50):
        shares = allocated(counts, how(size, f"{seed}"))
        assert shares.keys() == counts.keys()
        assert sum(shares.values()) == min(size, whole)
        for name, share in shares.items():
            assert 0 <= share <= counts[name]
            assert abs(share * whole - counts[name] * min(size, whole)) < whole


def test_strata_have_their_shares(policy: Policy) -> None:
    found = sample(policy, rows(partners=10), how(8, strata=True))
    partners = sum(NAMES.index(name) < 10 for name in names(found))
    assert (partners, len(found.drawn)) == (2, 8)


SEEDS = 2500
"""At these many, a standard deviation is at most one percent; they are fixed, so none flakes."""


@pytest.mark.parametrize("strata", [False, True])
def test_every_account_has_the_same_chance(policy: Policy, strata: bool) -> None:
    given = [f"a{n},x" for n in range(7)] + [f"b{n},y" for n in range(3)] + ["c0,z"]
    roster = opened(policy, HEADER + "".join(f"{row}\n" for row in given))
    kept, reader = list(roster.rows), RowReader(roster.layout, policy)
    counts: Counter[str] = Counter()
    for seed in range(SEEDS):
        counts.update(
            one.username for one in draw(kept, reader, how(4, f"{seed}", strata=strata)).drawn
        )
    chance = 4 / 11
    bound = 5 * (SEEDS * chance * (1 - chance)) ** 0.5
    assert sum(counts.values()) == 4 * SEEDS
    assert len(counts) == 11
    assert max(abs(number - SEEDS * chance) for number in counts.values()) < bound


SCRIPT = """
from caljobs_policy.rosters.sample import Quarter
from caljobs_policy.rosters.sampling import Draw, allocated
how = Draw(Quarter(2026, 1), 9, "seed", True)
print(sorted((f"user{n}" for n in range(40)), key=how.rank)[:5])
print(allocated({"b": 20, "a": 11, "c": 9}, how))
"""


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_sample_is_the_same_on_every_machine(hash_seed: str) -> None:
    source = str(Path(__file__).resolve().parents[2] / "src")
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": source}
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=environment
    )
    assert found.stdout.splitlines() == [
        "['user23', 'user39', 'user19', 'user6', 'user32']",
        "{'a': 3, 'b': 4, 'c': 2}",
    ]


def test_memory_holds_the_candidates_alone(policy: Policy) -> None:
    roster = opened(policy, HEADER)
    alive: list[int] = []

    def given() -> Iterator[Cells]:
        for n in range(1, 5001):
            if n % 500 == 0:
                alive.append(sum(isinstance(one, Drawn) for one in gc.get_objects()))
            yield Cells(n, n + 1, (f"user{n}", "branch"))

    found = draw(given(), RowReader(roster.layout, policy), how(3))
    assert (len(found.drawn), found.population) == (3, {"": 5000})
    assert max(alive) <= 3 + 1  # the candidates, and the one that was weighed last
