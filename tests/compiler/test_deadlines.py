# SPDX-License-Identifier: MIT
"""A deadline has a text for what came late, and one for what nothing has met yet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from caljobs_policy import Account, ProfileError, evaluate
from caljobs_policy.model.unknown import UNKNOWN, Maybe
from tests.things.profiles import sample_policy

NOON = datetime(2025, 6, 2, 12)
TABLES = """
facts:
  account.began: {title: begin, type: date}
  account.first: {title: first, type: date, left_out: none}
  account.second: {title: second, type: date, left_out: none}
deadlines:
  limit:
    about: account
    title: Limit
    from: account.began
    count: 10 days
    met_by: [account.first, account.second]
    say: {missed: It came after <due>., open: It has not come; it was due <due>.}
    remedy: {missed: Come in time., open: Come now.}
    clauses: [SAMPLE-1/c]
"""


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (None, None, ("It has not come; it was due 2025-05-11.", "Come now.")),
        (date(2025, 5, 12), None, ("It came after 2025-05-11.", "Come in time.")),
        (None, date(2025, 5, 12), ("It came after 2025-05-11.", "Come in time.")),
        (date(2025, 5, 12), UNKNOWN, ("It came after 2025-05-11.", "Come in time.")),
    ],
)
def test_text_tells_what_came_late_from_what_has_not_come(
    tmp_path: Path, first: date | None, second: Maybe[date | None], texts: tuple[str, str]
) -> None:
    policy = sample_policy(tmp_path, TABLES)
    own = {"began": date(2025, 5, 1), "first": first, "second": second}
    (finding,) = evaluate(policy, Account(own=own), NOON).findings
    assert (finding.message, finding.remedy) == texts


def test_text_for_what_came_late_stands_in_where_there_is_no_other(tmp_path: Path) -> None:
    tables = TABLES.replace(", open: It has not come; it was due <due>.", "")
    policy = sample_policy(tmp_path, tables.replace(", open: Come now.", ""))
    (finding,) = evaluate(policy, Account(own={"began": date(2025, 5, 1)}), NOON).findings
    assert (finding.message, finding.remedy) == ("It came after 2025-05-11.", "Come in time.")


def test_kinds_of_text_of_a_deadline_are_named(tmp_path: Path) -> None:
    tables = TABLES.replace("open: Come", "opne: Come")
    with pytest.raises(ProfileError) as caught:
        sample_policy(tmp_path, tables)
    assert [problem.help for problem in caught.value.problems] == ["did you mean `open`?"]
