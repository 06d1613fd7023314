# SPDX-License-Identifier: MIT
"""How the pages look: their contrast, light, dark and on paper, and their width."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Shown

# For each text that can be seen, and for hints in fields: its colour, and the one behind it.
PAIRS: Final = """() => {
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const pairs = new Map();
  const add = (...pair) => pairs.set(pair.slice(1).join("|"), pair);
  for (const e of document.body.querySelectorAll("*")) {
    if (e.closest("script, [hidden]") || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (own) add(e.textContent.trim().slice(0, 40), style.color, behind(e));
    if (e.matches("input, select")) add(e.id, style.color, behind(e));
    if (e.matches("input")) add("hint", getComputedStyle(e, "::placeholder").color, behind(e));
  }
  return [...pairs.values()];
}"""


def rgb(colour: str) -> tuple[float, ...]:
    """Read a colour that has no transparency."""
    assert colour.startswith("rgb("), colour
    return tuple(int(part) / 255 for part in colour[4:-1].split(","))


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faint(page: Page) -> list[Any]:
    """Return the texts whose contrast is below 4.5 to 1."""
    pairs = page.evaluate(PAIRS)
    assert len(pairs) >= 4
    return [pair for pair in pairs if contrast(pair[1], pair[2]) < 4.5]


def test_the_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)") == pytest.approx(4.54, abs=0.01)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") < 4.5


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["work_list", "sheet"])
def test_every_text_stands_out(
    shown: Shown, request: pytest.FixtureRequest, name: str, scheme: str, media: str
) -> None:
    file: Path = request.getfixturevalue(name)
    page = shown.open(file, color_scheme=scheme)
    page.emulate_media(media=media)  # type: ignore[arg-type]
    assert faint(page) == []
    page.locator("button[aria-pressed]").evaluate_all("all => all.forEach(b => b.click())")
    assert faint(page) == []
    dark = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.5
    assert dark == (scheme == "dark" and media == "screen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_and_frames_of_fields_stand_out(shown: Shown, work_list: Path, scheme: str) -> None:
    page = shown.open(work_list, color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bars = page.locator(".timeline i").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    frames = page.locator("input, select, #reset").evaluate_all(
        "all => all.map(e => getComputedStyle(e).borderTopColor)"
    )
    assert len({*bars}) == 2
    assert [c for c in (*bars, *frames) if contrast(c, ground) < 3] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", ["work_list", "sheet"])
def test_nothing_is_wider_than_the_window(
    shown: Shown, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    page = shown.open(request.getfixturevalue(name), width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = page.evaluate(
        "width => [...document.body.querySelectorAll('*:not(.skip)')]"
        ".filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML)",
        width,
    )
    assert wide == []
    small = page.locator("button:visible").evaluate_all(
        "all => all.filter(e => e.offsetHeight < 24 || e.offsetWidth < 24).length"
    )
    assert small == 0


def test_the_sheet_has_a_page_for_each_contact_and_room_to_write(shown: Shown, sheet: Path) -> None:
    page = shown.open(sheet)
    contacts = page.locator("section.contact")
    assert contacts.count() == 4
    page.emulate_media(media="print")
    breaks = contacts.evaluate_all("all => all.map(e => getComputedStyle(e).breakBefore)")
    assert breaks == ["auto", "page", "page", "page"]
    assert page.locator("article").count() == page.locator("article .word").count() == 40
    assert page.get_by_text("Reviewed by").first.is_visible()
