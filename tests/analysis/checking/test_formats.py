# SPDX-License-Identifier: MIT
"""Each form holds all that a report says, as those who read the form expect it."""

from __future__ import annotations

import json
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from jsonschema import Draft7Validator

from caljobs_policy.analysis.checking.formats import FORMATS
from caljobs_policy.analysis.checking.report import Report
from caljobs_policy.analysis.checking.rule import Bound, Fault, Severity
from caljobs_policy.errors.problems import Place

WITNESS: Final = "profile: town\nrequest:\n  office: <a> & b\n"
REPORT: Final = Report(
    (
        Fault(
            "looser-than-above",
            Severity.ERROR,
            Place("our area/a,b.yaml", 2, 3),
            "some `request` is <better>\x1b[1m, 100%",
            "mend it",
            witness=WITNESS,
        ),
        Fault("never-decides", Severity.WARNING, Place("a.yaml", 5, 1), "it is doubtful"),
        Fault("unknown-profile", Severity.ERROR, Place(), "there is no profile `x`"),
    ),
    (Fault("unused-role", Severity.WARNING, Place("a.yaml", 7, 1), "unused", reason="so"),),
    (Bound("cannot-fail", Place("a.yaml", 9, 1), "whether `x` can fail: the search stopped"),),
    codes=("looser-than-above", "never-decides", "unused-role", "cannot-fail"),
)
TEXT: Final = {"type": "string", "minLength": 1}
MESSAGE: Final = {"type": "object", "required": ["text"], "properties": {"text": TEXT}}
LOCATION: Final = {
    "type": "object",
    "required": ["artifactLocation"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "required": ["uri"],
            "properties": {"uri": {"type": "string", "pattern": r"^[\w./%:~-]+$"}},
        },
        "region": {
            "required": ["startLine", "startColumn"],
            "properties": {
                "startLine": {"type": "integer", "minimum": 1},
                "startColumn": {"type": "integer", "minimum": 1},
            },
        },
    },
}
RESULT: Final = {
    "type": "object",
    "required": ["ruleId", "message", "level"],
    "additionalProperties": False,
    "properties": {
        "ruleId": TEXT,
        "message": MESSAGE,
        "kind": {"enum": ["open"]},
        "level": {"enum": ["error", "warning", "none"]},
        "locations": {
            "type": "array",
            "items": {
                "required": ["physicalLocation"],
                "properties": {"physicalLocation": LOCATION},
            },
        },
        "suppressions": {
            "type": "array",
            "items": {
                "required": ["kind", "justification"],
                "properties": {"kind": {"const": "inSource"}, "justification": TEXT},
            },
        },
    },
    # What is open or passed has no level.
    "if": {"required": ["kind"]},
    "then": {"properties": {"level": {"const": "none"}}},
    "else": {"properties": {"level": {"enum": ["error", "warning"]}}},
}
RULE: Final = {
    "type": "object",
    "required": ["id", "shortDescription"],
    "additionalProperties": False,
    "properties": {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "help": {**MESSAGE, "properties": {"text": TEXT, "markdown": TEXT}},
        "defaultConfiguration": {"properties": {"level": {"enum": ["error", "warning"]}}},
    },
}
SARIF: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "rules": {"type": "array", "uniqueItems": True, "items": RULE}
                                },
                            }
                        },
                    },
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""What version 2.1.0 of the format demands of those of its parts that are used here."""


def test_sarif_has_the_form_that_its_version_demands() -> None:
    Draft7Validator.check_schema(SARIF)
    validator = Draft7Validator(SARIF)
    for report in (REPORT, Report()):
        assert [*validator.iter_errors(json.loads(FORMATS["sarif"](report)))] == []


def test_sarif_holds_all_results_and_their_rules() -> None:
    (run,) = json.loads(FORMATS["sarif"](REPORT))["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids))
    assert {result["ruleId"] for result in run["results"]} <= set(ids)
    better, *_, allowed, unsure = run["results"]
    assert better["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "our%20area/a%2Cb.yaml"},
        "region": {"startLine": 2, "startColumn": 3},
    }
    assert better["message"]["text"].endswith(f"help: mend it\n{WITNESS}")
    assert allowed["suppressions"] == [{"kind": "inSource", "justification": "so"}]
    assert (unsure["kind"], unsure["level"]) == ("open", "none")


COUNTS: Final = {"tests": "testcase", "failures": "failure", "errors": "error"}


@pytest.mark.parametrize(("strict", "failures"), [(False, 2), (True, 3)])
def test_junit_has_a_test_for_each_rule_and_fails_as_the_run_does(
    strict: bool, failures: int
) -> None:
    report = evolve(REPORT, strict=strict)
    root = ET.fromstring(FORMATS["junit"](report))  # noqa: S314  # our own
    (suite,) = root
    assert (root.tag, suite.tag) == ("testsuites", "testsuite")
    tests = list(suite)
    assert {test.tag for test in tests} == {"testcase"}
    assert all(test.get("name") and test.get("classname") for test in tests)
    assert suite.get("tests") == str(len(tests)) == "5"
    assert suite.get("failures") == str(failures)
    assert sum(test.find("failure") is not None for test in tests) == failures
    assert suite.get("errors") == str(sum(test.find("error") is not None for test in tests)) == "1"
    assert {inner.tag for test in tests for inner in test} <= {"failure", "error", "system-out"}
    (better, *_) = suite.iter("failure")
    assert better.get("message") == "our area/a,b.yaml:2:3: some `request` is <better>�[1m, 100%"
    assert (better.text or "").endswith("office: <a> & b\n")


def test_what_is_only_doubtful_stands_in_the_output_of_its_test() -> None:
    suite = ET.fromstring(FORMATS["junit"](REPORT))[0]  # noqa: S314  # our own
    (doubtful,) = (test for test in suite if test.get("name") == "never-decides")
    assert doubtful.findtext("system-out") == "a.yaml:5:1: it is doubtful"


def test_github_gets_a_line_for_each_problem_and_for_what_is_not_certain() -> None:
    better, doubtful, nowhere, unsure = FORMATS["github"](REPORT).split("\n")
    assert better.startswith(
        "::error title=caljobs-policy looser-than-above,file=our area/a%2Cb.ya"
    )
    assert "100%25%0Ahelp: mend it%0Aprofile: town%0A" in better
    assert doubtful.startswith("::warning ")
    assert nowhere == "::error title=caljobs-policy unknown-profile::there is no profile `x`"
    assert unsure.startswith(
        "::warning title=caljobs-policy cannot-fail,file=a.yaml,line=9,col=1::"
    )
    assert unsure.endswith("not certain: whether `x` can fail: the search stopped")


def test_people_read_no_signs_that_steer_their_terminal() -> None:
    text = FORMATS["pretty"](REPORT)
    assert "\x1b" not in text
    assert "  example:\n    profile: town\n" in text
    assert text.endswith("\n2 errors, 1 warning, 1 allowed, 1 not certain")


def test_json_holds_the_report() -> None:
    content = json.loads(FORMATS["json"](REPORT))
    assert {key: len(value) for key, value in content.items()} == {
        "problems": 3,
        "allowed": 1,
        "bounds": 1,
    }
    assert content["problems"][0]["witness"] == WITNESS
    assert content["allowed"][0]["reason"] == "so"
