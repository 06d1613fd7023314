# SPDX-License-Identifier: MIT
"""`schema` prints the schema by which editors check a profile's files."""

from __future__ import annotations

import json

from click.testing import CliRunner

from caljobs_policy.cli import main
from caljobs_policy.report.schema import profile_schema


def test_schema_is_printed_as_json() -> None:
    result = CliRunner().invoke(main, ["schema"])
    assert json.loads(result.stdout) == json.loads(json.dumps(profile_schema()))
    assert result.exit_code == 0
