# SPDX-License-Identifier: MIT
"""Rows that are read in blocks state what they state when each is read by itself."""

from __future__ import annotations

import csv
import json
import pickle
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO, StringIO
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy import Policy, load_policy
from caljobs_policy.errors.exceptions import RosterError
from caljobs_policy.rosters.quiet import quiet_finder
from caljobs_policy.rosters.reading.blocks import BlockReader
from caljobs_policy.rosters.reading.columns import Known
from caljobs_policy.rosters.reading.opening import Roster, open_roster
from caljobs_policy.rosters.reading.options import RosterOptions
from caljobs_policy.rosters.reading.rows import RowReader
from caljobs_policy.rosters.reviewer import BlockReviewer, Reviewer
from caljobs_policy.rosters.transport import packed_entries, unpacked_entries
from caljobs_policy.subjects.fields import DATED, Kind
from tests.properties.test_engines import STATE
from tests.properties.test_rosters import area
from tests.samples.dated import policies_with_deadlines
from tests.samples.profiles import DAY
from tests.samples.rosters import AT

ODD: Final = (
    *("", " ", "null", "~", "Null", "unknown", "n/a", "-", "45123", "2025-02-30", "x", "  a  b "),
    *("a;b", "a, ,b", ";", "null;a", "0", "3", "-1", "1e3", "1234567890", "true", "é", "\u00a0"),
)
"""What any column may hold."""
USUAL: Final[dict[Kind, Sequence[str]]] = {
    Kind.FLAG: ("true", "false", "yes", "No", "TRUE", " yes"),
    Kind.COUNT: ("0", "12", " 7 "),
    **dict.fromkeys(
        DATED,
        (
            *("2025-01-02", "2024-02-29", "03/04/2025", "2025-01-02 00:00:00", "1/2/25"),
            *("2025-01-02T09:30", "2025-01-02T09:30:00-08:00", "2025-11-02T01:30:00"),
        ),
    ),
}
DAYS: Final = st.integers(-800, 60).map(lambda days: f"{DAY + timedelta(days)}")
TIMES: Final = st.builds(
    lambda hours, end: f"{AT + timedelta(hours=hours):%Y-%m-%dT%H:%M}{end}",
    st.integers(-60, 60),
    st.sampled_from(("", ":00", ":00-07:00", ":00Z")),
)
FORMS: Final = (None, "%m/%d/%Y", "%d/%m/%y")


@cache
def policies() -> Sequence[Policy]:
    return [load_policy(one, DAY) for one in ("state", "slo_county", "la_city", area())]


def texts(policy: Policy, key: str) -> st.SearchStrategy[str]:
    """Return what the cells of a column may hold: mostly what its fact takes."""
    holds = Known(policy).columns[key].holds
    words = [*(policy.words_for(holds) or ()), "Local area", "LOCAL-AREA"]
    usual = USUAL.get(holds.kind, words)
    if holds.kind is Kind.WORDS:
        usual = [*words, "; ".join(words[:3])]
    if holds.kind in DATED:
        return st.one_of(DAYS, DAYS, TIMES, st.sampled_from(usual), st.sampled_from(ODD))
    return st.one_of(st.sampled_from(usual), st.sampled_from(usual), st.sampled_from(ODD))


@st.composite
def tables(draw: st.DrawFn, policy: Policy) -> tuple[str, str | None]:
    keys = sorted(Known(policy).columns)
    headings = draw(
        st.lists(
            st.one_of(st.sampled_from(keys), st.just("other")),
            min_size=1,
            max_size=8,
            unique_by=lambda key: key.removeprefix("account."),
        )
    )
    rows = draw(
        st.lists(
            st.tuples(*(st.just("") if k == "other" else texts(policy, k) for k in headings)),
            max_size=6,
        )
    )
    stream = StringIO(newline="")
    csv.writer(stream).writerows([headings, *rows])
    broken = draw(st.sampled_from(("", "", "a,b\n", 'x"y,"z\n')))
    return stream.getvalue() + broken, draw(st.sampled_from(FORMS))


