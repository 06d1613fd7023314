# SPDX-License-Identifier: MIT
"""What the documents say is so: their examples run, their links lead somewhere."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click
import pytest
import yaml

from caljobs_policy import ProfileError, load_policy
from caljobs_policy.cases.case import Case
from caljobs_policy.cases.worked import cases_in
from caljobs_policy.cli import main
from caljobs_policy.decisions import evaluate
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.loader.documents import read_documents
from caljobs_policy.loader.paths import shipped_folder
from caljobs_policy.policy.operators import OPERATORS
from caljobs_policy.policy.rules import DEADLINE_TESTS
from caljobs_policy.subjects.facts import facts_about
from caljobs_policy.syntax.declaration import declared
from caljobs_policy.syntax.sections import SECTIONS
from tests.samples.keys import subject_keys
from tests.samples.profiles import DAY, written_profile

ROOT: Final = Path(__file__).parent.parent
README: Final = (ROOT / "README.md").read_text("utf-8")
GUIDE: Final = "\n".join(
    (ROOT / f"docs/{page}.md").read_text("utf-8")
    for page in (
        "reference/profiles",
        "reference/conditions",
        "reference/operators",
        "reference/cases",
        "reference/local-profiles",
        "how-to/edit-a-profile",
    )
)
GLOSSARY: Final = (ROOT / "docs/reference/glossary.md").read_text("utf-8")
PAGES: Final = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
EDITION: Final = "my_area/2025-03-01"


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


CASES: Final = [block for block in blocks(README, "yaml") if block.startswith("case:")]


def marked(mark: str) -> list[str]:
    """Return the YAML blocks of the guide that a comment above them marks."""
    return re.findall(rf"^<!-- {re.escape(mark)} -->\n```yaml\n(.*?)^```$", GUIDE, re.M | re.S)


def decided(text: str) -> tuple[Case, Decision]:
    """Read the one case of a text, and evaluate it."""
    ((_, case),) = cases_in(read_documents(text, "case"), folders=True)
    assert isinstance(case, Case), case
    return case, evaluate(case.policy, case.subject, case.at)


def read(text: str) -> Any:
    """Read YAML as it is written, nothing converted."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  # it builds nothing but text


def holds(whole: Any, part: Any) -> bool:
    """Return whether all that a part says stands in the whole in the same words."""
    if not isinstance(part, dict):
        return bool(whole == part)
    return isinstance(whole, dict) and all(holds(whole.get(k), part[k]) for k in part)


ABOUT: Final = {
    "request": "request/create",
    "account": "account",
    "office": "office",
    **dict.fromkeys(DEADLINE_TESTS, "account"),
}
"""What a condition is about whose first word of these is the key."""


def about(condition: str) -> str:
    """Return what a condition is about; a term alone is about a request."""
    words = re.findall(r"\w+", condition)
    return next((ABOUT[word] for word in words if word in ABOUT), ABOUT["request"])


def rules(conditions: list[str]) -> str:
    """Return a table with a rule for each condition."""
    lines = [
        f"  rule-{n}: {{about: {about(condition)}, require: {condition}, clauses: [MY-1/need]}}"
        for n, condition in enumerate(conditions)
    ]
    return "\n".join(["rules:", *lines, ""])


