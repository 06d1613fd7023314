# SPDX-License-Identifier: MIT
"""A mutant has the policies that its profile would have with one small change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest

from caljobs_policy import Policy, Problem, ProfileError
from caljobs_policy.analysis.checking.examined import Examined
from caljobs_policy.analysis.mutating.decisive import keys_that_differ
from caljobs_policy.analysis.mutating.mutants import Mutant, Mutants
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.layers.compiling import Basis, compile_policy
from caljobs_policy.loader.store import read_chain
from tests.samples.profiles import PROFILE_YAML, TABLES_YAML, WORDS_YAML, sound_profile
from tests.samples.profiles import written_profile as written
from tests.samples.towns import town

DAY = date(2025, 6, 2)


def mutants_of(profile: str | Path) -> Mutants:
    return Mutants(Examined(read_chain(profile), DAY))


def made(mutants: Mutants, *changes: str) -> Sequence[Mutant]:
    """Return the mutants of some changes, or all."""
    found = (mutants.of(*one) for one in mutants.sites)
    return [one for one in found if one is not None and (not changes or one.words in changes)]


def sample_area(folder: Path) -> Mutants:
    return mutants_of(sound_profile(folder / "sample_area", TABLES_YAML))


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each policy that is compiled in part, whether it is as if compiled as a whole."""
    varied, found = Basis.varied, list[bool]()

    def both(self: Basis, layers: Sequence[Layer], anew: Collection[str]) -> Policy:
        whole = refused(lambda: compile_policy(layers, self.day))
        part = refused(lambda: varied(self, layers, anew))
        same = part == whole and type(part) is type(whole)
        if isinstance(part, Policy) and isinstance(whole, Policy):
            same &= not keys_that_differ(part, whole)
        found.append(same)
        return varied(self, layers, anew)

    monkeypatch.setattr(Basis, "varied", both)
    return found


def refused(compiled: Callable[[], Policy]) -> Policy | Sequence[Problem]:
    """Return a policy that can be compiled, or else all that is wrong."""
    try:
        return compiled()
    except ProfileError as error:
        return error.problems


@pytest.mark.parametrize("where", ["area", "town", "la_city"])
def test_what_no_change_concerns_need_not_be_compiled(
    where: str, tmp_path: Path, compared: list[bool]
) -> None:
    if where == "area":
        found = sample_area(tmp_path)
    else:
        found = mutants_of(town(tmp_path) if where == "town" else where)
    sites = Random(4).sample(found.sites, min(len(found.sites), 10))  # noqa: S311  # a few do
    for one in sites:
        found.of(*one)
    assert compared
    assert all(compared)


def test_what_cannot_be_read_is_no_mutant(tmp_path: Path) -> None:
    found = [one.words for one in made(sample_area(tmp_path))]
    # The row is needed, as is a coordinator; a form without a rule is not.
    assert "roles/desk: it is left out" not in found
    assert "rules/named: it is left out" in found


def test_a_word_is_tried_until_the_profile_can_be_read(tmp_path: Path) -> None:
    found = [one.words for one in made(sample_area(tmp_path))]
    assert "rules/training: `request.submitted_on` becomes `request.separates_on`" in found


def test_what_stands_in_several_editions_changes_in_all(tmp_path: Path) -> None:
    editions = {
        f"{day}/edition.yaml": f"edition: {{from: {day}, title: One}}\n"
        for day in ("2025-01-01", "2025-04-01")
    }
    own = PROFILE_YAML + WORDS_YAML + "parameters: {grace: {value: 3 days}}\n"
    folder = written(tmp_path / "sample_area", {"profile.yaml": own, **editions})
    found = made(mutants_of(folder), "parameters/grace: `3 days` becomes `4 days`")
    assert [len(one.policies) for one in found] == [2]


def test_shipped_words_are_not_the_profile_s_own(tmp_path: Path) -> None:
    places: Iterable[str] = (w.entry.place.file for w, _ in sample_area(tmp_path).sites)
    assert all("sample_area" in one for one in places)


def test_an_entry_keeps_its_place_in_its_table_under_another_key(tmp_path: Path) -> None:
    change = "papers/create/form_one: the key becomes `change/form_one`"
    ((mutant),) = made(sample_area(tmp_path), change)
    (policy,) = mutant.policies.values()
    names = ["papers/create/form_two", "papers/change/form_one"]
    found = [check.id for plan in policy.plans.values() for check in plan.checks]
    assert [one for one in found if one.startswith("papers/")] == names