def values(policy: Policy, key: str) -> st.SearchStrategy[Any]:
    """Return what may stand under a key in JSON."""
    odd = st.sampled_from([None, True, False, 0, 3, 1.5, 10**12, [], ["a"], {}, {"form": "e1"}])
    written = texts(policy, key)
    return st.one_of(written, written, odd, st.lists(written, max_size=2))


@st.composite
def objects(draw: st.DrawFn, policy: Policy) -> str:
    keys = sorted(k for k, column in Known(policy).columns.items() if column.form is None)
    stated: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(keys), max_size=6, unique=True)):
        value = draw(values(policy, key))
        *above, last = key.split(".") if draw(st.booleans()) else (key,)
        inner = stated
        for part in above:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                break
        else:
            listed = draw(st.booleans()) and above[-1:] == ["statement"]
            inner[last] = [value] if listed else value
    if draw(st.booleans()):
        stated["staff.statement"] = draw(
            st.lists(st.fixed_dictionaries({"form": values(policy, "staff.statement.form")}))
        )
    text = json.dumps(stated, ensure_ascii=draw(st.booleans()))
    return draw(st.sampled_from((text, text, text.replace(", ", ",\t"), text[:-1], text + "}")))


@st.composite
def json_lines(draw: st.DrawFn, policy: Policy) -> tuple[str, None]:
    rows = draw(st.lists(objects(policy), max_size=6))
    return "\n".join(['{"username": "a"}', *rows]), None


def rosters(policy: Policy) -> st.SearchStrategy[tuple[Policy, Roster | None]]:
    """Return rosters that have been opened, None where a header can't be read."""
    drawn = st.one_of(tables(policy), tables(policy), json_lines(policy))
    return drawn.map(lambda drawn: (policy, opened(policy, *drawn)))


def opened(policy: Policy, text: str, form: str | None) -> Roster | None:
    try:
        return open_roster(BytesIO(text.encode()), "r", policy, RosterOptions(date_format=form))
    except RosterError:
        return None


class TestBlocks:
    """A row that is read with others is the account that it is by itself."""

    @given(drawn=st.sampled_from(range(4)).flatmap(lambda n: rosters(policies()[n])))
    def test_accounts(self, drawn: tuple[Policy, Roster | None]) -> None:
        policy, roster = drawn
        if roster is None:
            return
        rows, reader = list(roster.rows), RowReader(roster.layout, policy)
        block = BlockReader(roster.layout, policy).read(rows)
        for number, row in enumerate(block.usual):
            account, singly = block.account(number), reader.account(rows[row])[0]
            assert account == singly
            if account is not None and singly is not None:
                assert account.words_used == singly.words_used
                assert account.own == singly.own


class TestReview:
    """A review of a block comes to what reviews of its rows by themselves come to."""

    @given(
        drawn=st.sampled_from(range(4)).flatmap(lambda n: rosters(policies()[n])),
        within=st.sampled_from((0, 30, 400)),
        moment=st.integers(-40, 40),
    )
    def test_shipped_policies(
        self, drawn: tuple[Policy, Roster | None], within: int, moment: int
    ) -> None:
        assert_reviewed_alike(*drawn, AT + timedelta(hours=moment), within)

    @given(
        drawn=policies_with_deadlines(STATE).flatmap(rosters), within=st.sampled_from((0, 30, 400))
    )
    def test_random_policies(self, drawn: tuple[Policy, Roster | None], within: int) -> None:
        assert_reviewed_alike(*drawn, AT, within)


def assert_reviewed_alike(policy: Policy, roster: Roster | None, at: datetime, within: int) -> None:
    if roster is None:
        return
    rows = list(roster.rows)
    reviewer = Reviewer("", policy.day, at, roster.layout, within)
    together = BlockReviewer(reviewer, policy)
    together.finder = quiet_finder(policy, at, within)
    reader = RowReader(roster.layout, policy)
    entries = together.entries(rows)
    assert entries == [reviewer.entry(reader, row) for row in rows]
    passed = pickle.loads(pickle.dumps(packed_entries(entries)))
    assert list(unpacked_entries(passed, rows, roster.layout.file)) == entries
