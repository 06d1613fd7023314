# SPDX-License-Identifier: MIT
"""Properties of every sample, whatever the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import Policy, load_policy
from caljobs_policy.rosters.reading.columns import Known
from caljobs_policy.rosters.reading.rows import Cells, Layout, RowReader
from caljobs_policy.rosters.sample import Quarter
from caljobs_policy.rosters.sampling import Draw, Sample, allocated, draw
from tests.samples.profiles import DAY

ORGANIZATIONS = ("", "local_area", "other", "nowhere")
USERS = st.lists(
    st.tuples(st.text("aAbBcC 1", max_size=3), st.sampled_from(ORGANIZATIONS)), max_size=30
)
DRAWS = st.builds(
    Draw,
    st.builds(Quarter, st.integers(2000, 2100), st.integers(1, 4)),
    st.integers(1, 40),
    st.text(max_size=5).filter(str.strip),
    st.booleans(),
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("state", DAY)


def sample(policy: Policy, users: list[tuple[str, str]], how: Draw) -> Sample:
    columns = tuple(Known(policy).columns[name] for name in ("username", "organization"))
    rows: Iterator[Cells] = (Cells(n, n + 1, user) for n, user in enumerate(users, start=1))
    return draw(rows, RowReader(Layout("r.csv", columns), policy), how)


def known(users: list[tuple[str, str]]) -> dict[str, str]:
    """Return the organization of each user by the folded name, that of the first row."""
    found: dict[str, str] = {}
    for name, organization in users:
        if name.strip():
            found.setdefault(name.strip().casefold(), organization)
    return found


class TestDrawnAndLeftOut:
    """Every row is drawn, not drawn by chance, or left out with a reason."""

    @given(users=USERS, how=DRAWS)
    def test_numbers_add_up(self, policy: Policy, users: list[tuple[str, str]], how: Draw) -> None:
        found, there = sample(policy, users, how), known(users)
        assert len(found.drawn) == min(how.size, len(there))
        assert sum(found.population.values()) == len(there)
        assert len(found.left_out) == len(users) - len(there)
        assert len({one.rank for one in found.drawn}) == len(found.drawn)
        assert {one.username.casefold() for one in found.drawn} <= there.keys()

    @given(users=USERS, how=DRAWS)
    def test_strata_have_their_shares(
        self, policy: Policy, users: list[tuple[str, str]], how: Draw
    ) -> None:
        found, there = sample(policy, users, how), known(users)
        counts = Counter(there.values()) if how.strata else Counter({"": len(there)})
        assert dict(found.population) == {name: n for name, n in counts.items() if n}
        drawn = Counter(there[one.username.casefold()] for one in found.drawn)
        if how.strata:
            assert dict(drawn) == {n: s for n, s in allocated(counts, how).items() if s}


class TestReproducible:
    """The same accounts, quarter, size and seed give the same sample, in whatever order."""

    @given(users=USERS, how=DRAWS, data=st.data())
    def test_order_does_not_matter(
        self, policy: Policy, users: list[tuple[str, str]], how: Draw, data: st.DataObject
    ) -> None:
        unique = list(known(users).items())
        shuffled = data.draw(st.permutations(unique))
        first, second = (sample(policy, rows, how) for rows in (unique, shuffled))
        assert [one.username for one in first.drawn] == [one.username for one in second.drawn]


class TestShares:
    """Shares sum to the size, and each is within one account of its proportion."""

    @given(
        counts=st.dictionaries(st.text(max_size=2), st.integers(0, 10**6), max_size=8), how=DRAWS
    )
    def test_shares(self, counts: dict[str, int], how: Draw) -> None:
        whole = sum(counts.values())
        size = min(how.size, whole)
        shares = allocated(counts, how)
        assert sum(shares.values()) == size
        for name, share in shares.items():
            assert 0 <= share <= counts[name]
            assert abs(share * whole - counts[name] * size) < whole
