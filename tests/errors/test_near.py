# SPDX-License-Identifier: MIT
"""The nearest known word is named, but never one that means the opposite."""

from __future__ import annotations

import pytest

from caljobs_policy.errors.near import near_word, remedy_for


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
    listed = f"known are: {', '.join(known)}"
    assert str(remedy_for(word, known)) == (f"did you mean `{near}`?" if near else listed)


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


KNOWN = ("staff.name", "staff.title", "account.status")


@pytest.mark.parametrize(
    ("word", "most", "remedy"),
    [
        ("zebra", None, "known are: staff.name, staff.title, account.status"),
        ("zebra", 3, "known are: staff.name, staff.title, account.status"),
        ("zebra", 2, "look elsewhere"),
        ("staff.zebra", 2, "known are: staff.name, staff.title"),
        ("staff.zebra", 1, "look elsewhere"),
        ("staff.nam", 1, "did you mean `staff.name`?"),
    ],
)
def test_known_words_are_listed_where_they_are_few(
    word: str, most: int | None, remedy: str
) -> None:
    assert str(remedy_for(word, KNOWN, most=most, otherwise="look elsewhere")) == remedy


def test_where_nothing_is_known_something_else_helps() -> None:
    assert str(remedy_for("zebra", [], otherwise="look elsewhere")) == "look elsewhere"
    assert str(remedy_for("zebra", [])) == ""
