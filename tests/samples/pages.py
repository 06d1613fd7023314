# SPDX-License-Identifier: MIT
"""Pages of the documentation: their blocks, and the commands that they show, run in order."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
_STEP: Final = re.compile(
    r"^<!-- (?P<what>file|replace|exit): (?P<name>.+?) -->\n```\w+\n(?P<text>.*?)^```$", re.M | re.S
)
PLUGIN: Final = ("-p", "caljobs_policy.testing.pytest_plugin")
"""Loads the plugin of pytest also where the package was installed before it had one."""
PROGRAMS: Final[Mapping[str, Sequence[str]]] = {
    "caljobs-policy": ("caljobs_policy",),
    "pytest": ("pytest", *PLUGIN, "-p", "no:cacheprovider"),
}
"""How the commands of pages are run, by the names of their programs."""
CUT: Final = "...\n"
"""The line with which a page leaves out a part of what is printed."""


@frozen
class Step:
    """What a reader does: save a file, mend a line of it, or run a command that ends in a code."""

    what: str
    name: str
    text: str


def page(name: str) -> str:
    """Return the text of a page."""
    return (DOCS / f"{name}.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def steps(text: str) -> list[Step]:
    """Return what a reader of a page does, in order."""
    return [Step(found["what"], found["name"], found["text"]) for found in _STEP.finditer(text)]


def follow(text: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Follow the steps of a page; yield each command, what was printed and what the page shows."""
    for step in steps(text):
        file = folder / step.name
        if step.what == "file":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step.text, "utf-8")
        elif step.what == "replace":
            _replace(file, step.text)
        else:
            yield _run(step, folder)


def _replace(file: Path, line: str) -> None:
    """Put a line in the place of the one that begins with the same key."""
    key = line.partition(":")[0]
    lines = file.read_text("utf-8").splitlines(keepends=True)
    assert sum(one.startswith(f"{key}:") for one in lines) == 1, key
    mended = (line if one.startswith(f"{key}:") else one for one in lines)
    file.write_text("".join(mended), "utf-8")


def _run(step: Step, folder: Path) -> tuple[str, str, str]:
    first, _, shown = step.text.partition("\n")
    program, _, arguments = first.removeprefix("$ ").partition(" ")
    done = run(arguments, folder, PROGRAMS[program])
    assert done.returncode == int(step.name), done.stdout
    return arguments, printed(done.stdout), printed(shown)


def shows(shown: str, output: str) -> bool:
    """Return whether a page shows an output, perhaps with parts left out."""
    parts = [re.escape(part) for part in f"\n{shown}".split(f"\n{CUT}")]
    return re.fullmatch("\n(?s:.*)".join(parts), f"\n{output}") is not None


def run(
    arguments: str, folder: Path, program: Sequence[str] = ("caljobs_policy",)
) -> subprocess.CompletedProcess[str]:
    """Run a command as a page writes it, in a folder."""
    command = [sys.executable, "-m", *program, *shlex.split(arguments)]
    plain = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=plain,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def printed(text: str) -> str:
    """Return a text without spaces at the ends of its lines and without the policy's digest."""
    text = re.sub(r"^(Policy: .*)sha256:[0-9a-f]{64}$", r"\1(digest)", text, flags=re.M)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
