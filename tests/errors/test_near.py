# SPDX-License-Identifier: MIT
"""The nearest known word is named, but never one that means the opposite."""

from __future__ import annotations

import pytest

from caljobs_policy.errors.near import near_word, nearest


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("acess", ["access", "reset"], "access"),
        ("ACTIVE", ["active", "deactivated"], "active"),
        ("actve", ["active", "deactivated"], "active"),
        ("deactivted", ["active", "deactivated"], "deactivated"),
        ("activated", ["active", "deactivated"], None),
        ("SAMPLE-1/z", ["SAMPLE-1/a", "SAMPLE-4/z", "SAMPLE-4/y"], "SAMPLE-4/z"),
        ("equest", ["request", "record"], "request"),
        ("eset", ["reset", "create"], "reset"),
        ("insde", ["inside", "outside"], "inside"),
        ("account.shred", ["account.shared", "account.status"], "account.shared"),
        ("account.nmae", ["account.staff.name", "account.username"], None),
        ("account.name", ["account.staff.name", "account.status"], "account.staff.name"),
        ("reqest.office", ["request.office", "account.status"], "request.office"),
        ("request/crate", ["request/create", "request/change"], "request/create"),
        ("acc.stf.name", ["account.staff.name", "record.name"], "account.staff.name"),
        ("acc.stf.name", ["record.name", "account.staff.name"], "account.staff.name"),
        ("SAMPLE-1/neeed", ["SAMPLE-1/need", "SAMPLE-1/end"], "SAMPLE-1/need"),
    ],
)
def test_near_word_is_named(word: str, known: list[str], near: str | None) -> None:
    assert near_word(word, known) == near
    assert nearest(word, known) == (f"did you mean `{near}`?" if near else None)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("Inactive", "active"),
        ("inactive", "active"),
        ("inactve", "active"),
        ("not_active", "active"),
        ("non-active", "active"),
        ("nonactive", "active"),
        ("active", "inactive"),
        ("activated", "deactivated"),
        ("deactivate", "reactivate"),
        ("reactivate", "deactivate"),
        ("unshared", "shared"),
        ("account.unshared", "account.shared"),
        ("account.not_shared", "account.shared"),
        ("disapproved", "approved"),
        ("isnt", "is"),
        ("is_not", "is"),
        ("in", "not_in"),
        ("less_than", "more_than"),
        ("outside", "inside"),
        ("reset", "set"),
    ],
)
def test_contrary_is_never_named(word: str, known: str) -> None:
    assert near_word(word, [known]) is None


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("zebra", ["access", "reset", "access" * 20]),
        ("", ["access"]),
        ("access" * 20, ["access" * 20]),
        ("request/terminate", ["request/create", "request/deactivate", "account"]),
        ("account.size", ["account.shared", "account.status"]),
        ("SAMPLE-1/z", ["SAMPLE-1/a", "SAMPLE-1/b"]),
        ("access", []),
    ],
)
def test_no_word_is_named_where_none_is_near(word: str, known: list[str]) -> None:
    assert near_word(word, known) is None
