# SPDX-License-Identifier: MIT
"""A name, an SSN or a password anywhere in the input is never shown."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Policy, PolicyError, evaluate, explain, load_policy
from caljobs_policy.cli import main
from caljobs_policy.loader.paths import shipped_folder
from caljobs_policy.subjects.facts import subject_class
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from tests.samples.keys import subject_keys

NAME: Final = "Zelda Quillfeather"
SSN: Final = "987-65-4321"
PASSWORD: Final = "Vulpine!7x"  # noqa: S105  # nobody's
PARTS: Final = ("zelda", "quillfeather", "987-65", "987654321", "vulpine")
MARKERS = st.sampled_from([NAME, SSN, PASSWORD])
FEW = settings(max_examples=max(10, settings().max_examples // 2))
"""For what runs several commands."""
SHARED: Final = ("profile", "date", "at")
SIGNS: Final = ['"', "'", "[", "{", "]", "}", ": ", "\t", "%", "*", "&", "!", "- ", "#", " #", "|"]


@cache
def worked_cases() -> list[dict[str, Any]]:
    """Return worked cases of all profiles, as they would be without what they expect."""
    found = []
    for path in sorted(shipped_folder().glob("*/cases/*.yaml")):
        for document in yaml.load_all(path.read_text("utf-8"), _Loader):
            shared = {key: document[key] for key in SHARED if key in document}
            for case in document.get("cases", [document]):
                found.append({"profile": path.parts[-3], **shared, **case})
    return found[:: max(1, len(found) // 400)]


class _Loader(yaml.SafeLoader):
    """Keeps dates as texts, so that YAML and JSON are written alike."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in resolvers if not tag.endswith("timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def positions(data: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the way to each value of a case."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in entries:
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from positions(value, (*above, key))


def is_shown(place: tuple[Any, ...], case: Mapping[str, Any]) -> bool:
    """Return whether a decision may show the text at a place, since it is no private fact."""
    if place[0] in {"case", "expect", *SHARED}:
        return place == ("case",)
    key = place[0]
    kind = case[key].get("type", "") if isinstance(case[key], dict) else ""
    holds: Holds | None = Holds(Kind.PART, "", part=None)
    fields = fields_of(subject_class(f"{key}/{kind}" if key in {"request", "record"} else key))
    for name in (part for part in place[1:] if isinstance(part, str)):
        holds = fields.get(name)
        fields = fields_of(holds.part) if holds is not None and holds.part is not None else {}
    return holds is None or (holds.kind in {Kind.TEXT, Kind.WORDS} and not holds.vocabulary)


def marked(case: dict[str, Any], place: tuple[Any, ...], how: str, marker: str) -> dict[str, Any]:
    """Put a marker at a place of a case, as a value or a key, of the right type or another."""
    found = copy.deepcopy(case)
    above: Any = found
    for key in place[:-1]:
        above = above[key]
    last = place[-1]
    if how == "key" and isinstance(above, dict):
        above[marker] = above.pop(last)
    elif how == "further key" and isinstance(above, dict):
        above[marker] = marker
    else:
        shapes = {"list": [[marker]], "mapping": {marker: marker}, "inner": {"name": marker}}
        above[last] = shapes.get(how, marker)
    return found


@st.composite
def cases(draw: st.DrawFn) -> str:
    """Return the text of a case in which a marker stands somewhere."""
    case = draw(st.sampled_from(worked_cases()))
    place = draw(st.sampled_from(sorted(positions(case), key=repr)))
    how = draw(st.sampled_from(["value", "list", "mapping", "inner", "key", "further key"]))
    marker = draw(MARKERS)
    if isinstance(place[-1], int) and how.endswith("key"):
        how = "value"
    if is_shown(place, case) and how in {"value", "list"}:
        # A title is there to be shown; in another text an SSN is told by its form alone.
        place, marker = (place, SSN) if place != ("case",) else (("profile",), marker)
    found = marked(case, place, how, marker)
    if draw(st.booleans()):
        text = json.dumps(found)
    else:
        text = yaml.safe_dump(found, default_flow_style=draw(st.booleans()), sort_keys=False)
    if draw(st.booleans()):
        return text
    at = draw(st.integers(0, len(text)))
    if draw(st.booleans()):
        at = text.find(marker) + draw(st.sampled_from([-1, 0, 3, len(marker)]))
    return text[:at] + draw(st.sampled_from([*SIGNS, ""])) + text[at + draw(st.integers(0, 2)) :]


def output(*arguments: str) -> str:
    """Run a command and return all that it prints."""
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def private_parts(text: str) -> list[str]:
    return [part for part in PARTS if part in text.casefold()]


@FEW
@given(cases())
def test_nothing_private_in_a_case_comes_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("case.yaml").write_text(text, encoding="utf-8")
        for arguments in (
            ("evaluate", "case.yaml"),
            ("evaluate", "--all", "--json", "case.yaml"),
            ("explain", "--all", "--json", "case.yaml"),
            ("test", "case.yaml"),
            ("compare", "case.yaml", "--profile", "la_city"),
        ):
            assert private_parts(output(*arguments)) == []


HEADINGS: Final = (
    *("username", "organization", "status", "created_on", "staff.name", "staff.employer"),
    *("staff.training_completed_on", "staff.statement.e1", "separated_on", "shared"),
)
ROW: Final = ("u-1", "local_area", "active", "2025-03-01", NAME, "county", "2025-02-28")
ROWS: Final = (
    (*ROW, "2025-02-28", "", "no"),
    ("u-2", "local_area", "active", "2024-03-01", NAME, "county", "", "", "2025-05-01", "yes"),
    ("u-3", "community_based_organization", "deactivated", "2020-03-01", NAME, "", "", "", "", ""),
)


@st.composite
def rosters(draw: st.DrawFn) -> str:
    """Return a roster in which a marker stands in some cell or heading, and cells may move."""
    table = [list(HEADINGS), *map(list, ROWS)]
    row = draw(st.integers(0, 3))
    column = draw(st.integers(1, len(HEADINGS) - 1))
    marker = draw(MARKERS)
    table[row][column] = marker
    if draw(st.booleans()):
        table[row].insert(draw(st.integers(1, len(HEADINGS))), marker)
    if draw(st.booleans()):
        del table[draw(st.integers(1, 3))][draw(st.integers(1, len(HEADINGS) - 1))]
    if draw(st.booleans()):
        lines = (dict(zip(table[0], cells, strict=False)) for cells in table[1:])
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
    else:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(table)
        text = stream.getvalue()
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(['"', "\n", ";", "{", "\x00"])) + text[at:]
    return text


