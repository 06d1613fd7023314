# SPDX-License-Identifier: MIT
"""The page of a work list as it is written: its timeline and texts, and no network."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import sha256
from html import unescape
from itertools import pairwise
from typing import Any, Final

import pytest
from attrs import evolve

from caljobs_policy import load_policy
from caljobs_policy.dates.durations import noon
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.rosters.entry import Reason, RosterEntry, Task, Totals, Urgency
from caljobs_policy.rosters.writing.page import Span, marked_up, sentence, spans, write_page
from caljobs_policy.rosters.writing.phrases import (
    FOUND,
    HEADINGS,
    LABELS,
    About,
    column_of,
    in_roster,
)
from caljobs_policy.subjects.facts import facts_about

DAY: Final = date(2025, 6, 2)
POLICY: Final = load_policy("state", DAY)
ABOUT: Final = About(POLICY, noon(DAY, POLICY.zone), "accounts.csv", 30)
FACTS: Final = [path for path in facts_about("account") if path != "at"]


def about(within: int = 30, day: date = DAY) -> About:
    return About(POLICY, noon(day, POLICY.zone), "accounts.csv", within)


def bars(within: int, *ahead: int) -> list[Span]:
    return list(spans(about(within), Counter(ahead)))


def label(bar: Span) -> str:
    return bar.label.replace("\N{EN DASH}", "-")


def entry(number: int, urgency: Urgency, **more: Any) -> RosterEntry:
    outcome = None if urgency is Urgency.UNREAD else Outcome.VIOLATION
    place = Place("/home/somebody/accounts.csv", number + 1, 1)
    return RosterEntry(
        number, place, f"sample-{number:03}", "local_area", None, urgency, outcome, **more
    )


REASON: Final = Reason(
    "deadlines/account-training/missed",
    "violation",
    "ISPA training expired.",
    "Have it completed.",
    ("WSD24-12/manager-1",),
    date(2025, 5, 30),
)
TASK: Final = Task("duties/x", "Notify.", ("WSD24-12/deactivate-5",), "staff", "mis_administrator")
PROBLEM: Final = Problem(
    "`created_on`: `x` is no date", Place("/home/somebody/accounts.csv", 4, 7), "mend it"
)
ENTRIES: Final = (
    entry(1, Urgency.VIOLATION, reasons=(REASON,), due=REASON.due),
    entry(2, Urgency.DUE, duties=(TASK,), deadlines=(evolve(TASK, who=None, due=DAY),), due=DAY),
    entry(3, Urgency.UNREAD, problems=(PROBLEM,)),
    evolve(entry(4, Urgency.MISSING, needs=("account.staff.employer",)), contact="wsb_spoc"),
)


def written(*entries: RosterEntry, roster: str = "accounts.csv", extra: int = 1) -> str:
    """Write a page of entries, and of so many accounts that are in order."""
    totals = Totals()
    in_order = [
        evolve(entry(90 + n, Urgency.NONE), outcome=Outcome.COMPLIANT) for n in range(extra)
    ]
    for one in (*entries, *in_order):
        totals.add(one)
    stream = io.StringIO()
    write_page(stream, evolve(ABOUT, roster=roster), entries, totals)
    return stream.getvalue()


PAGE: Final = written(*ENTRIES)
TEXT: Final = " ".join(
    unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", PAGE, flags=re.S)).split()
)


def test_the_timeline_counts_what_is_overdue_and_then_week_by_week() -> None:
    found = bars(30, -400, -1, 0, 6, 7, 30, 34)
    assert [(label(bar), bar.number, bar.past) for bar in found] == [
        ("overdue", 2, True),
        ("Jun 2-8", 2, False),
        ("Jun 9-15", 1, False),
        ("Jun 16-22", 0, False),
        ("Jun 23-29", 0, False),
        ("Jun 30-Jul 6", 2, False),
    ]
    assert [bar.share for bar in found] == [100, 100, 50, 0, 0, 100]


def test_the_bars_of_a_timeline_leave_no_day_out() -> None:
    for within in (0, 6, 7, 30, 97, 98, 400, 3660):
        found = bars(within, 10_000)
        assert found[0].first == date.min
        assert found[-1].last == date.max
        gaps = [b.first - a.last for a, b in pairwise(found)]
        assert set(gaps) == {timedelta(1)}
        assert found[1].first == DAY
        assert found[-1].first > DAY + timedelta(within)


def test_what_is_due_later_than_the_list_looks_has_a_bar_of_its_own() -> None:
    assert [(label(bar), bar.number) for bar in bars(0, 3, 7, 900)] == [
        ("overdue", 0),
        ("Jun 2-8", 1),
        ("later", 2),
    ]
    assert "later" not in [label(bar) for bar in bars(0, 3)]


@pytest.mark.parametrize(
    ("within", "days"), [(30, 7), (97, 7), (98, 28), (391, 28), (392, 91), (1274, 364), (3660, 364)]
)
def test_a_timeline_has_so_few_bars_that_they_can_be_told_apart(within: int, days: int) -> None:
    found = bars(within, 0)
    assert len(found) <= 15
    assert found[1].last - found[1].first == timedelta(days - 1)


def test_a_bar_in_another_year_tells_its_year() -> None:
    labels = [label(bar) for bar in spans(about(30, date(2025, 12, 29)), {0: 1})]
    assert labels[1:3] == ["Dec 29-Jan 4, 2026", "Jan 5-11, 2026"]


def test_a_timeline_ends_with_the_calendar() -> None:
    last = list(spans(about(30, date(9999, 12, 29)), {0: 1}))[-1]
    assert last.last == date.max


def test_there_is_no_timeline_where_nothing_has_a_date() -> None:
    assert bars(30) == []
    assert "When it falls due" not in written(ENTRIES[2])
    assert "When it falls due" in PAGE


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-1200, "1,200 days ago"),
        (-2, "2 days ago"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
    ],
)
def test_how_far_away_a_date_is_stands_in_words(days: int, text: str) -> None:
    assert ABOUT.distance(DAY + timedelta(days)) == text


def test_a_time_counts_on_its_day_where_the_policy_is_in_force() -> None:
    due = datetime.fromisoformat("2025-06-03T05:00:00+00:00")
    assert ABOUT.day(due) == DAY
    assert ABOUT.distance(due) == "today"
    assert ABOUT.day(None) is None
    page = written(entry(1, Urgency.DUE, due=due))
    assert 'data-due="2025-06-02"' in page


def test_latest_day_is_told_as_such() -> None:
    task = Task("duties/x", "Notify.", ("WSD24-12/deactivate-5",), "staff", due=DAY, at_latest=True)
    page = written(entry(1, Urgency.DUE, due=DAY, at_latest=True, duties=(task,)))
    assert page.count("2025-06-02</time> at the latest") == 2


@pytest.mark.parametrize("path", FACTS)
def test_every_fact_has_a_title(path: str) -> None:
    assert ABOUT.fact(path)


def test_a_part_of_a_statement_has_a_title() -> None:
    assert ABOUT.fact("account.staff.statement.signed_on") == "day of the signature"
    assert ABOUT.fact("account.nothing.like.it") == ""
    assert column_of("account.staff.employer") == "staff.employer"


def test_all_that_an_entry_tells_stands_on_the_page() -> None:
    for text in (
        "5 rows under the policy of State of California (EDD)",
        "sample-001 Violation , 2025-05-30 , 3 days ago A Local Area · line 2",
        "ISPA training expired. WSD24-12/manager-1 Have it completed.",
        "To do: staff member to MIS Administrator: Notify. WSD24-12/deactivate-5",
        "Notify.: 2025-06-02 , today WSD24-12/deactivate-5",
        "created_on : x is no date line 4, column 7 mend it",
        "A Local Area · contact: WSB CalJOBS SPOC · line 5",
        "Fill in the staff member's employer staff.employer",
        "1 In order nothing to do, not listed",
    ):
        assert text in TEXT, text


def test_each_cited_clause_stands_below_with_what_it_says() -> None:
    for name in ("WSD24-12/manager-1", "WSD24-12/deactivate-5"):
        clause = POLICY.clauses[name]
        assert f"{name} {clause.at} {clause.says}" in TEXT


def test_links_lead_to_places_on_the_page_and_no_place_is_there_twice() -> None:
    ids = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(ids) == len(set(ids))
    links = re.findall(r'\bhref="([^"]*)"', PAGE)
    assert len(links) > 4
    assert {link[:1] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(ids)
    named = re.findall(r'\baria-labelledby="([^"]+)"', PAGE)
    assert named
    assert set(named) <= set(ids)


def test_a_page_asks_for_nothing() -> None:
    assert re.findall(r"\bsrc=|\burl\(|@import|https?://", PAGE) == []
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', PAGE)
    assert "default-src 'none'" in policy


def test_the_hash_of_the_script_stands_in_the_head() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", PAGE, re.S)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert PAGE.count(f"script-src 'sha256-{digest}'") == 1
    assert "<!--" not in script
    assert "\r" not in script


def test_no_page_tells_where_a_roster_lay() -> None:
    assert "somebody" not in PAGE
    assert in_roster(Place("/home/somebody/x.csv", 3, 9)) == "line 3, column 9"
    assert in_roster(Place("/home/somebody/x.csv")) == ""


def test_a_value_is_text_wherever_it_stands() -> None:
    name = '<b x="1">{{7*7}}</b>'
    entries = (
        evolve(ENTRIES[0], username=name),
        evolve(ENTRIES[2], problems=(Problem(f"`{name}` & {name}", help=name),)),
    )
    page = written(*entries, roster=name)
    assert "<b x=" not in page
    assert page.count("&lt;b x=") == 6


def test_backticks_are_code_where_they_are_in_pairs() -> None:
    assert marked_up("`a<b`: no") == "<code>a&lt;b</code>: no"
    assert marked_up("a ` <b>") == "a ` &lt;b&gt;"
    assert marked_up("a\u202eb\nc\0") == "a\ufffdb\ufffdc\ufffd"


def test_a_page_without_anything_to_do_says_so() -> None:
    page = written(extra=3)
    assert "There is nothing to do." in page
    assert 'id="entries"' not in page
    assert "3 rows under the policy" in page
    assert "1 row under the policy" in written(extra=1)


def test_the_words_are_there_for_every_urgency_and_outcome() -> None:
    assert set(HEADINGS) == set(LABELS) == set(Urgency)
    standing = {None, Outcome.OUT_OF_SCOPE, Outcome.VIOLATION, Outcome.CANNOT_TELL}
    assert set(FOUND) == standing | {Outcome.ATTENTION, Outcome.COMPLIANT}
    assert sentence("a Local Area") == "A Local Area"
    assert sentence("") == ""
