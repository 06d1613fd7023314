# SPDX-License-Identifier: MIT
"""The structure that holds: the source knows no jurisdiction, and its modules stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

import caljobs_policy
from caljobs_policy.loader.contents import CASES_FOLDER
from caljobs_policy.loader.paths import shipped_folder
from caljobs_policy.policy.operators import OPERATORS

SOURCE = Path(caljobs_policy.__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C reads the same ten times as fast; not every machine has it."""
WORD = re.compile(r"\w+")
CONTRACT = frozenset({"other", "staff", "supervisor", "create", "edd", "state"})
"""Words that are also keys of a case, or plain English."""


@cache
def modules() -> dict[str, str]:
    """Return the text of each module, by its path."""
    paths = sorted(SOURCE.rglob("*.py"))
    return {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in paths}


def found_in_modules(look: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """Return what is found in modules, by their paths; those without a find are left out."""
    return {name: found for name, text in modules().items() if (found := look(text))}


def tables() -> Iterator[tuple[str, dict[str, object]]]:
    for path in shipped_folder().rglob("*.yaml"):
        if CASES_FOLDER not in path.relative_to(shipped_folder()).parts:
            read = yaml.load(path.read_bytes(), LOADER)  # noqa: S506  # either one reads plain data
            for name, table in read.items():
                if isinstance(table, dict):
                    yield name, table


@cache
def names_of_profiles() -> set[str]:
    """Directive numbers, roles, organizations, forms, statements and mailboxes of profiles."""
    found: set[str] = set()
    for name, table in tables():
        if name in {"documents", "roles", "organizations", "forms", "statements"}:
            found |= set(table)
        for entry in table.values():
            email = entry.get("email", []) if isinstance(entry, dict) else []
            found |= {email} if isinstance(email, str) else set(email)
    found |= {path.name for path in shipped_folder().iterdir() if path.is_dir()}
    return found - CONTRACT


def named_in(text: str) -> list[str]:
    """Return what stands in a profile and in a text, too."""
    words = set(WORD.findall(text))
    likely = [name for name in names_of_profiles() if words.issuperset(WORD.findall(name))]
    return sorted(name for name in likely if re.search(rf"\b{re.escape(name)}\b", text))


def test_no_module_names_what_stands_in_a_profile() -> None:
    assert found_in_modules(named_in) == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('"""Policy of WSD24-12."""', ["WSD24-12"]),
        ("WSD24 or 12, wsb_spocs", []),
        ("ROLES = ('local_area',)  # not wsb_spoc", ["local_area", "wsb_spoc"]),
    ],
)
def test_a_name_of_a_profile_would_be_found(text: str, named: list[str]) -> None:
    assert named_in(text) == named


def test_modules_stay_small() -> None:
    sizes = {name: len(text.splitlines()) for name, text in modules().items()}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_the_names_looked_for_are_there() -> None:
    assert {"WSD24-12", "wsb_spoc", "local_area", "de7410", "la_city"} <= names_of_profiles()


SHARED = frozenset(
    (
        *("catch_warnings", "filterwarnings", "simplefilter", "setlocale", "setcontext"),
        *("environ", "putenv", "chdir", "umask", "setrecursionlimit", "basicConfig"),
        *("options", "Config"),
    )
)
"""What all threads of a program have in common, those of the libraries too."""


def shared_in(source: str) -> list[str]:
    """Return what a module takes of other modules that belongs to the whole program."""
    nodes = [*ast.walk(ast.parse(source))]
    imports = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules = {alias.asname or alias.name.partition(".")[0] for alias in imports}
    modules -= {"pytest"}  # its `Config` is that of a run, handed to the plugin
    taken = [
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    taken += [
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules
    ]
    return sorted(SHARED.intersection(taken))


def test_the_library_leaves_alone_what_the_threads_of_a_program_share() -> None:
    # The command line is a program of its own.
    found = found_in_modules(shared_in)
    assert {name: what for name, what in found.items() if not name.startswith("cli/")} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import ibis\nibis.options.sql.fuse_selects = False",
        "import polars as pl\npl.Config(tbl_rows=1)",
        "from warnings import catch_warnings",
        "def some():\n    import os\n    os.environ['A'] = 'b'",
    ],
)
def test_touching_what_threads_share_would_be_found(source: str) -> None:
    assert shared_in(source)


def test_an_option_of_ones_own_is_not_shared() -> None:
    assert not shared_in("import csv\nself.options = given.options\nkept.csv.Config")


