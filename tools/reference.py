# SPDX-License-Identifier: MIT
"""Writes those parts of the reference that are made from the code.

A page marks such a part with `<!-- made: NAME -->` and `<!-- end -->`. `make reference` writes what
stands between them; a test compares it with the code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

import caljobs_policy
from caljobs_policy.analysis.checking.rule import Rule
from caljobs_policy.analysis.checking.rules import RULES
from caljobs_policy.cli import main
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.engines.columns.operators import ASKED, asks_itself
from caljobs_policy.engines.durable.operators import BY_TRUTH
from caljobs_policy.engines.native.operators import WRITTEN
from caljobs_policy.errors.codes import Code
from caljobs_policy.policy.operators import OPERATORS, Operator
from caljobs_policy.report.schema import profile_schema
from caljobs_policy.subjects.fields import DATED, Kind

DOCS: Final = Path(__file__).parent.parent / "docs"
_PART: Final = re.compile(r"(<!-- made: ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = (map(_cell, line) for line in (head, ["---"] * len(head), *rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "&#124;")


def exit_codes() -> str:
    """Return the table of exit codes."""
    return table(("code", "means"), ((str(code.value), code.meaning) for code in ExitCode))


EXAMPLES: Final[Mapping[str, str]] = {
    "is": "{request.staff.business_need: {is: true}}",
    "in": "{request.staff.employer: {in: [edd, county]}}",
    "not_in": "{request.staff.employer: {not_in: [edd]}}",
    "given": "{request.additional_duties: {given: true}}",
    "has": "{request.attachments: {has: access_request_form}}",
    "has_all": "{request.attachments: {has_all: [access_request_form, training_certificate]}}",
    "has_only": "{request.privileges: {has_only: [cash*]}}",
    "exactly": "{request.approvals: {exactly: [operations_unit]}}",
    "fewer_than": "{office.mis_administrators: {fewer_than: 2}}",
    "same_as": "{request.requestor.name: {same_as: request.staff.name}}",
    "starts_with": "{request.privilege_group: {starts_with: view}}",
    "contains_loosely": '{request.subject: {contains_loosely: "Request - <request.office>"}}',
    "contains_words": "{request.subject: {contains_words: <request.office>}}",
    "length": "{request.password: {length: 8 to 20}}",
    "contains_each": "{request.password: {contains_each: [A-Z, a-z, 0-9]}}",
    "contains_only": "{request.password: {contains_only: [A-Z, a-z, 0-9]}}",
    "reads": "{request.subject: {reads: Access of DD-MM-YYYY, of: request.submitted_on}}",
    "before": "{request.submitted_on: {before: request.separates_on}}",
    "after": "{request.submitted_on: {after: request.separates_on}}",
    "within": "{request.staff.training_completed_on: {within: 12 months, before: at}}",
    "more_than": "{request.staff.training_completed_on: {more_than: 30 days, before: at}}",
    "at_least": "{request.staff.training_completed_on: {at_least: 30 days, before: at}}",
}
"""A condition with each operator."""


def operators() -> str:
    """Return the table of operators: what each tests, what is written behind it, and an example."""
    head = (
        *("operator", "what it tests", "of which facts", "what is written behind it", "if null"),
        "example",
    )
    return table(head, (_operator(name, cls) for name, cls in OPERATORS.items()))


def _operator(name: str, cls: type[Operator]) -> Sequence[str]:
    about = " ".join((inspect.getdoc(cls) or "").split())
    holds = "holds" if cls.if_null else "does not hold"
    example = f"`{EXAMPLES[name]}`"
    return f"`{name}`", about, _facts(cls.kinds), cls.argument.value, holds, example


def _facts(kinds: frozenset[Kind]) -> str:
    """Return the kinds of fact that an operator tests, dates of any sort as one."""
    named = [kind.value for kind in Kind if kind in kinds - DATED]
    return ", ".join([*named, "a date"] if kinds >= DATED else named)


def engines() -> str:
    """Return the table of what each engine does with each operator."""
    head = ("operator", "`native`", "`naive`", "`durable`", "columns")
    return table(head, (_on_engines(name, cls) for name, cls in OPERATORS.items()))


def _on_engines(name: str, cls: type[Operator]) -> Sequence[str]:
    native = "written as Python" if cls in WRITTEN else "lacks it"
    durable = "uses its truth" if cls in BY_TRUTH else "lacks it"
    columns = "lacks it" if cls not in ASKED else "in Polars"
    if asks_itself(cls):
        columns = "once for each value"
    return f"`{name}`", native, "uses its truth", durable, columns


def keys() -> str:
    """Return for each table of a profile the keys of its entries; tables alike stand together."""
    alike: dict[str, list[str]] = {}
    for name, written in profile_schema()["properties"].items():
        alike.setdefault(_keys(written), []).append(f"`{name}`")
    return "\n".join(f"## {', '.join(names)}\n\n{listed}" for listed, names in alike.items())


def _keys(written: Mapping[str, Any]) -> str:
    entry = _entry(written)
    required = entry.get("required", ())
    rows = (
        (f"`{key}`", "yes" if key in required else "", _written(value))
        for key, value in entry.get("properties", {}).items()
    )
    return table(("key", "required", "holds"), rows)


def _entry(written: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of one entry of a table, or of a head, which is one itself."""
    if "properties" in written:
        return written
    for inner in (*written.get("oneOf", ()), *written.get("anyOf", ())):
        if inner.get("type") == "object":
            return _entry(inner)
    return _entry(written["additionalProperties"])


