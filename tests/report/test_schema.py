# SPDX-License-Identifier: MIT
"""The schema fits every shipped file, and refuses what the loader refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from caljobs_policy.loader.contents import CASES_FOLDER
from caljobs_policy.loader.paths import shipped_folder
from caljobs_policy.report.schema import profile_schema

SCHEMA = profile_schema()
FILES = sorted(p for p in shipped_folder().rglob("*.yaml") if CASES_FOLDER not in p.parts)


class Plain(yaml.SafeLoader):
    """Reads `on` and `no` as texts: nothing but `true` and `false` is true or false."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # a name that PyYAML gives
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def read(text: str) -> Any:
    """Read YAML with dates as text, as JSON has none."""
    return json.loads(json.dumps(yaml.load(text, Plain), default=str))  # noqa: S506  # a safe one


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_shipped_file_fits(path: Path) -> None:
    errors = list(Draft202012Validator(SCHEMA).iter_errors(read(path.read_text("utf-8"))))
    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        "profile: {jurisdiction: a, title: A, time_zone: UTC, authority: A/1, reason: So.}",
        "tables: {a: {about: account, by: account.status, require: x, rows: {b: {form: f}}}}",
    ],
)
def test_what_is_declared_fits(text: str) -> None:
    assert Draft202012Validator(SCHEMA).is_valid(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "ruels: {}",
        "rules: {a: {require: {request.type: create}}}",
        "rules: {a: {about: request, require: {request.type: {equals: create}}}}",
        "rules: {a: {about: request, require: {all: []}}}",
        "rules: {a: {about: request, requires: a-term}}",
        "parameters: {days: {title: without a value}}",
        "edition: {from: 2025-03-01, title: A, autor: B}",
    ],
)
def test_a_fault_of_shape_does_not_fit(text: str) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid(read(text))
