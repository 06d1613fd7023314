# SPDX-License-Identifier: MIT
"""Composing layers is associative: what two of three say may be written as one before or after.

The profile `soak` tries a third as many chains as SOAK_EXAMPLES says.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from caljobs_policy import Decision, Policy, evaluate, load_policy, read_subject
from tests.samples.chains import CHAIN_DAY, FORMS

FEW: Final = max(8, settings().max_examples // 3)
ROLES: Final = ("asker", "helper", "checker")
REQUIRED: Final[Mapping[str, Any]] = {
    "signed": {"request.signed_by_requestor": True},
    "needed": {"request.staff.business_need": True},
    "office-named": {"request.office": {"given": True}},
}
"""What rules require besides the training, by their names."""


@frozen
class Said:
    """What one layer says, or several as one; of each thing, which document it stands in."""

    window: int | None
    """The days for which training is good, if they are set or changed."""
    sources: tuple[str, ...]
    papers: Mapping[str, str]
    rules: Mapping[str, str]
    approvals: Mapping[str, str]

    def over(self, above: Said) -> Said:
        """Return what the layer says over another one, as one."""
        return Said(
            above.window if self.window is None else self.window,
            (*above.sources, *self.sources),
            {**above.papers, **self.papers},
            {**above.rules, **self.rules},
            {**above.approvals, **self.approvals},
        )


@st.composite
def three(draw: st.DrawFn) -> tuple[Said, Said, Said]:
    """Draws three layers, the most local one last; each thing is said by one of them."""
    sources = ("TOP", "MIDDLE", "LOCAL")
    owners = st.none() | st.sampled_from(sources)
    windows = [draw(st.integers(0, 6)), *draw(st.tuples(*[st.none() | st.integers(0, 6)] * 2))]
    things = {name: draw(owners) for name in (*FORMS, *REQUIRED, *ROLES[1:])}

    def own(names: Sequence[str], source: str) -> dict[str, str]:
        return {name: source for name in names if things[name] == source}

    top, middle, local = (
        Said(
            window,
            (source,),
            own(FORMS, source),
            own([*REQUIRED], source),
            own(ROLES[1:], source),
        )
        for source, window in zip(sources, windows, strict=True)
    )
    # A change to what holds already is an error.
    middle = evolve(middle, window=None) if middle.window == top.window else middle
    before = top.window if middle.window is None else middle.window
    return top, middle, evolve(local, window=None) if local.window == before else local


def policy_of(layers: Sequence[Said]) -> Policy:
    """Load the policy of some layers, the first of which stands above the others."""
    with tempfile.TemporaryDirectory() as folder:
        window: int | None = None
        for number, said in enumerate(layers):
            write(Path(folder), number, said, window)
            window = window if said.window is None else said.window
        return load_policy(Path(folder) / f"layer_{len(layers) - 1}", CHAIN_DAY)


def write(folder: Path, number: int, said: Said, before: int | None) -> None:
    name = f"layer_{number}"
    head = {"jurisdiction": name, "title": name, "time_zone": "UTC"}
    if number:
        head["extends"] = f"layer_{number - 1}"
    edition = {"from": "2025-01-01", "title": name}
    tables = {"edition": edition, **written(said), **(changed(said, before) if number else top())}
    (folder / name / "2025-01-01").mkdir(parents=True)
    (folder / name / "profile.yaml").write_text(json.dumps({"profile": head}), "utf-8")
    (folder / name / "2025-01-01" / "edition.yaml").write_text(json.dumps(tables), "utf-8")
    if not number:
        parameters = {"window": {"title": "window", "value": f"{said.window} days"}}
        more = folder / name / "2025-01-01" / "parameters.yaml"
        more.write_text(json.dumps({"parameters": parameters}), "utf-8")


def cited(source: str) -> dict[str, Any]:
    return {"clauses": [f"{source}/1"]}


def written(said: Said) -> dict[str, Any]:
    """Return the tables that every layer has."""
    about = {"about": "request/create"}
    return {
        "documents": {one: {"title": one, "issuer": "Sample"} for one in said.sources},
        "clauses": [
            {"id": f"{one}/1", "at": "1", "kind": "check", "says": "Sample."}
            for one in said.sources
        ],
        "papers": {"create": {form: cited(one) for form, one in said.papers.items()}},
        "rules": {
            rule: {**about, "require": REQUIRED[rule], **cited(one)}
            for rule, one in said.rules.items()
        },
        "approvals": {
            f"by-{role}": {**about, "role": role, **cited(one)}
            for role, one in said.approvals.items()
        },
    }


def top() -> dict[str, Any]:
    """Return the tables that the uppermost layer has besides."""
    return {
        "scope": {"request/create": cited("TOP")},
        "roles": {role: {"title": role.capitalize()} for role in ROLES},
        "organizations": {"north": {"title": "North"}},
        "forms": {form: {"title": form} for form in FORMS},
        "routing": {"north": {"requestors": "asker", "coordinator": "helper", **cited("TOP")}},
        "submission": {"create": cited("TOP")},
    }


def changed(said: Said, before: int | None) -> dict[str, Any]:
    """Return the tables that only a layer has that lies beneath another."""
    uses = {"uses": {"roles": [*ROLES], "organizations": ["north"]}}
    if said.window is None:
        return uses
    change = {"was": f"{before} days", "now": f"{said.window} days"}
    why = {"authority": f"{said.sources[-1]}/1", "reason": "Sample."}
    return {**uses, "overrides": [{"what": "parameters/window", **change, **why}]}


DAYS: Final = st.dates(CHAIN_DAY - timedelta(8), CHAIN_DAY)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Draws requests that are nearly in order."""
    return {
        "type": "create",
        "submitted_on": CHAIN_DAY,
        "organization": "north",
        "requestor": {"role": draw(st.sampled_from(ROLES[:2]))},
        "submitted_to": draw(st.sampled_from(ROLES[1:])),
        "attachments": draw(st.lists(st.sampled_from(FORMS), unique=True)),
        "signed_by_requestor": draw(st.booleans()),
        "office": draw(st.sampled_from([None, "North"])),
        "approvals": draw(st.lists(st.sampled_from(ROLES[1:]), unique=True)),
        "staff": {
            "training_completed_on": draw(DAYS | st.none()),
            "business_need": draw(st.booleans()),
        },
    }


def told(decision: Decision) -> dict[str, Any]:
    """Return all that a decision says, but not which layer says it, nor in which order."""
    whole = decision.to_dict(everything=True)
    findings = sorted(
        ({**one, "edition": ""} for one in whole["findings"]), key=lambda one: str(one["rule"])
    )
    return {
        **whole,
        "policy": None,
        "findings": findings,
        "approvals": sorted(whole["approvals"], key=lambda one: str(one["role"])),
        "readings": sorted(whole["readings"]),
    }


class TestComposition:
    """Composing layers is associative: two neighbors may be written as one, whichever they are."""

    @settings(max_examples=FEW)
    @given(three(), st.lists(requests(), min_size=1, max_size=6))
    def test_of_three_layers(
        self, layers: tuple[Said, Said, Said], stated: list[dict[str, Any]]
    ) -> None:
        above, between, local = layers
        ways = [
            (above, between, local),
            (between.over(above), local),
            (above, local.over(between)),
            (local.over(between.over(above)),),
        ]
        policies = [policy_of(way) for way in ways]
        for one in stated:
            first, *others = (
                told(evaluate(policy, read_subject(policy, "request", one))) for policy in policies
            )
            for other in others:
                assert other == first
