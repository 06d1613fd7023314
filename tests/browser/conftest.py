# SPDX-License-Identifier: MIT
"""Pages in a real browser: Chromium without a screen, driven by playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import pytest
from attrs import define, field

from tests.browser.accounts import DAY, roster

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE: Final = 10_000
"""How many milliseconds playwright waits for an element."""


def _without(what: str) -> NoReturn:
    """Skip the tests, except in CI, which must have all that they need."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; under CI the browser tests have to run", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  # it may be missing
    except ImportError:
        _without("the Python package playwright is not installed")
    chromium = next(filter(None, map(shutil.which, _NAMES)), None)
    if chromium is None:
        _without("no Chromium is installed (Debian: apt-get install chromium)")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield found
        found.close()


@define(eq=False, slots=False)
class Shown:
    """Opened pages, with their errors and the resources they requested."""

    browser: Browser
    faults: list[str] = field(factory=list)
    """Dialogs, script errors, and errors on the console."""
    requests: list[str] = field(factory=list)
    _contexts: list[BrowserContext] = field(factory=list)

    def open(self, file: Path, width: int = 1280, **context: Any) -> Page:
        """Open a file in a window of its own."""
        opened = self.browser.new_context(viewport={"width": width, "height": 900}, **context)
        self._contexts.append(opened)
        page = opened.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self.faults.append(f"{said.type}: {said.text}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(file.as_uri())
        return page

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def shown(browser: Browser) -> Iterator[Shown]:
    """Return what opens pages; a test fails if a page has errors or requests more than itself."""
    found = Shown(browser)
    yield found
    found.close()
    assert found.faults == []
    assert [url for url in found.requests if not url.startswith("file:")] == []


Make = Callable[[str, bytes, str], Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Make:
    """Return what writes the page of a roster; without a browser, nothing is written."""
    assert browser.is_connected()

    def make(name: str, data: bytes, command: str = "review") -> Path:
        folder = tmp_path_factory.mktemp("roster")
        (folder / name).write_bytes(data)
        more = ["--size=40", "--seed=spring", "--quarter=2025Q2"] if command == "sample" else []
        call = [sys.executable, "-m", "caljobs_policy", command, name, "--profile=state"]
        options = [f"--at={DAY}", "--format=html=page.html", *more]
        done = subprocess.run(
            [*call, *options], cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode in {3, 4}, done.stderr
        return folder / "page.html"

    return make


@pytest.fixture(scope="session")
def work_list(made: Make) -> Path:
    """A page of 160 accounts with every kind of finding."""
    return made("accounts.csv", roster(160), "review")


@pytest.fixture(scope="session")
def sheet(made: Make) -> Path:
    """The review sheet of a sample."""
    return made("accounts.csv", roster(160), "sample")