@FEW
@given(rosters(), st.booleans())
def test_nothing_private_in_a_roster_comes_back(text: str, with_options: bool) -> None:
    options = ("--date-format", "%m/%d/%Y", "--map", "Zeldas=shared") if with_options else ()
    outputs = ("--format", "table", "--format", "csv=o.csv", "--format", "html=o.html")
    common = ("roster.csv", "--profile", "state", "--at", "2025-06-02", *outputs)
    runs = (
        ("review", *common, "--format", "json=o.json", "--format", "ics=o.ics"),
        ("sample", *common, "--format", "json=o.json", "--quarter", "2025Q2", "--size", "2"),
    )
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("roster.csv").write_text(text, encoding="utf-8")
        for arguments in (runs[0], (*runs[1], "--seed", "a")):
            printed = output(*arguments, *options).replace("`Zeldas`", "")
            written = (Path(name) for name in os.listdir() if name.startswith("o."))
            found = "".join(path.read_text("utf-8") for path in written)
            assert private_parts(printed + found) == []


POLICIES = [load_policy(name, date(2025, 6, 2)) for name in ("state", "la_city", "slo_county")]


@pytest.mark.parametrize("key", subject_keys())
def test_nothing_private_in_a_subject_comes_back(key: str) -> None:
    cls: Any = subject_class(key)
    kind = {"type": key.partition("/")[2]} if key.startswith("request/") else {}
    for name, holds in fields_of(cls).items():
        policies = [policy for policy in POLICIES if is_told_apart(holds, policy)]
        for marker in (NAME, SSN, PASSWORD):
            for value in (marker, (marker,), [marker], {marker: marker}, (marker, 7), object()):
                try:
                    subject = cls(**{**kind, name: value})
                    decisions = [evaluate(policy, subject) for policy in policies]
                    found = [str(one.to_dict(everything=True)) for one in decisions]
                    found += (str(one.record().to_dict()) for one in decisions)
                    found += (str(one.to_log()) for one in decisions)
                    found += (str(explain(one).to_dict()) for one in decisions)
                    found.append(repr(subject) if holds.private else "")
                except PolicyError as error:
                    found = [str(error), repr(error), *map(repr, error.problems)]
                assert private_parts("\n".join(found)) == [], name


def is_told_apart(holds: Holds, policy: Policy) -> bool:
    """Return whether a policy knows what a fact may hold, or it is private; another is any text."""
    words = holds.vocabulary
    known = policy.words.get(words) if isinstance(words, str) else words
    return holds.private or bool(known) or holds.kind not in {Kind.TEXT, Kind.WORD, Kind.WORDS}
