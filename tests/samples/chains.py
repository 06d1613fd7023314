# SPDX-License-Identifier: MIT
"""Small chains of two profiles, made at random and written to a folder."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from caljobs_policy import Policy, load_policy

CHAIN_DAY = date(2025, 6, 2)
FORMS = ("blue", "green", "pink")


@frozen
class Chain:
    """What the two profiles of a chain say."""

    window: int
    papers: tuple[str, ...]
    local_window: int | None
    local_papers: tuple[str, ...]
    approval: bool
    reason: bool


def chains(*, looser: bool = True) -> st.SearchStrategy[Chain]:
    """Return chains; without looser ones, those whose local profile adds and tightens only."""

    def build(window: int, shift: int, papers: set[str], *rest: Any) -> Chain:
        local_papers, changes, approval = rest
        local = window + shift if looser else window - abs(shift)
        local_window = local if changes and local >= 0 and local != window else None
        own = tuple(sorted(set(local_papers) - papers))
        return Chain(window, tuple(sorted(papers)), local_window, own, approval, reason=True)

    forms = st.sets(st.sampled_from(FORMS))
    return st.builds(
        build,
        st.integers(0, 6),
        st.integers(-6, 6),
        forms,
        forms,
        st.booleans(),
        st.booleans(),
    )


def load(chain: Chain, shuffle: random.Random | None = None) -> tuple[Policy, Policy]:
    """Write a chain to a folder and give the policies of its local profile and of its base."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, tables in (("base", _base(chain)), ("local", _local(chain))):
            _write(root / name, name, tables, shuffle)
        local = load_policy(root / "local", CHAIN_DAY)
        return local, load_policy(root / "base", CHAIN_DAY)


def _write(
    folder: Path, name: str, tables: Mapping[str, Any], shuffle: random.Random | None
) -> None:
    edition = folder / "2025-01-01"
    edition.mkdir(parents=True)
    head = {"jurisdiction": name, "title": name, "time_zone": "UTC"}
    if name == "local":
        head["extends"] = "base"
    (folder / "profile.yaml").write_text(json.dumps({"profile": head}), "utf-8")
    own = {"edition": {"from": "2025-01-01", "title": name}, **tables}
    (edition / "edition.yaml").write_text(json.dumps(_shuffled(own, shuffle)), "utf-8")


def _shuffled(node: Any, shuffle: random.Random | None) -> Any:
    if shuffle is None or not isinstance(node, dict):
        return node
    items = [(key, _shuffled(value, shuffle)) for key, value in node.items()]
    shuffle.shuffle(items)
    return dict(items)


def _document(name: str) -> dict[str, Any]:
    return {
        "documents": {name: {"title": name, "issuer": "Sample"}},
        "clauses": [{"id": f"{name}/1", "at": "1", "kind": "check", "says": "Sample."}],
    }


def _base(chain: Chain) -> dict[str, Any]:
    cited = {"clauses": ["BASE/1"]}
    return {
        **_document("BASE"),
        "scope": {"request/create": cited},
        "roles": {"asker": {"title": "Asker"}, "helper": {"title": "Helper"}},
        "organizations": {"north": {"title": "North"}},
        "forms": {form: {"title": form} for form in FORMS},
        "routing": {"north": {"requestors": "asker", "coordinator": "helper", **cited}},
        "submission": {"create": cited},
        "papers": {"create": dict.fromkeys(chain.papers, cited)} if chain.papers else {},
        "parameters": {"window": {"title": "window", "value": f"{chain.window} days"}},
        "rules": {
            "trained": {
                "about": "request/create",
                "require": {
                    "request.staff.training_completed_on": {
                        "within": "window",
                        "before": "request.submitted_on",
                    }
                },
                **cited,
            }
        },
    }


def _local(chain: Chain) -> dict[str, Any]:
    cited = {"clauses": ["LOCAL/1"]}
    tables: dict[str, Any] = {
        **_document("LOCAL"),
        "roles": {
            "first": {"title": "First", "stands_for": "asker"},
            "second": {"title": "Second", "stands_for": "asker"},
            "desk": {"title": "Desk", "stands_for": "helper"},
        },
        "organizations": {"office": {"title": "Office", "stands_for": "north"}},
        "routing": {"office": {"requestors": "first", "coordinator": "desk", **cited}},
    }
    if chain.local_papers:
        tables["papers"] = {"create": dict.fromkeys(chain.local_papers, cited)}
    if chain.approval:
        tables["approvals"] = {"final": {"about": "request/create", "role": "desk", **cited}}
    if chain.local_window is not None:
        override = {
            "what": "parameters/window",
            "was": f"{chain.window} days",
            "now": f"{chain.local_window} days",
        }
        if chain.reason:
            override |= {"authority": "LOCAL/1", "reason": "Sample."}
        tables["overrides"] = [override]
    return tables
