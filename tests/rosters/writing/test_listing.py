# SPDX-License-Identifier: MIT
"""Work lists for the terminal: by urgency, with reasons, remedies and totals."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

from attrs import evolve
from rich.console import Console

from caljobs_policy.rosters.entry import Totals
from caljobs_policy.rosters.writing.listing import entry_text, listing, totals_text
from caljobs_policy.rosters.writing.phrases import About
from tests.samples.profiles import DAY
from tests.samples.rosters import AT, reviewed, roster_policy

HEADER = (
    "username,organization,status,staff.training_completed_on,automation_used,shared,"
    "temporary_password.issued_at\n"
)


def about(folder: Path) -> About:
    return About(roster_policy(folder), AT, "r.csv", 30)


def listed(folder: Path, text: str) -> str:
    entries = sorted(reviewed(folder, HEADER + text), key=lambda entry: entry.order)
    totals = Totals()
    for entry in entries:
        totals.add(entry)
    stream = StringIO()
    console = Console(file=stream, width=120, highlight=False)
    for part in listing(about(folder), entries, totals):
        console.print(part)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def test_list_tells_everything(tmp_path: Path) -> None:
    near = DAY - timedelta(340)
    text = (
        "dora,branch,active,,,,\n"
        f"anna,branch,active,{near},yes,yes,2025-06-02 09:00\n"
        f"cleo,partner,active,{near},,,\n"
        "bob,brunch,active,,,,\n"
    )
    assert listed(tmp_path, text) == (
        "Review of r.csv\n"
        "Sample Area, at 2025-06-02 12:00-07:00 (sample_area@2025-01-01)\n"
        "Deadlines within 30 days are listed.\n"
        "\n"
        "Violations: 1\n"
        "  2025-06-03 09:00-07:00  anna  a branch, line 3\n"
        "    ✗ The account is shared. (SAMPLE-1/a)\n"
        "      → Give everybody an account.\n"
        "    ! The training ends 2025-06-27. (SAMPLE-1/c)\n"
        "      → Train in time.\n"
        "    2025-06-03 09:00-07:00 Password ends (SAMPLE-1/c)\n"
        "    to do: Help Desk to Boss [at once]: Tell the boss.\n"
        "\n"
        "Falling due: 1\n"
        "  2025-06-27  cleo  a partner, line 4\n"
        "    ! The training ends 2025-06-27. (SAMPLE-1/c)\n"
        "      → Train in time.\n"
        "\n"
        "Facts missing: 1\n"
        "  -           dora  a branch, line 2\n"
        "    ? state: account.staff.training_completed_on\n"
        "\n"
        "Not evaluated: 1\n"
        "  -           bob  line 5\n"
        "    `account.organization` has no value `brunch` (r.csv:5:2)\n"
        "      → did you mean `branch`?\n"
        "\n"
        "4 rows: 1 attention, 1 cannot_tell, 1 violation, 1 not evaluated"
    )


def test_nothing_to_do_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    (entry,) = reviewed(tmp_path, f"{HEADER}anna,branch,active,2025-05-20,,,\n")
    assert entry_text(about(tmp_path), entry).plain == "-           anna  a branch, line 2"
    assert entry_text(about(tmp_path), entry, in_order=True).plain.endswith("✓ nothing found")


def test_nothing_steers_the_terminal(tmp_path: Path) -> None:
    (entry,) = reviewed(tmp_path, f"{HEADER}\x1b[2Jan[red]na,branch,\x1b]closed,,,,\n")
    text = entry_text(about(tmp_path), entry).plain
    assert "\x1b" not in text
    assert "an[red]na" in text


def test_totals_tell_all_rows() -> None:
    assert totals_text(Totals()).plain == "\n0 rows: nothing"
    one = Totals(rows=1, outcomes=Counter(compliant=1))
    assert totals_text(one).plain == "\n1 row: 1 compliant"
    many = Totals(rows=3456, outcomes=Counter(violation=1234, compliant=2), not_evaluated=2220)
    assert totals_text(many).plain == (
        "\n3,456 rows: 2 compliant, 1,234 violation, 2,220 not evaluated"
    )


def test_row_without_a_user_name_is_told_by_its_line(tmp_path: Path) -> None:
    (entry,) = reviewed(tmp_path, f"{HEADER},branch,active,2025-05-20,,yes,\n")
    first, *_ = entry_text(about(tmp_path), entry).plain.splitlines()
    assert first == "-           line 2  a branch"


def test_latest_day_is_told_as_such(tmp_path: Path) -> None:
    (entry,) = reviewed(tmp_path, HEADER + f"anna,branch,active,{DAY - timedelta(400)},,,\n")
    assert entry_text(about(tmp_path), entry).plain.startswith("2025-04-28  anna")
    latest = evolve(entry, at_latest=True)
    assert entry_text(about(tmp_path), latest).plain.startswith("2025-04-28 at the latest  anna")