READERS = (
    *("cases/reading.py", "cases/written.py", "cases/case_hooks.py", "cases/expectation_hooks.py"),
    *("rosters/reading/cells.py", "rosters/reading/columns.py", "rosters/reading/date_forms.py"),
    *("rosters/reading/decoding.py", "rosters/reading/rows.py", "rosters/reading/table.py"),
    *("rosters/reading/opening.py", "rosters/reading/tree.py"),
    *("cases/differences.py", "rosters/sample.py"),
    *("subjects/statement.py", "subjects/request.py", "subjects/account.py", "subjects/record.py"),
    *("subjects/fields.py", "subjects/faults.py", "subjects/checking.py", "policy/strangers.py"),
    *("subjects/mapping_hooks.py", "subjects/refusing.py", "syntax/single_values.py"),
    *("policy/subject_reading.py",),
    *(
        "subjects/converter.py",
        "subjects/generating.py",
        "subjects/placing.py",
        "subjects/value_hooks.py",
        "errors/collecting.py",
    ),
    *("rosters/entry.py", "rosters/worklist.py", "cases/counterparts.py", "decisions/messages.py"),
    *("rosters/reviewing.py", "rosters/sampling.py", "rosters/spool.py", "cli/answers.py"),
    *("cli/work_lists.py", "cli/comparing.py", "cli/sheets.py"),
    *("doors/deciding.py", "doors/columns.py", "doors/column_answers.py"),
    *("doors/warehouse_answers.py", "engines/warehouse/table.py", "engines/warehouse/values.py"),
    *(f"engines/columns/{name}.py" for name in ("cells", "layout", "states", "table", "values")),
    *("decisions/record_reader.py", "decisions/findings.py", "decisions/follow_up.py"),
)
"""The modules that see what cases and rosters say. They quote it only through `privacy.py`."""
STATED = frozenset({"text", "written", "word", "cell", "cells", "heading", "username", "raw"})
"""The readers' names for what a user wrote."""


def repeated(source: str) -> list[str]:
    """Return where a module puts what somebody wrote into a text of its own, or could quote it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "caljobs_policy.errors.problems":
            found += [alias.name for alias in node.names if alias.name in {"shown", "printable"}]
        if isinstance(node, ast.FormattedValue) and any(map(is_stated, unguarded(node.value))):
            found.append(ast.unparse(node.value))
    return found


def unguarded(node: ast.AST) -> Iterator[ast.AST]:
    """Return the parts of an expression that do not go through the one place that asks."""
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Name) and called.id in {"named", "public_word", "len"}:
        return
    yield node
    for inner in ast.iter_child_nodes(node):
        yield from unguarded(inner)


def is_stated(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
    return name in STATED


@pytest.mark.parametrize("module", READERS)
def test_what_is_said_of_somebody_gets_into_messages_in_one_place(module: str) -> None:
    assert repeated((SOURCE / module).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from caljobs_policy.errors.problems import Problem, shown",
        'f"`{key.text}` is no key"',
        'f"{path} has no value {str(word)}"',
        'f"{key!r}: {cell[:3]}"',
        "f\"{', '.join(node.text for node in nodes)}\"",
    ],
)
def test_a_value_in_a_message_would_be_found(source: str) -> None:
    assert repeated(source) != []


def test_a_value_that_goes_through_the_one_place_is_not_found() -> None:
    assert repeated("f\"{path} has no {named('key', key.text, known)}\"") == []


OPERATOR_CLASSES = frozenset(cls.__name__ for cls in OPERATORS.values())


def asked_for(source: str) -> list[str]:
    """Return where a module asks for an operator by its class or its name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        asks = isinstance(node, ast.Compare | ast.MatchClass) or (
            isinstance(node, ast.Call) and _called(node) in {"isinstance", "issubclass"}
        )
        if asks and any(map(is_operator, ast.walk(node))):
            found.append(ast.unparse(node))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            found += [ast.unparse(node)] if _name(node.value) == "OPERATORS" else []
    return found


def is_operator(node: ast.AST) -> bool:
    """Report whether a node is an operator's class, or the name of some operator."""
    of = _name(node.value) if isinstance(node, ast.Attribute) and node.attr == "name" else ""
    return _name(node) in OPERATOR_CLASSES or of == "operator"


def _called(node: ast.Call) -> str:
    return _name(node.func)


def _name(node: ast.AST) -> str:
    """Return the last part of a name, with dots or without."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_no_module_asks_which_operator_one_is() -> None:
    assert found_in_modules(asked_for) == {}


@pytest.mark.parametrize(
    "source",
    [
        "isinstance(operator, Before | Within)",
        "issubclass(cls, operators.HasAll)",
        "cls is HasOnly",
        "type(test.operator) == Is",
        "cls not in {Has, HasAll}",
        "test.operator.name in PLAIN",
        "OPERATORS['is']",
        "match operator:\n    case Within(): pass",
    ],
)
def test_a_question_which_operator_one_is_would_be_found(source: str) -> None:
    assert asked_for(source) != []


@pytest.mark.parametrize(
    "source", ["Test(fact, Is(True))", "TABLE = {Is: written}", "TABLE[type(operator)]"]
)
def test_making_an_operator_and_looking_it_up_in_a_table_are_no_questions(source: str) -> None:
    assert asked_for(source) == []


@pytest.mark.parametrize("module", sorted((SOURCE / "policy/operators").glob("*.py")))
def test_operators_know_no_engine_and_nothing_of_what_was_written(module: Path) -> None:
    imported = {
        node.module
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    strange = ("syntax", "loader", "compiler", "engines")
    assert [
        name for name in imported if name.removeprefix("caljobs_policy.").startswith(strange)
    ] == []
