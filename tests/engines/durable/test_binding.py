# SPDX-License-Identifier: MIT
"""The extension module is loaded safely when needed, or reported as missing."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from caljobs_policy import Request, evaluate
from caljobs_policy.cli import main
from caljobs_policy.engines.durable import binding
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.testing.strategies.single_tests import SAMPLE_KEY
from tests.engines.durable.present import WHY_MISSING, in_child, needs_durable
from tests.engines.durable.test_dangers import policy_with
from tests.samples.profiles import ACCEPT_YAML, TABLES_YAML, sound_profile


@pytest.fixture(autouse=True)
def _loaded_anew() -> Iterator[None]:
    binding.extension.cache_clear()
    yield
    binding.extension.cache_clear()


def installed_as(version: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> str:
        assert name == binding.PACKAGE
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(metadata, "version", found)


def fail_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> Any:
        raise ImportError(f"{name}.so: undefined symbol: PyEval_CallObject")

    installed_as(binding.VERSION, monkeypatch)
    monkeypatch.setattr(binding, "import_module", load)


@pytest.mark.parametrize(
    ("version", "what"), [(None, "is not installed"), ("2.0.27", "is installed as 2.0.27")]
)
def test_package_that_is_missing_is_told_with_the_remedy(
    version: str | None, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed_as(version, monkeypatch)
    policy = policy_with()
    assert SAMPLE_KEY in policy.plans
    with pytest.raises(EngineError) as caught:
        evaluate(policy, Request(type="create"), engine="durable")
    told = f"the engine `durable` needs durable_rules 2.0.28, which {what}"
    assert caught.value.problem.message == told
    assert "pip install 'caljobs-policy[durable]'" in str(caught.value)
    assert "the engine `native`" in str(caught.value)
    copy = pickle.loads(pickle.dumps(caught.value))  # made here
    assert (copy.problem, str(copy)) == (caught.value.problem, str(caught.value))


def test_extension_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_to_load(monkeypatch)
    with pytest.raises(EngineError, match=r"cannot be loaded by Python 3\.\d+: .*undefined symbol"):
        binding.extension()


def test_command_line_tells_it_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed_as(None, monkeypatch)
    sound_profile(tmp_path / "sample_area", TABLES_YAML)
    (tmp_path / "case.yaml").write_text(ACCEPT_YAML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for more in ([], ["--json"]):
        result = CliRunner().invoke(main, ["evaluate", "case.yaml", "--engine", "durable", *more])
        assert result.exit_code == 1
        assert result.stdout == ""
        first, second = result.stderr.strip().split("\n")
        assert first.startswith("the engine `durable` needs durable_rules 2.0.28")
        assert second.startswith("  help: pip install 'caljobs-policy[durable]'")


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="there are no such flags here")
def test_flags_for_libraries_are_put_back_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sys.getdlopenflags()
    during = []

    def load(name: str) -> Any:
        during.append(sys.getdlopenflags())
        raise ImportError(name)

    installed_as(binding.VERSION, monkeypatch)
    monkeypatch.setattr(binding, "import_module", load)
    with pytest.raises(EngineError):
        binding.extension()
    assert during == [os.RTLD_LAZY]
    assert sys.getdlopenflags() == before


def test_system_without_such_flags_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys, "setdlopenflags", raising=False)
    installed_as(binding.VERSION, monkeypatch)
    monkeypatch.setattr(binding, "import_module", lambda name: name)
    assert str(binding.extension()) == "durable_rules_engine"


NOT_ASKED = """
import sys
from datetime import date
from caljobs_policy import Request, evaluate, load_policy
policy = load_policy("state", date(2025, 6, 2))
{evaluated}
print(sorted(name for name in sys.modules if name.startswith("durable")))
"""


def test_nothing_is_imported_unless_the_engine_is_asked_for() -> None:
    evaluated = 'evaluate(policy, Request(type="create"))'
    assert in_child(NOT_ASKED.format(evaluated=evaluated)) == "[]"


@needs_durable
def test_only_the_extension_is_imported() -> None:
    evaluated = 'evaluate(policy, Request(type="create"), engine="durable")'
    # Warnings are errors, as in a program that is strict about them.
    found = in_child(NOT_ASKED.format(evaluated=evaluated), "-W", "error")
    assert found == "['durable_rules_engine']"


@needs_durable
def test_extension_is_there() -> None:
    assert WHY_MISSING is None