def _written(value: Mapping[str, Any]) -> str:
    """Return in words what a key holds, by its schema."""
    if "$ref" in value:
        return "a condition"
    if ways := value.get("oneOf") or value.get("anyOf"):
        return " or ".join(dict.fromkeys(map(_written, ways)))
    if "enum" in value:
        return " or ".join(f"`{word}`" for word in value["enum"])
    if value.get("format") == "date":
        return "a date"
    kind = value.get("type", "any value")
    return _KINDS.get(kind, kind) if isinstance(kind, str) else "a word"


_KINDS: Final = {
    "array": "a list",
    "boolean": "`true` or `false`",
    "integer": "a number",
    "object": "a mapping",
    "string": "a text",
}


def problem_codes() -> str:
    """Return the table of the codes of problems."""
    return table(("code", "means"), ((f"`{code.value}`", code.meaning) for code in Code))


def command_line() -> str:
    """Return the help of each command."""
    return "\n".join(_command(name, command) for name, command in main.commands.items())


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"caljobs-policy {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    about = inspect.cleandoc(command.help or "")
    rows = [
        (f"<code>{_cell(found[0])}</code>", found[1].replace("  [", " ["))
        for one in command.params
        if isinstance(one, click.Option) and (found := one.get_help_record(context))
    ]
    listed = f"\n{table(('option', 'meaning'), rows)}" if rows else ""
    return f"## `{name}`\n\n    caljobs-policy {name} {usage}\n\n{about}\n{listed}"


def python() -> str:
    """Return what mkdocstrings makes the pages of the public names of."""
    kinds: dict[str, list[str]] = {"Functions": [], "Classes": [], "Errors": [], "Values": []}
    for name in caljobs_policy.__all__:  # type: ignore[attr-defined]  # made of the stub
        kinds[_kind(getattr(caljobs_policy, name))].append(name)
    return "\n".join(f"## {kind}\n\n{_directives(names)}" for kind, names in kinds.items() if names)


def _kind(value: object) -> str:
    if isinstance(value, type):
        return "Errors" if issubclass(value, Exception) else "Classes"
    return "Functions" if callable(value) else "Values"


def _directives(names: Sequence[str]) -> str:
    return "\n".join(f"::: caljobs_policy.{name}\n" for name in names)


def checks() -> str:
    """Return the table of the rules of `check`."""
    rows = ((_link(rule), rule.severity.value, rule.summary()) for rule in RULES)
    return table(("rule", "told as", "what it finds"), rows)


def _link(rule: type[Rule]) -> str:
    return f"[`{rule.code}`](checks/{rule.code}.md)"


def rule_page(rule: type[Rule]) -> str:
    """Return the page of a rule of `check`."""
    allowed = "" if rule.excusable else ", which no comment allows"
    return f"*{rule.severity.value.capitalize()}{allowed}.* {rule.page()}\n"


_RULE_HEAD: Final = """\
# {code}

*For those who write profiles.* One of the [rules of check](../checks.md), made from its code.
[Check a profile](../../how-to/check-a-profile.md) says how to allow what is meant so.

<!-- made: check-{code} -->
<!-- end -->
"""


PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "checks": checks,
    "command-line": command_line,
    "engines": engines,
    "exit-codes": exit_codes,
    "keys": keys,
    "operators": operators,
    "problem-codes": problem_codes,
    "python": python,
    **{f"check-{rule.code}": partial(rule_page, rule) for rule in RULES},
}


def renewed(text: str) -> str:
    """Return a page with its parts made anew."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n{found[3]}", text)


def write() -> None:
    """Write all pages that have such parts; a rule of `check` that has no page gets one."""
    for rule in RULES:
        page = DOCS / "reference" / "checks" / f"{rule.code}.md"
        if not page.exists():
            page.write_text(_RULE_HEAD.format(code=rule.code), "utf-8")
    for page in sorted(DOCS.rglob("*.md")):
        text = page.read_text("utf-8")
        if (new := renewed(text)) != text:
            page.write_text(new, "utf-8")


if __name__ == "__main__":
    write()
