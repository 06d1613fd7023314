# SPDX-License-Identifier: MIT
"""Rosters whose values try to be more than text."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.accounts import KEYS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Make, Shown

NAMES: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</style><style>* { display: none }</style>",
    "' onmouseover=alert(1) x='",
    "<svg/onload=alert(1)>",
    "<!--",
    "]]>",
    "{{7*7}}",
    "{% for x in y %}",
    "${7*7}",
    "&lt;b&gt;",
    "`<b>code</b>`",
    "javascript:alert(1)",
    "https://example.com/a.png",
    "\u202emoc.elpmaxe\u202c",
    "\u200fabc\u200e",
    "\u05d0\u05d1\u05d2 1",
    "a\u0301" * 200,
    "x" * 10_000,
    "many words " * 900,
)
FILE: Final = '"><img src=x onerror=alert(1)>{{7*7}}.csv'


def as_shown(name: str) -> str:
    """Return a name as a page shows it, with invisible characters marked."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return " ".join(text.split())


def hostile_roster() -> bytes:
    """Return a roster with each name once in a row that is evaluated, once in one that isn't."""
    text = io.StringIO()
    writer = csv.DictWriter(text, KEYS, restval="", lineterminator="\n")
    writer.writeheader()
    for number, name in enumerate(NAMES):
        row = {"status": "active", "created_on": "2020-01-01", "organization": "local_area"}
        writer.writerow(row | {"username": name, "staff.employer": "county"})
        writer.writerow(row | {"username": f"bad-{number}", "organization": name})
        writer.writerow(row | {"username": f"worse-{number}", "created_on": name})
    return text.getvalue().encode()


@pytest.fixture(scope="module")
def pages(made: Make) -> dict[str, Path]:
    return {kind: made(FILE, hostile_roster(), kind) for kind in ("review", "sample")}


def let_run(page: Page) -> None:
    """Let scripts and handlers of errors run that a loaded page may have started."""
    page.evaluate("() => new Promise(done => setTimeout(done, 200))")


@pytest.mark.parametrize("kind", ["review", "sample"])
def test_values_are_shown_as_text_and_nothing_runs(
    shown: Shown, pages: dict[str, Path], kind: str
) -> None:
    page = shown.open(pages[kind])
    let_run(page)
    titles = {" ".join(text.split()) for text in page.locator("h3").all_text_contents()}
    expected = {as_shown(name) for name in NAMES}
    if kind == "review":
        assert expected <= titles
    else:
        rest = {title for title in titles if not re.fullmatch(r"(bad|worse)-\d+", title)}
        assert rest
        assert rest <= expected
    assert page.locator("h1").inner_text().endswith(f": {FILE}")
    assert page.title().endswith(f": {FILE}")
    assert page.locator("img, svg, iframe, object, embed, link, base, form").count() == 0
    assert page.locator("style").count() == 1
    assert page.locator("script").count() == (kind == "review")
    attributes = page.evaluate(
        "() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
        ".map(a => a.name).filter(name => name.startsWith('on'))"
    )
    assert attributes == []
    # When `shown` ends, it asserts that there was no dialog and no error.


@pytest.mark.parametrize("kind", ["review", "sample"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_layout_holds(shown: Shown, pages: dict[str, Path], kind: str, width: int) -> None:
    page = shown.open(pages[kind], width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = page.locator("#entries > li, article").evaluate_all(
        "all => all.map(e => { e.style.contentVisibility = 'visible'; return e.offsetHeight; })"
    )
    assert len(heights) > 20
    assert max(heights) < 700


def test_hostile_names_are_found_by_the_search(shown: Shown, pages: dict[str, Path]) -> None:
    page = shown.open(pages["review"])
    page.get_by_role("searchbox").fill('"><IMG src=x')
    page.locator("#shown").filter(has_text=re.compile("“.*IMG.*”")).wait_for()
    found = page.locator("#entries > li:not([hidden]) h3").all_text_contents()
    assert NAMES[1] in found
    assert "{{7*7}}" not in found


def test_a_script_that_was_put_into_the_page_does_not_run(shown: Shown, work_list: Path) -> None:
    injected = work_list.with_name("injected.html")
    text = work_list.read_text("utf-8")
    assert text.count("<main>") == 1
    ran = "document.title = 'ran'"
    more = f'<main><script>{ran}</script><img src=x onerror="{ran}">'
    injected.write_text(text.replace("<main>", more), "utf-8")
    page = shown.open(injected)
    let_run(page)
    assert page.title() == "Work list: accounts.csv"
    refused = [fault for fault in shown.faults if "Content Security Policy" in fault]
    assert len(refused) == len(shown.faults) >= 2
    shown.faults.clear()
    # The page's own script runs beside it.
    assert page.locator("button[data-kind]:enabled").count() == 4


def test_the_own_script_runs_only_as_it_was_written(shown: Shown, work_list: Path) -> None:
    assert shown.open(work_list).locator("button[data-kind]:enabled").count() == 4
    assert shown.faults == []
    changed = work_list.with_name("changed.html")
    text = work_list.read_text("utf-8")
    assert text.count('"use strict";') == 1
    changed.write_text(text.replace('"use strict";', '"use strict"; '), "utf-8")
    page = shown.open(changed)
    assert page.locator("button[data-kind]:enabled").count() == 0
    assert ["Content Security Policy" in fault for fault in shown.faults] == [True]
    shown.faults.clear()