@pytest.fixture
def guided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the profile of the guide, and work in the folder above it."""
    monkeypatch.chdir(tmp_path)
    files = {f"{EDITION}/block_{n}.yaml": text for n, text in enumerate(marked("tables"))}
    files["my_area/profile.yaml"], files[f"{EDITION}/edition.yaml"] = (
        *marked("profile.yaml"),
        *marked("edition.yaml"),
    )
    return written_profile(tmp_path, files)


def test_the_python_of_the_developers_page_runs() -> None:
    code = "".join(
        blocks((ROOT / "docs/how-to/evaluate-in-a-program.md").read_text("utf-8"), "python")
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "cannot_tell ('account.staff.statement',)",
        "`account.organization` has no value `local_areaa`",
        "  help: did you mean `local_area`?",
        "`account.staff.employer` has no value `EDD`",
        "  help: did you mean `edd`?",
        "/signed_by_requestor not-a-flag `request.signed_by_requestor` takes true or false",
        "  help: give true or false, and neither a number nor a text",
        "/staff/employer unknown-word `request.staff.employer` has no value `EDD`",
        "  help: did you mean `edd`?",
        "False",
    ]


def test_the_python_of_the_readme_prints_its_outcome() -> None:
    (code,) = blocks(README, "python")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    outcome, *findings = done.stdout.splitlines()
    assert (done.returncode, done.stderr, outcome) == (0, "", "cannot_tell")
    assert findings


@pytest.mark.parametrize("text", CASES)
def test_the_cases_of_the_readme_are_as_they_expect(text: str) -> None:
    case, decision = decided(text)
    assert case.expect is not None
    assert case.differences(decision) == ()


def test_the_terminal_prints_what_the_readme_shows() -> None:
    (shown,) = blocks(README, "text")
    command = [sys.executable, "-m", "caljobs_policy", "evaluate", "-"]
    done = subprocess.run(
        command, input=CASES[-1], capture_output=True, encoding="utf-8", check=False
    )
    printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    assert printed.startswith(f"{shown}\nBy when\n")


def test_the_profile_in_the_readme_is_a_part_of_the_shipped_one() -> None:
    edition = shipped_folder() / "state/2025-03-01"
    shipped = [read(path.read_text("utf-8")) for path in edition.glob("*.yaml")]
    (text,) = (block for block in blocks(README, "yaml") if not block.startswith("case:"))
    for part in text.split("\n\n"):
        assert any(holds(whole, read(part)) for whole in shipped), part


def test_the_examples_of_the_guide_make_a_policy(guided: Path) -> None:
    policy = load_policy("my_area", DAY)
    assert "MY-1/training" in policy.clauses


@pytest.mark.parametrize("text", marked("case"))
@pytest.mark.usefixtures("guided")
def test_the_cases_of_the_guide_are_as_they_expect(text: str) -> None:
    case, decision = decided(text)
    assert case.expect is not None
    assert case.differences(decision) == ()


def test_the_conditions_of_the_guide_can_be_written(guided: Path) -> None:
    pages = (ROOT / f"docs/reference/{page}.md" for page in ("conditions", "operators"))
    text = "".join(page.read_text("utf-8") for page in pages)
    conditions = re.findall(r"`(\{.*?\})` *\|", text)
    assert len(conditions) > len(OPERATORS)
    written_profile(guided, {f"{EDITION}/conditions.yaml": rules(conditions)})
    assert load_policy("my_area", DAY).plans["request/create"].checks


def test_the_days_of_the_guide_can_be_written(guided: Path) -> None:
    rows = GUIDE.split("| form of `on` |")[1].split("\n\n")[0].splitlines()[2:]
    forms = [form for row in rows for form in re.findall(r"`(.+?)`", row.split("|")[2])]
    assert len(forms) > len(rows) > 1
    days = "".join(f"  day-{n}: {{title: A day, on: {form}}}\n" for n, form in enumerate(forms))
    written_profile(guided, {f"{EDITION}/days.yaml": f"calendar:\n{days}"})
    assert load_policy("my_area", DAY).plans["record/data_entry"].deadlines


def test_the_fault_of_the_guide_is_told_as_printed(guided: Path) -> None:
    (text,) = marked("fault")
    written_profile(guided, {f"{EDITION}/fault.yaml": text})
    with pytest.raises(ProfileError) as caught:
        load_policy("my_area", DAY)
    assert f"{caught.value}\n" in blocks(GUIDE, "text")


@pytest.mark.parametrize("name", [*OPERATORS, *SECTIONS])
def test_every_operator_and_table_is_documented(name: str) -> None:
    assert re.search(rf"^(\|[^|]*|#+ .*)`{name}`", GUIDE, re.M)


@pytest.mark.parametrize("name", SECTIONS)
def test_every_key_of_a_table_is_documented(name: str) -> None:
    assert [key for key in declared(SECTIONS[name].entry) if f"`{key}`" not in GUIDE] == []


@pytest.mark.parametrize("key", subject_keys())
def test_every_fact_is_documented(key: str) -> None:
    kind = key.partition("/")[0]
    names = [path.removeprefix(f"{kind}.") for path in facts_about(key)]
    assert [name for name in names if f"`{name}`" not in GUIDE] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    own = [link for link in links if "://" not in link]
    assert [link for link in own if not (page.parent / link).exists()] == []


def test_the_glossary_is_in_alphabetical_order() -> None:
    words = [word.casefold() for word in re.findall(r"^- \*\*(.+?)\*\*", GLOSSARY, re.M)]
    assert words
    assert words == sorted(set(words))


GLOSSED: Final = [
    (word, text, path)
    for word, text in re.findall(r"^- \*\*(.+?)\*\*:(.*?)(?=^- \*\*|\Z)", GLOSSARY, re.M | re.S)
    for path in re.findall(r"`([a-z_/]+(?:\.py|/))`", text)
]


@pytest.mark.parametrize(("word", "text", "path"), GLOSSED)
def test_the_glossary_sends_readers_to_the_file_that_holds_the_idea(
    word: str, text: str, path: str
) -> None:
    named = ROOT / "src/caljobs_policy" / path
    files = [named] if named.is_file() else sorted(named.rglob("*.py"))
    ideas = " ".join([_bare(path), *(_bare(idea) for file in files for idea in _ideas(file))])
    stem = _bare(word).removesuffix("s")
    abouts = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "" for file in files)
    alike = _long_words(text) & _long_words(" ".join(abouts).partition("\n")[0])
    assert stem in ideas or f"{stem[:-1]}ies" in ideas or len(alike) > 1


def _long_words(text: str) -> set[str]:
    """Return the words of a text that say something."""
    return {word[:6] for word in re.findall("[a-z]{6,}", text.casefold())}


def _bare(text: str) -> str:
    return re.sub("[^a-z]", "", text.casefold())


def _ideas(file: Path) -> Iterator[str]:
    """Return what a module says that it is about, and the names that it defines."""
    tree = ast.parse(file.read_text("utf-8"))
    yield ast.get_docstring(tree) or ""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


OPTIONS: Final = [
    (name, option)
    for name, command in main.commands.items()
    for option in command.params
    if isinstance(option, click.Option) and not option.is_flag and not option.required
]


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=str)
def test_the_help_of_an_option_names_its_default(name: str, option: click.Option) -> None:
    context = click.Context(main.commands[name])
    record = option.get_help_record(context)
    shown = re.search(r"\[default: (.*?)\]", record[1] if record else "")
    default = option.get_default(context)
    if name in WITHOUT_DEFAULT.get(option.name or "", ()):
        assert shown is None
        return
    assert shown is not None
    usual = default[0] if isinstance(default, tuple) else default
    if (name, option.name) not in WORDED:
        assert shown[1].partition(";")[0] == str(usual)
    else:
        assert not isinstance(default, str | int | tuple)
        assert shown[1] == WORDED[name, option.name]


WITHOUT_DEFAULT: Final = {
    "day": ("conform", "export-suite"),
    "ignore": ("check",),
    "select": ("check",),
    "profile": ("evaluate", "explain", "test"),
    "date_format": ("diff", "review", "sample"),
    "maps": ("diff", "review", "sample"),
    "fail_on": ("diff",),
    "replay": ("diff",),
    "subjects": ("cases",),
    "clauses": ("cases",),
    "file": ("cases", "export-suite"),
}
"""Options that nothing takes the place of."""
WORDED: Final = {
    ("cases", "day"): "every day",
    ("check", "today"): "today",
    ("diff", "day"): "today",
    ("show", "day"): "today",
    ("review", "at"): "now",
    ("review", "delimiter"): "read from the header",
    ("sample", "delimiter"): "read from the header",
    ("diff", "delimiter"): "read from the header",
    ("sample", "at"): "the quarter's last day, or today if that is earlier",
}
"""Defaults that only a run can show; the tests of these commands try them."""


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING", "SECURITY", "docs/architecture", "docs/reference/glossary"]
)
def test_pages_about_the_code_name_files_that_exist(page: str) -> None:
    text = (ROOT / f"{page}.md").read_text("utf-8")
    named = re.findall(r"`([a-z_]+/(?:[a-z_/]+\.py|[a-z_/]*/)?)`", text)
    where = (ROOT / "src/caljobs_policy", ROOT / "src/caljobs_policy/engines", ROOT)
    assert named
    assert [name for name in named if not any((one / name).exists() for one in where)] == []
