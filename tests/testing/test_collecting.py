# SPDX-License-Identifier: MIT
"""Files of cases are collected, and nothing else; what cannot be read fails with its place."""

from __future__ import annotations

from typing import Final

import pytest

from tests.samples.profiles import BROKEN_YAML, VIOLATION_YAML, written_profile
from tests.samples.towns import town
from tests.testing.conftest import PASSING, Run

pytest_plugins = ("pytester",)
VIOLATION: Final = f"{VIOLATION_YAML}expect: {{outcome: violation, clauses: [SAMPLE-1/a]}}\n"


def ids(result: pytest.RunResult) -> list[str]:
    """Return the names of what was collected, quietly."""
    return [line for line in result.outlines if "::" in line]


def test_each_case_is_an_item_of_its_own_name(run: Run) -> None:
    texts = [PASSING, PASSING, PASSING.replace("Accepted", '"A::b (2)\\e"'), "request: 3"]
    result = run("--collect-only", "-q", one="---\n".join(texts))
    assert ids(result) == [
        "sample_area/cases/one.yaml::Accepted",
        "sample_area/cases/one.yaml::Accepted (2)",
        "sample_area/cases/one.yaml::A:b (2)\N{REPLACEMENT CHARACTER}",
        "sample_area/cases/one.yaml::a case at line 40",
    ]
    assert run("sample_area/cases/one.yaml::Accepted (2)").ret == 0


def test_case_that_cannot_be_read_fails_with_its_place_and_leaves_the_others_run(run: Run) -> None:
    result = run(one=f"{PASSING}---\n{BROKEN_YAML}", two="a: [", three=VIOLATION)
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*_ Broken _*",
            "sample_area/cases/one.yaml:17:11: `account` has no key `statsu`",
            "  help: did you mean `status`?",
            "sample_area/cases/two.yaml:1:*: *",
            "  help: *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*Error*")


def test_file_that_cannot_be_read_is_an_error_of_its_own(
    run: Run, pytester: pytest.Pytester
) -> None:
    run("--co", one=PASSING)
    path = pytester.path / "sample_area/cases/two.json"
    path.write_bytes(b" " * 30_000_000)
    result = run("--continue-on-collection-errors")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["sample_area/cases/two.json: the text is larger than *"])


def test_file_whose_name_keeps_it_from_being_read_fails(
    run: Run, pytester: pytest.Pytester
) -> None:
    written_profile(pytester.path, {"sample_area/cases/two.yaml.txt": PASSING})
    result = run(one=PASSING)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*two.yaml.txt: its name keeps it from being read", "  help: call it `two.yaml`, *"]
    )


def test_profile_that_is_wrong_is_told_once(run: Run, pytester: pytest.Pytester) -> None:
    written_profile(pytester.path, {"sample_area/2025-01-01/tables.yaml": "rles: {}\n"})
    result = run(one=PASSING, two=PASSING)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["sample_area/2025-01-01/tables.yaml:1:1: *`rles`*", "  help: *"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_profile_that_begins_before_the_one_above_is_not_wrong(
    run: Run, pytester: pytest.Pytester
) -> None:
    folder = town(pytester.path)
    (folder / "2025-03-01").rename(folder / "2024-03-01")
    edition = folder / "2024-03-01/edition.yaml"
    edition.write_text(edition.read_text("utf-8").replace("2025-03-01", "2024-03-01"), "utf-8")
    assert run(one=PASSING.replace("deputy", "boss")).ret == 0


UNRELATED: Final = {
    "other.yaml": "- 1\n",
    "cases/other.yaml": "- 1\n",
    "profile.yaml": "profile: 3\n",
    "app/profile.yaml": "profile: 3\n",
    "app/cases/one.yaml": "[",
    "data/cases/deep/one.json": "[",
    "sample_area/other.yaml": "[",
    "sample_area/cases/notes.md": "[",
}
"""Files that have nothing to do with cases, whatever their names."""


def test_unrelated_files_are_neither_collected_nor_read(
    run: Run, pytester: pytest.Pytester
) -> None:
    written_profile(pytester.path, {k: v for k, v in UNRELATED.items() if "sample" not in k})
    written_profile(pytester.path, {"test_it.py": "def test_it(): pass\n"})
    result = run()
    result.assert_outcomes(passed=1)
    assert run("app").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_another_plugin_may_claim_the_same_files(run: Run, pytester: pytest.Pytester) -> None:
    written_profile(pytester.path, UNRELATED)
    pytester.makeconftest(
        """
        import pytest

        class Item(pytest.Item):
            def runtest(self): pass

        class File(pytest.File):
            def collect(self): yield Item.from_parent(self, name="theirs")

        def pytest_collect_file(file_path, parent):
            if file_path.suffix == ".yaml":
                return File.from_parent(parent, path=file_path)
        """
    )
    (pytester.path / "sample_area/other.yaml").unlink()
    result = run("-q", "--collect-only", "sample_area/cases", one=PASSING)
    assert ids(result) == [
        "sample_area/cases/one.yaml::theirs",
        "sample_area/cases/one.yaml::Accepted",
    ]


def test_run_without_a_case_is_no_pass(run: Run) -> None:
    assert run().ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_case_of_a_folder_below_the_cases_names_no_profile(
    run: Run, pytester: pytest.Pytester
) -> None:
    text = PASSING.replace("profile: sample_area\n", "")
    written_profile(pytester.path, {"sample_area/cases/deep/two.yml": text})
    assert ids(run("--co", "-q")) == ["sample_area/cases/deep/two.yml::Accepted"]
    assert run().ret == 0
