# SPDX-License-Identifier: MIT
"""The page of a work list, used by mouse, by keyboard and on paper."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Shown

ENTRIES: Final = "#entries > li"
KINDS: Final = ("violation", "due", "missing", "unread")


def fitting(page: Page, part: str = "") -> int:
    """Count the entries that are shown."""
    return page.locator(f"{ENTRIES}{part}:not([hidden])").count()


def number_of(button: Locator) -> int:
    """Return the number on a button."""
    found = re.search(r"\d[\d,]*", button.inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def press(page: Page, kind: str) -> Locator:
    button = page.locator(f"button[data-kind={kind}]")
    button.click()
    return button


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(text)


def expect_status(page: Page, text: str) -> None:
    page.locator("#shown").filter(has_text=re.compile(f"^{re.escape(text)}$")).wait_for()


def test_each_count_lists_so_many_accounts_of_its_kind(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    whole = fitting(page)
    for kind in KINDS:
        button = press(page, kind)
        assert button.get_attribute("aria-pressed") == "true"
        assert fitting(page) == fitting(page, f".{kind}") == number_of(button) > 0
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        assert fitting(page) == whole


def test_two_counts_list_the_accounts_of_both(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    both = number_of(press(page, "due")) + number_of(press(page, "unread"))
    assert fitting(page) == both
    whole = page.locator(ENTRIES).count()
    expect_status(page, f"{both} of {whole} shown: Falling due; Not evaluated")


def test_each_bar_lists_so_many_accounts(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    bars = page.locator(".timeline button").all()
    numbers = [number_of(bar) for bar in bars]
    assert len(bars) == 6
    assert sum(numbers) == page.locator(f"{ENTRIES}:not([data-due=''])").count()
    for bar, number in zip(bars, numbers, strict=True):
        bar.click()
        assert fitting(page) == number
        bar.click()


def test_the_highest_bar_is_as_high_as_its_number(shown: Shown, work_list: Path) -> None:
    for width, side in ((1280, "height"), (390, "width")):
        page = shown.open(work_list, width)
        bars = page.locator(".timeline button").evaluate_all(
            "(all, side) => all.map(b => [parseInt(b.textContent),"
            " b.querySelector('i').getBoundingClientRect()[side]])",
            side,
        )
        most, full = max(bars)
        for number, length in bars:
            assert length / full == pytest.approx(number / most, abs=0.03)


def test_the_search_finds_accounts_with_all_its_words(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    whole = page.locator(ENTRIES).count()
    search(page, "SAMPLE-017")
    expect_status(page, f"1 of {whole} shown: “SAMPLE-017”")
    assert page.locator(f"{ENTRIES}:not([hidden]) h3").text_content() == "sample-017"
    search(page, "device WSD24-12/device-1")
    expect_status(page, f"10 of {whole} shown: “device WSD24-12/device-1”")
    search(page, "nothing has these words")
    remedy = "Nothing matches: remove a filter, or click “Show all”."
    expect_status(page, f"0 of {whole} shown: “nothing has these words”. {remedy}")
    assert fitting(page) == 0
    page.get_by_role("button", name="Show all").click()
    expect_status(page, f"{whole} of {whole} shown")
    assert page.get_by_role("searchbox").input_value() == ""


def test_filters_of_several_sorts_have_to_fit_together(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    page.get_by_label("Organization").select_option(label="A Local Area")
    own = fitting(page)
    assert own == fitting(page, "[data-organization=local_area]") > 0
    press(page, "violation")
    page.get_by_role("button", name="overdue").click()
    part = fitting(page)
    assert 0 < part < own
    assert part == fitting(page, ".violation[data-organization=local_area]")
    assert page.locator("#shown").inner_text().endswith("shown: Violations; overdue; A Local Area")
    page.get_by_role("button", name="Show all").click()
    assert page.locator("[aria-pressed=true]").count() == 0
    assert fitting(page) == page.locator(ENTRIES).count()


def test_the_page_goes_by_keyboard_in_the_order_of_reading(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    stops: list[list[str]] = []
    for _ in range(2 + len(KINDS) + 6 + 3 + 1):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                "() => { const e = document.activeElement;"
                " return [e.tagName, e.dataset.kind || e.dataset.from && 'bar' || e.id]; }"
            )
        )
    bars = [["BUTTON", "bar"]] * 6
    kinds = [["BUTTON", kind] for kind in KINDS]
    fields = [["INPUT", "search"], ["SELECT", "organization"], ["BUTTON", "reset"]]
    assert stops == [["A", ""], ["A", ""], *kinds, *bars, *fields, ["A", ""]]


def test_what_has_the_focus_is_marked(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    for _ in range(5):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_the_first_key_leads_past_the_filters_to_the_list(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "accounts"


def test_a_count_is_pressed_with_the_space_bar(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    button = page.locator("button[data-kind=due]")
    button.focus()
    page.keyboard.press("Space")
    assert fitting(page) == fitting(page, ".due") == number_of(button)
    assert page.evaluate("document.activeElement.dataset.kind") == "due"


def test_a_screen_reader_finds_landmarks_headings_and_names(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    for role in ("banner", "main", "contentinfo", "search"):
        assert page.locator(f"role={role}").count() == 1, role
    for name in ("What there is to do", "When it falls due", "Accounts", "What the clauses say"):
        assert page.get_by_role("region", name=name, exact=True).count() == 1, name
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert page.get_by_role("status").count() == 1
    for name in (r"^\d+ Violations the policy is broken$", r"^\d+ due Jun 2.8$"):
        assert page.get_by_role("button", name=re.compile(name)).count() == 1, name
    assert page.locator("button[aria-pressed=false]").count() == len(KINDS) + 6
    press(page, "due")
    assert page.get_by_role("button", pressed=True).count() == 1
    names = page.get_by_role("button").evaluate_all("all => all.map(b => b.textContent.trim())")
    assert all(names)
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_cited_clause_leads_to_its_text(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    link = page.locator(f"{ENTRIES} a").first
    name = link.inner_text()
    link.click()
    text = page.locator(".clauses > div:target")
    assert text.locator("dt").inner_text().split()[0] == name
    assert len(text.locator("dd").inner_text()) > 10


def test_without_scripts_the_whole_list_is_there(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list, java_script_enabled=False)
    assert page.locator(ENTRIES).count() == fitting(page) > 0
    assert not page.locator("#filters").is_visible()
    assert page.locator("button:enabled").count() == 1
    assert page.locator("#filters button:enabled").count() == 1


def test_on_paper_stands_what_is_shown_and_nothing_to_press(shown: Shown, work_list: Path) -> None:
    page = shown.open(work_list)
    press(page, "unread")
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert not page.locator(".skip").first.is_visible()
    assert page.locator("#shown").is_visible()
    visible = page.locator(ENTRIES).evaluate_all("all => all.filter(e => e.offsetHeight).length")
    assert visible == fitting(page, ".unread") == 10
    few = pages_of(page.pdf(format="Letter"))
    press(page, "unread")
    assert pages_of(page.pdf(format="Letter")) > 3 * few


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF file."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_list_of_5000_accounts_is_searched_between_two_keystrokes(
    shown: Shown, work_list: Path
) -> None:
    # At most a quarter of a second on a small machine; the bound leaves room for a busy one.
    head, begin, rest = work_list.read_text("utf-8").partition('id="entries" role="list">')
    entries, end, tail = rest.partition("\n  </ul>")
    many = work_list.with_name("many.html")
    many.write_text("".join((head, begin, entries * 40, end, tail)), "utf-8")
    page = shown.open(many)
    whole = page.locator(ENTRIES).count()
    assert whole > 5000
    times = page.evaluate(
        """async () => {
          const search = document.getElementById("search");
          const times = [];
          for (const text of ["s", "sa", "sample-1", "sample-12", "sample-1", "", "training"]) {
            search.value = text;
            const begun = performance.now();
            show();
            document.body.offsetHeight;
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            times.push(performance.now() - begun);
          }
          return times;
        }"""
    )
    assert max(times) < 2000, times
    search(page, "sample-017")
    expect_status(page, f"40 of {whole:,} shown: “sample-017”")
    assert fitting(page) == 40
