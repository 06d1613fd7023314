# SPDX-License-Identifier: MIT
"""The review sheet of a sample as a page to print."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Final

from attrs import evolve

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.rosters.entry import Urgency
from caljobs_policy.rosters.sample import Quarter, Sheet
from caljobs_policy.rosters.writing.page import write_sheet_page
from tests.rosters.writing.test_page import ABOUT, ENTRIES, POLICY, entry

IN_ORDER: Final = evolve(entry(5, Urgency.NONE), outcome=Outcome.COMPLIANT, contact="wsb_spoc")
LEFT_OUT: Final = Problem(
    "the user name `<b>` stands in an earlier row already",
    Place("/home/somebody/accounts.csv", 9, 1),
    "keep the row that is right",
)
SHEET: Final = Sheet(
    policy=POLICY,
    at=ABOUT.at,
    roster="<i>.csv",
    roster_digest="sha256:0123",
    quarter=Quarter(2025, 2),
    seed="{{7*7}}",
    size=50,
    method="smallest number",
    population={"": 5},
    entries=(*ENTRIES, IN_ORDER),
    left_out=(LEFT_OUT,),
)


def written(sheet: Sheet) -> str:
    stream = io.StringIO()
    write_sheet_page(stream, sheet)
    return stream.getvalue()


PAGE: Final = written(SHEET)
TEXT: Final = " ".join(
    unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", PAGE, flags=re.S)).split()
)


def test_what_the_sample_was_drawn_from_stands_above() -> None:
    for text in (
        "Quarterly sample 2025Q2: <i>.csv",
        "Roster <i>.csv, sha256:0123",
        f"Policy state@2025-03-01, {POLICY.digest}",
        "Quarter 2025Q2: 2025-04-01 to 2025-06-30",
        "Seed {{7*7}}",
        "Size 5 of 5 accounts (50 requested)",
        "Method smallest number",
        "Found violation: 3; in order: 1; not evaluated: 1",
    ):
        assert text in TEXT, text


def test_accounts_stand_below_their_contact_with_a_place_for_a_word() -> None:
    heads = re.findall(r'<h2 id="contact-\d+">(.*?)</h2>', PAGE)
    assert heads == ["No point of contact, a Local Area", "WSB CalJOBS SPOC, a Local Area"]
    assert PAGE.count("<article ") == PAGE.count('class="word"') == 5
    assert "3 accounts to review" in TEXT
    assert "2 accounts to review" in TEXT
    assert "sample-005 In order line 6 Nothing found. Reviewed by On Result" in TEXT
    assert "sample-003 Not evaluated created_on : x is no date line 4, column 7 mend it" in TEXT


def test_clauses_and_rows_that_were_left_out_stand_below() -> None:
    says = POLICY.clauses["WSD24-12/manager-1"].says
    assert f"WSD24-12/manager-1 Manager/Supervisor {says}" in TEXT
    left_out = "Left out of the draw the user name <b> stands in an earlier row already"
    assert f"{left_out} line 9, column 1 keep the row that is right" in TEXT
    assert "Left out of the draw" not in written(evolve(SHEET, left_out=()))


def test_the_sheet_asks_for_nothing_and_holds_no_script() -> None:
    assert re.findall(r"<script|\bsrc=|\burl\(|@import|https?://", PAGE) == []
    assert "default-src 'none'" in PAGE
    assert "somebody" not in PAGE
    assert "<i>" not in PAGE


def test_an_empty_sample_says_so() -> None:
    assert "nothing was drawn" in written(evolve(SHEET, entries=(), population={}))
