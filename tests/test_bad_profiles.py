# SPDX-License-Identifier: MIT
"""Every fault in `bad_profiles` is reported in the words of the file beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from caljobs_policy import ProfileError, load_policy
from caljobs_policy.errors.codes import Code
from tests.samples.codes import GENERAL
from tests.samples.layers import written_chain
from tests.samples.profiles import DAY, EDITION, SOUND, written_profile

FOLDER = Path(__file__).parent / "bad_profiles"
FAULTS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
HEAD = re.compile(r"# (profile|edition)\.yaml\n")
CHAIN = "# a chain of profiles\n"
PYTHON = re.compile(
    r"Traceback|Error\b|NoneType|\b(?:str|int|bool|dict|tuple|datetime|None|True|False)\b"
    r"|\b(?:Scalar|MappingNode|UNKNOWN)\b|<class|object at 0x"
)


def error_of(fault: str, folder: Path) -> ProfileError:
    """Put the text of a fault into a sound profile and give the error that it leads to.

    A text that begins with `# profile.yaml` or `# edition.yaml` takes the place of that file; all
    others stand in a file of their own beside the words of the sound profile. One that begins with
    `# a chain of profiles` holds files by their names, which change a sound chain of two.
    """
    text = (FOLDER / f"{fault}.yaml").read_text(encoding="utf-8")
    if text.startswith(CHAIN):
        written_chain(folder, yaml.safe_load(text))
        with pytest.raises(ProfileError) as caught:
            load_policy(folder / "local", DAY)
        return caught.value
    head = HEAD.match(text)
    name = f"{head[1] if head else fault}.yaml"
    own = name if name in SOUND else f"{EDITION}/{name}"
    written_profile(folder, {**SOUND, own: text})
    with pytest.raises(ProfileError) as caught:
        load_policy(folder, DAY)
    return caught.value


@pytest.fixture
def error(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProfileError:
    folder = tmp_path / "sample_area"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return error_of(fault, folder)


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_told_in_the_expected_words(fault: str, error: ProfileError) -> None:
    expected = (FOLDER / f"{fault}.expected.txt").read_text(encoding="utf-8")
    assert f"{error}\n".replace(f"{EDITION}/", "") == expected


@pytest.mark.parametrize("fault", FAULTS)
def test_problems_are_plain_sentences_with_place_and_remedy(error: ProfileError) -> None:
    for problem in error.problems:
        assert problem.place.line > 0
        assert problem.place.column > 0
        assert not problem.message[:1].isupper()
        assert not problem.message.endswith(".")
        assert not PYTHON.search(str(problem))
        assert problem.help
        assert problem.code not in GENERAL


@pytest.mark.parametrize("fault", FAULTS)
def test_problems_are_sorted_and_each_is_told_once(error: ProfileError) -> None:
    told = [(problem.place, problem.message) for problem in error.problems]
    assert told == sorted(set(told))


@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        ("business_days_without_calendar", {Code.MISSING}),
        ("calendar_without_business_days", {Code.CONFLICT}),
        ("duties_in_a_circle", {Code.CIRCULAR}),
        ("entry_that_stands_above", {Code.DUPLICATE}),
        ("due_outside_a_deadline", {Code.MISPLACED}),
        ("durations", {Code.NOT_A_DURATION}),
        ("authority_of_somebody_else", {Code.LOOSER}),
        ("override_of_another_value", {Code.OUTDATED}),
        ("local_term_that_nothing_uses", {Code.UNUSED}),
        ("conditions_too_deep", {Code.TOO_LARGE}),
        ("null_in_a_condition", {Code.NULL}),
        ("extends_nothing", {Code.UNKNOWN_PROFILE}),
        ("extends_by_path", {Code.NOT_A_NAME}),
        ("colon_in_text", {Code.SYNTAX}),
        ("authority_that_is_no_clause", {Code.UNKNOWN_WORD}),
        ("lookup_by_what_is_no_word", {Code.WRONG_KIND}),
    ],
)
def test_programs_can_tell_kinds_of_fault_apart(error: ProfileError, codes: set[Code]) -> None:
    assert {problem.code for problem in error.problems} == codes


@pytest.mark.parametrize("fault", ["fifty_faults"])
def test_fifty_faults_give_fifty_messages(error: ProfileError) -> None:
    assert len(error.problems) == 50


def test_every_expectation_belongs_to_a_fault() -> None:
    assert sorted(p.name.removesuffix(".expected.txt") for p in FOLDER.glob("*.txt")) == FAULTS
